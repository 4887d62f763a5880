package io.surfacescan.importers.terraform;

import static java.util.Objects.requireNonNull;

import io.surfacescan.importers.terraform.ResourceAddress.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What unknown values will be, by the references of their expressions: through variables, outputs
/// of modules and attributes of other resources.
///
/// A plan holds of an expression the names in it and no more. What several names come to is
/// therefore not exact.
final class References {
  /// What an expression may come to.
  ///
  /// @param resources the resources that it may mean
  /// @param texts other known values that it may mean
  /// @param isWhole whether there is nothing else that it may mean
  record Found(Set<TerraformResource> resources, Set<String> texts, boolean isWhole) {}

  /// Where an expression stands.
  ///
  /// @param module the module instance
  /// @param index that of the resource or module that it is an argument of
  /// @param forEach what that runs over
  private record Scope(String module, String index, JsonValue forEach) {}

  /// A plan without cycles needs far fewer; hostile ones end here.
  private static final int STEPS_MOST = 2_000;

  /// References have a handful of parts.
  private static final int PREFIXES_MOST = 32;

  private static final Set<String> SELF =
      Set.of(
          "",
          "allocation_id",
          "arn",
          "association_id",
          "email",
          "id",
          "instance_group",
          "name",
          "network_interface_id",
          "private_ip",
          "primary_network_interface_id",
          "self_link",
          "self_link_unique");

  private static final Set<String> OF_NO_USE = Set.of("count", "path", "terraform", "self");

  private final Configuration configuration;
  private final Map<String, List<TerraformResource>> instances = new HashMap<>();
  private final Map<String, Set<String>> modules;

  References(Snapshot snapshot) {
    configuration = snapshot.configuration();
    modules = snapshot.moduleInstances();
    for (TerraformResource resource : snapshot.resources().values()) {
      var address = resource.address();
      instances
          .computeIfAbsent(
              address.module() + "\n" + address.inConfiguration(), ignored -> new ArrayList<>())
          .add(resource);
    }
  }

  /// What is written of a resource; nothing if the document does not hold it.
  JsonValue written(TerraformResource resource) {
    return configuration.resource(resource.address()).get("expressions");
  }

  /// What the document calls the configuration of a resource's provider, such as `aws.west`; empty
  /// if it does not hold it.
  String provider(TerraformResource resource) {
    return configuration.resource(resource.address()).get("provider_config_key").text();
  }

  /// Whether the document holds what is written of a resource.
  boolean isWritten(TerraformResource resource) {
    return configuration.isKnown() && !configuration.resource(resource.address()).isNothing();
  }

  /// What expressions of a resource come to.
  Found find(TerraformResource resource, Collection<JsonValue> expressions) {
    var search = new Search();
    var written = configuration.resource(resource.address());
    var scope =
        new Scope(
            resource.address().module(),
            resource.address().index(),
            written.get("for_each_expression"));
    expressions.forEach(expression -> search.follow(expression, scope));
    return new Found(search.resources, search.texts, search.isWhole);
  }

  /// One search, which ends after a number of steps.
  private final class Search {
    private final Set<TerraformResource> resources = new LinkedHashSet<>();
    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();
    private boolean isWhole = true;
    private int steps;

    void follow(JsonValue expression, Scope scope) {
      if (++steps > STEPS_MOST) {
        isWhole = false;
        return;
      }
      expression.find("constant_value").ifPresent(value -> texts.addAll(value.texts()));
      if (expression.isList()) {
        expression.list().forEach(each -> follow(each, scope));
      } else if (expression.get("references").isList()) {
        var references = expression.get("references").list().stream().map(JsonValue::text).toList();
        for (String reference : longest(references)) {
          boolean isNew = seen.add(scope.module + "\n" + scope.index + "\n" + reference);
          if (isNew) {
            follow(ResourceAddress.steps(reference), scope, isIndexed(references));
          }
        }
      } else if (expression.isObject() && expression.get("constant_value").isNothing()) {
        expression.map().values().forEach(each -> follow(each, scope));
      }
    }

    private void follow(List<Step> reference, Scope scope, boolean isIndexed) {
      String head = reference.getFirst().name();
      switch (head) {
        case "var" -> variable(reference, scope);
        case "module" -> module(reference, scope, isIndexed);
        case "each" -> {
          if (reference.size() > 1 && reference.get(1).name().equals("value")) {
            if (scope.forEach.isNothing()) {
              isWhole = false;
            } else {
              follow(scope.forEach, scope);
            }
          }
        }
        case "local" -> isWhole = false;
        default -> {
          if (!OF_NO_USE.contains(head)) {
            resource(reference, scope, isIndexed);
          }
        }
      }
    }

    private void variable(List<Step> reference, Scope scope) {
      String name = reference.size() > 1 ? reference.get(1).name() : "";
      var steps = ResourceAddress.steps(scope.module);
      if (scope.module.isEmpty()) {
        configuration
            .variables()
            .find(name)
            .ifPresentOrElse(
                given -> texts.addAll(given.get("value").texts()), () -> isWhole = false);
        return;
      }
      var module = configuration.module(scope.module);
      var argument = module.call().get("expressions").get(name);
      if (argument.isNothing()) {
        texts.addAll(module.written().get("variables").get(name).get("default").texts());
        return;
      }
      follow(
          argument,
          new Scope(
              ResourceAddress.joined(steps.subList(0, steps.size() - 2)),
              steps.getLast().index(),
              module.call().get("for_each_expression")));
    }

