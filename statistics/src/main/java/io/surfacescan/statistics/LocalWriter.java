package io.surfacescan.statistics;

import io.surfacescan.statistics.LocalStore.Batch;
import io.surfacescan.statistics.ProcessRun.Ended;
import io.surfacescan.statistics.counting.Statistics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Writes what is recorded to the file of the state directory. What cannot be written waits in
/// memory. Used on one thread, but for [#state].
final class LocalWriter {
  private static final Logger LOG = System.getLogger(LocalWriter.class.getName());

  private static final Duration ROLL_UP = Duration.ofMinutes(10);

  /// How often a process without new records writes that it lives.
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

  private final Statistics statistics;
  private final ThisProcess self;
  private final InstantSource clock;
  private final LocalStore file;
  private final StoreHealth health;

  /// Taken from the statistics and not known to be in the file.
  private @Nullable Batch batch;

  private long batches;
  private boolean hasEnded;
  private @Nullable Instant rolledUp;

  LocalWriter(Statistics statistics, ThisProcess self, LocalStore file, InstantSource clock) {
    this.statistics = statistics;
    this.self = self;
    this.clock = clock;
    this.file = file;
    this.health =
        new StoreHealth(file.store(), "Statistics cannot be written and wait in memory", clock);
  }

  StoreState state() {
    return health.state();
  }

  /// Writes what was recorded if there is any, and tidies up.
  ///
  /// @return whether all is written
  boolean write() {
    if (hasEnded) {
      return false;
    }
    if (batch == null) {
      var taken = statistics.take();
      if (batches > 0
          && taken.values().isEmpty()
          && wroteSince(taken.until().minus(SIGN_OF_LIFE))) {
        return true;
      }
      batch = new Batch(++batches, taken.until(), taken.values());
    }
    boolean written = writeBatch(null);
    if (written) {
      tidy();
    }
    return written;
  }

  private boolean wroteSince(Instant moment) {
    return health.state().writtenUntil().isAfter(moment);
  }

  /// Writes everything up to now.
  ///
  /// @param ended how the process ends with it, if it does
  /// @return whether that worked
  boolean writeAll(@Nullable Ended ended) {
    if (hasEnded) {
      return false;
    }
    hasEnded = ended != null;
    if (batch != null && !writeBatch(null)) {
      return false;
    }
    var taken = statistics.take();
    batch = new Batch(++batches, taken.until(), taken.values());
    return writeBatch(ended);
  }

  private boolean writeBatch(@Nullable Ended ended) {
    var due = batch;
    if (due == null) {
      return true;
    }
    try {
      file.add(self, due, ended);
      batch = null;
      health.written(due.until());
      return true;
    } catch (StoreFailure e) {
      health.failed(e);
      return false;
    }
  }

  /// What is done for all processes of the directory, by any of them. It is not urgent: what fails
  /// is tried again later.
  private void tidy() {
    var now = clock.instant();
    try {
      file.markKilled(self, now.minus(ProcessState.SILENCE));
      if (rolledUp == null || Duration.between(rolledUp, now).abs().compareTo(ROLL_UP) > 0) {
        rolledUp = now;
        file.rollUp(now);
      }
    } catch (StoreFailure e) {
      LOG.log(Level.WARNING, "Statistics cannot be tidied up: {0}", e.getMessage());
    }
  }

  void close() {
    file.close();
  }
}
