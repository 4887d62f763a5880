package io.surfacescan.bench;

import java.io.OutputStream;

/// Takes bytes and counts them.
final class Counted extends OutputStream {
  private long bytes;

  long bytes() {
    return bytes;
  }

  @Override
  public void write(int one) {
    bytes++;
  }

  @Override
  public void write(byte[] some, int from, int length) {
    bytes += length;
  }
}
