package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `surfacescan serve` as packaged, in a process of its own, on a free port.
final class ServedProgram implements AutoCloseable {
  /// It lives for seconds, and what compiles best would take more of them than it saves.
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Its last words about its start, which it says line by line.
  private static final Pattern ADDRESS =
      Pattern.compile("https?://127\\.0\\.0\\.1:(\\d+)(?:/[\\w/]+)?/docs\\b");

  private final Process process;
  private final Path err;

  private ServedProgram(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /// Starts it in the folder that the words are relative to.
  static ServedProgram start(Path scratch, Path where, String... arguments) throws IOException {
    return start(List.of(), scratch, where, arguments);
  }

  /// @param options of Java, beside the usual ones and [#QUICK], which they may take back
  static ServedProgram start(List<String> options, Path scratch, Path where, String... arguments)
      throws IOException {
    return start(List.of(), options, scratch, where, arguments);
  }

  /// @param before the words of a command that runs the program, such as one that sets its limits
  static ServedProgram start(
      List<String> before, List<String> options, Path scratch, Path where, String... arguments)
      throws IOException {
    var words = new ArrayList<>(List.of("serve"));
    words.addAll(List.of(arguments));
    var err = Files.createTempFile(scratch, "err", "");
    var command = new ArrayList<String>(before);
    var all = new ArrayList<>(List.of(QUICK));
    all.addAll(options);
    command.addAll(PackagedProgram.command(PackagedProgram.folder(), all, words));
    var builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SURFACESCAN_"));
    builder.environment().keySet().removeAll(PackagedProgram.JAVA_OPTIONS);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("XDG_CONFIG_HOME", scratch.toString());
    builder.environment().put("XDG_STATE_HOME", scratch.toString());
    return new ServedProgram(builder.redirectError(err.toFile()).start(), err);
  }

  /// The port in the words of the started service.
  int port() throws IOException {
    var deadline = Instant.now().plus(PATIENCE);
    var found = ADDRESS.matcher(words());
    while (!found.find()) {
      assertThat(process.isAlive()).as(words()).isTrue();
      assertThat(Instant.now()).as("the time to start").isBefore(deadline);
      Waiting.pause();
      found = ADDRESS.matcher(words());
    }
    return Integer.parseInt(found.group(1));
  }

  /// What it wrote to standard error so far.
  String words() throws IOException {
    return Files.readString(err);
  }

  Process process() {
    return process;
  }

  void signal(String name) throws IOException, InterruptedException {
    Repository.signal(process, name);
  }

  /// Its exit code.
  int await() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /// Megabytes of memory that are its own now.
  long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new AssertionError("no resident size");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
