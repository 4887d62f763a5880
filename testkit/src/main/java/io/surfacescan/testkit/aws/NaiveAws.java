package io.surfacescan.testkit.aws;

import io.surfacescan.testkit.aws.AwsWorld.Acl;
import io.surfacescan.testkit.aws.AwsWorld.Attachment;
import io.surfacescan.testkit.aws.AwsWorld.Balancer;
import io.surfacescan.testkit.aws.AwsWorld.Entry;
import io.surfacescan.testkit.aws.AwsWorld.Group;
import io.surfacescan.testkit.aws.AwsWorld.GroupRule;
import io.surfacescan.testkit.aws.AwsWorld.Nat;
import io.surfacescan.testkit.aws.AwsWorld.Nic;
import io.surfacescan.testkit.aws.AwsWorld.Peering;
import io.surfacescan.testkit.aws.AwsWorld.Route;
import io.surfacescan.testkit.aws.AwsWorld.Subnet;
import io.surfacescan.testkit.aws.AwsWorld.Table;
import io.surfacescan.testkit.aws.AwsWorld.Transit;
import io.surfacescan.testkit.aws.AwsWorld.Vpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a first packet arrives, worked out hop by hop. What does not depend on the packet is
/// looked up once.
public final class NaiveAws {
  /// Stands for the address of any client of a balancer.
  private static final String ANY_CLIENT = "0.0.0.0/0";

  /// A packet's service.
  ///
  /// @param port 0 for ICMP
  public record Packet(String protocol, int port) {}

  /// By text, the address that it starts with.
  private static final Map<String, Long> NUMBERS = new ConcurrentHashMap<>();

  private final AwsWorld world;
  private final boolean atMost;
  private final Map<String, Subnet> subnets = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, List<Nic>> nicsOf = new HashMap<>();
  private final Map<String, Balancer> balancers = new HashMap<>();

  /// By subnet.
  private final Map<String, Table> tables = new HashMap<>();

  /// By subnet, the entries of its network ACL in their order.
  private final Map<String, List<Entry>> entriesOut = new HashMap<>();

  private final Map<String, List<Entry>> entriesIn = new HashMap<>();

  /// By the ids of two interfaces.
  private final Map<String, Map<String, Boolean>> routed = new HashMap<>();

  /// @param atMost whether what the export does not tell counts as allowed
  public NaiveAws(AwsWorld world, boolean atMost) {
    this.world = world;
    this.atMost = atMost;
    for (Subnet subnet : world.subnets()) {
      subnets.put(subnet.id(), subnet);
      tables.put(subnet.id(), world.table(subnet));
      entriesOut.put(subnet.id(), entries(world.acl(subnet), true));
      entriesIn.put(subnet.id(), entries(world.acl(subnet), false));
    }
    world.groups().forEach(group -> groups.put(group.id(), group));
    for (Nic nic : world.nics()) {
      nicsOf.computeIfAbsent(nic.instance(), _ -> new ArrayList<>()).add(nic);
      world.balancer(nic).ifPresent(balancer -> balancers.put(nic.id(), balancer));
    }
  }

  private static List<Entry> entries(Acl acl, boolean isEgress) {
    return acl.entries().stream()
        .filter(entry -> entry.isEgress() == isEgress)
        .sorted((some, other) -> Integer.compare(some.number(), other.number()))
        .toList();
  }

  private Subnet subnet(String id) {
    return Objects.requireNonNull(subnets.get(id));
  }

  private Group group(String id) {
    return Objects.requireNonNull(groups.get(id));
  }

  private Table table(Subnet subnet) {
    return Objects.requireNonNull(tables.get(subnet.id()));
  }

  private Optional<Balancer> balancer(Nic nic) {
    return Optional.ofNullable(balancers.get(nic.id()));
  }

  /// Between two instances or balancers, over any of their interfaces.
  public boolean passes(String from, String to, Packet packet) {
    for (Nic source : nicsOf(from)) {
      for (Nic target : nicsOf(to)) {
        if (passes(source, target, packet)) {
          return true;
        }
      }
    }
    return false;
  }

  /// From an address of the internet.
  public boolean passesIn(String address, String to, Packet packet) {
    for (Nic target : nicsOf(to)) {
      Subnet subnet = subnet(target.subnet());
      Vpc vpc = world.vpc(subnet.vpc());
      boolean isRouted =
          table(subnet).routes().stream()
              .anyMatch(route -> route.target().equals(vpc.gateway()) && vpc.isAttached());
      if (target.outer().isPresent()
          && isRouted
          && listens(target, packet)
          && aclPasses(subnet.id(), false, address, packet)
          && groupsPass(target, false, Optional.empty(), address, packet)) {
        return true;
      }
    }
    return false;
  }

