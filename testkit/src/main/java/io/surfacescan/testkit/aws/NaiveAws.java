package io.surfacescan.testkit.aws;

import io.surfacescan.testkit.aws.AwsWorld.Acl;
import io.surfacescan.testkit.aws.AwsWorld.Attachment;
import io.surfacescan.testkit.aws.AwsWorld.Balancer;
import io.surfacescan.testkit.aws.AwsWorld.Entry;
import io.surfacescan.testkit.aws.AwsWorld.GroupRule;
import io.surfacescan.testkit.aws.AwsWorld.Nat;
import io.surfacescan.testkit.aws.AwsWorld.Nic;
import io.surfacescan.testkit.aws.AwsWorld.Peering;
import io.surfacescan.testkit.aws.AwsWorld.Route;
import io.surfacescan.testkit.aws.AwsWorld.Subnet;
import io.surfacescan.testkit.aws.AwsWorld.Table;
import io.surfacescan.testkit.aws.AwsWorld.Transit;
import io.surfacescan.testkit.aws.AwsWorld.Vpc;
import java.util.List;
import java.util.Optional;

/// Whether a first packet arrives, worked out hop by hop.
///
/// @param atMost whether what the export does not tell counts as allowed
public record NaiveAws(AwsWorld world, boolean atMost) {
  /// Stands for the address of any client of a balancer.
  private static final String ANY_CLIENT = "0.0.0.0/0";

  /// A packet's service.
  ///
  /// @param port 0 for ICMP
  public record Packet(String protocol, int port) {}

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
      Subnet subnet = world.subnet(target.subnet());
      Vpc vpc = world.vpc(subnet.vpc());
      boolean isRouted =
          world.table(subnet).routes().stream()
              .anyMatch(route -> route.target().equals(vpc.gateway()) && vpc.isAttached());
      if (target.outer().isPresent()
          && isRouted
          && listens(target, packet)
          && aclPasses(world.acl(subnet), false, address, packet)
          && groupsPass(target, false, Optional.empty(), address, packet)) {
        return true;
      }
    }
    return false;
  }

  /// To an address of the internet.
  public boolean passesOut(String from, String address, Packet packet) {
    for (Nic source : nicsOf(from)) {
      Subnet subnet = world.subnet(source.subnet());
      if (world.balancer(source).isEmpty()
          && leaves(source, subnet, address, packet)
          && aclPasses(world.acl(subnet), true, address, packet)
          && groupsPass(source, true, Optional.empty(), address, packet)) {
        return true;
      }
    }
    return false;
  }

  private List<Nic> nicsOf(String instance) {
    return world.nics().stream().filter(nic -> nic.instance().equals(instance)).toList();
  }

  private boolean passes(Nic from, Nic to, Packet packet) {
    var balancer = world.balancer(from);
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
        && !(aclPasses(world.acl(world.subnet(from.subnet())), true, to.address(), packet)
            && aclPasses(world.acl(world.subnet(to.subnet())), false, address, packet))) {
      return false;
    }
    return groupsPass(from, true, Optional.of(to), to.address(), packet)
        && groupsPass(to, false, Optional.of(from), address, packet);
  }

  private boolean listens(Nic nic, Packet packet) {
    return world
        .balancer(nic)
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
    boolean isInZone = world.subnet(from.subnet()).zone().equals(world.subnet(to.subnet()).zone());
    return isTarget
        && (isInZone || !balancer.staysInZone())
        && guardsPass(from, to, balancer.isNetwork() ? ANY_CLIENT : from.address(), packet);
  }

  private boolean isRouted(Nic from, Nic to) {
    Vpc own = world.vpcOf(from);
    Vpc other = world.vpcOf(to);
    if (from.subnet().equals(to.subnet())) {
      return true;
    }
    Subnet subnet = world.subnet(from.subnet());
    Optional<Route> route = lookUp(world.table(subnet).routes(), own.cidr(), to.address());
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
        own.get().subnets().stream().anyMatch(id -> world.subnet(id).zone().equals(from.zone()));
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
    Table table = world.table(subnet);
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
        Subnet there = world.subnet(nat.subnet());
        return vpc.isAttached()
            && lookUp(world.table(there).routes(), vpc.cidr(), address)
                .map(next -> next.target().equals(vpc.gateway()))
                .orElse(false);
      }
    }
    return false;
  }

  private boolean aclPasses(Acl acl, boolean isEgress, String address, Packet packet) {
    List<Entry> entries =
        acl.entries().stream()
            .filter(entry -> entry.isEgress() == isEgress)
            .sorted((some, other) -> Integer.compare(some.number(), other.number()))
            .toList();
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
      for (GroupRule rule : world.group(id).rules()) {
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
      String own = world.group(group).vpc();
      String other = world.group(peer).vpc();
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
    return (number(cidr.substring(0, cidr.indexOf('/'))) & mask) == (number(address) & mask);
  }

  private static int length(String cidr) {
    return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