    private void module(List<Step> reference, Scope scope, boolean isIndexed) {
      if (reference.size() < 2) {
        return;
      }
      var step = reference.get(1);
      var all = modules.getOrDefault(scope.module + "\n" + step.name(), Set.of());
      String base = (scope.module.isEmpty() ? "" : scope.module + ".") + "module." + step.name();
      var chosen = chosen(List.copyOf(all), base, step.index(), scope, isIndexed);
      if (chosen.isEmpty()) {
        // A module may hold nothing but outputs.
        chosen = List.of(base + step.index());
      }
      for (String instance : chosen) {
        var module = configuration.module(instance);
        var inner = new Scope(instance, step.index(), module.call().get("for_each_expression"));
        if (reference.size() > 2) {
          var output = module.output(reference.get(2).name());
          if (output.isNothing()) {
            isWhole = false;
          }
          follow(output, inner);
        } else {
          module.written().get("outputs").map().values().stream()
              .map(output -> output.get("expression"))
              .forEach(output -> follow(output, inner));
        }
      }
    }

    private void resource(List<Step> reference, Scope scope, boolean isIndexed) {
      boolean isData = reference.getFirst().name().equals("data");
      int at = isData ? 1 : 0;
      if (reference.size() < at + 2) {
        return;
      }
      String type = reference.get(at).name();
      var named = reference.get(at + 1);
      String local = (isData ? "data." : "") + type + "." + named.name();
      var all = instances.getOrDefault(scope.module + "\n" + local, List.of());
      String base = (scope.module.isEmpty() ? "" : scope.module + ".") + local;
      Map<String, TerraformResource> byText = new HashMap<>();
      var texts = new ArrayList<String>();
      for (TerraformResource some : all) {
        byText.put(some.address().toString(), some);
        texts.add(some.address().toString());
      }
      String attribute = reference.size() > at + 2 ? reference.get(at + 2).name() : "";
      for (String chosen : chosen(texts, base, named.index(), scope, isIndexed)) {
        attribute(requireNonNull(byText.get(chosen)), attribute);
      }
    }

    private void attribute(TerraformResource resource, String attribute) {
      boolean isKnownType = ResourceTypes.areValuesUsed(resource.type());
      if (SELF.contains(attribute) && isKnownType) {
        resources.add(resource);
        return;
      }
      var known = resource.values().get(attribute).texts();
      var byDefault = Defaults.of(resource, attribute);
      if (known.isEmpty() && byDefault.isPresent()) {
        texts.add(byDefault.get());
        return;
      }
      texts.addAll(known);
      boolean isKnown =
          !resource.unknown().isTrue() && !resource.unknown().get(attribute).hasTrue();
      if (isKnown && isKnownType) {
        return;
      }
      var written = configuration.resource(resource.address());
      var scope =
          new Scope(
              resource.address().module(),
              resource.address().index(),
              written.get("for_each_expression"));
      var expressions = written.get("expressions");
      var expression = expressions.get(attribute);
      if (!expression.isNothing()) {
        follow(expression, scope);
      } else if (!isKnownType) {
        // Such as a resource that picks from what it is given.
        int before = resources.size() + texts.size();
        follow(expressions, scope);
        isWhole &= resources.size() + texts.size() > before;
      }
    }

    /// The instances that a reference means: the one that it names, else the one of the same index,
    /// if the expression uses that, else all.
    private List<String> chosen(
        List<String> all, String base, String index, Scope scope, boolean isIndexed) {
      if (!index.isEmpty() && all.contains(base + index)) {
        return List.of(base + index);
      }
      if (isIndexed && !scope.index.isEmpty()) {
        String own = base + scope.index;
        if (all.contains(own)) {
          return List.of(own);
        }
        var number = JsonValue.text(scope.index.substring(1, scope.index.length() - 1)).number();
        if (number.isPresent() && number.getAsInt() >= 0 && !all.isEmpty()) {
          // Whoever counts further than there are instances starts over.
          String wrapped = base + "[" + number.getAsInt() % all.size() + "]";
          if (all.contains(wrapped)) {
            return List.of(wrapped);
          }
        }
      }
      return all;
    }
  }

  private static boolean isIndexed(List<String> references) {
    return references.stream()
        .anyMatch(some ->
            some.equals("count.index") || some.equals("each.key") || some.startsWith("each.value"));
  }

  /// The references that are not the start of another: `a.b.id` stands beside `a.b`.
  private static List<String> longest(List<String> references) {
    var starts = new HashSet<String>();
    for (String reference : references) {
      int found = 0;
      for (int i = 1; i < reference.length() && found < PREFIXES_MOST; i++) {
        if (reference.charAt(i) == '.' || reference.charAt(i) == '[') {
          starts.add(reference.substring(0, i));
          found++;
        }
      }
    }
    return references.stream()
        .filter(reference -> !reference.isEmpty() && !starts.contains(reference))
        .distinct()
        .toList();
  }
}
