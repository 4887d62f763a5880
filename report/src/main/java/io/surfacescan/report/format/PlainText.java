package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;

/// Text of an environment inside a message.
public final class PlainText {
  private PlainText() {}

  /// The text as the format [Format#TEXT] shows it.
  public static String of(String text) {
    return TerminalText.plain(text);
  }
}
