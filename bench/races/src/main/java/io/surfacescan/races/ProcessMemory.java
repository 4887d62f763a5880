package io.surfacescan.races;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The physical memory of a process and those it started, watched ten times a second.
///
/// What one process has for itself is added up; of files and shared memory, which several may have
/// mapped, the process with the most counts. Reads `/proc`: on other systems than Linux all is 0.
final class ProcessMemory implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private final ProcessHandle process;
  private final Thread watcher;
  private volatile long peak;

  ProcessMemory(ProcessHandle process) {
    this.process = process;
    watcher = Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    try {
      while (process.isAlive()) {
        peak = Math.max(peak, now());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Bytes at this moment.
  long now() {
    long own = 0;
    long files = 0;
    long shared = 0;
    for (var one : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      var status = status(one.pid());
      own += kilobytes(status, "RssAnon:");
      files = Math.max(files, kilobytes(status, "RssFile:"));
      shared = Math.max(shared, kilobytes(status, "RssShmem:"));
    }
    return 1024 * (own + files + shared);
  }

  /// The most bytes seen so far.
  long peak() {
    return peak;
  }

  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"));
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }

  private static long kilobytes(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
