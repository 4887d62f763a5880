package io.surfacescan.snapshot;

import io.surfacescan.model.ColumnSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// A snapshot, mapped into memory: a column costs nothing until it is asked for, is then compared
/// with its checksum and copied. Thread-safe.
///
/// Whoever changes a snapshot makes another file and renames it, so that a mapped one never gets
/// shorter. If it does all the same, the copy of it fails, and the checksum is taken of the copy:
/// [SnapshotDamaged] is all that comes of it.
final class SnapshotFile implements ColumnSource {
  private static final int CHUNK_BYTES = 1 << 16;

  private final MemorySegment memory;
  private final SnapshotHead head;
  private final Map<String, Column> columns = new HashMap<>();

  private SnapshotFile(MemorySegment memory, SnapshotHead head) {
    this.memory = memory;
    this.head = head;
    head.columns().forEach(column -> columns.put(column.name(), column));
  }

  /// @throws IOException if it cannot be read
  /// @throws SnapshotDamaged if it is no whole snapshot
  static SnapshotFile open(Path path) throws IOException {
    MemorySegment memory;
    try (var file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      memory = file.map(MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
    }
    return of(memory);
  }

  /// The snapshot in some memory.
  static SnapshotFile of(MemorySegment memory) {
    if (memory.byteSize() < SnapshotWriter.FRONT_BYTES) {
      throw new SnapshotDamaged("it is cut short");
    }
    try {
      return checked(memory);
    } catch (RuntimeException | InternalError e) {
      throw damaged(e);
    }
  }

  private static SnapshotFile checked(MemorySegment memory) {
    var front = MemorySegment.ofArray(new long[SnapshotWriter.FRONT_BYTES / Long.BYTES]);
    MemorySegment.copy(memory, 0, front, 0, front.byteSize());
    if (front.get(ValueLayout.JAVA_LONG, 0) != SnapshotWriter.MAGIC
        || front.get(ValueLayout.JAVA_INT, 8) != SnapshotWriter.FORMAT
        || front.get(ValueLayout.JAVA_INT, 40) != SnapshotWriter.checksumOfFront(front)
        || front.get(ValueLayout.JAVA_LONG, 32) != memory.byteSize()) {
      throw new SnapshotDamaged("it starts in another way");
    }
    var head =
        new Column(
            "head",
            Column.Type.BYTES,
            front.get(ValueLayout.JAVA_LONG, 16),
            front.get(ValueLayout.JAVA_LONG, 24),
            front.get(ValueLayout.JAVA_INT, 12));
    byte[] bytes = new byte[head.length()];
    copy(memory, head, MemorySegment.ofArray(bytes));
    return new SnapshotFile(memory, SnapshotHead.of(bytes));
  }

  private static SnapshotDamaged damaged(Throwable e) {
    return e instanceof SnapshotDamaged known ? known : new SnapshotDamaged(e);
  }

  SnapshotHead head() {
    return head;
  }

  /// The bytes of all columns as they are, with what stands between them.
  MemorySegment memory() {
    return memory;
  }

  /// Copies a column, and compares the copy with its checksum: it goes by way of memory that is
  /// ours, since only copying bears that a mapped file is shorter than it was.
  private static void copy(MemorySegment memory, Column column, MemorySegment target) {
    byte[] bytes = new byte[(int) Math.min(CHUNK_BYTES, column.bytes())];
    var chunk = MemorySegment.ofArray(bytes);
    var checksum = new CRC32C();
    for (long from = 0; from < column.bytes(); from += CHUNK_BYTES) {
      long count = Math.min(CHUNK_BYTES, column.bytes() - from);
      MemorySegment.copy(memory, column.offset() + from, chunk, 0, count);
      checksum.update(bytes, 0, (int) count);
      MemorySegment.copy(chunk, 0, target, from, count);
    }
    if ((int) checksum.getValue() != column.checksum()) {
      throw new SnapshotDamaged(column.name() + " has another checksum");
    }
  }

  private Column column(String name, Column.Type type) {
    var column = columns.get(name);
    if (column == null || column.type() != type) {
      throw new SnapshotDamaged("it has no column " + name);
    }
    return column;
  }

  /// Copies a column to an array of its length.
  private void copyTo(MemorySegment target, Column column) {
    try {
      copy(memory, column, target);
    } catch (RuntimeException | InternalError e) {
      throw damaged(e);
    }
  }

  @Override
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  @Override
  public int[] ints(String name) {
    var column = column(name, Column.Type.INTS);
    var values = new int[column.length()];
    copyTo(MemorySegment.ofArray(values), column);
    return values;
  }

  @Override
  public long[] longs(String name) {
    var column = column(name, Column.Type.LONGS);
    var values = new long[column.length()];
    copyTo(MemorySegment.ofArray(values), column);
    return values;
  }

  @Override
  public byte[] bytes(String name) {
    return bytes(name, Column.Type.BYTES);
  }

  private byte[] bytes(String name, Column.Type type) {
    var column = column(name, type);
    var values = new byte[column.length()];
    copyTo(MemorySegment.ofArray(values), column);
    return values;
  }

  @Override
  public <T> List<T> values(String name, Class<T> type) {
    byte[] bytes = bytes(name, Column.Type.VALUES);
    try {
      return FactReader.read(bytes, type);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }
}
