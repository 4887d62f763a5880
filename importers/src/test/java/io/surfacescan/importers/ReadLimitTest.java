package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLimitTest {
  private static final int MOST = 4 << 20;
  private static final String VM =
      "{\"vms\":[{\"vm_id\":\"1\",\"name\":\"n\",\"tags\":[\"t\"]}],\"fw_rules\":[]}";
  private static final String TOO_MUCH =
      "the input holds more than 4 MB, the most that is read with this much memory; "
          + ReadLimit.REMEDY;

  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(directory);
  }

  private Imported read(InputStream stdin, String... files) {
    return Importers.read(
        Arrays.stream(files).map(file -> file.equals("-") ? file : folder.named(file)).toList(),
        stdin,
        ReadProgress.NONE,
        new Partitioning(2, 1 << 20),
        new ReadLimit(MOST));
  }

  private Imported read(String... files) {
    return read(InputStream.nullInputStream(), files);
  }

  private static String vm(int bytes) {
    return VM + " ".repeat(bytes - VM.length());
  }

  @Test
  void whatIsJustWithin_isRead_plainAndCompressed() throws IOException {
    folder.with("a.json", vm(MOST)).with("a.json.gz", Folder.gzip(vm(MOST)));

    assertThat(Folder.vmIds(read("a.json"))).containsExactly("1");
    assertThat(read("a.json").problems().refused()).isFalse();
    assertThat(read("a.json.gz").problems().refused()).isFalse();
  }

  @Test
  void aFileThatIsTooLarge_isNotOpened() throws IOException {
    try (var sparse = new RandomAccessFile(directory.resolve("a.json").toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertThat(folder.errors(read("a.json"))).containsExactly("a.json: " + TOO_MUCH);
  }

  @Test
  void filesThatAreTooLargeTogether_areRefused() throws IOException {
    folder.with("a.json", vm(MOST)).with("b.json", VM);

    assertThat(folder.errors(read("a.json", "b.json"))).containsExactly("b.json: " + TOO_MUCH);
  }

  @Test
  void aGzipBomb_isReadNoFurther() throws IOException {
    folder.with("a.json.gz", Folder.gzip(vm(MOST + 1)));

    assertThat(folder.errors(read("a.json.gz"))).containsExactly("a.json.gz: " + TOO_MUCH);
  }

  @Test
  void gzipThatUnpacksToFarMore_isReadNoFurther_withMemoryForAll() throws IOException {
    folder.with("a.json.gz", Folder.gzip(vm(1 << 26)));
    var imported =
        Importers.read(
            List.of(folder.named("a.json.gz")),
            InputStream.nullInputStream(),
            ReadProgress.NONE,
            Folder.ONE_THREAD,
            new ReadLimit(1L << 40));

    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json.gz: the gzip file unpacks to more than 400 times its size; unpack it yourself, see"
                + " that it is what you mean, and give the unpacked file");
    assertThat(imported.problems().counts()).containsOnlyKeys(ProblemKind.TOO_LARGE);
  }

  @Test
  void gzipBombs_countTogether() throws IOException {
    String nothing = "{\"vms\":[],\"fw_rules\":[]}" + " ".repeat(MOST / 2);
    folder.with("a.json.gz", Folder.gzip(nothing)).with("b.json.gz", Folder.gzip(nothing));

    assertThat(read("a.json.gz").problems().refused()).isFalse();
    assertThat(folder.errors(read("a.json.gz", "b.json.gz")))
        .isNotEmpty()
        // Both may be at the limit at once; they are one problem then, with two places.
        .allMatch(error -> error.contains(TOO_MUCH));
  }

  @Test
  void aPipeWithoutAnEnd_isReadNoFurther_whateverItHolds() throws IOException {
    for (byte[] part : List.of(new byte[] {' '}, Folder.gzip(""))) {
      assertThat(folder.errors(read(endless(part), "-"))).containsExactly("<stdin>: " + TOO_MUCH);
    }
  }

  private static InputStream endless(byte[] part) {
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        return part[(int) (at++ % part.length)] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
          bytes[i] = (byte) read();
        }
        return length;
      }
    };
  }
}
