package io.surfacescan.importers.aws;

import static io.surfacescan.reachability.Selector.allOf;
import static io.surfacescan.reachability.Selector.marked;
import static io.surfacescan.reachability.Selector.unknown;

import io.surfacescan.importers.aws.Endpoints.Role;
import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.Balancer;
import io.surfacescan.importers.aws.Resource.Listener;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Target;
import io.surfacescan.importers.aws.Resource.TargetGroup;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Load balancers: what they accept, and where they lead.
///
/// A balancer accepts the ports of its listeners, and opens connections to its targets alone, on
/// the targets' ports. A network balancer that keeps its clients' addresses sends with addresses
/// that are not known: what admits all addresses is reached for sure, what admits some only
/// perhaps.
final class BalancerLinks {
  /// A balancer that has interfaces.
  private record Found(Balancer balancer, String name, List<Nic> nics) {}

  private final Inventory inventory;
  private final Sites sites;
  private final Endpoints endpoints;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;
  private final IdentityHashMap<Balancer, String> names = new IdentityHashMap<>();
  private final Map<String, List<Nic>> nicsOfAddress = new HashMap<>();

  BalancerLinks(
      Inventory inventory,
      Sites sites,
      Endpoints endpoints,
      Findings findings,
      Function<SourceOffset, Place> places,
      ReachabilityModel.Builder model) {
    this.inventory = inventory;
    this.sites = sites;
    this.endpoints = endpoints;
    this.findings = findings;
    this.places = places;
    this.model = model;
    Set<String> taken = new HashSet<>();
    for (Balancer balancer : inventory.balancers.all()) {
      String name = balancer.balancerName();
      names.put(
          balancer, !name.isEmpty() && taken.add(name) ? name : inventory.balancers.name(balancer));
    }
    for (Nic nic : endpoints.nics()) {
      for (Address address : nic.addresses()) {
        nicsOfAddress
            .computeIfAbsent(address.address().toString(), absent -> new ArrayList<>(1))
            .add(nic);
      }
    }
  }

  /// Adds gates and links, and marks the interfaces that they are about.
  void add() {
    var nicsOf = new IdentityHashMap<Balancer, List<Nic>>();
    var unknownIn = new LinkedHashMap<String, List<Nic>>();
    for (Nic nic : endpoints.nics()) {
      if (endpoints.role(nic) == Role.BALANCER) {
        var balancer = balancerOf(nic);
        if (balancer.isPresent()) {
          nicsOf.computeIfAbsent(balancer.get(), absent -> new ArrayList<>()).add(nic);
        } else {
          unknownIn.computeIfAbsent(sites.of(nic).vpc(), absent -> new ArrayList<>()).add(nic);
        }
      }
    }
    for (Balancer balancer : inventory.balancers.all()) {
      var nics = nicsOf.getOrDefault(balancer, List.of());
      if (nics.isEmpty()) {
        findings.leftOut("load balancers without network interfaces");
      } else {
        add(new Found(balancer, name(balancer), nics));
      }
    }
    unknownIn.forEach(this::addUnknown);
  }

  String name(Balancer balancer) {
    return names.getOrDefault(balancer, balancer.id());
  }

  /// The balancer that an interface says it is of: `ELB app/NAME/HASH`, `ELB NAME`.
  private Optional<Balancer> balancerOf(Nic nic) {
    String text = nic.description();
    if (!text.startsWith("ELB ")) {
      return Optional.empty();
    }
    String suffix = text.substring("ELB ".length());
    return inventory.balancers.all().stream()
        .filter(balancer ->
            balancer.id().endsWith(":loadbalancer/" + suffix) || balancer.id().equals(suffix))
        .findFirst();
  }

  private void add(Found found) {
    for (Nic nic : found.nics) {
      endpoints.mark(nic, AwsMarks.balancer(found.name));
      endpoints.name(nic, found.name);
      addSender(nic, AwsMarks.forwards(found.name), Optional.empty());
    }
    var listeners =
        inventory.listeners.all().stream()
            .filter(listener -> listener.balancer().equals(found.balancer.id()))
            .toList();
    Unit unit = found.balancer.head().unit();
    boolean isListed =
        inventory.hasList("Listeners", unit)
            || inventory.hasList("LoadBalancerListeners", unit)
            || found.balancer.type().equals("classic");
    if (!listeners.isEmpty() || isListed) {
      addListeners(found, listeners);
    } else {
      findings.absent(
          found.balancer.head().spot(),
          "the listeners of a load balancer are not in the export, so any port may be one",
          "add what elbv2 describe-listeners writes for each balancer");
    }
    addTargets(found, listeners);
  }

