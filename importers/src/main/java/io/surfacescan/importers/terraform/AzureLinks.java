package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource;
import io.surfacescan.importers.azure.AzureResource.Header;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What resources of Azure are called, and how they name each other: by ids, or by names within a
/// resource group.
///
/// Subnets are known by their networks and names, so that a block within a network, a resource of
/// its own and an id that Azure gave all mean the same.
final class AzureLinks {
  /// What an attribute leads to.
  ///
  /// @param isWhole whether it leads to nothing else
  record Targets(List<AzureId> ids, boolean isWhole) {
    /// The one thing that it leads to for sure.
    Optional<AzureId> sure() {
      return isWhole && ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
    }

    /// Whether it leads anywhere.
    boolean isGiven() {
      return !ids.isEmpty() || !isWhole;
    }

    List<String> keys() {
      return ids.stream().map(AzureId::key).toList();
    }
  }

  private record Named(AzureId id, String group, int source) {}

  /// Resource group, type and name of what is within nothing else.
  private static final Pattern KEY =
      Pattern.compile("subscriptions/[^/]+/resourcegroups/([^/]+)/providers/([^/]+/[^/]+)/([^/]+)");

  static final Wanted VNET = wanted("azurerm_virtual_network");
  static final Wanted SUBNET = wanted("azurerm_subnet");
  static final Wanted GROUP = wanted("azurerm_network_security_group");
  static final Wanted ASG = wanted("azurerm_application_security_group");
  static final Wanted NIC = wanted("azurerm_network_interface");
  static final Wanted PUBLIC_IP = wanted("azurerm_public_ip");
  static final Wanted TABLE = wanted("azurerm_route_table");
  static final Wanted NAT = wanted("azurerm_nat_gateway");
  static final Wanted BALANCER = wanted("azurerm_lb");
  static final Wanted POOL = wanted("azurerm_lb_backend_address_pool");
  static final Wanted NAT_RULE = wanted("azurerm_lb_nat_rule", "azurerm_lb_nat_pool");
  static final Wanted MACHINE =
      wanted(
          "azurerm_linux_virtual_machine",
          "azurerm_windows_virtual_machine",
          "azurerm_virtual_machine");

  static final String NETWORK = "microsoft.network/";
  static final String REMEDY = "read the state after terraform apply";

  private final TerraformFacts facts;
  private final List<AzureResource> found = new ArrayList<>();
  private final Map<String, AzureId> byAddress = new HashMap<>();

  /// By the keys of the ids that Azure gave.
  private final Map<String, AzureId> byKey = new HashMap<>();

  private final Map<String, List<Named>> byName = new HashMap<>();
  private final Map<String, Set<String>> managed = new HashMap<>();

  /// By their keys, what an export beside the plan lists.
  private final Map<String, AzureResource> exported = new HashMap<>();

  /// @param exported what an export beside the plan lists
  AzureLinks(TerraformFacts facts, List<AzureResource> exported) {
    this.facts = facts;
    for (AzureResource resource : exported) {
      this.exported.put(resource.key(), resource);
      var id = resource.head().id();
      var parts = KEY.matcher(id.key());
      if (parts.matches()) {
        byName
            .computeIfAbsent(parts.group(2) + "/" + parts.group(3), absent -> new ArrayList<>())
            .add(new Named(id, parts.group(1), -1));
      }
    }
  }

  /// The id of what Azure has already; empty for what is not there yet.
  static String knownId(TerraformResource resource) {
    String id = resource.id();
    return id.startsWith("/subscriptions/") && !id.contains("|") ? id : "";
  }

  /// Whether the plan is laid over an export.
  boolean isLaid() {
    return !exported.isEmpty();
  }

  Optional<AzureResource> exported(AzureId id) {
    return Optional.ofNullable(exported.get(id.key()));
  }

  /// The id of a resource: the one that Azure gave, if it counts, else its address.
  ///
  /// @param type such as `microsoft.network/virtualnetworks`
  static AzureId ownId(Section section, String type) {
    return isGiven(section)
        ? new AzureId(section.of().text(), AzureId.key(section.id()))
        : AzureId.ofAddress(type, section.id());
  }

  private static boolean isGiven(Section section) {
    return section.id().startsWith("/subscriptions/");
  }

