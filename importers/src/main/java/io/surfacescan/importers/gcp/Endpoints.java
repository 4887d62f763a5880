package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.gcp.Resource.Address;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.Nic;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Makes endpoints of instances.
final class Endpoints {
  /// An alias range that rules divide into more parts stays whole.
  private static final int PARTS_MOST = 64;

  private final Inventory inventory;
  private final Findings findings;

  /// By network, the tags that its routes are for.
  private final Map<String, Set<String>> routeTags = new HashMap<>();

  /// Marks that others add, by instance.
  private final Map<String, List<String>> more = new HashMap<>();

  /// By network, the sets of tags by which routes tell its interfaces apart.
  private final Map<String, Set<List<String>>> profiles = new LinkedHashMap<>();

  private final NavigableSet<AddressRange> bounds = new TreeSet<>();

  Endpoints(Inventory inventory, Findings findings) {
    this.inventory = inventory;
    this.findings = findings;
    inventory
        .routes()
        .forEach(route ->
            routeTags
                .computeIfAbsent(inventory.canonical(route.network()), absent -> new TreeSet<>())
                .addAll(route.tags()));
    for (Instance instance : inventory.instances.values()) {
      for (Nic nic : instance.nics()) {
        String network = inventory.canonical(nic.network());
        profiles
            .computeIfAbsent(network, absent -> new LinkedHashSet<>())
            .add(profile(instance, network));
      }
    }
    inventory.firewalls().forEach(firewall -> addBounds(firewall.rule()));
    inventory.policies.values().forEach(policy -> policy.rules().forEach(this::addBounds));
  }

  private void addBounds(Rule rule) {
    for (var ranges : List.of(rule.peers().ranges(), rule.targets().ranges())) {
      for (AddressRange range : ranges) {
        bounds.add(range.first());
        range.next().ifPresent(bounds::add);
      }
    }
  }

  /// The links of networks that have interfaces, in the order of the input.
  Set<String> networks() {
    return profiles.keySet();
  }

  /// The sets of tags by which routes of a network tell its interfaces apart.
  Set<List<String>> profiles(String network) {
    return profiles.getOrDefault(network, Set.of());
  }

  private List<String> profile(Instance instance, String network) {
    var read = routeTags.getOrDefault(network, Set.of());
    return instance.tags().stream().filter(read::contains).distinct().sorted().toList();
  }

  /// Adds a mark to the addresses of an instance's first interface, but for those of alias ranges.
  void mark(String instance, String mark) {
    more.computeIfAbsent(instance, absent -> new ArrayList<>()).add(mark);
  }

  void addTo(ReachabilityModel.Builder model) {
    Map<String, Integer> bearers = new HashMap<>();
    inventory.instances.values().forEach(some -> bearers.merge(some.head().id(), 1, Integer::sum));
    inventory.instances.forEach((link, instance) -> {
      if (instance.nics().isEmpty()) {
        findings.leftOut("instances without network interfaces");
        return;
      }
      String id = instance.head().id();
      if (bearers.getOrDefault(id, 1) > 1) {
        findings.sharedId(instance.head().spot(), id);
        id = instance.head().project() + "/" + id;
      }
      String distinct = id;
      for (int i = 2; model.hasId(distinct); i++) {
        distinct = id + "#" + i;
      }
      model.endpoint(endpoint(distinct, link, instance, model));
    });
  }

  private Endpoint endpoint(
      String id, String link, Instance instance, ReachabilityModel.Builder model) {
    var labels = new ArrayList<String>(instance.labels());
    if (!instance.status().isEmpty() && !instance.status().equals("RUNNING")) {
      labels.add("state=" + instance.status().toLowerCase(Locale.ROOT));
    }
    var interfaces = new ArrayList<NetworkInterface>();
    var addresses = new LinkedHashSet<String>();
    for (Nic nic : instance.nics()) {
      var common = marks(instance, nic);
      for (Address address : nic.addresses()) {
        var all = new ArrayList<String>(common);
        addReach(address, all);
        if (!address.isAlias() && nic.equals(instance.nics().getFirst())) {
          all.addAll(more.getOrDefault(link, List.of()));
        }
        var marks = model.marks(Marks.of(all));
        for (AddressRange part : parts(address, nic)) {
          interfaces.add(new NetworkInterface(marks, part));
        }
        if (address.range().isOne()) {
          addresses.add(address.range().toString());
        }
        if (AddressRange.parse(address.outer()).isPresent()) {
          addresses.add(address.outer());
        }
      }
      if (nic.addresses().isEmpty()) {
        interfaces.add(new NetworkInterface(model.marks(Marks.of(common))));
      }
    }
    return new Endpoint(
        id,
        instance.head().name().isEmpty() ? Optional.empty() : Optional.of(instance.head().name()),
        VmKind.VM,
        Optional.of(scope(instance)),
        labels,
        List.copyOf(addresses),
        interfaces);
  }

