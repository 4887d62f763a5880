package io.surfacescan.importers.terraform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Where the blocks of a file in Terraform's language start: `resource "type" "name" {` and their
/// like. Nothing is evaluated, and what stands within a block is passed over, but for the `source`
/// of a module and for what `dynamic` blocks make.
///
/// Braces count only outside of comments, texts and heredocs; within a text they count in `${…}`
/// and `%{…}`. Of a file that breaks off within a block the headers before are found.
final class BlockHeaders {
  /// A block.
  ///
  /// @param words its type and labels, such as `resource`, `aws_vpc`, `main`
  /// @param line from 1
  /// @param column from 1, in code points
  /// @param source the constant text of its attribute of this name; empty without
  /// @param dynamics the labels of its `dynamic` blocks
  record Header(List<String> words, int line, int column, String source, List<String> dynamics) {}

  private static final char TEXT = '"';
  private static final char BRACE = '{';
  private static final String SOURCE = "source";
  private static final String DYNAMIC = "dynamic";

  private final String text;
  private final List<Header> headers = new ArrayList<>();

  /// The texts and braces that are open.
  private final ArrayDeque<Character> open = new ArrayDeque<>();

  /// The words of a line outside of all blocks, and where the first one stands.
  private final List<String> words = new ArrayList<>();

  private int first;
  private int at;
  private Header last = new Header(List.of(), 0, 0, "", List.of());

  /// What was read last right within a block: `source`, `=` behind that, or `dynamic`.
  private String before = "";

  private int line = 1;
  private int column = 1;
  private int counted;

  private BlockHeaders(String text) {
    this.text = text;
  }

  /// The headers of a file, in order.
  static List<Header> of(String text) {
    var scan = new BlockHeaders(text);
    while (scan.at < text.length()) {
      scan.next();
    }
    return scan.headers;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '#' || text.startsWith("//", at)) {
      at = endOfLine(at);
    } else if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length() : end + 2;
    } else if (c == TEXT) {
      quoted();
    } else if (text.startsWith("<<", at)) {
      heredoc();
    } else if (Character.isLetter(c) || c == '_') {
      word();
    } else if (c == BRACE) {
      opened();
    } else if (c == '}') {
      closed();
    } else {
      other(c);
    }
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void other(char c) {
    if ((open.isEmpty() && !Character.isWhitespace(c)) || c == '\n') {
      words.clear();
    }
    if (c == '=' && before.equals(SOURCE)) {
      before = "=";
    } else if (!Character.isWhitespace(c) || c == '\n') {
      before = "";
    }
    at++;
  }

  private void word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    add(text.substring(start, at), start);
  }

  private void add(String word, int start) {
    if (open.isEmpty()) {
      first = words.isEmpty() ? start : first;
      words.add(word);
    }
    if (open.size() == 1 && before.equals(DYNAMIC) && !headers.isEmpty()) {
      last.dynamics().add(word);
    }
    before = open.size() == 1 && (word.equals(SOURCE) || word.equals(DYNAMIC)) ? word : "";
  }

  private void opened() {
    if (open.isEmpty() && !words.isEmpty()) {
      count(first);
      last = new Header(List.copyOf(words), line, column, "", new ArrayList<>());
      headers.add(last);
    }
    words.clear();
    before = "";
    open.push(BRACE);
    at++;
  }

  private void closed() {
    if (!open.isEmpty()) {
      open.pop();
    }
    before = "";
    at++;
    if (!open.isEmpty() && open.peek() == TEXT) {
      textOn();
    }
  }

  private void quoted() {
    int start = at + 1;
    boolean isSource = before.equals("=") && open.size() == 1;
    open.push(TEXT);
    at++;
    boolean isConstant = textOn();
    if (isConstant) {
      String content = text.substring(start, Math.max(start, at - 1));
      if (isSource && !headers.isEmpty()) {
        last = new Header(last.words(), last.line(), last.column(), content, last.dynamics());
        headers.set(headers.size() - 1, last);
      }
      add(content, start - 1);
    }
  }

  /// Goes to the end of a text, or to the brace that opens code within it.
  ///
  /// @return whether the text ends here
  private boolean textOn() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' || text.startsWith("$${", at) || text.startsWith("%%{", at)) {
        at += c == '\\' ? 2 : 3;
      } else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
        open.push(BRACE);
        at += 2;
        return false;
      } else if (c == TEXT || c == '\n') {
        // A text ends with its line at the latest.
        open.pop();
        at += c == TEXT ? 1 : 0;
        return c == TEXT;
      } else {
        at++;
      }
    }
    at = text.length();
    return false;
  }

  private void heredoc() {
    int end = endOfLine(at);
    String head = text.substring(at + 2, end).strip();
    String marker = head.startsWith("-") ? head.substring(1).strip() : head;
    if (marker.isEmpty() || !marker.chars().allMatch(BlockHeaders::isOfWord)) {
      at += 2;
      return;
    }
    int start = end;
    while (start < text.length()) {
      int lineStart = start + 1;
      start = endOfLine(Math.min(lineStart, text.length()));
      if (lineStart <= start && text.substring(lineStart, start).strip().equals(marker)) {
        break;
      }
    }
    at = start;
  }

  private static boolean isOfWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /// Counts lines and columns up to a place behind the last one that was asked for.
  private void count(int to) {
    for (; counted < to; counted++) {
      char c = text.charAt(counted);
      if (c == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
    }
  }
}
