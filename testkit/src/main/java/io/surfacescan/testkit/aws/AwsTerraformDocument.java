package io.surfacescan.testkit.aws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Resources as a state, a raw state or a plan of Terraform. What a module needs of what is outside
/// goes over variables, what it gives over outputs.
final class AwsTerraformDocument {
  /// The id of another resource as the value of an attribute.
  record ResourceId(String id) {}

  /// What is only known once it is made.
  enum Later {
    LATER
  }

  record Resource(String module, String type, String name, Map<String, Object> values) {
    String local() {
      return type + "." + name;
    }

    String address() {
      return (module.isEmpty() ? "" : "module." + module + ".") + local();
    }
  }

  /// What AWS makes with a VPC, as an attribute of the VPC names it.
  record Default(String vpc, String attribute) {
    String id() {
      return attribute + "-of-" + vpc;
    }
  }

  private final Random random;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> outputs = new TreeMap<>();
  private final Map<String, Map<String, Object>> arguments = new TreeMap<>();

  AwsTerraformDocument(Random random) {
    this.random = random;
  }

  /// @param module empty for the root module
  void put(String module, String type, String name, Map<String, Object> values) {
    resources.put(name, new Resource(module, type, name, values));
  }

  String text(AwsWorldTerraform.Form form) {
    return json(
        switch (form) {
          case STATE -> state();
          case RAW_STATE -> rawState();
          case PLAN -> plan();
        });
  }

  /// The values once all is made.
  private Object known(Object value) {
    return switch (value) {
      case ResourceId(String id) -> id;
      case Default some -> some.id();
      case Map<?, ?> map -> {
        var known = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> known.put((String) key, known(each)));
        yield known;
      }
      case List<?> list -> list.stream().map(this::known).toList();
      default -> value;
    };
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> attributes(Resource resource) {
    var known = (Map<String, Object>) known(resource.values);
    if (resource.type.equals("aws_vpc")) {
      for (String attribute : List.of("default_network_acl_id", "default_route_table_id")) {
        known.put(attribute, new Default(resource.name, attribute).id());
      }
    }
    return known;
  }

  private List<Resource> shuffled() {
    var all = new ArrayList<>(resources.values());
    Collections.shuffle(all, random);
    return all;
  }

  private Map<String, Object> state() {
    var modules = new TreeMap<String, List<Object>>();
    for (Resource resource : shuffled()) {
      modules
          .computeIfAbsent(resource.module, _ -> new ArrayList<>())
          .add(
              object(
                  "address",
                  resource.address(),
                  "mode",
                  "managed",
                  "type",
                  resource.type,
                  "name",
                  resource.name,
                  "values",
                  attributes(resource)));
    }
    return object(
        "format_version",
        "1.0",
        "terraform_version",
        "1.9.5",
        "values",
        object(
            "root_module",
            object(
                "resources",
                modules.getOrDefault("", List.of()),
                "child_modules",
                List.of(
                    object(
                        "address",
                        "module.net",
                        "resources",
                        modules.getOrDefault("net", List.of()))))));
  }

  private Map<String, Object> rawState() {
    var all = new ArrayList<Object>();
    for (Resource resource : shuffled()) {
      var object = object();
      if (!resource.module.isEmpty()) {
        object.put("module", "module." + resource.module);
      }
      object.put("mode", "managed");
      object.put("type", resource.type);
      object.put("name", resource.name);
      object.put("instances", List.of(object("attributes", attributes(resource))));
      all.add(object);
    }
    return object("version", 4, "terraform_version", "1.9.5", "serial", 3, "resources", all);
  }

