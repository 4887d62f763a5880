package io.surfacescan.importers.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A stretch of a file. Closing it closes the file.
public final class FileRange extends InputByBlocks {
  private final FileChannel file;
  private final long to;
  private long at;

  public FileRange(FileChannel file, long from, long to) {
    this.file = file;
    this.at = from;
    this.to = to;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (at >= to) {
      return -1;
    }
    int wanted = (int) Math.min(length, to - at);
    int count = file.read(ByteBuffer.wrap(bytes, from, wanted), at);
    at += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