  /// The id of a resource within another one: likewise.
  static AzureId within(AzureId outer, String collection, String name, Section section) {
    return isGiven(section)
        ? new AzureId(section.of().text(), AzureId.key(section.id()))
        : outer.within(collection, name, section.id());
  }

  /// Whether a thing has an id that Azure gave.
  static boolean isGiven(AzureId id) {
    return id.key().startsWith("subscriptions/");
  }

  private static Wanted wanted(String... types) {
    return new Wanted(Set.of(types), List.of("/subscriptions/"));
  }

  TerraformFacts facts() {
    return facts;
  }

  void put(AzureResource resource) {
    found.add(resource);
  }

  List<AzureResource> found() {
    return found;
  }

  /// The resources of a type, those that Terraform manages before those that it only looks up.
  List<Section> all(String... types) {
    var all = new ArrayList<Section>(managed(types));
    facts.of(types).stream().filter(some -> some.of().address().isData()).forEach(all::add);
    return all;
  }

  List<Section> managed(String... types) {
    return facts.of(types).stream().filter(some -> !some.of().address().isData()).toList();
  }

  /// Registers all resources of some types.
  ///
  /// @param collection such as `microsoft.network/virtualNetworks`
  /// @return by their ids, each once
  Map<AzureId, Section> register(String collection, Wanted types) {
    var all = new LinkedHashMap<AzureId, Section>();
    for (Section section : all(types.types().stream().sorted().toArray(String[]::new))) {
      var id = ownId(section, collection.toLowerCase(Locale.ROOT));
      if (register(section, id)) {
        all.put(id, section);
        byName
            .computeIfAbsent(
                lower(collection) + "/" + lower(section.text("name")), absent -> new ArrayList<>())
            .add(new Named(id, section.text("resource_group_name"), section.of().source()));
        if (!section.of().address().isData()) {
          managed.computeIfAbsent(collection, absent -> new HashSet<>()).add(id.key());
        }
      }
    }
    return all;
  }

  /// Whether Terraform manages such a thing in what is read.
  boolean isManaged(String collection, AzureId id) {
    return managed.getOrDefault(collection, Set.of()).contains(id.key());
  }

  /// Registers a resource; false if another one stands for the same thing already.
  boolean register(Section section, AzureId id) {
    String known = AzureId.key(section.of().id());
    var first = known.isEmpty() ? id : byKey.computeIfAbsent(known, absent -> id);
    byAddress.put(section.id(), first);
    return first.equals(id);
  }

  /// Lets an id that Azure gave mean a thing.
  void alias(String text, AzureId id) {
    if (!text.isEmpty()) {
      byKey.putIfAbsent(AzureId.key(text), id);
    }
  }

  AzureId idOf(Section section) {
    return resolved(section.id());
  }

  Header header(Section section, AzureId id) {
    String name = section.text("name");
    return new Header(id, name.isEmpty() ? section.of().address().name() : name, section.spot());
  }

  /// What an address, or an id that Azure gave, means.
  private AzureId resolved(String text) {
    var own = byAddress.get(text);
    if (own != null) {
      return own;
    }
    String key = AzureId.key(text);
    var known = byKey.get(key);
    if (known != null) {
      return known;
    }
    String outerKey = AzureId.parent(key);
    var outer = byKey.get(outerKey);
    if (outer == null) {
      return AzureId.of(text);
    }
    String[] rest = key.substring(outerKey.length() + 1).split("/", 2);
    return outer.within(rest[0], rest[1], text);
  }

  Targets linked(Section section, String key, Wanted wanted) {
    var linked = section.linked(key, wanted);
    var ids =
        linked.ids().stream()
            .filter(text -> !text.isEmpty())
            .map(this::resolved)
            .distinct()
            .toList();
    boolean isLater = section.isUnknown(key) && !section.isComputed(key);
    return new Targets(ids, !isLater || (linked.isWhole() && linked.isExact()));
  }

