package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Text of HTML and SVG, in which nothing from the environment is markup. Counts its bytes.
final class Markup {
  private final StringBuilder text = new StringBuilder();
  private int bytes;

  /// Our own markup.
  Markup tags(String markup) {
    text.append(markup);
    bytes += markup.getBytes(StandardCharsets.UTF_8).length;
    return this;
  }

  /// An attribute that is a number.
  Markup number(String name, long value) {
    return tags(" " + name + "=\"" + value + "\"");
  }

  /// Text as text.
  ///
  /// @param most how many characters are shown at most
  Markup text(String plain, int most) {
    return tags(escaped(cut(plain, most)));
  }

  Markup labels(List<Graph.Label> labels, int most) {
    return text(plain(labels), most);
  }

  /// The labels as one text, in which what does not show is escaped.
  static String plain(List<Graph.Label> labels) {
    return Graph.Label.all(labels, "", TerminalText::plain);
  }

  /// The start of a text, with a mark if it goes on.
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static String escaped(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  int byteCount() {
    return bytes;
  }

  byte[] utf8() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