  /// To an address of the internet.
  public boolean passesOut(String from, String address, Packet packet) {
    for (Nic source : nicsOf(from)) {
      Subnet subnet = subnet(source.subnet());
      if (balancer(source).isEmpty()
          && leaves(source, subnet, address, packet)
          && aclPasses(subnet.id(), true, address, packet)
          && groupsPass(source, true, Optional.empty(), address, packet)) {
        return true;
      }
    }
    return false;
  }

  private List<Nic> nicsOf(String instance) {
    return nicsOf.getOrDefault(instance, List.of());
  }

  private boolean passes(Nic from, Nic to, Packet packet) {
    var balancer = balancer(from);
    if (balancer.isPresent()) {
      return forwards(balancer.get(), from, to, packet);
    }
    return isRouted(from, to)
        && listens(to, packet)
        && guardsPass(from, to, from.address(), packet);
  }

  /// Whether the gates between two interfaces let a packet pass that comes from an address.
  private boolean guardsPass(Nic from, Nic to, String address, Packet packet) {
    boolean crosses = !from.subnet().equals(to.subnet());
    if (crosses
        && !(aclPasses(from.subnet(), true, to.address(), packet)
            && aclPasses(to.subnet(), false, address, packet))) {
      return false;
    }
    return groupsPass(from, true, Optional.of(to), to.address(), packet)
        && groupsPass(to, false, Optional.of(from), address, packet);
  }

  private boolean listens(Nic nic, Packet packet) {
    return balancer(nic)
        .map(some -> packet.protocol.equals("tcp") && packet.port == some.port())
        .orElse(true);
  }

  private boolean forwards(Balancer balancer, Nic from, Nic to, Packet packet) {
    Nic first = nicsOf(to.instance()).getFirst();
    boolean isTarget =
        balancer.targets().contains(to.instance())
            && first.id().equals(to.id())
            && packet.protocol.equals("tcp")
            && packet.port == balancer.targetPort();
    boolean isInZone = subnet(from.subnet()).zone().equals(subnet(to.subnet()).zone());
    return isTarget
        && (isInZone || !balancer.staysInZone())
        && guardsPass(from, to, balancer.isNetwork() ? ANY_CLIENT : from.address(), packet);
  }

  private boolean isRouted(Nic from, Nic to) {
    return routed
        .computeIfAbsent(from.id(), _ -> new HashMap<>())
        .computeIfAbsent(to.id(), _ -> findsRoute(from, to));
  }

  private boolean findsRoute(Nic from, Nic to) {
    Vpc own = world.vpcOf(from);
    Vpc other = world.vpcOf(to);
    if (from.subnet().equals(to.subnet())) {
      return true;
    }
    Subnet subnet = subnet(from.subnet());
    Optional<Route> route = lookUp(table(subnet).routes(), own.cidr(), to.address());
    if (route.isEmpty()) {
      // The route of the VPC itself.
      return own.id().equals(other.id());
    }
    String target = route.get().target();
    if (own.id().equals(other.id())) {
      return !target.equals("blackhole");
    }
    return isPeered(target, own, other) || isOverTransit(target, subnet, other, to.address());
  }

  private boolean isPeered(String target, Vpc own, Vpc other) {
    for (Peering peering : world.peerings()) {
      boolean isThere =
          (peering.requester().equals(own.id()) && peering.accepter().equals(other.id()))
              || (peering.requester().equals(other.id()) && peering.accepter().equals(own.id()));
      if (peering.id().equals(target) && peering.isActive() && isThere) {
        return true;
      }
    }
    return false;
  }

  private boolean isOverTransit(String target, Subnet from, Vpc other, String address) {
    if (world.transit().isEmpty() || !world.transit().get().id().equals(target)) {
      return false;
    }
    Transit transit = world.transit().get();
    Optional<Attachment> own =
        transit.attachments().stream().filter(some -> some.vpc().equals(from.vpc())).findFirst();
    Optional<Attachment> others =
        transit.attachments().stream().filter(some -> some.vpc().equals(other.id())).findFirst();
    if (own.isEmpty() || others.isEmpty()) {
      return false;
    }
    boolean isInZone =
        own.get().subnets().stream().anyMatch(id -> subnet(id).zone().equals(from.zone()));
    if (!isInZone) {
      return false;
    }
    if (transit.routes().isEmpty()) {
      return atMost;
    }
    return longest(transit.routes().get(), address)
        .map(route -> route.target().equals(others.get().id()))
        .orElse(false);
  }

