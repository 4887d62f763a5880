package io.surfacescan.statistics;

import java.time.Instant;
import java.util.Optional;

/// How a store fares.
///
/// @param name what people call it, without secrets
/// @param kind `sqlite` or `postgresql`
/// @param writtenUntil everything recorded until then is in it; at first, when the process began
/// @param failingSince empty if the last writing succeeded, or none was tried yet
/// @param failure why it fails; empty if it does not
/// @param failures how often writing has failed
public record StoreState(
    String name,
    String kind,
    Instant writtenUntil,
    Optional<Instant> failingSince,
    String failure,
    long failures) {
  static StoreState of(Store store, Instant began) {
    return new StoreState(store.name(), store.kind(), began, Optional.empty(), "", 0);
  }

  StoreState written(Instant until) {
    return new StoreState(name, kind, until, Optional.empty(), "", failures);
  }

  StoreState failed(Instant now, String why) {
    return new StoreState(
        name, kind, writtenUntil, failingSince.or(() -> Optional.of(now)), why, failures + 1);
  }

  public boolean isFailing() {
    return failingSince.isPresent();
  }
}