  /// Adds what sends for a balancer.
  ///
  /// @param address if it is another than the interface's
  private void addSender(Nic nic, String mark, Optional<AddressRange> address) {
    var marks = new ArrayList<>(endpoints.guards(nic));
    marks.add(mark);
    var all = model.marks(Marks.of(marks));
    if (address.isPresent()) {
      endpoints.addSender(nic, new NetworkInterface(all, address.get()));
    } else {
      for (Address own : nic.addresses()) {
        endpoints.addSender(nic, new NetworkInterface(all, own.address()));
      }
    }
  }

  private void addListeners(Found found, List<Listener> listeners) {
    var rules =
        listeners.stream()
            .map(listener -> {
              var services = services(listener.protocol(), listener.port());
              return new GateRule(
                  listener.id(),
                  Optional.of(places.apply(listener.head().spot())),
                  GateRule.Action.ALLOW,
                  Selector.everyone(),
                  Selector.everyone(),
                  services,
                  List.of(),
                  found.name + " listens on " + services);
            })
            .toList();
    model.gate(
        Gate.of(
            found.name + "/listeners",
            "listeners of " + found.name,
            Direction.INGRESS,
            marked(AwsMarks.balancer(found.name)),
            Selector.nobody(),
            rules));
  }

  /// @param port 0 if it is not known, so that it may be any
  private static Services services(String protocol, int port) {
    return switch (protocol) {
      case "UDP" -> ports(Protocol.UDP, port);
      case "TCP_UDP" -> ports(Protocol.UDP, port).or(ports(Protocol.TCP, port));
      default -> ports(Protocol.TCP, port);
    };
  }

  private static Services ports(Protocol protocol, int port) {
    return port == 0 ? Services.of(protocol) : Services.of(protocol, port, port);
  }

  private void addTargets(Found found, List<Listener> listeners) {
    var groups = new LinkedHashMap<String, TargetGroup>();
    boolean isKnown = true;
    for (Listener listener : listeners) {
      for (String arn : listener.targetGroups()) {
        var group = inventory.targetGroups.find(arn, found.balancer.head().unit());
        group.ifPresent(some -> groups.putIfAbsent(arn, some));
        isKnown &= group.isPresent();
      }
    }
    for (TargetGroup group : inventory.targetGroups.all()) {
      if (group.balancers().contains(found.balancer.id())) {
        groups.putIfAbsent(group.id(), group);
      }
    }
    isKnown &= !groups.isEmpty() || !listeners.isEmpty();
    for (TargetGroup group : groups.values()) {
      var targets = inventory.targetsOf(group);
      if (targets.isPresent()) {
        addGroup(found, group, targets.get());
      } else {
        isKnown = false;
      }
    }
    if (!isKnown) {
      assume(
          sites.of(found.nics.getFirst()).vpc(),
          AwsMarks.forwards(found.name),
          found.name,
          found.balancer.head().spot());
    }
  }

  /// A balancer whose targets are not known may lead to all of its VPC.
  private void assume(String vpc, String sender, String name, SourceOffset spot) {
    findings.assumed(
        spot,
        "the targets of a load balancer are not in the export, so it may lead anywhere in its VPC",
        "add what elbv2 describe-target-groups and describe-target-health write");
    model.link(
        new Link(
            name + "/targets",
            "load balancer " + name,
            Optional.of(places.apply(spot)),
            marked(sender),
            allOf(marked(AwsMarks.vpc(vpc)), unknown("the targets of " + name + " are not known")),
            Services.ALL));
  }

  private void addUnknown(String vpc, List<Nic> nics) {
    for (Nic nic : nics) {
      addSender(nic, AwsMarks.forwards(nic.id()), Optional.empty());
      assume(vpc, AwsMarks.forwards(nic.id()), nic.id(), nic.head().spot());
    }
  }

