package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Sites.Site;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes endpoints: of each instance with all its interfaces, and of each interface that belongs to
/// no instance.
final class Endpoints {
  /// What becomes of an interface.
  enum Role {
    ORDINARY,
    BALANCER,
    SERVICE,
    LEFT_OUT
  }

  /// Something that becomes an endpoint.
  private record Draft(
      Header head, String name, VmKind kind, List<String> labels, List<Nic> nics) {}

  /// What the marks of an interface depend on.
  private record GuardKey(Site site, List<String> groups, Role role) {}

  /// The marks that interfaces of one key have.
  ///
  /// @param marks by which gates guard them
  /// @param all with those by which links pick them
  /// @param unknownGroups groups whose rules the export lacks
  /// @param interned the marks of addresses that nothing else marks, by [Reach]
  private record Guards(
      List<String> marks,
      List<String> all,
      List<String> unknownGroups,
      Map<Reach, Marks> interned) {}

  /// What an address has to do with the internet.
  private enum Reach {
    PRIVATE,
    PUBLIC_V4,
    PUBLIC_V6;

    static Reach of(Optional<Address> address) {
      if (address.isEmpty()) {
        return PRIVATE;
      }
      return address.get().address().isV6()
          ? PUBLIC_V6
          : address.get().outer().isEmpty() ? PRIVATE : PUBLIC_V4;
    }
  }

  private final Inventory inventory;
  private final Sites sites;
  private final AccessBlocks blocks;
  private final Findings findings;
  private final List<Draft> drafts = new ArrayList<>();

  /// The interfaces of each instance, the first one first.
  private final IdentityHashMap<Instance, List<Nic>> nicsOfInstance = new IdentityHashMap<>();

  private final IdentityHashMap<Nic, List<String>> marks = new IdentityHashMap<>();
  private final IdentityHashMap<Nic, Map<AddressRange, List<String>>> marksOfAddress =
      new IdentityHashMap<>();
  private final IdentityHashMap<Nic, List<NetworkInterface>> senders = new IdentityHashMap<>();
  private final IdentityHashMap<Nic, String> names = new IdentityHashMap<>();
  private final Map<GuardKey, Guards> guards = new HashMap<>();

  /// The interfaces of which it is known that their groups are not.
  private final Set<Nic> told = Collections.newSetFromMap(new IdentityHashMap<>());

  Endpoints(Inventory inventory, Sites sites, AccessBlocks blocks, Findings findings) {
    this.inventory = inventory;
    this.sites = sites;
    this.blocks = blocks;
    this.findings = findings;
    Set<Nic> attached = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, List<Nic>> byInstance = new LinkedHashMap<>();
    for (Nic nic : inventory.nics.all()) {
      if (!nic.instance().isEmpty()) {
        byInstance.computeIfAbsent(nic.instance(), absent -> new ArrayList<>()).add(nic);
      }
    }
    for (Instance instance : inventory.instances.all()) {
      addInstance(instance, byInstance.getOrDefault(instance.id(), List.of()), attached);
    }
    addOthers(attached);
  }

  private void addInstance(Instance instance, List<Nic> candidates, Set<Nic> attached) {
    var nics = new LinkedHashMap<String, Nic>();
    for (Nic own : instance.nics()) {
      nics.put(own.id(), inventory.nics.find(own.id(), own.head().unit()).orElse(own));
    }
    for (Nic nic : candidates) {
      boolean isOwn =
          inventory
              .instances
              .find(nic.instance(), nic.head().unit())
              .filter(instance::equals)
              .isPresent();
      if (isOwn) {
        nics.putIfAbsent(nic.id(), nic);
      }
    }
    attached.addAll(nics.values());
    if (instance.state().equals("terminated")) {
      findings.leftOut("terminated instances");
      return;
    }
    if (nics.isEmpty()) {
      findings.leftOut("instances without network interfaces");
      return;
    }
    var labels = new ArrayList<String>(instance.tags());
    if (!instance.state().isEmpty() && !instance.state().equals("running")) {
      labels.add("state=" + instance.state());
    }
    var list = List.copyOf(nics.values());
    nicsOfInstance.put(instance, list);
    drafts.add(new Draft(instance.head(), instance.head().name(), instance.kind(), labels, list));
  }

