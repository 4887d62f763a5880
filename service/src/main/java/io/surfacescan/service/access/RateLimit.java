package io.surfacescan.service.access;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often each may do something: so many times at once, then once in some time. It is a token
/// bucket, kept as the moment at which the bucket is full again.
///
/// It knows 10,000 at most; who was noted least recently is forgotten, and begins anew.
public final class RateLimit {
  private static final int KNOWN_MOST = 10_000;

  private final int atOnce;
  private final long nanosForEach;
  private final LongSupplier nanoClock;

  /// When all that somebody did is forgotten.
  private final Map<String, Long> forgottenAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > KNOWN_MOST;
        }
      };

  public RateLimit(int atOnce, long nanosForEach, LongSupplier nanoClock) {
    this.atOnce = atOnce;
    this.nanosForEach = nanosForEach;
    this.nanoClock = nanoClock;
  }

  /// Notes that somebody does it, unless that would be too often.
  ///
  /// @return the seconds after which it may be done again; 0 if this time was within the limit
  public synchronized int note(String who) {
    long now = nanoClock.getAsLong();
    long debt = Math.max(0, forgottenAt.getOrDefault(who, now) - now);
    long tooMuch = debt + nanosForEach - atOnce * nanosForEach;
    if (tooMuch > 0) {
      return (int) Math.ceilDiv(tooMuch, 1_000_000_000L);
    }
    forgottenAt.put(who, now + debt + nanosForEach);
    return 0;
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
