package io.surfacescan.report;

import java.nio.charset.StandardCharsets;

/// Text of an environment inside a message.
public final class PlainText {
  private PlainText() {}

  /// The text as the format [Format#TEXT] shows it: control characters are escaped, so that it
  /// stays on its line and cannot steer a terminal.
  public static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] escaped = new byte[bytes.length * Escapes.MAX_GROWTH];
    int length = Escapes.plain(bytes, 0, bytes.length, escaped, 0);
    return new String(escaped, 0, length, StandardCharsets.UTF_8);
  }
}
