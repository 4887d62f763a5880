package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever became of a snapshot, the answer is that of the input.
class DamageTest {
  @TempDir private Path folder;
  private CachedInput input = new CachedInput(Path.of(""), Path.of(""));
  private List<String> facts = List.of();
  private Path snapshot = Path.of("");
  private byte[] whole = {};

  @BeforeEach
  void keep() throws IOException {
    input = new CachedInput(folder);
    input.write("env.json", CachedInput.DOCUMENT);
    facts = Facts.of(input.keep());
    snapshot = input.snapshot();
    whole = Files.readAllBytes(snapshot);
    // From here on the snapshot is believed, whatever the clock of the file system.
    assertThat(input.readsAnew()).isFalse();
  }

  private boolean isReadAnew(byte[] damaged) throws IOException {
    Files.write(snapshot, damaged);
    int before = input.timesRead();
    assertThat(Facts.of(input.read())).isEqualTo(facts);
    return input.timesRead() > before;
  }

  /// Whether what can be had of the file is what was written; else it says that it is damaged.
  private boolean isWhole(byte[] content, List<Column> columns) {
    try {
      var file = SnapshotFile.of(MemorySegment.ofArray(content));
      for (Column column : columns) {
        int from = Math.toIntExact(column.offset());
        byte[] written = Arrays.copyOfRange(whole, from, from + Math.toIntExact(column.bytes()));
        assertThat(bytes(file, column)).as(column.name()).isEqualTo(written);
      }
      return true;
    } catch (SnapshotDamaged e) {
      return false;
    }
  }

  private static byte[] bytes(SnapshotFile file, Column column) {
    var values =
        switch (column.type()) {
          case INTS -> MemorySegment.ofArray(file.ints(column.name()));
          case LONGS -> MemorySegment.ofArray(file.longs(column.name()));
          case BYTES -> MemorySegment.ofArray(file.bytes(column.name()));
          case VALUES ->
              MemorySegment.ofArray(FactWriter.write(file.values(column.name(), Object.class)));
        };
    return values.toArray(ValueLayout.JAVA_BYTE);
  }

  /// Every byte counts but what fills the room between columns, and behind the front's checksum.
  @Test
  void everyByteFlipped() throws IOException {
    var columns = SnapshotFile.open(snapshot).head().columns();
    assertThat(isWhole(whole, columns)).isTrue();
    var filling = new BitSet();
    filling.set(SnapshotWriter.FRONT_BYTES - 20, SnapshotWriter.FRONT_BYTES);
    long end = SnapshotWriter.FRONT_BYTES;
    for (Column column : columns) {
      filling.set((int) end, (int) column.offset());
      end = column.offset() + column.bytes();
    }
    int readAnew = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      int place = at;
      var hit =
          columns.stream()
              .filter(
                  column -> column.offset() <= place && place < column.offset() + column.bytes())
              .toList();
      assertThat(isWhole(damaged, hit.isEmpty() ? columns : hit))
          .as("byte " + at)
          .isEqualTo(filling.get(at));
      if (at % 64 == 7) {
        // Damage of the graph is no reason to read.
        readAnew += isReadAnew(damaged) ? 1 : 0;
      }
    }
    assertThat(readAnew).isPositive();
  }

  @Test
  void cutAtEveryLength() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(isWhole(cut, List.of())).as("length " + length).isFalse();
      if (length % 256 == 0) {
        assertThat(isReadAnew(cut)).as("length " + length).isTrue();
      }
    }
    assertThat(isReadAnew(Arrays.copyOf(whole, whole.length + 1))).isTrue();
    assertThat(isReadAnew(whole)).isFalse();
  }

  /// A file that is no snapshot, or that of another input under this name.
  @Test
  void foreignContent() throws IOException {
    assertThat(isReadAnew("{\"vms\": []}".getBytes(StandardCharsets.UTF_8))).isTrue();
    var other = new CachedInput(folder.resolve("other"));
    other.write("env.json", CachedInput.DOCUMENT.replace("\"a\"", "\"z\""));
    other.keep();
    assertThat(isReadAnew(Files.readAllBytes(other.snapshot()))).isTrue();
  }

  /// A file that gets shorter while it is mapped: its columns are those of the input, read anew.
  @Test
  void cutWhileMapped() throws IOException {
    var reading = input.read();
    try (var file = new RandomAccessFile(snapshot.toFile(), "rw")) {
      file.setLength(SnapshotWriter.FRONT_BYTES);
    }
    int before = input.timesRead();
    assertThat(Facts.of(reading)).isEqualTo(facts);
    assertThat(input.timesRead()).isGreaterThan(before);
    reading.keep();
    assertThat(input.readsAnew()).isFalse();
    assertThat(Facts.of(input.read())).isEqualTo(facts);
  }

  /// If the input is another by then, there is no answer: one of half an input would be wrong.
  @Test
  void damagedWhileMapped_andTheInputIsAnother() throws IOException {
    var reading = input.read();
    byte[] nothing = new byte[whole.length];
    try (var file = new RandomAccessFile(snapshot.toFile(), "rw")) {
      file.write(nothing);
    }
    input.write("env.json", CachedInput.DOCUMENT.replace("\"c\"", "\"x\""));
    assertThatThrownBy(() -> Facts.of(reading))
        .isInstanceOf(InputChanged.class)
        .hasMessage("the input was changed while it was used; run it again");
  }
}
