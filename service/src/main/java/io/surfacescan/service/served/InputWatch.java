package io.surfacescan.service.served;

import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.LogField;
import io.surfacescan.service.platform.InputState;
import io.surfacescan.settings.Input;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks the [Loader] to load whenever the input's files changed and have come to rest.
///
/// Events of the folders around the files only wake it early; what decides is a look at the files
/// themselves, at least once a second, because events do not arrive from every kind of file system
/// and a link in the middle of a path can turn without one.
public final class InputWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(InputWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofMillis(300);

  /// A file that is written without end is loaded, or refused, all the same.
  private static final Duration RESTLESS_MOST = Duration.ofSeconds(10);

  private static final Event FILE_CHANGE = Event.of(new LogField("by", "file-change"));

  /// What could not be read may be read later though nothing of it changed: after a network's file
  /// system was gone, or descriptors had run out. Waits double up to 64 times this, because most
  /// damage does not heal.
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final int RETRY_DOUBLINGS_MOST = 6;

  private final List<String> paths;
  private final Loader loader;
  private final @Nullable WatchService events = openEvents();
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private volatile boolean closed;
  private int retries;
  private long loadedNanos = System.nanoTime();

  private InputWatch(List<String> paths, Loader loader) {
    this.paths = paths;
    this.loader = loader;
  }

  /// Watches until closed.
  public static InputWatch start(List<String> paths, Loader loader) {
    var watch = new InputWatch(paths, loader);
    Thread.ofPlatform().name("surfacescan-watch").daemon().start(watch::run);
    return watch;
  }

  private static @Nullable WatchService openEvents() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debugf("No file events here, looking every second instead: %s", e);
      return null;
    }
  }

  private void run() {
    try {
      while (!closed) {
        guardedLook();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.debug("The watch ended");
    }
  }

  /// Whatever fails once, memory that is short among it, must not end the watch for good.
  private void guardedLook() throws InterruptedException {
    try {
      look();
    } catch (ClosedWatchServiceException e) {
      throw e;
    } catch (RuntimeException | Error bug) {
      LOG.error("A look at the input failed in a way it should not; looking again", bug);
      Thread.sleep(LOOK);
    }
  }

  private void look() throws InterruptedException {
    watchFolders();
    pause(LOOK);
    if (loader.isOutdated()) {
      retries = 0;
      awaitQuiet();
      load();
    } else if (loader.lastWasUnreadable() && isTimeToRetry()) {
      retries++;
      load();
    }
  }

  private boolean isTimeToRetry() {
    var wait = RETRY.multipliedBy(1L << Math.min(retries, RETRY_DOUBLINGS_MOST));
    return System.nanoTime() - loadedNanos > wait.toNanos();
  }

  private void load() {
    if (!closed) {
      // A failure is the loader's to tell; the watch goes on.
      loader.reload(FILE_CHANGE).handle((outcome, bug) -> outcome).join();
      loadedNanos = System.nanoTime();
    }
  }

  /// Returns after a file event or the time, whichever is first.
  private void pause(Duration most) throws InterruptedException {
    if (events == null) {
      Thread.sleep(most);
      return;
    }
    var key = events.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
  }

  private void awaitQuiet() throws InterruptedException {
    long deadline = System.nanoTime() + RESTLESS_MOST.toNanos();
    long step = QUIET.toMillis() / 3;
    var state = InputState.of(paths);
    long quietSince = System.nanoTime();
    while (!closed
        && System.nanoTime() - quietSince < QUIET.toNanos()
        && System.nanoTime() < deadline) {
      Thread.sleep(step);
      var now = InputState.of(paths);
      if (!now.equals(state)) {
        state = now;
        quietSince = System.nanoTime();
      }
    }
  }

  /// Watches the folders in which a change of the input would show now: those of the paths as named
  /// and as they resolve, which links may change.
  private void watchFolders() {
    if (events == null) {
      return;
    }
    var folders = new HashSet<Path>();
    paths.forEach(path -> addFolders(path, folders));
    watched
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !folders.contains(entry.getKey()) || !entry.getValue().isValid();
          if (gone) {
            entry.getValue().cancel();
          }
          return gone;
        });
    for (var folder : folders) {
      if (!watched.containsKey(folder)) {
        watch(folder, events);
      }
    }
  }

  private void watch(Path folder, WatchService service) {
    try {
      watched.put(
          folder,
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException e) {
      LOG.debugf("No file events from %s, looking every second instead: %s", folder, e);
    }
  }

  private static void addFolders(String named, Set<Path> folders) {
    if (named.equals(Input.STDIN)) {
      return;
    }
    try {
      var path = Path.of(named).toAbsolutePath();
      addFolder(path, folders);
      if (Files.exists(path)) {
        addFolder(path.toRealPath(), folders);
      }
    } catch (IOException | InvalidPathException e) {
      LOG.debugf("Cannot resolve %s: %s", named, e);
    }
  }

  private static void addFolder(Path path, Set<Path> folders) {
    if (Files.isDirectory(path)) {
      folders.add(path);
    }
    var parent = path.getParent();
    if (parent != null && Files.isDirectory(parent)) {
      folders.add(parent);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (events != null) {
      try {
        events.close();
      } catch (IOException e) {
        LOG.debugf("Could not close the watch: %s", e);
      }
    }
  }
}
