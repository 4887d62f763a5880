package io.surfacescan.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sends what changed in the file to the database of the fleet. What cannot be sent waits in the
/// file. Used on one thread, but for [#state].
final class SharedSender {
  private static final Duration ROLL_UP = Duration.ofMinutes(10);

  private final ThisProcess self;
  private final LocalStore file;
  private final SharedStore shared;
  private final InstantSource clock;
  private final StoreHealth health;
  private @Nullable Instant rolledUp;

  SharedSender(ThisProcess self, LocalStore file, SharedStore shared, InstantSource clock) {
    this.self = self;
    this.file = file;
    this.shared = shared;
    this.clock = clock;
    this.health =
        new StoreHealth(
            shared.store(), "Statistics cannot be sent and wait in the state directory", clock);
  }

  StoreState state() {
    return health.state();
  }

  /// Sends everything that is in the file.
  void send() {
    try {
      var now = clock.instant();
      var until = file.completeUntil(self);
      var sent = shared.send(file, now);
      while (sent != SharedStore.Sent.ALL) {
        sent = shared.send(file, now);
      }
      health.written(until.orElse(health.state().writtenUntil()));
      if (rolledUp == null || Duration.between(rolledUp, now).abs().compareTo(ROLL_UP) > 0) {
        rolledUp = now;
        shared.rollUpOfGone(now);
      }
    } catch (StoreFailure e) {
      health.failed(e);
    }
  }

  void close() {
    file.close();
    shared.close();
  }
}
