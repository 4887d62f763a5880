package io.surfacescan.importers.gcp;

import io.surfacescan.importers.gcp.Resource.BackendService;
import io.surfacescan.importers.gcp.Resource.Firewall;
import io.surfacescan.importers.gcp.Resource.Forwarder;
import io.surfacescan.importers.gcp.Resource.ForwardingRule;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.InstanceGroup;
import io.surfacescan.importers.gcp.Resource.Member;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Node;
import io.surfacescan.importers.gcp.Resource.Policy;
import io.surfacescan.importers.gcp.Resource.Route;
import io.surfacescan.importers.gcp.Resource.Router;
import io.surfacescan.importers.gcp.Resource.Subnetwork;
import io.surfacescan.importers.gcp.Resource.TagBinding;
import io.surfacescan.importers.gcp.Resource.Unread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that the files of an export say, by kinds. A resource that stands twice counts once.
final class Inventory {
  final Ancestry ancestry = new Ancestry();
  final Map<String, Instance> instances = new LinkedHashMap<>();
  final Map<String, Network> networks = new LinkedHashMap<>();
  final Map<String, Subnetwork> subnetworks = new LinkedHashMap<>();
  final Map<String, Policy> policies = new LinkedHashMap<>();
  final Map<String, Router> routers = new LinkedHashMap<>();
  final Map<String, ForwardingRule> forwardingRules = new LinkedHashMap<>();
  final Map<String, Forwarder> forwarders = new LinkedHashMap<>();
  final Map<String, BackendService> backendServices = new LinkedHashMap<>();
  final Map<String, InstanceGroup> groups = new LinkedHashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final Map<String, List<String>> membersOfManager = new HashMap<>();
  final List<Unread> unread = new ArrayList<>();
  private final Map<String, Firewall> firewalls = new LinkedHashMap<>();
  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<String, List<Firewall>> firewallsOf = new HashMap<>();
  private final Map<String, List<Route>> routesOf = new HashMap<>();
  private final Map<String, List<String>> secureTags = new HashMap<>();
  private final Set<String> projectsWithRoutes = new HashSet<>();
  private final Set<ResourceType> types;
  private final Map<String, Set<String>> networksOfName = new HashMap<>();
  private final Map<String, Set<String>> firewallsOfName = new HashMap<>();
  private final Map<String, Set<String>> policiesOfName = new HashMap<>();

  private Inventory(Set<ResourceType> types) {
    this.types = types;
  }

  /// @param types those that some file lists, be the list empty
  static Inventory of(Collection<? extends Resource> resources, Set<ResourceType> types) {
    var inventory = new Inventory(types);
    // Projects come first: others may name them by their numbers.
    for (Resource resource : resources) {
      switch (resource) {
        case Node node -> inventory.ancestry.add(node);
        case Policy policy -> inventory.ancestry.add(policy);
        default -> {}
      }
    }
    resources.forEach(inventory::add);
    inventory.index();
    return inventory;
  }

  private void add(Resource resource) {
    String link = canonical(resource.link());
    switch (resource) {
      case Instance some -> instances.putIfAbsent(link, some);
      case Network some -> networks.putIfAbsent(link, some);
      case Subnetwork some -> subnetworks.putIfAbsent(link, some);
      case Firewall some -> firewalls.putIfAbsent(link, some);
      case Policy some -> policies.putIfAbsent(link, some);
      case Route some -> routes.putIfAbsent(link, some);
      case Router some -> routers.putIfAbsent(link, some);
      case TagBinding some -> bind(some);
      case ForwardingRule some -> forwardingRules.putIfAbsent(link, some);
      case Forwarder some -> forwarders.putIfAbsent(link, some);
      case BackendService some -> backendServices.putIfAbsent(link, some);
      case InstanceGroup some -> groups.putIfAbsent(link, some);
      case Member some -> members.add(some);
      case Unread some -> unread.add(some);
      case Node ignored -> {}
    }
  }

  private void bind(TagBinding binding) {
    String on = canonical(binding.on());
    secureTags.computeIfAbsent(on, absent -> new ArrayList<>()).add(binding.value());
    int place = on.indexOf("/zones/");
    if (place >= 0) {
      secureTags
          .computeIfAbsent(on.substring(place), absent -> new ArrayList<>())
          .add(binding.value());
    }
  }

