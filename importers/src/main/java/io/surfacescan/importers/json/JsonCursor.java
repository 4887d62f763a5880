package io.surfacescan.importers.json;

import static io.surfacescan.model.ProblemKind.LONE_SURROGATE;
import static io.surfacescan.model.ProblemKind.REPEATED_KEY;
import static io.surfacescan.model.ProblemKind.TOO_LONG;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;

/// Goes through a source of JSON token by token, and knows where each stands. What is wrong with a
/// text, a key or a type goes to the [problems][#problems].
///
/// The readers that know what the tokens mean run within [#walk]. It handles what ends a reading:
/// bytes that cannot be read, are not UTF-8, or are not JSON.
public final class JsonCursor {
  /// Ends the reading of a document whose fault is already logged or marked.
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super(null, null, false, false);
    }
  }

  private final int source;
  private final Utf8Stream stream;
  private final JsonParser parser;
  private ProblemLog problems = new ProblemLog();
  private final List<Keys> skippedKeys = new ArrayList<>();
  private boolean notJson;

  /// Whether the parser already stands at the next key.
  private boolean keyIsRead;

  /// @param source the number of the source among all
  /// @param stream is not closed
  public JsonCursor(int source, Utf8Stream stream) {
    this.source = source;
    this.stream = stream;
    // Looks at the stream's prefix only, and so cannot fail.
    this.parser = JsonBounds.factory().createParser(ObjectReadContext.empty(), stream);
  }

  /// Lets the reader go through all tokens, or as far as there are any.
  ///
  /// @return whether all of it was JSON; if not, [JsonFault] has yet to name the fault
  public boolean walk(Runnable reader) {
    try (parser) {
      reader.run();
    } catch (Ended e) {
      // The problem log has the problem already, or notJson is set.
    } catch (JacksonIOException e) {
      IOException cause = requireNonNull(e.getCause());
      Unreadable.tell(problems, source, cause);
      // Of an archive the parser may see no more than bytes that are no text.
      notJson = cause instanceof NotUtf8 && parser.currentToken() == null;
    } catch (JacksonException e) {
      notJson = true;
    }
    return !notJson;
  }

  /// The number of the source among all.
  public int source() {
    return source;
  }

  /// The bytes behind the tokens.
  public Utf8Stream stream() {
    return stream;
  }

  /// What was found wrong so far.
  public ProblemLog problems() {
    return problems;
  }

  /// Runs a reader that adds its problems to another log. If they end the reading, the log of this
  /// cursor gets them too.
  public void apart(ProblemLog other, Runnable reader) {
    var own = problems;
    problems = other;
    try {
      reader.run();
    } catch (Ended e) {
      own.addAll(other);
      throw e;
    } finally {
      problems = own;
    }
  }

  /// Notes that what stands here is no JSON that can be read.
  public void refuse() {
    notJson = true;
  }

  /// Goes to the next document's first token, or returns null if there is none.
  public @Nullable JsonToken nextDocument() {
    return parser.nextToken();
  }

  /// Goes to the next token of the document.
  public JsonToken next() {
    return parser.nextToken();
  }

  public JsonToken current() {
    return parser.currentToken();
  }

  /// Goes to the next key of the object; false at its end.
  public boolean nextKey() {
    if (keyIsRead) {
      keyIsRead = false;
      return true;
    }
    return parser.nextToken() == JsonToken.PROPERTY_NAME;
  }

  /// Lets [#nextKey] stay at the key that the cursor stands at.
  public void stayAtKey() {
    keyIsRead = true;
  }

  /// The key at hand, or that of the value at hand.
  public String key() {
    return parser.currentName();
  }

  /// Adds the key at hand to those of its object; one that came before is a problem.
  ///
  /// @return whether it is new
  public boolean addKey(Keys keys) {
    String key = parser.currentName();
    if (JsonBounds.isTooLong(key)) {
      notJson = true;
      throw new Ended();
    }
    if (keys.add(key)) {
      return true;
    }
    tellRepeated(key);
    return false;
  }

  public void tellRepeated(String key) {
    problems.add(
        REPEATED_KEY,
        spot(),
        "the key " + Quoted.value(key) + " stands twice in one object",
        "keep one of them");
  }

  /// Reads the current value, or tells why it is no text and skips it.
  public boolean readText(JsonToken value, String what, Utf8Text into) {
    if (value != JsonToken.VALUE_STRING) {
      tellWrongType(what, writeString(value));
      skipValue();
      return false;
    }
    if (takePlain(into)) {
      return true;
    }
    char[] chars = characters(what);
    if (!into.set(chars, parser.getStringOffset(), parser.getStringLength())) {
      tellHalfPair(what);
      return false;
    }
    return true;
  }

  /// As [#readText], for a text of at most 64 KiB.
  public boolean readBounded(JsonToken value, String what, Utf8Text into) {
    return readText(value, what, into) && isBounded(what, into);
  }

  /// Takes the current string straight from the stream, if it stands there as it is meant: what the
  /// parser would decode, only to be encoded again.
  private boolean takePlain(Utf8Text into) {
    int start = startInWindow();
    int end = endInWindow(start);
    if (end < 0) {
      return false;
    }
    into.set(stream.window(), start, end - start);
    return true;
  }

  /// Where the characters of the current string stand in the stream's window; 0 if they do not.
  private int startInWindow() {
    return stream.inWindow(offset()) + 1;
  }

  /// Where they end; -1 if that is not seen, or if they are not written as they are meant.
  private int endInWindow(int start) {
    return start == 0 ? -1 : stream.endOfPlainString(start);
  }

  private char[] characters(String what) {
    try {
      return parser.getStringCharacters();
    } catch (StreamConstraintsException e) {
      problems.add(
          TOO_LONG,
          spot(),
          what + " is longer than " + Quoted.count(JsonBounds.TEXT_CHARS_MAX) + " characters",
          "shorten it");
      throw new Ended();
    }
  }

  private boolean isBounded(String what, Utf8Text text) {
    if (text.length() <= JsonBounds.TEXT_BYTES_MAX) {
      return true;
    }
    problems.add(
        TOO_LONG,
        what,
        spot(),
        () ->
            what
                + " "
                + Quoted.value(text())
                + " is "
                + Quoted.count(text.length())
                + " bytes long",
        "shorten it to at most " + Quoted.count(JsonBounds.TEXT_BYTES_MAX) + " bytes");
    return false;
  }

  /// The current string or number.
  public String text() {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      int start = startInWindow();
      int end = endInWindow(start);
      if (end >= 0) {
        return new String(stream.window(), start, end - start, UTF_8);
      }
    }
    char[] chars = characters("a text");
    return new String(chars, parser.getStringOffset(), parser.getStringLength());
  }

  /// Problems with one thing that is of one wrong type are alike, whatever its values.
  public void tellWrongType(String what, String remedy) {
    problems.add(
        WRONG_TYPE,
        what + " is " + typeOfValue(),
        spot(),
        () -> what + " is " + shownValue(),
        remedy);
  }

  public String shownValue() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> typeOfValue() + " (" + Quoted.value(text()) + ")";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> typeOfValue() + " (" + Quoted.bare(text()) + ")";
      default -> typeOfValue();
    };
  }

  public String typeOfValue() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> "null";
    };
  }

  private String writeString(JsonToken value) {
    return switch (value) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          "write it as a string, " + Quoted.value(text());
      default -> "write a string";
    };
  }

  /// Skips the current value to its last token. What it holds must be JSON and repeat no key, like
  /// everything else.
  public void skipValue() {
    int depth = skipToken(0);
    while (depth > 0) {
      parser.nextToken();
      depth = skipToken(depth);
    }
  }

  /// Skips the current token of a value.
  ///
  /// @param depth how many objects and lists of the value are open before it
  /// @return how many are open behind it
  public int skipToken(int depth) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        keysAt(depth).clear();
        yield depth + 1;
      }
      case START_ARRAY -> depth + 1;
      case END_OBJECT, END_ARRAY -> depth - 1;
      case PROPERTY_NAME -> {
        addKey(keysAt(depth - 1));
        yield depth;
      }
      case VALUE_STRING -> {
        checkSurrogates();
        yield depth;
      }
      default -> depth;
    };
  }

  private Keys keysAt(int depth) {
    while (skippedKeys.size() <= depth) {
      skippedKeys.add(new Keys());
    }
    return skippedKeys.get(depth);
  }

  /// Even a text that is ignored must be one: what is not Unicode in one place is seldom right in
  /// others.
  private void checkSurrogates() {
    if (endInWindow(startInWindow()) >= 0) {
      // Half a pair is written as an escape.
      return;
    }
    char[] chars = characters("a text");
    int end = parser.getStringOffset() + parser.getStringLength();
    for (int i = parser.getStringOffset(); i < end; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 == end || !Character.isSurrogatePair(chars[i], chars[i + 1])) {
          tellHalfPair("the text");
          return;
        }
        i++;
      }
    }
  }

  private void tellHalfPair(String what) {
    problems.add(
        LONE_SURROGATE,
        what,
        spot(),
        () -> what + " " + Quoted.value(text()) + " holds half a surrogate pair",
        "write the whole character");
  }

  /// Where the current token starts.
  public SourceOffset spot() {
    return spot(offset());
  }

  public SourceOffset spot(long offset) {
    return new SourceOffset(source, offset);
  }

  /// Where the current token starts in the document.
  public long offset() {
    long offset = parser.currentTokenLocation().getByteOffset() + stream.shift();
    // The parser has read the value, too. If the stream ended with it, it takes the name's place to
    // be behind what it got last.
    return stream.hasEnded() && parser.currentToken() == JsonToken.PROPERTY_NAME
        ? offset - stream.passedOnLast()
        : offset;
  }

  /// Where the current token ends in the document.
  public long endOffset() {
    return parser.currentLocation().getByteOffset() + stream.shift();
  }
}
