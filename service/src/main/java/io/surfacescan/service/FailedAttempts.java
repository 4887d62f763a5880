package io.surfacescan.service;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often callers were wrong about who they are, by their addresses: ten times at once, then
/// once in six seconds.
///
/// It keeps the log readable and makes trying dear. It is not what keeps guessers out, which the
/// length of tokens does; so whoever has a good token is answered, also from behind the same proxy.
final class FailedAttempts {
  private static final int AT_ONCE = 10;
  private static final long NANOS_FOR_EACH = 6_000_000_000L;
  private static final int ADDRESSES_MOST = 10_000;

  private final LongSupplier nanoClock;

  /// When all that was done wrong from an address is forgotten; the address noted least recently is
  /// dropped.
  private final Map<String, Long> forgottenAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ADDRESSES_MOST;
        }
      };

  FailedAttempts(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// Notes one, unless there were too many.
  ///
  /// @return the seconds after which there may be another; 0 if this one was within the limit
  synchronized int note(String address) {
    long now = nanoClock.getAsLong();
    String whose = network(address);
    long debt = Math.max(0, forgottenAt.getOrDefault(whose, now) - now);
    long tooMuch = debt + NANOS_FOR_EACH - AT_ONCE * NANOS_FOR_EACH;
    if (tooMuch > 0) {
      return (int) Math.ceilDiv(tooMuch, 1_000_000_000L);
    }
    forgottenAt.put(whose, now + debt + NANOS_FOR_EACH);
    return 0;
  }

  /// An IPv4 address, or the 64 bits of an IPv6 address within which a machine may choose its own.
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 4 ? address : java.util.HexFormat.of().formatHex(bytes, 0, 8);
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
