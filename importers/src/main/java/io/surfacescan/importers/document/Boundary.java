package io.surfacescan.importers.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place where a document seems to pass from one element of a list to the next.
///
/// @param before behind the closing brace of the one
/// @param after at the opening brace of the other
/// @param list the key of the list, guessed from the other's keys
record Boundary(long before, long after, String list) {
  private static final int WINDOW_BYTES = 1 << 18;

  private static final String SPACE = "[ \t\r\n]*+";
  private static final Pattern BETWEEN_ELEMENTS =
      Pattern.compile("}(" + SPACE + "," + SPACE + ")\\{" + SPACE + "\"([^\"\\\\]{0,64}+)\"");
  private static final Pattern KNOWN_KEY =
      Pattern.compile("\"(class_id|vm_id|tags|fw_id|source_tag|dest_tag)\"" + SPACE + ":");

  private static final Map<String, String> LIST_OF_KEY =
      Map.of(
          "vm_id", DocumentReader.VMS,
          "tags", DocumentReader.VMS,
          "fw_id", DocumentReader.FW_RULES,
          "source_tag", DocumentReader.FW_RULES,
          "dest_tag", DocumentReader.FW_RULES);

  /// The first such place behind the offset, if there is one nearby.
  ///
  /// An object that starts with a key we know is preferred: lists of other objects may stand within
  /// elements. No boundary lies between classes: the reader of the first piece has to know them.
  static Optional<Boundary> near(FileChannel document, long offset) throws IOException {
    String window = window(document, offset);
    Matcher between = BETWEEN_ELEMENTS.matcher(window);
    while (between.find()) {
      String list = LIST_OF_KEY.get(between.group(2));
      if (list != null) {
        return Optional.of(at(offset, between, list));
      }
    }
    between.reset();
    Matcher known = KNOWN_KEY.matcher(window);
    if (between.find() && known.find(between.end(1))) {
      String list = LIST_OF_KEY.get(known.group(1));
      return list == null ? Optional.empty() : Optional.of(at(offset, between, list));
    }
    return Optional.empty();
  }

  private static Boundary at(long offset, Matcher between, String list) {
    return new Boundary(offset + between.start(1), offset + between.end(1), list);
  }

  /// Some bytes as one char each: what is looked for is ASCII, and no byte of a longer UTF-8
  /// character is.
  private static String window(FileChannel document, long offset) throws IOException {
    var bytes = ByteBuffer.allocate(WINDOW_BYTES);
    while (bytes.hasRemaining()) {
      if (document.read(bytes, offset + bytes.position()) < 0) {
        break;
      }
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }
}
