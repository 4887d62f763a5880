package io.surfacescan.testkit.gcp;

import io.surfacescan.testkit.gcp.GcpWorld.Instance;
import io.surfacescan.testkit.gcp.GcpWorld.Network;
import io.surfacescan.testkit.gcp.GcpWorld.Nic;
import io.surfacescan.testkit.gcp.GcpWorld.Policy;
import io.surfacescan.testkit.gcp.GcpWorld.Route;
import io.surfacescan.testkit.gcp.GcpWorld.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a first packet arrives, worked out rule by rule for each pair of addresses.
public final class NaiveGcp {
  /// A packet's service.
  ///
  /// @param port 0 for ICMP
  public record Packet(String protocol, int port) {}

  /// One end of a packet.
  ///
  /// @param nic nothing for an address of the internet
  private record End(String address, Optional<Instance> instance, Optional<Nic> nic) {
    boolean isAlias() {
      return nic.isPresent() && !nic.get().address().equals(address);
    }

    String network() {
      return nic.map(Nic::network).orElse("");
    }
  }

  private static final Map<String, long[]> RANGES = new ConcurrentHashMap<>();

  private final GcpWorld world;
  private final boolean atMost;

  /// @param atMost whether rules whose other side is not known may match if they allow
  public NaiveGcp(GcpWorld world, boolean atMost) {
    this.world = world;
    this.atMost = atMost;
  }

  public boolean passes(Instance from, Instance to, Packet packet) {
    for (End source : ends(from)) {
      for (End target : ends(to)) {
        if (areLinked(source.network(), target.network())
            && allows(source, target, false, packet)
            && allows(target, source, true, packet)) {
          return true;
        }
      }
    }
    return false;
  }

  /// From an address of the internet.
  public boolean passesIn(String address, Instance to, Packet packet) {
    var source = new End(address, Optional.empty(), Optional.empty());
    for (End target : ends(to)) {
      boolean isOutside = !target.isAlias() && target.nic.orElseThrow().outer().isPresent();
      boolean isRouted =
          routes(to, target.network()).stream()
              .anyMatch(route -> route.leadsOut() && contains(route.range(), address));
      if (isOutside && isRouted && allows(target, source, true, packet)) {
        return true;
      }
    }
    return false;
  }

  /// To an address of the internet.
  public boolean passesOut(Instance from, String address, Packet packet) {
    var target = new End(address, Optional.empty(), Optional.empty());
    for (End source : ends(from)) {
      if (leaves(from, source, address) && allows(source, target, false, packet)) {
        return true;
      }
    }
    return false;
  }

  private boolean leaves(Instance from, End source, String address) {
    var way =
        routes(from, source.network()).stream()
            .filter(route -> contains(route.range(), address))
            .min(
                Comparator.comparingInt((Route route) -> -length(route.range()))
                    .thenComparingInt(Route::priority));
    if (way.isEmpty() || !way.get().leadsOut()) {
      return false;
    }
    var nic = source.nic.orElseThrow();
    return (!source.isAlias() && nic.outer().isPresent())
        || world.nats().stream()
            .anyMatch(nat ->
                nat.network().equals(nic.network())
                    && nat.region().equals(from.region())
                    && nat.subnets()
                        .map(subnets -> subnets.contains(nic.subnet()) && !source.isAlias())
                        .orElse(true));
  }

  private List<Route> routes(Instance instance, String network) {
    return world.routes().stream()
        .filter(route -> route.network().equals(network))
        .filter(route ->
            route.tags().isEmpty() || route.tags().stream().anyMatch(instance.tags()::contains))
        .toList();
  }

  /// All addresses of an instance.
  private static List<End> ends(Instance instance) {
    var ends = new ArrayList<End>();
    for (Nic nic : instance.nics()) {
      ends.add(new End(nic.address(), Optional.of(instance), Optional.of(nic)));
      nic.alias()
          .ifPresent(alias -> {
            long[] range = range(alias);
            for (long number = range[0]; number <= range[1]; number++) {
              ends.add(new End(text(number), Optional.of(instance), Optional.of(nic)));
            }
          });
    }
    return ends;
  }

