package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a document's bytes are read, and how much memory passes by for each of them.
class PassesTest {
  private static final int VMS = 200_000;
  private static final int READINGS = 5;
  private static final Path OWN_READS = Path.of("/proc/self/io");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path directory;

  private Path file() throws IOException {
    Path file = directory.resolve("a.json");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"vms\":[");
      for (int i = 0; i < VMS; i++) {
        out.write(i == 0 ? "\n" : ",\n");
        out.write(
            "{\"vm_id\":\"vm-%08d\",\"name\":\"name-%d\",\"tags\":[\"tag-%d\",\"tag-%d\"]}"
                .formatted(i, i % 1000, i % 4_000, i % 3_999));
      }
      out.write(
          "],\"fw_rules\":[{\"fw_id\":\"fw-1\",\"source_tag\":\"tag-1\",\"dest_tag\":\"tag-2\"}]}");
    }
    return file;
  }

  /// The bytes that this process has read by system calls.
  private static long bytesRead() throws IOException {
    return Files.readAllLines(OWN_READS).stream()
        .filter(line -> line.startsWith("rchar: "))
        .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
        .findFirst()
        .orElseThrow();
  }

  private static Partitioning inPieces() {
    return new Partitioning(2, 1 << 20);
  }

  private static Partitioning inOne() {
    return new Partitioning(1, Long.MAX_VALUE);
  }

  private static void read(Path file, Partitioning division) {
    var imported =
        Importers.read(
            List.of(file.toString()), InputStream.nullInputStream(), ReadProgress.NONE, division);
    assertThat(imported.environment().vmCount()).isEqualTo(VMS);
    assertThat(imported.problems().errors()).isEmpty();
  }

  /// How often all bytes of the file were read, by a reading that is not the first: that one loads
  /// classes.
  private static double passes(Path file, Partitioning division) throws IOException {
    assumeTrue(Files.isReadable(OWN_READS), "only Linux tells what a process reads");
    read(file, division);
    long before = bytesRead();
    read(file, division);
    return (bytesRead() - before) / (double) Files.size(file);
  }

  @Test
  void aDocumentInOne_isReadOnce() throws IOException {
    assertThat(passes(file(), inOne())).as("passes over the file").isLessThan(1.3);
  }

  /// The second pass is for the version, which cannot be worked out piece by piece.
  @Test
  void aDocumentInPieces_isReadTwice() throws IOException {
    assertThat(passes(file(), inPieces())).as("passes over the file").isLessThan(2.3);
  }

  @Test
  void aStream_isReadOnce() throws IOException {
    Path file = file();
    var given = new AtomicLong();
    try (var counting =
        new FilterInputStream(Files.newInputStream(file)) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            given.addAndGet(Math.max(0, count));
            return count;
          }
        }) {
      Importers.read(List.of("-"), counting, ReadProgress.NONE);
    }
    assertThat(given).hasValue(Files.size(file));
  }

  /// Columns as they grow, and nothing for each element: 6.6 bytes when the limit was set. How the
  /// pieces meet differs from reading to reading, and with it how often a column grows; an object
  /// for each element is in all of them.
  @Test
  void reading_takesNoObjectsForElements() throws IOException {
    Path file = file();
    read(file, inPieces());
    double least = Double.MAX_VALUE;
    for (int reading = 0; reading < READINGS; reading++) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      read(file, inPieces());
      long allocated = THREADS.getTotalThreadAllocatedBytes() - before;
      least = Math.min(least, allocated / (double) Files.size(file));
    }

    assertThat(least).as("bytes of heap for each byte of the file").isLessThan(8.5);
  }
}
