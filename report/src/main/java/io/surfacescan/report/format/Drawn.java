package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;

/// A document that can be drawn.
public interface Drawn extends Document {
  /// Writes the drawing; its last line is ended.
  ///
  /// @throws IOException if the stream does
  void draw(OutputStream out, Drawing drawing) throws IOException;
}
