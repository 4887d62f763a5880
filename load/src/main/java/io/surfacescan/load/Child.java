package io.surfacescan.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process that ends with this one at the latest, however this one ends.
final class Child implements AutoCloseable {
  private final Process process;

  private Child(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /// Starts it; what it says goes to the file.
  static Child start(List<String> command, Path log) throws IOException {
    return new Child(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /// Asks it to end, and waits until it has.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
