package io.surfacescan.service.send;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// gzip as answers are sent in: as little work a byte as it knows.
final class Gzip extends GZIPOutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  Gzip(OutputStream out) throws IOException {
    super(out, BUFFER_BYTES);
    def.setLevel(Deflater.BEST_SPEED);
  }

  /// Gives the memory of the compression back, whether it was finished or not. Nothing is written.
  void release() {
    def.end();
  }
}
