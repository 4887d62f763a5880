package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;

/// An answer that is written as it is worked out, and never as a whole in memory.
public interface Document {
  /// Writes the document. JSON has no line end behind it; the other formats end every line.
  ///
  /// @throws IOException if the stream does
  void write(OutputStream out, Format format) throws IOException;
}
