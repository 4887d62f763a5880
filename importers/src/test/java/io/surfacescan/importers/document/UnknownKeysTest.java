package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownKeysTest {
  @TempDir private Path directory;

  /// Collects what is logged.
  private static final class Lines extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void read_reportsUnknownKeysOnceEach_atDebugLevel() throws IOException {
    String text =
        """
        {"vms":[{"vm_id":"1","name":"1","tags":[],"zone":{"inner":1}},
                {"vm_id":"2","name":"2","tags":[],"zone":2,"a\\u001b":1}],
         "comment":""}
        """;
    var logger = Logger.getLogger("io.surfacescan.importers");
    var lines = new Lines();
    logger.setLevel(Level.FINE);
    logger.addHandler(lines);
    try {
      new Folder(directory).with("a.json", text).read("a.json");
    } finally {
      logger.removeHandler(lines);
      logger.setLevel(null);
    }

    assertThat(lines.lines)
        .containsExactly(
            directory.resolve("a.json")
                + ": ignored keys that nobody knows: [\"zone\", \"a\\u001b\", \"comment\"]");
  }
}
