package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeOpeningTest {
  @TempDir private Path folder;

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @Test
  void open_endsWithoutAWriter_andFreesTheThreadThatWaits() throws Exception {
    var opening = new PipeOpening(pipe(), Duration.ofMillis(1));
    assertThatThrownBy(opening::open)
        .isInstanceOf(PipeOpening.NoWriter.class)
        .satisfies(e ->
            assertThat(Unreadable.what((IOException) e) + "; " + Unreadable.remedy((IOException) e))
                .isEqualTo(
                    "no program wrote to the pipe within 0 seconds; start the program that writes to"
                        + " it first"));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("surfacescan-pipe")) {
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
      }
    }
  }

  @Test
  void open_waitsForTheWriter() throws Exception {
    Path pipe = pipe();
    var writer = Thread.ofPlatform().start(() -> write(pipe));
    try (var in = new PipeOpening(pipe, Duration.ofMinutes(1)).open()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("all");
    }
    writer.join();
  }

  private static void write(Path pipe) {
    try {
      Files.writeString(pipe, "all");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void open_failsAsTheSystemDoes() {
    assertThatThrownBy(new PipeOpening(folder.resolve("none"), Duration.ofMinutes(1))::open)
        .isInstanceOf(NoSuchFileException.class);
  }
}
