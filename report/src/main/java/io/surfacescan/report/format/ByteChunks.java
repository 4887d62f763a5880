package io.surfacescan.report.format;

import java.nio.ByteBuffer;

/// One walk over the bytes of a [ByteBody], chunk by chunk, from before the first. Not thread-safe.
///
/// It hands out places in memory and no buffers: an answer of thousands of slices leaves nothing
/// for the garbage collector per slice.
public abstract class ByteChunks {
  private ByteBuffer memory = ByteBuffer.allocate(0);
  private int from;
  private int to;
  private boolean lasting;

  /// Goes to the next chunk; false at the end, where it may be called again.
  public abstract boolean advance();

  /// Makes this the chunk. Not empty.
  ///
  /// @param unchanging whether the bytes stay as they are for as long as the memory is reachable
  protected final void chunk(ByteBuffer bytes, int start, int end, boolean unchanging) {
    memory = bytes;
    from = start;
    to = end;
    lasting = unchanging;
  }

  /// What holds the chunk, between [#from] and [#to]. Only to be read, by absolute places.
  public final ByteBuffer memory() {
    return memory;
  }

  public final int from() {
    return from;
  }

  public final int to() {
    return to;
  }

  /// Whether the chunk may be kept; else its memory is written to by the next [#advance].
  public final boolean isLasting() {
    return lasting;
  }
}
