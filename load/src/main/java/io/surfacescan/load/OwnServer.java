package io.surfacescan.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A `surfacescan serve` on a free port, for as long as the load test takes.
final class OwnServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/");

  private final Child child;
  private final URI address;

  private OwnServer(Child child, URI address) {
    this.child = child;
    this.address = address;
  }

  /// Builds the program if need be, starts it, and waits until it serves.
  ///
  /// @param launcher the program's `./surfacescan`
  static OwnServer start(Path launcher, Path data, Path log)
      throws IOException, InterruptedException {
    build(launcher);
    var child =
        Child.start(
            List.of(
                launcher.toString(),
                "serve",
                "--host=127.0.0.1",
                "--port=0",
                "--data=" + data,
                // What is counted here is nobody's use.
                "--state-dir=" + log.resolveSibling("state")),
            log);
    try {
      return new OwnServer(child, awaitAddress(child, log));
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  private static void build(Path launcher) throws IOException, InterruptedException {
    var build =
        new ProcessBuilder(launcher.toString(), "--version")
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    if (build.waitFor() != 0) {
      throw new LoadFailure("the program could not be built, so there is nothing to test");
    }
  }

  private static URI awaitAddress(Child child, Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      boolean alive = child.isAlive();
      String words = Files.readString(log);
      var address = ADDRESS.matcher(words);
      if (address.find()) {
        return URI.create(address.group(1));
      }
      if (!alive) {
        throw new LoadFailure("the server did not start; it says:\n" + words.strip());
      }
      Thread.sleep(PAUSE);
    }
    throw new LoadFailure("the server did not start within " + PATIENCE.toMinutes() + " minutes");
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    child.close();
  }
}
