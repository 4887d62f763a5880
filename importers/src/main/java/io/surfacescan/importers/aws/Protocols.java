package io.surfacescan.importers.aws;

import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.Locale;
import java.util.OptionalInt;

/// Services by the protocols and ports of rules. A protocol is a name or an IANA number as text; -1
/// is all of them.
final class Protocols {
  private static final int ANY = -1;

  private Protocols() {}

  /// What a rule of a security group is about: any type of ICMP counts as ICMP. Nothing if the
  /// protocol is one that services do not know.
  static Services services(String protocol, OptionalInt from, OptionalInt to) {
    return switch (protocol.toLowerCase(Locale.ROOT)) {
      case "-1", "all" -> Services.ALL;
      case "tcp", "6" -> ports(Protocol.TCP, from, to);
      case "udp", "17" -> ports(Protocol.UDP, from, to);
      case "sctp", "132" -> ports(Protocol.SCTP, from, to);
      case "icmp", "icmpv6", "1", "58" -> Services.of(Protocol.ICMP);
      default -> Services.NONE;
    };
  }

  private static Services ports(Protocol protocol, OptionalInt from, OptionalInt to) {
    if (from.isEmpty() || from.getAsInt() == ANY) {
      return Services.of(protocol);
    }
    return Services.of(protocol, from.getAsInt(), to.orElse(from.getAsInt()));
  }

  static boolean isIcmp(String protocol) {
    return switch (protocol.toLowerCase(Locale.ROOT)) {
      case "icmp", "icmpv6", "1", "58" -> true;
      default -> false;
    };
  }
}