  /// The route that decides, if it is another than the one of the VPC itself.
  private static Optional<Route> lookUp(List<Route> routes, String local, String address) {
    Optional<Route> best = longest(routes, address);
    boolean isLocal = contains(local, address);
    return best.filter(route -> !isLocal || length(route.cidr()) > length(local));
  }

  private static Optional<Route> longest(List<Route> routes, String address) {
    Optional<Route> best = Optional.empty();
    for (Route route : routes) {
      if (contains(route.cidr(), address)
          && (best.isEmpty() || length(route.cidr()) > length(best.get().cidr()))) {
        best = Optional.of(route);
      }
    }
    return best;
  }

  private boolean leaves(Nic from, Subnet subnet, String address, Packet packet) {
    Vpc vpc = world.vpc(subnet.vpc());
    Table table = table(subnet);
    Optional<Route> route = lookUp(table.routes(), vpc.cidr(), address);
    if (route.isEmpty()) {
      return false;
    }
    String target = route.get().target();
    if (target.equals(vpc.gateway())) {
      return vpc.isAttached() && from.outer().isPresent();
    }
    for (Nat nat : world.nats()) {
      if (nat.id().equals(target) && !packet.protocol.equals("sctp")) {
        Subnet there = subnet(nat.subnet());
        return vpc.isAttached()
            && lookUp(table(there).routes(), vpc.cidr(), address)
                .map(next -> next.target().equals(vpc.gateway()))
                .orElse(false);
      }
    }
    return false;
  }

  private boolean aclPasses(String subnet, boolean isEgress, String address, Packet packet) {
    List<Entry> entries = Objects.requireNonNull((isEgress ? entriesOut : entriesIn).get(subnet));
    for (Entry entry : entries) {
      boolean most = entry.isAllow() == atMost;
      if (isAbout(entry.protocol(), entry.from(), entry.to(), packet)
          && matches(entry.cidr(), address, most)) {
        return entry.isAllow();
      }
    }
    return false;
  }

  private boolean groupsPass(
      Nic nic, boolean isEgress, Optional<Nic> peer, String address, Packet packet) {
    if (nic.groups().isEmpty()) {
      return true;
    }
    for (String id : nic.groups()) {
      for (GroupRule rule : group(id).rules()) {
        if (rule.isEgress() == isEgress
            && isAbout(rule.protocol(), rule.from(), rule.to(), packet)
            && isPeer(id, rule.peer(), peer, address)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPeer(String group, String peer, Optional<Nic> nic, String address) {
    if (peer.startsWith("sg-")) {
      String own = group(group).vpc();
      String other = group(peer).vpc();
      boolean isThere =
          own.equals(other)
              || world.peerings().stream()
                  .anyMatch(some -> isPeered(some.id(), world.vpc(own), world.vpc(other)));
      return isThere && nic.map(some -> some.groups().contains(peer)).orElse(false);
    }
    if (peer.startsWith("pl-")) {
      return world.prefixLists().stream()
          .filter(list -> list.id().equals(peer))
          .anyMatch(list ->
              list.cidrs()
                  .map(cidrs -> cidrs.stream().anyMatch(cidr -> matches(cidr, address, atMost)))
                  .orElse(atMost));
    }
    return matches(peer, address, atMost);
  }

  private static boolean isAbout(String protocol, int from, int to, Packet packet) {
    return protocol.equals("-1")
        || (protocol.equals(packet.protocol)
            && (protocol.equals("icmp") || (from <= packet.port && packet.port <= to)));
  }

  private static boolean matches(String cidr, String address, boolean most) {
    return address.equals(ANY_CLIENT) ? most || length(cidr) == 0 : contains(cidr, address);
  }

  /// Whether a CIDR holds an address.
  public static boolean contains(String cidr, String address) {
    int length = length(cidr);
    long mask = length == 0 ? 0 : 0xFFFF_FFFFL << (32 - length) & 0xFFFF_FFFFL;
    return (number(cidr) & mask) == (number(address) & mask);
  }

  private static int length(String cidr) {
    return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
  }

  /// The number of an address; of a CIDR the one of its first address as it is written.
  private static long number(String text) {
    return NUMBERS.computeIfAbsent(text, NaiveAws::parse);
  }

  private static long parse(String text) {
    int slash = text.indexOf('/');
    long number = 0;
    for (String part : (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
