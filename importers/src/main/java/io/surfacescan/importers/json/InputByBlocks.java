package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;

/// An input that only knows how to give many bytes at once, as all its readers ask it to. One byte
/// is a block of one.
abstract class InputByBlocks extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] bytes, int from, int length) throws IOException;
}
