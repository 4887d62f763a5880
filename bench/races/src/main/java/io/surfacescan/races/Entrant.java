package io.surfacescan.races;

import io.surfacescan.races.Lap.GivenAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One peer on one course: its process, watched and stopped when a limit is hit.
final class Entrant implements AutoCloseable {
  private static final int ENVIRONMENT_SECONDS = 600;
  private static final Pattern SPACE = Pattern.compile(" ");

  /// The peer hit a limit or broke.
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    Stopped(String why) {
      super(why);
      this.why = why;
    }
  }

  private final PeerKind kind;
  private final Limits limits;
  private final List<GivenAnswer> expected;
  private final Path folder;
  private final Path log;
  private final Process process;
  private final ProcessMemory memory;
  private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  private long environmentBytes;
  private long loadNanos;
  private long heldBytes;
  private long diskBytes;
  private final List<Lap> laps = new ArrayList<>();
  private @Nullable String stop;

  /// Starts the process.
  ///
  /// @param expected the answers to check against; empty if there are none yet
  /// @param command what to start; without a limit of its own on memory
  /// @param folder an existing folder for the peer's files
  Entrant(
      PeerKind kind,
      Limits limits,
      List<GivenAnswer> expected,
      List<String> command,
      Path folder,
      Path log)
      throws IOException {
    this.kind = kind;
    this.limits = limits;
    this.expected = expected;
    this.folder = folder;
    this.log = log;
    process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    memory = new ProcessMemory(process.toHandle());
    Thread.ofPlatform().daemon().start(this::readLines);
  }

  private void readLines() {
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // The process was stopped while it wrote.
    }
    lines.add(Optional.empty());
  }

  /// Sees the peer through the course, as far as it comes.
  Performance run() throws Disagreement, IOException, InterruptedException {
    try {
      load();
      var line = next("asked", limits.answerSeconds());
      while (line.startsWith("way ")) {
        line = lap(line.substring("way ".length()));
      }
      heldBytes = memory.now();
    } catch (Stopped e) {
      stop = e.why;
    }
    diskBytes = bytesOfFiles();
    return new Performance(
        kind,
        environmentBytes,
        loadNanos,
        heldBytes,
        memory.peak(),
        diskBytes,
        List.copyOf(laps),
        Optional.ofNullable(stop));
  }

  private void load() throws Stopped, IOException, InterruptedException {
    next("making the environment", ENVIRONMENT_SECONDS);
    environmentBytes = memory.now();
    goOn();
    loadNanos = numbers(next("loading", limits.loadSeconds())).getFirst();
    goOn();
  }

  /// One way of asking; the line after it.
  private String lap(String way) throws Stopped, Disagreement, IOException, InterruptedException {
    var answers = new ArrayList<GivenAnswer>();
    try {
      var line = next("answering", limits.answerSeconds());
      for (; line.startsWith("answer "); line = next("answering", limits.answerSeconds())) {
        answers.add(GivenAnswer.parse(line));
        check(way, answers);
      }
      goOn();
      do {
        line = next("answering", limits.answerSeconds() + 1);
      } while (line.equals("alive"));
      var medians = numbers(line);
      var spread = numbers(next("answering", limits.answerSeconds()));
      laps.add(new Lap(way, answers, medians, spread, Optional.empty()));
      return next("answering", limits.answerSeconds());
    } catch (Stopped e) {
      laps.add(new Lap(way, answers, List.of(), List.of(), Optional.of(e.why)));
      throw e;
    }
  }

  private void check(String way, List<GivenAnswer> answers) throws Disagreement {
    int last = answers.size() - 1;
    if (last < expected.size() && !answers.get(last).equals(expected.get(last))) {
      throw new Disagreement(
          "%s %s and surfacescan do not agree on VM %d of the sample: %s and %s"
              .formatted(Words.of(kind), way, last, answers.get(last), expected.get(last)));
    }
  }

  private String next(String doing, int seconds) throws Stopped, InterruptedException {
    var line = lines.poll(seconds, TimeUnit.SECONDS);
    if (line == null) {
      throw new Stopped("stopped %s after %d s".formatted(doing, seconds));
    }
    if (line.isEmpty()) {
      throw new Stopped(howItEnded(doing));
    }
    return line.get();
  }

  private String howItEnded(String doing) throws InterruptedException {
    int exit = process.waitFor();
    // What -XX:+ExitOnOutOfMemoryError exits with.
    if (exit == 3) {
      return "out of memory %s, with %s of heap".formatted(doing, limits.heap());
    }
    return "failed %s, exit %d: %s".formatted(doing, exit, lastError());
  }

  private String lastError() {
    try (var written = Files.lines(log)) {
      return written
          .filter(line -> line.contains("Exception") || line.contains("Error"))
          .reduce((first, second) -> second)
          .orElse("see " + log);
    } catch (IOException e) {
      return "see " + log;
    }
  }

  private void goOn() throws IOException {
    OutputStream in = process.getOutputStream();
    in.write('\n');
    in.flush();
  }

  private static List<Long> numbers(String line) {
    return SPACE.splitAsStream(line).skip(1).map(Long::valueOf).toList();
  }

  private long bytesOfFiles() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(Entrant::size).sum();
    } catch (UncheckedIOException e) {
      // A file went away meanwhile.
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /// Ends the process, and what it started.
  @Override
  public void close() {
    memory.close();
    var started = process.descendants().toList();
    if (stop == null) {
      endByItself();
    }
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  private void endByItself() {
    try {
      goOn();
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
