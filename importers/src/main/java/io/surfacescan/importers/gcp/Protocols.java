package io.surfacescan.importers.gcp;

import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Services by the protocols and ports of rules: a protocol is a name or an IANA number, and
/// without ports all of it is meant.
public final class Protocols {
  private static final Pattern PORTS = Pattern.compile("\\d{1,5}(-\\d{1,5})?");

  /// What a list of protocols comes to.
  ///
  /// @param unknown protocols that services do not know
  /// @param isVague whether some ports are not understood, so that they may be all
  public record Read(Services services, List<String> unknown, boolean isVague) {}

  /// A protocol with its ports, such as `8000-8100`.
  public record Entry(String protocol, List<String> ports) {}

  private Protocols() {}

  /// What a rule is about.
  public static Read of(List<Entry> entries) {
    var services = new ArrayList<Services>();
    var unknown = new ArrayList<String>();
    for (Entry entry : entries) {
      var found = of(entry);
      if (found.isEmpty()) {
        unknown.add(entry.protocol());
      }
      services.add(found);
    }
    boolean isVague =
        entries.stream().flatMap(entry -> entry.ports.stream()).anyMatch(port -> !isPorts(port));
    return new Read(Services.union(services), List.copyOf(unknown), isVague);
  }

  private static Services of(Entry entry) {
    return switch (entry.protocol.toLowerCase(Locale.ROOT)) {
      case "all" -> Services.ALL;
      case "tcp", "6" -> ports(Protocol.TCP, entry.ports);
      case "udp", "17" -> ports(Protocol.UDP, entry.ports);
      case "sctp", "132" -> ports(Protocol.SCTP, entry.ports);
      case "icmp", "1", "58", "ipv6-icmp", "icmpv6" -> Services.of(Protocol.ICMP);
      default -> Services.NONE;
    };
  }

  private static boolean isPorts(String text) {
    return PORTS.matcher(text).matches();
  }

  private static Services ports(Protocol protocol, List<String> ports) {
    if (ports.isEmpty()) {
      return Services.of(protocol);
    }
    var found = new ArrayList<Services>();
    for (String text : ports) {
      if (!isPorts(text)) {
        found.add(Services.of(protocol));
        continue;
      }
      int dash = text.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
      found.add(Services.of(protocol, first, last));
    }
    return Services.union(found);
  }
}
