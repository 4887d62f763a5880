package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much memory a reading takes, in a JVM of its own.
class MemoryTest {
  private static final int VMS = 300_000;

  @TempDir private Path directory;

  /// Reads a file and prints what came of it.
  static final class Reader {
    private Reader() {}

    /// Reads one file.
    ///
    /// @param arguments the file
    public static void main(String[] arguments) {
      var imported =
          Importers.read(List.of(arguments), InputStream.nullInputStream(), ReadProgress.NONE);
      System.out.println(imported.environment().vmCount() + " VMs");
      imported.problems().errors().forEach(System.out::println);
    }
  }

  private Path file() throws IOException {
    Path file = directory.resolve("a.json");
    try (var out = Files.newBufferedWriter(file)) {
      out.write("{\"vms\":[\n");
      for (int i = 0; i < VMS; i++) {
        out.write(i == 0 ? "" : ",\n");
        out.write("{\"vm_id\":\"vm-%08d\",\"name\":\"n\",\"tags\":[\"t\"],".formatted(i));
        out.write("\"notes\":\"" + "unread ".repeat(20) + "\"}");
      }
      out.write("],\"fw_rules\":[]}");
    }
    return file;
  }

  private static String read(Path file, String heap) throws Exception {
    var reading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = reading.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      reading.waitFor();
    }
  }

  @Test
  void read_keepsColumns_notTheFile() throws Exception {
    Path file = file();

    assertThat(Files.size(file)).isGreaterThan(50_000_000);
    assertThat(read(file, "-Xmx48m")).isEqualTo(VMS + " VMs");
  }

  @Test
  void read_saysThatMemoryIsShort_insteadOfFailing() throws Exception {
    assertThat(read(file(), "-Xmx12m"))
        .startsWith("0 VMs\n")
        .contains("a.json: the environment does not fit into the 1")
        .endsWith(" MB of memory that Java may use; allow it more, for example with -Xmx");
  }
}