  private void addOthers(Set<Nic> attached) {
    Map<String, List<Nic>> unlisted = new LinkedHashMap<>();
    for (Nic nic : inventory.nics.all()) {
      if (attached.contains(nic)) {
        continue;
      }
      if (!nic.instance().isEmpty()) {
        String key = nic.head().unit().folder() + "\n" + nic.instance();
        unlisted.computeIfAbsent(key, absent -> new ArrayList<>()).add(nic);
      } else if (role(nic) != Role.LEFT_OUT) {
        drafts.add(new Draft(nic.head(), nic.head().name(), kind(nic), List.of(), List.of(nic)));
      } else {
        findings.leftOut(whyLeftOut(nic));
      }
    }
    for (List<Nic> nics : unlisted.values()) {
      var head = nics.getFirst().head();
      var ofInstance =
          new Header(
              nics.getFirst().instance(),
              head.owner(),
              head.region(),
              "",
              head.unit(),
              head.spot());
      findings.assumed(
          head.spot(),
          "an interface belongs to an instance that the export does not list",
          "add what describe-instances writes");
      drafts.add(new Draft(ofInstance, "", VmKind.VM, List.of(), nics));
    }
  }

  Role role(Nic nic) {
    String kind = nic.kind();
    String description = nic.description();
    if (kind.equals("nat_gateway")
        || kind.equals("transit_gateway")
        || kind.startsWith("gateway_load_balancer")
        || description.startsWith("Interface for NAT Gateway")
        || description.startsWith("Network Interface for Transit Gateway")
        || nic.status().equals("available")) {
      return Role.LEFT_OUT;
    }
    if (kind.endsWith("load_balancer") || description.startsWith("ELB ")) {
      return Role.BALANCER;
    }
    return kind.equals("vpc_endpoint") || description.startsWith("VPC Endpoint Interface")
        ? Role.SERVICE
        : Role.ORDINARY;
  }

  private static String whyLeftOut(Nic nic) {
    return nic.status().equals("available")
        ? "interfaces attached to nothing"
        : "interfaces of gateways, which accept no connections";
  }

  private VmKind kind(Nic nic) {
    String description = nic.description();
    return switch (role(nic)) {
      case BALANCER -> VmKind.LOAD_BALANCER;
      case SERVICE -> VmKind.GATEWAY;
      default -> {
        if (nic.kind().equals("lambda") || description.startsWith("AWS Lambda VPC ENI")) {
          yield VmKind.FUNCTION;
        }
        if (description.startsWith("arn:aws:ecs:")) {
          yield VmKind.WORKLOAD;
        }
        boolean isDatabase =
            List.of(
                    "RDSNetworkInterface",
                    "ElastiCache",
                    "Redshift",
                    "DAX ",
                    "ES ",
                    "DMSNetworkInterface")
                .stream()
                .anyMatch(description::startsWith);
        yield isDatabase ? VmKind.DATABASE : VmKind.VM;
      }
    };
  }

  /// The interfaces that became part of an endpoint, in the order of the input.
  List<Nic> nics() {
    return drafts.stream().flatMap(draft -> draft.nics().stream()).toList();
  }

  /// The interfaces of an instance; none if it was left out.
  List<Nic> nicsOf(Instance instance) {
    return nicsOfInstance.getOrDefault(instance, List.of());
  }

  /// Adds a mark to all addresses of an interface.
  void mark(Nic nic, String mark) {
    marks.computeIfAbsent(nic, absent -> new ArrayList<>()).add(mark);
  }

  /// Adds a mark to one address of an interface.
  void mark(Nic nic, AddressRange address, String mark) {
    marksOfAddress
        .computeIfAbsent(nic, absent -> new HashMap<>())
        .computeIfAbsent(address, absent -> new ArrayList<>())
        .add(mark);
  }

  /// Adds an interface that only sends to the endpoint of an interface.
  void addSender(Nic nic, NetworkInterface sender) {
    senders.computeIfAbsent(nic, absent -> new ArrayList<>()).add(sender);
  }

  /// Names the endpoint of an interface, if it has no name.
  void name(Nic nic, String name) {
    names.put(nic, name);
  }

  void addTo(ReachabilityModel.Builder model) {
    Map<String, Integer> bearers = new HashMap<>();
    drafts.forEach(draft -> bearers.merge(draft.head.id(), 1, Integer::sum));
    for (Draft draft : drafts) {
      String id = draft.head.id();
      if (bearers.getOrDefault(id, 1) > 1) {
        findings.sharedId(draft.head.spot(), id);
        id = inventory.scopes.of(draft.head) + "/" + id;
      }
      String distinct = id;
      for (int i = 2; model.hasId(distinct); i++) {
        distinct = id + "#" + i;
      }
      model.endpoint(endpoint(distinct, draft, model));
    }
  }