  private void addGroup(Found found, TargetGroup group, List<Target> targets) {
    String name = group.groupName().isEmpty() ? group.id() : group.groupName();
    boolean keepsClients = keepsClients(found.balancer, group);
    String sender =
        keepsClients ? AwsMarks.forwardsClients(found.name) : AwsMarks.forwards(found.name);
    var zones = new TreeSet<String>();
    for (Nic nic : found.nics) {
      zones.add(sites.of(nic).zone());
    }
    boolean staysInZone =
        inventory
            .attribute(found.balancer.id(), "load_balancing.cross_zone.enabled")
            .equals("false");
    Map<Integer, SourceOffset> ports = new LinkedHashMap<>();
    for (Target target : targets) {
      int port = target.port().orElse(group.port().orElse(0));
      if (resolve(group, target, AwsMarks.targets(group.id(), Integer.toString(port)))) {
        ports.putIfAbsent(port, target.spot());
      }
    }
    if (keepsClients && !ports.isEmpty()) {
      found.nics.forEach(nic ->
          addSender(nic, AwsMarks.forwardsClients(found.name), Optional.of(AddressRange.ALL_V4)));
    }
    ports.forEach((port, spot) -> {
      var reached = marked(AwsMarks.targets(group.id(), Integer.toString(port)));
      var services = services(group.protocol(), port);
      String id = found.name + "/" + name + "/" + port;
      String words = "load balancer " + found.name + " to " + name;
      if (!staysInZone) {
        model.link(
            new Link(
                id, words, Optional.of(places.apply(spot)), marked(sender), reached, services));
        return;
      }
      for (String zone : zones) {
        var inZone = marked(AwsMarks.zone(zone));
        model.link(
            new Link(
                id + "/" + zone,
                words,
                Optional.of(places.apply(spot)),
                allOf(marked(sender), inZone),
                allOf(reached, inZone),
                services));
      }
    });
  }

  /// Whether targets see the addresses of the balancer's clients, and not the balancer's.
  private boolean keepsClients(Balancer balancer, TargetGroup group) {
    if (!balancer.type().equals("network")) {
      return false;
    }
    String told = inventory.attribute(group.id(), "preserve_client_ip.enabled");
    if (!told.isEmpty()) {
      return told.equals("true");
    }
    boolean isByAddress = group.type().equals("ip");
    return !isByAddress || group.protocol().contains("UDP");
  }

  /// Marks what a target stands for.
  ///
  /// @return whether there is such a thing
  private boolean resolve(TargetGroup group, Target target, String mark) {
    return switch (group.type()) {
      case "lambda" -> {
        findings.notModelled(target.spot(), "a function as the target of a load balancer");
        yield false;
      }
      case "alb" -> tell(target, resolveBalancer(group, target, mark));
      case "ip" ->
          tell(target, resolveAddress(group, target, mark) || resolveInstance(group, target, mark));
      default -> tell(target, resolveInstance(group, target, mark));
    };
  }

  private boolean resolveBalancer(TargetGroup group, Target target, String mark) {
    var balancer = inventory.balancers.find(target.id(), group.head().unit());
    var nics =
        endpoints.nics().stream()
            .filter(nic -> balancer.isPresent() && balancerOf(nic).equals(balancer))
            .toList();
    nics.forEach(nic -> endpoints.mark(nic, mark));
    return !nics.isEmpty();
  }

  private boolean resolveAddress(TargetGroup group, Target target, String mark) {
    var nics =
        nicsOfAddress.getOrDefault(target.id(), List.of()).stream()
            .filter(nic -> mayBeIn(nic, group))
            .toList();
    AddressRange.parse(target.id())
        .ifPresent(address -> nics.forEach(nic -> endpoints.mark(nic, address, mark)));
    return !nics.isEmpty();
  }

  /// The first address of an instance's first interface; all of what stands for several.
  private boolean resolveInstance(TargetGroup group, Target target, String mark) {
    var instance = inventory.instances.find(target.id(), group.head().unit());
    var nics = instance.map(endpoints::nicsOf).orElse(List.of());
    if (instance.filter(some -> some.kind() != VmKind.VM).isPresent()) {
      nics.forEach(nic -> endpoints.mark(nic, mark));
      return !nics.isEmpty();
    }
    if (!nics.isEmpty() && !nics.getFirst().addresses().isEmpty()) {
      endpoints.mark(nics.getFirst(), nics.getFirst().addresses().getFirst().address(), mark);
    }
    return !nics.isEmpty();
  }

  /// Whether an interface is in the group's VPC or one peered with it.
  private boolean mayBeIn(Nic nic, TargetGroup group) {
    var own = inventory.vpcs.find(group.vpc(), group.head().unit());
    var other = sites.of(nic).knownVpc();
    return own.isEmpty()
        || other.isEmpty()
        || own.get().equals(other.get())
        || inventory.arePeered(own.get(), other.get());
  }

  private boolean tell(Target target, boolean isKnown) {
    if (!isKnown) {
      findings.dangling(
          target.spot(),
          "the target " + target.id() + " of a load balancer is not in the export",
          "add the export of what it is in, if it is in AWS");
    }
    return isKnown;
  }
}
