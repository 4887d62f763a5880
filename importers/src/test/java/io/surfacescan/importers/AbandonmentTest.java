package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.json.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbandonmentTest {
  private static final String EMPTY = "{\"vms\":[],\"fw_rules\":[]}";
  private static final String CHANGED =
      "a.json: the file was changed while it was read; read it again when no program writes to it";

  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(directory);
  }

  /// Input that comes a byte at a time, so that nothing of it is kept for long, and that ends only
  /// when nobody could wait for it.
  private static final class SlowInput extends InputStream {
    private static final int BYTES_MOST = 60_000;

    private final Runnable meanwhile;
    private int given;

    /// @param meanwhile what happens when some of it was read
    SlowInput(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public int read() {
      if (given == 10) {
        meanwhile.run();
      }
      LockSupport.parkNanos(1_000_000);
      return given++ < BYTES_MOST ? ' ' : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      int next = read();
      bytes[from] = (byte) next;
      return next < 0 ? -1 : 1;
    }

    boolean wasReadToItsEnd() {
      return given >= BYTES_MOST;
    }
  }

  enum Change {
    REMOVED(CHANGED) {
      @Override
      void make(Path directory) throws IOException {
        Files.delete(directory.resolve("a.json"));
      }
    },
    REPLACED(CHANGED) {
      @Override
      void make(Path directory) throws IOException {
        var next = Files.writeString(directory.resolve(".next"), EMPTY);
        Files.move(next, directory.resolve("a.json"), StandardCopyOption.ATOMIC_MOVE);
      }
    },
    WRITTEN_TO(CHANGED) {
      @Override
      void make(Path directory) throws IOException {
        Files.writeString(directory.resolve("a.json"), "\n", StandardOpenOption.APPEND);
      }
    },
    JOINED_BY_ANOTHER(
        "a.json: files came or went beside this one while it was read; read them again when no program moves them") {
      @Override
      void make(Path directory) throws IOException {
        Files.writeString(directory.resolve("b.json"), EMPTY);
      }
    };

    final String problem;

    Change(String problem) {
      this.problem = problem;
    }

    abstract void make(Path directory) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aChangeOfTheFiles_endsTheReading(Change change) throws IOException {
    folder.with("a.json", EMPTY);
    var slow =
        new SlowInput(() -> {
          try {
            change.make(directory);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    var imported = Importers.read(List.of(directory.toString(), "-"), slow, ReadProgress.NONE);

    assertThat(slow.wasReadToItsEnd()).isFalse();
    assertThat(folder.errors(imported)).containsExactly(change.problem);
  }

  @Test
  void aCancelledReading_endsAtTheNextBlock() {
    var blanks = new ByteArrayInputStream(" ".repeat(1 << 24).getBytes(StandardCharsets.US_ASCII));
    var asked = new AtomicInteger();

    var imported = read(blanks, () -> asked.incrementAndGet() > 3, "-");

    assertThat(folder.errors(imported))
        .containsExactly("<stdin>: the reading was given up; read it again");
    assertThat(asked).hasValue(4);
  }

  /// One reads, one looks for the fault, and one for its place.
  @Test
  void eachPassOverADocument_asks() throws IOException {
    String blanks = " ".repeat(1 << 20);
    folder.with("a.json", EMPTY + blanks).with("b.json", blanks + "{\"vms\":[,");

    assertThat(blocksOf("a.json")).isGreaterThan(10);
    assertThat(2 * blocksOf("b.json")).isGreaterThan(5 * blocksOf("a.json"));
  }

  private int blocksOf(String file) {
    var asked = new AtomicInteger();
    var imported = read(InputStream.nullInputStream(), () -> asked.incrementAndGet() < 0, file);
    assertThat(imported.problems().errors().size()).isLessThanOrEqualTo(1);
    return asked.get();
  }

  /// Pieces side by side among them, and what is compressed.
  @Test
  void aReadingThatIsCancelledAnywhere_hasNoOtherProblem_andNoEnvironment() throws IOException {
    String vms =
        "{\"vms\":["
            + "{\"vm_id\":\"1\",\"name\":\"n\",\"tags\":[\"t\"]},\n".repeat(8_000)
            + "{\"vm_id\":\"1\",\"name\":\"n\",\"tags\":[\"t\"]}],\"fw_rules\":[]}";
    folder
        .with("a.json", vms)
        .with("b.json", "{\"vms\":[" + " ".repeat(300_000) + "\n}")
        .with("c.json.gz", Folder.gzip(" ".repeat(300_000) + "{\"vms\":[,"));
    var files = List.of("a.json", "b.json", "c.json.gz").toArray(String[]::new);
    var whole = read(InputStream.nullInputStream(), ReadCancellation.NEVER, files);
    assertThat(folder.errors(whole)).hasSize(3);

    int blocks = 0;
    for (boolean ended = false; !ended; blocks++) {
      int most = blocks;
      var asked = new AtomicInteger();
      var imported =
          read(InputStream.nullInputStream(), () -> asked.incrementAndGet() > most, files);
      ended = asked.get() <= most;
      if (ended) {
        assertThat(folder.errors(imported)).isEqualTo(folder.errors(whole));
      } else {
        assertThat(folder.errors(imported))
            .as("cancelled after %d blocks", most)
            .containsExactly("a.json: the reading was given up; read it again");
        assertThat(imported.environment().vmCount()).isZero();
        assertThat(imported.version()).isEqualTo(Version.NONE);
      }
    }
    assertThat(blocks).isGreaterThan(20);
  }

  private Imported read(InputStream stdin, ReadCancellation cancellation, String... files) {
    return Importers.read(
        List.of(files).stream().map(file -> file.equals("-") ? file : folder.named(file)).toList(),
        stdin,
        ReadProgress.NONE,
        new Partitioning(2, 1 << 18),
        ReadLimit.ofThisProgram(),
        ReadOptions.STRICT,
        cancellation);
  }
}