  private boolean areLinked(String some, String other) {
    return some.equals(other)
        || (world.network(some).peers().contains(other)
            && world.network(other).peers().contains(some));
  }

  /// Whether the firewall of one end's network lets a packet pass that the end gets, or sends.
  private boolean allows(End own, End other, boolean isIngress, Packet packet) {
    var network = world.network(own.network());
    for (List<Rule> list : lists(network, own.instance.orElseThrow())) {
      var sorted =
          list.stream()
              .sorted(
                  Comparator.comparingInt(Rule::priority)
                      .thenComparingInt(rule -> rule.action().equals("deny") ? 0 : 1))
              .toList();
      for (Rule rule : sorted) {
        if (matches(rule, own, other, isIngress, packet)) {
          if (rule.action().equals("goto_next")) {
            break;
          }
          return rule.action().equals("allow");
        }
      }
    }
    return !isIngress;
  }

  /// The lists of rules in the order of their evaluation.
  private List<List<Rule>> lists(Network network, Instance instance) {
    var lists = new ArrayList<List<Rule>>();
    for (String kind : List.of("organization", "folder")) {
      policies(kind).forEach(policy -> lists.add(policy.rules()));
    }
    var classic =
        world.firewalls().stream().filter(rule -> rule.of().equals(network.name())).toList();
    if (!network.isPolicyFirst()) {
      lists.add(classic);
    }
    for (String kind : List.of("global", "regional")) {
      for (Policy policy : policies(kind)) {
        if (policy.target().equals(network.name())
            && (kind.equals("global") || policy.region().equals(instance.region()))) {
          lists.add(policy.rules());
        }
      }
    }
    if (network.isPolicyFirst()) {
      lists.add(classic);
    }
    return lists;
  }

  private List<Policy> policies(String kind) {
    return world.policies().stream().filter(policy -> policy.kind().equals(kind)).toList();
  }

  private boolean matches(Rule rule, End own, End other, boolean isIngress, Packet packet) {
    if (rule.isDisabled() || rule.isIngress() != isIngress || !isAbout(rule, packet)) {
      return false;
    }
    var instance = own.instance.orElseThrow();
    boolean isTarget =
        (rule.targetTags().isEmpty() && rule.targetAccounts().isEmpty())
            || rule.targetTags().stream().anyMatch(instance.tags()::contains)
            || rule.targetAccounts().contains(instance.account());
    boolean isOwn =
        rule.own().isEmpty() || rule.own().stream().anyMatch(some -> contains(some, own.address));
    return isTarget && isOwn && isPeer(rule, own, other);
  }

  private static boolean isAbout(Rule rule, Packet packet) {
    return rule.protocol().equals("all")
        || (rule.protocol().equals(packet.protocol)
            && (packet.port == 0 || (rule.from() <= packet.port && packet.port <= rule.to())));
  }

  private boolean isPeer(Rule rule, End own, End other) {
    if (rule.hasUnknown() && rule.action().equals("allow") == atMost) {
      return true;
    }
    boolean isAny = rule.ranges().isEmpty() && rule.tags().isEmpty() && rule.accounts().isEmpty();
    if (isAny && !rule.hasUnknown()) {
      return true;
    }
    if (rule.ranges().stream().anyMatch(range -> contains(range, other.address))) {
      return true;
    }
    return other.instance.isPresent()
        && other.network().equals(own.network())
        && !other.isAlias()
        && (rule.tags().stream().anyMatch(other.instance.get().tags()::contains)
            || rule.accounts().contains(other.instance.get().account()));
  }

  private static boolean contains(String range, String address) {
    long number = range(address)[0];
    return range(range)[0] <= number && number <= range(range)[1];
  }

  private static int length(String range) {
    int slash = range.indexOf('/');
    return slash < 0 ? 32 : Integer.parseInt(range.substring(slash + 1));
  }

  private static long[] range(String text) {
    return RANGES.computeIfAbsent(
        text,
        _ -> {
          int slash = text.indexOf('/');
          long first = 0;
          for (String part : (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1)) {
            first = first << 8 | Long.parseLong(part);
          }
          return new long[] {first, first + (1L << (32 - length(text))) - 1};
        });
  }

  private static String text(long number) {
    return (number >> 24)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