  private void index() {
    networks.keySet().forEach(this::nameNetwork);
    instances.forEach((link, instance) -> {
      if (!instance.group().isEmpty()) {
        membersOfManager
            .computeIfAbsent(canonical(instance.group()), absent -> new ArrayList<>())
            .add(link);
      }
    });
    for (Instance instance : instances.values()) {
      instance.nics().forEach(nic -> nameNetwork(canonical(nic.network())));
    }
    firewalls.forEach((link, firewall) -> {
      firewallsOf
          .computeIfAbsent(canonical(firewall.network()), absent -> new ArrayList<>())
          .add(firewall);
      firewallsOfName.computeIfAbsent(firewall.rule().id(), absent -> new HashSet<>()).add(link);
    });
    policies.forEach((link, policy) ->
        policiesOfName.computeIfAbsent(policy.head().name(), absent -> new HashSet<>()).add(link));
    routes.forEach((link, route) -> {
      routesOf.computeIfAbsent(canonical(route.network()), absent -> new ArrayList<>()).add(route);
      projectsWithRoutes.add(Links.project(canonical(route.network())));
    });
  }

  private void nameNetwork(String link) {
    networksOfName.computeIfAbsent(Links.name(link), absent -> new HashSet<>()).add(link);
  }

  /// The link as all others to the same resource are.
  String canonical(String link) {
    return ancestry.canonical(link);
  }

  /// What answers call a network: its name, if no other has it.
  String networkName(String link) {
    String name = Links.name(link);
    return networksOfName.getOrDefault(name, Set.of()).size() < 2 || Links.project(link).isEmpty()
        ? name
        : Links.project(link) + "/" + name;
  }

  String firewallId(Firewall firewall) {
    String id = firewall.rule().id();
    return firewallsOfName.getOrDefault(id, Set.of()).size() < 2
        ? id
        : firewall.head().project() + "/" + id;
  }

  String policyName(Policy policy) {
    String name = policy.head().name();
    if (policiesOfName.getOrDefault(name, Set.of()).size() < 2) {
      return name;
    }
    return policy.isHierarchical()
        ? policy.head().id()
        : policy.head().project()
            + (policy.region().isEmpty() ? "" : "/" + policy.region())
            + "/"
            + name;
  }

  Optional<Network> network(String link) {
    return Optional.ofNullable(networks.get(link));
  }

  List<Firewall> firewallsOf(String network) {
    return firewallsOf.getOrDefault(network, List.of());
  }

  Collection<Firewall> firewalls() {
    return firewalls.values();
  }

  List<Route> routesOf(String network) {
    return routesOf.getOrDefault(network, List.of());
  }

  Collection<Route> routes() {
    return routes.values();
  }

  /// Whether the export holds the routes of a network, be there none.
  boolean hasRoutesOf(String network) {
    boolean isListedEmpty =
        types.contains(ResourceType.ROUTE) && routes.isEmpty() && projects().size() < 2;
    return isListedEmpty || projectsWithRoutes.contains(Links.project(network));
  }

  private Set<String> projects() {
    var projects = new HashSet<String>();
    instances.keySet().forEach(link -> projects.add(Links.project(link)));
    networks.keySet().forEach(link -> projects.add(Links.project(link)));
    return projects;
  }

  /// Whether some file lists resources of a type, be the list empty.
  boolean hasList(ResourceType type) {
    return types.contains(type);
  }

  /// The secure tags of an instance.
  List<String> secureTagsOf(Instance instance) {
    String link = canonical(instance.link());
    var tags = new LinkedHashSet<String>(secureTags.getOrDefault(link, List.of()));
    // A binding names the instance by its number, which no other has, and the project by a number
    // that the export may not tell.
    int place = link.indexOf("/zones/");
    int slash = link.lastIndexOf('/');
    if (place >= 0 && slash > place) {
      tags.addAll(
          secureTags.getOrDefault(
              link.substring(place, slash + 1) + instance.head().id(), List.of()));
    }
    return List.copyOf(tags);
  }

  /// The links of the instances of a group, as far as they or other files say so.
  List<String> membersOf(String group) {
    var found =
        new ArrayList<String>(
            membersOfManager.getOrDefault(
                group.replace("/instanceGroups/", "/instanceGroupManagers/"), List.of()));
    String name = Links.name(group);
    for (Member member : members) {
      if (names(member.file(), name)) {
        found.add(canonical(member.instance()));
      }
    }
    return found;
  }

  /// Whether the name of a file holds a name, with no letter or digit beside it.
  private static boolean names(String file, String name) {
    int start = name.isEmpty() ? -1 : file.indexOf(name);
    int end = start + name.length();
    return start >= 0
        && (start == 0 || !Character.isLetterOrDigit(file.charAt(start - 1)))
        && (end == file.length() || !Character.isLetterOrDigit(file.charAt(end)));
  }

  boolean hasSecureTags() {
    return !secureTags.isEmpty() || types.contains(ResourceType.TAG_BINDING);
  }
}
