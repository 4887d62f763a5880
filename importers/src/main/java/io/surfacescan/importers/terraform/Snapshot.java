package io.surfacescan.importers.terraform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The resources of one document at one time: before a plan or after it. A state is both.
///
/// @param resources by their addresses
/// @param removed what the plan deletes or changes, as it was before; none before it
record Snapshot(
    TerraformDocument document,
    Configuration configuration,
    Map<String, TerraformResource> resources,
    List<TerraformResource> removed) {
  static Snapshot of(TerraformDocument document, PlanTime time) {
    var root = document.root();
    if (!document.isPlan()) {
      var resources = new LinkedHashMap<String, TerraformResource>();
      addAll(document, root.get("values"), resources);
      addRaw(document, resources);
      return new Snapshot(document, Configuration.of(JsonValue.NOTHING), resources, List.of());
    }
    return time == PlanTime.BEFORE ? before(document) : after(document);
  }

  private static Snapshot before(TerraformDocument document) {
    var root = document.root();
    var resources = new LinkedHashMap<String, TerraformResource>();
    addAll(document, root.get("prior_state").get("values"), resources);
    for (JsonValue change : root.get("resource_changes").list()) {
      String address = change.get("address").text();
      String previous = change.get("previous_address").text();
      var moved = resources.get(previous);
      if (moved != null && !resources.containsKey(address)) {
        // Under its new name, so that nothing seems to have come or gone.
        resources.remove(previous);
        resources.put(
            address,
            resource(document, moved.offset(), address, moved.values(), moved.sensitive()));
      }
      var before = change.get("change").get("before");
      if (before.isObject() && !isDeposed(change) && !address.isEmpty()) {
        resources.putIfAbsent(
            address,
            resource(
                document,
                change.offset(),
                address,
                before,
                change.get("change").get("before_sensitive")));
      }
    }
    return new Snapshot(document, Configuration.of(JsonValue.NOTHING), resources, List.of());
  }

  private static Snapshot after(TerraformDocument document) {
    var root = document.root();
    var resources = new LinkedHashMap<String, TerraformResource>();
    addAll(document, root.get("prior_state").get("values"), resources);
    resources.values().removeIf(resource -> !resource.address().isData());
    addAll(document, root.get("planned_values"), resources);
    var removed = new ArrayList<TerraformResource>();
    for (JsonValue entry : root.get("resource_changes").list()) {
      String address = entry.get("address").text();
      if (address.isEmpty() || isDeposed(entry)) {
        continue;
      }
      var change = entry.get("change");
      String action = action(change.get("actions").list());
      var before = change.get("before");
      if (before.isObject() && !action.equals("no-op") && !action.equals("forget")) {
        removed.add(
            new TerraformResource(
                ResourceAddress.parse(address),
                address,
                before,
                JsonValue.NOTHING,
                change.get("before_sensitive"),
                document.number(),
                entry.offset(),
                action));
      }
      if (action.equals("delete")) {
        resources.remove(address);
      } else if (action.equals("forget")) {
        // It leaves the state, and stays in the cloud.
        resources.put(
            address,
            resource(document, entry.offset(), address, before, change.get("before_sensitive")));
      } else if (change.get("after").isObject()) {
        resources.put(
            address,
            new TerraformResource(
                ResourceAddress.parse(address),
                address,
                change.get("after"),
                change.get("after_unknown"),
                change.get("after_sensitive"),
                document.number(),
                entry.offset(),
                action));
      }
    }
    return new Snapshot(document, Configuration.of(root), resources, removed);
  }

  private static boolean isDeposed(JsonValue change) {
    return !change.get("deposed").isNothing();
  }

  private static String action(List<JsonValue> actions) {
    if (actions.size() == 2) {
      boolean forgets = actions.stream().anyMatch(some -> some.text().equals("forget"));
      return forgets ? "create" : "replace";
    }
    return actions.isEmpty() ? "" : actions.getFirst().text();
  }

  private static TerraformResource resource(
      TerraformDocument document,
      long offset,
      String address,
      JsonValue values,
      JsonValue sensitive) {
    return new TerraformResource(
        ResourceAddress.parse(address),
        address,
        values,
        JsonValue.NOTHING,
        sensitive,
        document.number(),
        offset,
        "");
  }

  /// Adds the resources of a module and of all modules within it.
  private static void addAll(
      TerraformDocument document, JsonValue values, Map<String, TerraformResource> resources) {
    var modules = new ArrayDeque<JsonValue>();
    modules.add(values.get("root_module"));
    while (!modules.isEmpty()) {
      var module = modules.remove();
      modules.addAll(module.get("child_modules").list());
      for (JsonValue some : module.get("resources").list()) {
        String address = some.get("address").text();
        if (!address.isEmpty() && some.get("deposed_key").isNothing()) {
          resources.put(
              address,
              resource(
                  document,
                  some.offset(),
                  address,
                  some.get("values"),
                  some.get("sensitive_values")));
        }
      }
    }
  }

  /// Adds the resources of a raw state.
  private static void addRaw(TerraformDocument document, Map<String, TerraformResource> resources) {
    for (JsonValue some : document.root().get("resources").list()) {
      var module = some.get("module").text();
      String base =
          (module.isEmpty() ? "" : module + ".")
              + (some.get("mode").text().equals("data") ? "data." : "")
              + some.get("type").text()
              + "."
              + some.get("name").text();
      if (some.get("instances").list().isEmpty()) {
        resources.put(
            base, resource(document, some.offset(), base, JsonValue.NOTHING, JsonValue.NOTHING));
      }
      for (JsonValue instance : some.get("instances").list()) {
        if (instance.get("deposed").isNothing()) {
          String address = base + index(instance.get("index_key"));
          resources.put(
              address,
              resource(
                  document,
                  instance.offset(),
                  address,
                  instance.get("attributes"),
                  sensitive(instance.get("sensitive_attributes"))));
        }
      }
    }
  }

  private static String index(JsonValue key) {
    if (key.isNothing()) {
      return "";
    }
    return key.isNumber()
        ? "[" + key.text() + "]"
        : "[\"" + key.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
  }

  /// A raw state lists paths of attributes.
  private static JsonValue sensitive(JsonValue paths) {
    var found = new HashMap<String, JsonValue>();
    for (JsonValue path : paths.list()) {
      String first = path.isList() ? path.get(0).get("value").text() : path.get("value").text();
      if (!first.isEmpty()) {
        found.put(first, JsonValue.TRUE);
      }
    }
    return JsonValue.object(found);
  }

  /// The modules that have instances, by the address of the module that calls them and their name.
  Map<String, Set<String>> moduleInstances() {
    var found = new HashMap<String, Set<String>>();
    var seen = new HashSet<String>();
    for (TerraformResource resource : resources.values()) {
      String module = resource.address().module();
      if (!seen.add(module)) {
        continue;
      }
      var steps = ResourceAddress.steps(module);
      for (int end = 2; end <= steps.size(); end += 2) {
        String parent = ResourceAddress.joined(steps.subList(0, end - 2));
        String child = ResourceAddress.joined(steps.subList(0, end));
        found
            .computeIfAbsent(
                parent + "\n" + steps.get(end - 1).name(), absent -> new LinkedHashSet<>())
            .add(child);
      }
    }
    return found;
  }
}