  private static void addReach(Address address, List<String> marks) {
    if (address.isAlias()) {
      marks.add(GcpMarks.ALIAS);
    } else if (!address.outer().isEmpty()) {
      marks.add(address.range().isV6() ? GcpMarks.EXTERNAL_V6 : GcpMarks.EXTERNAL_V4);
    }
  }

  private List<String> marks(Instance instance, Nic nic) {
    String network = inventory.canonical(nic.network());
    String name = inventory.networkName(network);
    var marks = new ArrayList<String>();
    marks.add(GcpMarks.SENDS);
    marks.add(GcpMarks.network(name));
    marks.add(GcpMarks.region(Links.region(instance.link())));
    if (!nic.subnetwork().isEmpty()) {
      marks.add(GcpMarks.subnet(inventory.canonical(nic.subnetwork())));
    }
    marks.add(GcpMarks.routes(name, String.join(", ", profile(instance, network))));
    instance.tags().forEach(tag -> marks.add(GcpMarks.tag(tag)));
    instance.accounts().forEach(account -> marks.add(GcpMarks.account(account)));
    inventory.secureTagsOf(instance).forEach(tag -> marks.add(GcpMarks.secureTag(tag)));
    if (!instance.doubts().tags().isEmpty()) {
      marks.add(GcpMarks.UNKNOWN_TAGS);
    }
    if (!instance.doubts().accounts().isEmpty()) {
      marks.add(GcpMarks.UNKNOWN_ACCOUNTS);
    }
    return marks;
  }

  /// An alias range in parts, so that a rule picks each or not: all of its addresses are there. An
  /// address that is not known is one of its subnet.
  private List<AddressRange> parts(Address address, Nic nic) {
    var range = address.range();
    if (range.equals(AddressRange.ALL_V4)) {
      return Optional.ofNullable(inventory.subnetworks.get(inventory.canonical(nic.subnetwork())))
          .flatMap(subnet -> subnet.ranges().stream().filter(some -> !some.isV6()).findFirst())
          .map(List::of)
          .orElse(List.of(range));
    }
    if (range.isOne() || !address.isAlias()) {
      return List.of(range);
    }
    var parts = new ArrayList<AddressRange>();
    var left = range;
    for (AddressRange bound : bounds.subSet(range.first(), false, range.last(), true)) {
      if (parts.size() == PARTS_MOST) {
        return List.of(range);
      }
      parts.add(left.before(bound));
      left = left.from(bound);
    }
    parts.add(left);
    return parts;
  }

  /// The project of an instance and the network of its first interface.
  private String scope(Instance instance) {
    String network = inventory.canonical(instance.nics().getFirst().network());
    return scope(Links.project(inventory.canonical(instance.link())), network);
  }

  static String scope(String project, String network) {
    String host = Links.project(network);
    String name = Links.name(network);
    String shown = host.equals(project) ? name : host + "/" + name;
    return project.isEmpty() ? shown : project + "/" + shown;
  }

  /// How many VMs each project has in each network. A network without any has 0: one that is
  /// missing was forgotten.
  SortedMap<String, Long> scopes() {
    var counts = new TreeMap<String, Long>();
    inventory.networks.keySet().forEach(link -> counts.put(scope(Links.project(link), link), 0L));
    counts.putAll(
        inventory.instances.values().stream()
            .filter(instance -> !instance.nics().isEmpty())
            .collect(Collectors.groupingBy(this::scope, Collectors.counting())));
    return counts;
  }
}
