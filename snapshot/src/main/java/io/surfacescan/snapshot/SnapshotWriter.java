package io.surfacescan.snapshot;

import io.surfacescan.model.ColumnSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Writes the columns of a snapshot one behind the other, then its head, and last the first bytes
/// of the file, which name both. Not thread-safe.
///
/// ```
/// magic, format, place and length of the head, length of all, checksum | columns … | head
/// ```
///
/// Numbers have the order of bytes of the machine. A snapshot of another has another magic.
final class SnapshotWriter implements ColumnSink {
  static final long MAGIC = 0x5355_5246_534E_4150L;
  static final int FORMAT = 1;

  /// The bytes before the first column.
  static final int FRONT_BYTES = 64;

  /// Columns start at multiples of it.
  private static final int ALIGNMENT = 64;

  private static final int CHUNK_BYTES = 1 << 18;

  private final FileChannel file;
  private final MemorySegment chunk =
      MemorySegment.ofBuffer(ByteBuffer.allocateDirect(CHUNK_BYTES));
  private final List<Column> columns = new ArrayList<>();
  private long end = FRONT_BYTES;

  SnapshotWriter(FileChannel file) {
    this.file = file;
  }

  @Override
  public void ints(String name, int[] values) {
    column(name, Column.Type.INTS, MemorySegment.ofArray(values));
  }

  @Override
  public void longs(String name, long[] values) {
    column(name, Column.Type.LONGS, MemorySegment.ofArray(values));
  }

  @Override
  public void bytes(String name, byte[] values) {
    column(name, Column.Type.BYTES, MemorySegment.ofArray(values));
  }

  @Override
  public void values(String name, List<?> values) {
    column(name, Column.Type.VALUES, MemorySegment.ofArray(FactWriter.write(values)));
  }

  private void column(String name, Column.Type type, MemorySegment values) {
    end = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    columns.add(new Column(name, type, end, values.byteSize(), write(values)));
  }

  /// Writes at the end, and returns the checksum.
  private int write(MemorySegment values) {
    var checksum = new CRC32C();
    long length = values.byteSize();
    for (long from = 0; from < length; from += CHUNK_BYTES) {
      long count = Math.min(CHUNK_BYTES, length - from);
      MemorySegment.copy(values, from, chunk, 0, count);
      var bytes = chunk.asSlice(0, count).asByteBuffer();
      checksum.update(bytes.duplicate());
      writeFully(bytes, end);
      end += count;
    }
    return (int) checksum.getValue();
  }

  private void writeFully(ByteBuffer bytes, long place) {
    try {
      for (long at = place; bytes.hasRemaining(); ) {
        at += file.write(bytes, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the columns of another snapshot as they are.
  void columnsOf(SnapshotFile other) {
    for (Column column : other.head().columns()) {
      columns.add(column);
      end = Math.max(end, column.offset() + column.bytes());
    }
    long start = FRONT_BYTES;
    while (start < end) {
      long count = Math.min(CHUNK_BYTES, end - start);
      try {
        MemorySegment.copy(other.memory(), start, chunk, 0, count);
      } catch (IndexOutOfBoundsException | InternalError e) {
        throw new SnapshotDamaged(e);
      }
      writeFully(chunk.asSlice(0, count).asByteBuffer(), start);
      start += count;
    }
  }

  /// The columns that were written.
  List<Column> columns() {
    return columns;
  }

  /// Writes what makes a snapshot of the file: nothing can be written behind it.
  void finish(SnapshotHead head) {
    long place = end;
    var bytes = MemorySegment.ofArray(head.bytes());
    int checksum = write(bytes);
    var front = MemorySegment.ofArray(new long[FRONT_BYTES / Long.BYTES]);
    front.set(ValueLayout.JAVA_LONG, 0, MAGIC);
    front.set(ValueLayout.JAVA_INT, 8, FORMAT);
    front.set(ValueLayout.JAVA_INT, 12, checksum);
    front.set(ValueLayout.JAVA_LONG, 16, place);
    front.set(ValueLayout.JAVA_LONG, 24, bytes.byteSize());
    front.set(ValueLayout.JAVA_LONG, 32, end);
    front.set(ValueLayout.JAVA_INT, 40, checksumOfFront(front));
    var first = chunk.asSlice(0, FRONT_BYTES).copyFrom(front);
    writeFully(first.asByteBuffer(), 0);
  }

  /// Of what stands before the checksum.
  static int checksumOfFront(MemorySegment front) {
    var checksum = new CRC32C();
    checksum.update(front.asSlice(0, 40).toArray(ValueLayout.JAVA_BYTE));
    return (int) checksum.getValue();
  }
}