  /// What contains a resource: by the id that Azure gave to that, else by the name of the container
  /// in the resource group.
  ///
  /// @param key of the name
  Targets outer(Section section, String key, String collection, Wanted wanted) {
    String parent = AzureId.parent(AzureId.key(section.of().id()));
    if (!parent.isEmpty()) {
      return new Targets(List.of(resolved(parent)), true);
    }
    String name = section.text(key);
    if (name.isEmpty()) {
      return linked(section, key, wanted);
    }
    String group = section.text("resource_group_name");
    var fitting =
        byName.getOrDefault(lower(collection) + "/" + lower(name), List.of()).stream()
            .filter(some ->
                group.isEmpty() || some.group.isEmpty() || some.group.equalsIgnoreCase(group))
            .toList();
    var near = fitting.stream().filter(some -> some.source == section.of().source()).toList();
    var chosen = near.isEmpty() ? fitting : near;
    if (chosen.isEmpty()) {
      String text = "/resourceGroups/" + group + "/providers/" + collection + "/" + name;
      return new Targets(List.of(AzureId.of(text)), true);
    }
    var ids = chosen.stream().map(Named::id).distinct().toList();
    return new Targets(ids, ids.size() == 1);
  }

  /// What resources attach to others, by the keys of these. What may be attached is one that nobody
  /// knows.
  ///
  /// @param type of the resources that attach
  /// @param all what they may be about
  Map<String, String> attached(
      String type,
      String ownerKey,
      Wanted owner,
      String thingKey,
      Wanted thing,
      String collection,
      Collection<String> all) {
    var attached = new HashMap<String, String>();
    var doubtful = new LinkedHashMap<Section, Collection<String>>();
    for (Section section : managed(type)) {
      var owners = linked(section, ownerKey, owner);
      var things = linked(section, thingKey, thing);
      if (owners.sure().isPresent()) {
        attached.put(
            owners.sure().get().key(),
            things.sure().map(AzureId::key).orElseGet(() -> unknown(section, collection)));
      } else {
        doubtful.put(section, owners.isWhole() ? owners.keys() : all);
      }
      if (owners.sure().isEmpty() || things.sure().isEmpty()) {
        later(section, "what " + section.of().text() + " is about");
      }
    }
    doubtful.forEach((section, keys) ->
        keys.forEach(key -> attached.putIfAbsent(key, unknown(section, collection))));
    return attached;
  }

  /// The key of something that is there, but nobody knows what it is.
  static String unknown(Section section, String collection) {
    return AzureId.ofAddress(collection.toLowerCase(Locale.ROOT), "known later: " + section.id())
        .key();
  }

  /// The key of the one thing that an attribute leads to, or of one that nobody knows; empty if it
  /// leads nowhere.
  String keyOf(Section section, String key, Wanted wanted, String collection) {
    var targets = linked(section, key, wanted);
    if (!targets.isGiven()) {
      return "";
    }
    if (targets.sure().isEmpty()) {
      later(section, key + " of " + section.of().text());
    }
    return targets.sure().map(AzureId::key).orElseGet(() -> unknown(section, collection));
  }

  /// The blocks within a resource that no resource of its own stands for, or stood for before the
  /// plan: Terraform lists these within too.
  ///
  /// @param apart the names of the others, as [#name] makes them
  List<Section> inline(
      Section section, String key, AzureId id, Set<String> apart, Set<String> gone) {
    boolean isWritten =
        section.ids().references(section.of()).isWritten(section.of()) && !section.isComputed(key);
    return section.sections(key).stream()
        .filter(block -> !apart.contains(name(id, block)))
        .filter(block -> isWritten || !gone.contains(name(id, block)))
        .toList();
  }

  /// What tells a thing within another one from the others there.
  static String name(AzureId outer, Section section) {
    return outer.key() + "/" + lower(section.text("name"));
  }

  /// Whether nobody knows which blocks there are.
  static boolean areBlocksUnknown(Section section, String key) {
    return (section.unknown().isTrue() || section.unknown().get(key).isTrue())
        && !section.isComputed(key);
  }

  static boolean isFalse(Section section, String key) {
    return section.has(key) && !section.isTrue(key);
  }

  /// Whether a value is there that is known only later.
  static boolean isLater(Section section, String key) {
    return section.isUnknown(key) && !section.isComputed(key);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  void later(Section section, String what) {
    facts.assumed(section.spot(), what + " is known only after terraform apply", REMEDY);
  }

  static List<String> labels(Section section) {
    var labels = new ArrayList<String>();
    if (!section.isUnknown("tags")) {
      section
          .values()
          .get("tags")
          .map()
          .forEach((key, value) -> labels.add(key + "=" + value.text()));
    }
    return labels;
  }
}
