package io.surfacescan.importers.terraform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// What resources are called: by their addresses, whatever the provider calls them.
///
/// Beside an export the things that it lists keep the ids that they have there.
final class ResourceIds {
  private static final Set<String> IDENTIFYING =
      Set.of(
          "id",
          "arn",
          "name",
          "self_link",
          "email",
          "instance_group",
          "self_link_unique",
          "allocation_id",
          "primary_network_interface_id");

  private final Map<Integer, References> references = new HashMap<>();
  private final IdentityHashMap<TerraformResource, String> ids = new IdentityHashMap<>();
  private final Map<String, List<TerraformResource>> byText = new HashMap<>();
  private final Map<String, String> defaults = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();
  private Optional<SourcePlaces> written = Optional.empty();

  /// The ids of snapshots alone.
  static ResourceIds of(List<Snapshot> snapshots) {
    return new ResourceIds(snapshots, some -> "", Set.of());
  }

  /// The ids beside an export.
  ///
  /// @param exported the ids that it lists
  static ResourceIds beside(List<Snapshot> snapshots, Set<String> exported) {
    return new ResourceIds(
        snapshots, some -> exported.contains(some.id()) ? some.id() : "", exported);
  }

  /// The ids beside an export, by what identifies resources in the cloud.
  ///
  /// @param known that of a resource; empty if it is not known yet
  static ResourceIds knownBy(List<Snapshot> snapshots, Function<TerraformResource, String> known) {
    return new ResourceIds(snapshots, known, Set.of());
  }

  private ResourceIds(
      List<Snapshot> snapshots, Function<TerraformResource, String> known, Set<String> exported) {
    Map<String, Integer> bearers = new TreeMap<>();
    snapshots.forEach(snapshot ->
        snapshot.resources().keySet().forEach(address -> bearers.merge(address, 1, Integer::sum)));
    for (Snapshot snapshot : snapshots) {
      references.put(snapshot.document().number(), new References(snapshot));
      snapshot
          .resources()
          .forEach((address, resource) -> {
            String id = known.apply(resource);
            boolean isShared = bearers.getOrDefault(address, 1) > 1;
            String own = isShared ? snapshot.document().name() + "/" + address : address;
            ids.put(resource, id.isEmpty() ? own : id);
            register(resource, exported);
          });
    }
  }

  private void register(TerraformResource resource, Set<String> exported) {
    for (String key : IDENTIFYING) {
      String text = resource.values().get(key).text();
      if (!text.isEmpty()) {
        byText.computeIfAbsent(text, absent -> new ArrayList<>(1)).add(resource);
      }
    }
    if (Defaults.isVpc(resource)) {
      for (String key :
          List.of(
              "default_security_group_id",
              "default_route_table_id",
              "main_route_table_id",
              "default_network_acl_id")) {
        String name = of(resource) + Defaults.name(key);
        String known = resource.values().get(key).text();
        if (!known.isEmpty() && !exported.contains(known)) {
          defaults.put(known, name);
        }
        Defaults.of(resource, key).ifPresent(text -> defaults.put(text, name));
      }
    }
  }

  /// Lets the files that the documents were made from tell which blocks are dynamic.
  ResourceIds writtenIn(Optional<SourcePlaces> files) {
    written = files;
    return this;
  }

  /// Whether a resource is known to make blocks dynamically: these do not stand in a plan.
  boolean isDynamic(TerraformResource resource, String blocks) {
    return written.map(files -> files.isDynamic(resource.address(), blocks)).orElse(false);
  }

  References references(TerraformResource resource) {
    return Objects.requireNonNull(references.get(resource.source()));
  }

  String of(TerraformResource resource) {
    String id = ids.getOrDefault(resource, resource.text());
    return renamed.getOrDefault(id, id);
  }

  /// Lets another name stand for a thing.
  void rename(String id, String to) {
    if (!id.equals(to)) {
      renamed.put(id, to);
    }
  }

  /// The name of what AWS made with a VPC.
  String byDefault(String vpc, String name) {
    return renamed.getOrDefault(vpc + name, vpc + name);
  }

  /// What a known value means; nothing if it is no id of what is wanted.
  Optional<String> find(String text, Wanted wanted, TerraformResource near) {
    var candidates =
        byText.getOrDefault(text, List.of()).stream()
            .filter(some -> wanted.types().contains(some.type()))
            .toList();
    var found =
        candidates.stream()
            .filter(some -> some.source() == near.source())
            .findFirst()
            .or(() -> candidates.stream().findFirst());
    if (found.isPresent()) {
      return found.map(this::of);
    }
    var byDefault = defaults.get(text);
    if (byDefault != null) {
      return Optional.of(renamed.getOrDefault(byDefault, byDefault));
    }
    return wanted.looksLikeId(text) ? Optional.of(text) : Optional.empty();
  }
}
