package io.surfacescan.service.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// Tells when one of a few files has changed and come to rest. It looks, twice a second, because a
/// link anywhere in a path can turn without an event.
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FileWatch.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofMillis(200);

  /// A file that is written without end is told all the same.
  private static final int RESTLESS_LOOKS_MOST = 50;

  private final List<String> files;
  private final Runnable changed;
  private InputState told;
  private volatile boolean closed;

  /// From now on changes count, but none is told before [#start].
  public FileWatch(List<Path> files, Runnable changed) {
    this.files = files.stream().map(file -> file.toAbsolutePath().toString()).toList();
    this.changed = changed;
    told = InputState.of(this.files);
  }

  public void start() {
    Thread.ofPlatform().name("surfacescan-access").daemon().start(this::run);
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(LOOK);
        guardedLook();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever fails once, memory that is short among it, must not end the watch for good.
  private void guardedLook() throws InterruptedException {
    try {
      look();
    } catch (RuntimeException | Error bug) {
      LOG.error("A look at files failed in a way it should not; looking again", bug);
    }
  }

  private void look() throws InterruptedException {
    var now = InputState.of(files);
    if (!now.equals(told)) {
      told = atRest(now);
      if (!closed) {
        changed.run();
      }
    }
  }

  private InputState atRest(InputState first) throws InterruptedException {
    var before = first;
    for (int look = 0; look < RESTLESS_LOOKS_MOST; look++) {
      Thread.sleep(QUIET);
      var now = InputState.of(files);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    return before;
  }

  @Override
  public void close() {
    closed = true;
  }
}