  private Map<String, Object> plan() {
    var changes = new ArrayList<Object>();
    var written = new TreeMap<String, List<Object>>();
    for (Resource resource : shuffled()) {
      var after = object();
      var unknown = object("id", true);
      var expressions = object();
      resource.values.forEach((key, value) -> {
        if (!key.equals("id")) {
          split(resource, key, value, after, unknown, expressions);
        }
      });
      if (resource.type.equals("aws_instance")) {
        // The provider decides on what is not written.
        after.remove("public_ip");
        expressions.remove("public_ip");
        unknown.put("public_ip", true);
      }
      changes.add(
          object(
              "address",
              resource.address(),
              "mode",
              "managed",
              "type",
              resource.type,
              "name",
              resource.name,
              "change",
              object(
                  "actions",
                  List.of("create"),
                  "before",
                  Later.LATER,
                  "after",
                  after,
                  "after_unknown",
                  unknown)));
      written
          .computeIfAbsent(resource.module, _ -> new ArrayList<>())
          .add(
              object(
                  "address",
                  resource.local(),
                  "mode",
                  "managed",
                  "type",
                  resource.type,
                  "name",
                  resource.name,
                  "expressions",
                  expressions));
    }
    return object(
        "format_version",
        random.nextBoolean() ? "1.2" : "0.1",
        "terraform_version",
        "1.9.5",
        "planned_values",
        object("root_module", object()),
        "resource_changes",
        changes,
        "configuration",
        object(
            "root_module",
            object(
                "resources",
                written.getOrDefault("", List.of()),
                "module_calls",
                object(
                    "net",
                    object(
                        "expressions",
                        arguments,
                        "module",
                        object(
                            "resources",
                            written.getOrDefault("net", List.of()),
                            "outputs",
                            outputs))))));
  }

  /// Splits a value into what is known of it, what is not, and how it is written.
  private void split(
      Resource resource,
      String key,
      Object value,
      Map<String, Object> after,
      Map<String, Object> unknown,
      Map<String, Object> expressions) {
    if (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map) {
      var blocksAfter = new ArrayList<Object>();
      var blocksUnknown = new ArrayList<Object>();
      var blocksWritten = new ArrayList<Object>();
      for (Object block : list) {
        var after1 = object();
        var unknown1 = object();
        var expressions1 = object();
        ((Map<?, ?>) block)
            .forEach((inner, each) ->
                split(resource, (String) inner, each, after1, unknown1, expressions1));
        blocksAfter.add(after1);
        blocksUnknown.add(unknown1);
        blocksWritten.add(expressions1);
      }
      after.put(key, blocksAfter);
      unknown.put(key, blocksUnknown);
      // As in the configuration, whose order the provider does not keep.
      Collections.shuffle(blocksWritten, random);
      expressions.put(key, blocksWritten);
      return;
    }
    var references = new TreeSet<String>();
    addReferences(resource, value, references);
    if (references.isEmpty()) {
      after.put(key, value);
      expressions.put(key, object("constant_value", value));
    } else {
      unknown.put(key, true);
      expressions.put(key, object("references", List.copyOf(references)));
    }
  }

  private void addReferences(Resource from, Object value, Set<String> references) {
    switch (value) {
      case ResourceId(String id) -> addReference(from.module, id, "id", references);
      case Default(String vpc, String attribute) ->
          addReference(from.module, vpc, attribute, references);
      case List<?> list -> list.forEach(each -> addReferences(from, each, references));
      default -> {}
    }
  }

  private void addReference(
      String fromModule, String id, String attribute, Set<String> references) {
    var to = Optional.ofNullable(resources.get(id)).orElseThrow();
    if (to.module.equals(fromModule)) {
      references.add(to.local() + "." + attribute);
      references.add(to.local());
      return;
    }
    String name = id + "_" + attribute;
    var inner = new TreeSet<String>();
    addReference(to.module, id, attribute, inner);
    if (fromModule.isEmpty()) {
      outputs.put(name, object("expression", object("references", List.copyOf(inner))));
      references.add("module.net." + name);
      references.add("module.net");
    } else {
      arguments.put(name, object("references", List.copyOf(inner)));
      references.add("var." + name);
    }
  }

  static Map<String, Object> object(Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  private static String json(Object value) {
    return switch (value) {
      case Later _ -> "null";
      case String text -> '"' + text + '"';
      case Map<?, ?> map -> {
        var parts = new ArrayList<String>();
        map.forEach((key, each) -> parts.add("\"" + key + "\": " + json(each)));
        yield "{" + String.join(",\n ", parts) + "}";
      }
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(AwsTerraformDocument::json).toList()) + "]";
      default -> value.toString();
    };
  }
}
