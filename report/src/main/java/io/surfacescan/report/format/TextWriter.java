package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;

/// Writes answers as lines for people.
final class TextWriter {
  private TextWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    var lines = new TextLines(out);
    document.text(lines);
    lines.flush();
  }
}
