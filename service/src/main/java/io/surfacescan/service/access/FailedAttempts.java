package io.surfacescan.service.access;

import java.util.function.LongSupplier;

/// How often callers were wrong about who they are, by their addresses: ten times at once, then
/// once in six seconds.
///
/// It keeps the log readable and makes trying dear. It is not what keeps guessers out, which the
/// length of tokens does; so whoever has a good token is answered, also from behind the same proxy.
final class FailedAttempts {
  private static final int AT_ONCE = 10;
  private static final long NANOS_FOR_EACH = 6_000_000_000L;

  private final RateLimit limit;

  FailedAttempts(LongSupplier nanoClock) {
    limit = new RateLimit(AT_ONCE, NANOS_FOR_EACH, nanoClock);
  }

  /// Notes one, unless there were too many.
  ///
  /// @return the seconds after which there may be another; 0 if this one was within the limit
  int note(String address) {
    return limit.note(RateLimit.network(address));
  }

  /// How many addresses are known, for tests.
  long known() {
    return limit.known();
  }
}
