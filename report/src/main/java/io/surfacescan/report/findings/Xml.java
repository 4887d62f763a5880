package io.surfacescan.report.findings;

import io.surfacescan.text.TerminalText;

/// Text inside XML and HTML.
final class Xml {
  private Xml() {}

  /// Text from outside, between tags or in an attribute with double quotes. What is not printable
  /// is escaped as in messages: XML has no way to say it.
  static String text(String text) {
    return TerminalText.message(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
