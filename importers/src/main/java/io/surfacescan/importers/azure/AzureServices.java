package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Access;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Services by the protocols and ports of rules.
public final class AzureServices {
  private static final Pattern PORTS =
      Pattern.compile("\\s*+(\\d{1,5})\\s*+(?:-\\s*+(\\d{1,5})\\s*+)?");

  private AzureServices() {}

  /// What a rule is about; none if its protocol is one that services do not know.
  static Services of(SecurityRule rule, Findings findings) {
    var ports = new ArrayList<Services>();
    var protocols = protocols(rule.protocol());
    if (protocols.isEmpty()) {
      findings.notModelled(
          rule.head().spot(), "a security rule about the protocol " + rule.protocol());
      return Services.NONE;
    }
    if (isAnyPort(rule.ports())) {
      return protocols.size() == Protocol.values().length
          ? Services.ALL
          : Services.union(protocols.stream().map(Services::of).toList());
    }
    for (String text : rule.ports()) {
      Matcher matcher = PORTS.matcher(text);
      if (!matcher.matches()) {
        findings.assumed(
            rule.head().spot(),
            "the ports \"" + text + "\" of a security rule are not understood",
            "correct them");
        // It may allow every port, and it may deny none.
        return rule.access() == Access.DENY
            ? Services.NONE
            : Services.union(protocols.stream().map(Services::of).toList());
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      for (Protocol protocol : protocols) {
        ports.add(Services.of(protocol, first, last));
      }
    }
    // ICMP has no ports: a rule about some is not about it, unless it is about nothing else.
    return protocols.size() > 1
        ? Services.union(ports).minus(Services.of(Protocol.ICMP))
        : Services.union(ports);
  }

  private static List<Protocol> protocols(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "*", "any", "all", "-1", "" -> List.of(Protocol.values());
      case "tcp", "6" -> List.of(Protocol.TCP);
      case "udp", "17" -> List.of(Protocol.UDP);
      case "sctp", "132" -> List.of(Protocol.SCTP);
      case "icmp", "icmpv6", "1", "58" -> List.of(Protocol.ICMP);
      default -> List.of();
    };
  }

  /// Whether texts of ports mean every port.
  static boolean isAnyPort(List<String> ports) {
    return ports.isEmpty()
        || ports.stream()
            .map(String::strip)
            .anyMatch(port ->
                port.equals("*")
                    || port.equalsIgnoreCase("any")
                    || port.equals("0-65535")
                    || port.equals("1-65535"));
  }

  /// What a load balancer sends to a port.
  public static Services of(String protocol, int port) {
    var protocols = protocols(protocol).stream().filter(some -> some != Protocol.ICMP).toList();
    if (port == 0) {
      return Services.union(protocols.stream().map(Services::of).toList());
    }
    return Services.union(protocols.stream().map(some -> Services.of(some, port, port)).toList());
  }
}
