package io.surfacescan.service.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/// How often each may do something: some times at once, then once in some time. It is the generic
/// cell rate algorithm: a token bucket, kept as the moment at which the bucket is full again.
/// Thread-safe.
///
/// It knows 10,000 at most. Beyond that those that do it rarely are forgotten, and begin anew: one
/// that is over the limit is not forgotten before 10,000 others were noted, and seldom then.
public final class RateLimit {
  private static final int KNOWN_MOST = 10_000;

  private final int atOnce;
  private final long nanosForEach;
  private final LongSupplier nanoClock;

  /// When all that somebody did is forgotten. After the longest time that this can be away, an
  /// entry says nothing any more.
  private final Cache<String, Long> forgottenAt;

  public RateLimit(int atOnce, long nanosForEach, LongSupplier nanoClock) {
    this.atOnce = atOnce;
    this.nanosForEach = nanosForEach;
    this.nanoClock = nanoClock;
    this.forgottenAt =
        Caffeine.newBuilder()
            .maximumSize(KNOWN_MOST)
            .expireAfterWrite(Duration.ofNanos(atOnce * nanosForEach))
            .ticker(nanoClock::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// Notes that somebody does it, unless that would be too often.
  ///
  /// @return the seconds after which it may be done again; 0 if this time was within the limit
  public int note(String who) {
    long now = nanoClock.getAsLong();
    var wait = new int[1];
    forgottenAt
        .asMap()
        .compute(
            who,
            (_, before) -> {
              long debt = before == null ? 0 : Math.max(0, before - now);
              long tooMuch = debt + nanosForEach - atOnce * nanosForEach;
              if (tooMuch > 0) {
                wait[0] = (int) Math.ceilDiv(tooMuch, 1_000_000_000L);
                return before;
              }
              return now + debt + nanosForEach;
            });
    return wait[0];
  }

  /// How many are known, for tests.
  long known() {
    return forgottenAt.estimatedSize();
  }

  /// Whose an address is: an IPv4 address is one machine's, of an IPv6 address the first 64 bits,
  /// within which a machine may choose its own.
  static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 4 ? address : HexFormat.of().formatHex(bytes, 0, 8);
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
