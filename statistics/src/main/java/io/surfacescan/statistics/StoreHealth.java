package io.surfacescan.statistics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/// Follows how a store fares, and logs when that changes: once when it begins to fail and once when
/// it works again. Written by one thread, read by many.
final class StoreHealth {
  private static final Logger LOG = System.getLogger(StoreHealth.class.getName());

  private final String consequence;
  private final InstantSource clock;
  private volatile StoreState state;

  /// @param consequence what it means if the store fails, for the log
  StoreHealth(Store store, String consequence, InstantSource clock) {
    this.state = StoreState.of(store, clock.instant());
    this.consequence = consequence;
    this.clock = clock;
  }

  StoreState state() {
    return state;
  }

  void written(Instant until) {
    if (state.isFailing()) {
      LOG.log(Level.INFO, "Statistics are written again: {0}", state.name());
    }
    state = state.written(until);
  }

  void failed(StoreFailure failure) {
    if (!state.isFailing()) {
      LOG.log(Level.WARNING, "{0}: {1}", consequence, failure.getMessage());
    }
    state = state.failed(clock.instant(), String.valueOf(failure.getMessage()));
  }
}