  private Endpoint endpoint(String id, Draft draft, ReachabilityModel.Builder model) {
    var interfaces = new ArrayList<NetworkInterface>();
    var addresses = new LinkedHashSet<String>();
    String name = draft.name;
    for (Nic nic : draft.nics) {
      name = name.isEmpty() ? names.getOrDefault(nic, "") : name;
      for (Address address : nic.addresses()) {
        interfaces.add(
            new NetworkInterface(
                marksOf(nic, Optional.of(address), model),
                Optional.of(address.address()),
                List.of()));
        if (address.address().isOne()) {
          addresses.add(address.address().toString());
        }
        if (AddressRange.parse(address.outer()).isPresent()) {
          addresses.add(address.outer());
        }
      }
      if (nic.addresses().isEmpty()) {
        interfaces.add(new NetworkInterface(marksOf(nic, Optional.empty(), model)));
      }
      interfaces.addAll(senders.getOrDefault(nic, List.of()));
    }
    String scope = inventory.scopes.of(draft.head);
    return new Endpoint(
        id,
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        draft.kind,
        scope.isEmpty() ? Optional.empty() : Optional.of(scope),
        draft.labels,
        List.copyOf(addresses),
        interfaces);
  }

  private Marks marksOf(Nic nic, Optional<Address> address, ReachabilityModel.Builder model) {
    var guards = find(nic);
    var reach = Reach.of(address);
    var more = new ArrayList<>(marks.getOrDefault(nic, List.of()));
    address.ifPresent(some ->
        more.addAll(
            marksOfAddress.getOrDefault(nic, Map.of()).getOrDefault(some.address(), List.of())));
    return more.isEmpty()
        ? guards.interned.computeIfAbsent(reach, absent -> marksOf(guards, reach, more, model))
        : marksOf(guards, reach, more, model);
  }

  private static Marks marksOf(
      Guards guards, Reach reach, List<String> more, ReachabilityModel.Builder model) {
    var all = new ArrayList<>(guards.all);
    switch (reach) {
      case PUBLIC_V4 -> all.add(AwsMarks.PUBLIC_V4);
      case PUBLIC_V6 -> all.add(AwsMarks.PUBLIC_V6);
      case PRIVATE -> {}
    }
    all.addAll(more);
    return model.marks(Marks.of(all));
  }

  /// The marks by which gates guard an interface.
  List<String> guards(Nic nic) {
    return find(nic).marks;
  }

  private Guards find(Nic nic) {
    var found =
        guards.computeIfAbsent(
            new GuardKey(sites.of(nic), nic.groups(), role(nic)), key -> find(key, nic));
    boolean isAssumed = nic.groups().isEmpty() && role(nic) == Role.ORDINARY;
    if ((isAssumed || !found.unknownGroups.isEmpty()) && told.add(nic)) {
      for (String group : found.unknownGroups) {
        findings.dangling(
            nic.head().spot(),
            "the security group " + group + " of an interface is not in the export",
            "add it; until then its rules may allow everything");
      }
      if (isAssumed) {
        findings.assumed(
            nic.head().spot(),
            "an interface lists no security groups, so they may allow everything",
            "export it with its groups");
      }
    }
    return found;
  }

  private Guards find(GuardKey key, Nic nic) {
    var own = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    own.add(AwsMarks.subnet(key.site.subnet()));
    if (!key.site.zone().isEmpty()) {
      own.add(AwsMarks.zone(key.site.zone()));
    }
    for (String group : key.groups) {
      var known = inventory.groups.find(group, nic.head().unit());
      own.add(AwsMarks.group(known.map(inventory.groups::name).orElse(group)));
      if (known.isEmpty()) {
        own.add(AwsMarks.UNKNOWN_GROUPS);
        unknown.add(group);
      }
    }
    if (!key.groups.isEmpty()) {
      own.add(AwsMarks.GROUPED);
    } else if (key.role == Role.ORDINARY) {
      own.add(AwsMarks.GROUPED);
      own.add(AwsMarks.UNKNOWN_GROUPS);
    }
    var all = new ArrayList<>(own);
    all.add(AwsMarks.vpc(key.site.vpc()));
    key.site.table().map(inventory.tables::name).map(AwsMarks::table).ifPresent(all::add);
    if (key.role == Role.ORDINARY) {
      all.add(AwsMarks.SENDS);
    }
    all.addAll(blocks.marks(key.site));
    return new Guards(
        List.copyOf(own), List.copyOf(all), List.copyOf(unknown), new EnumMap<>(Reach.class));
  }
}
