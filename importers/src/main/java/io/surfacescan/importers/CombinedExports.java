package io.surfacescan.importers;

import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Exports of several clouds and clusters as one model, in which each lets through what it does
/// alone. The internet is one for all clouds; nothing else leads from one export to another:
/// addresses that two clouds use say nothing of a way between them.
///
/// Marks get the name of their export before them, and so both ends of a link stay in it. An id or
/// a scope that stands in several exports gets its scope, or the name of the export, before it.
final class CombinedExports {
  /// One of the exports.
  ///
  /// @param scopes how many VMs each has
  record Part(InputFormat format, ReachabilityModel model, SortedMap<String, Long> scopes) {
    String name() {
      return format.code();
    }

    private String named(String text) {
      return name() + "/" + text;
    }
  }

  private final List<Part> parts;
  private final ReachabilityModel.Builder model = new ReachabilityModel.Builder();
  private final List<Outside> internet;
  private final Set<String> sharedIds;
  private final Set<String> sharedRules;
  private final Set<String> sharedGates;
  private final Set<String> sharedScopes;

  CombinedExports(List<Part> parts) {
    this.parts = List.copyOf(parts);
    var common = new ReachabilityModel.Builder();
    Internet.addTo(common);
    internet = common.build().outsides();
    sharedIds = shared(part -> part.model.endpoints().stream().map(Endpoint::id));
    sharedRules = shared(part -> part.model.ruleIds().stream());
    sharedGates = shared(part -> part.model.gates().stream().map(Gate::id));
    sharedScopes = shared(part -> part.scopes.keySet().stream());
  }

  /// The texts that stand in more than one part.
  private Set<String> shared(Function<Part, Stream<String>> texts) {
    var known = new HashSet<String>();
    var shared = new TreeSet<String>();
    for (Part part : parts) {
      for (String text : texts.apply(part).collect(Collectors.toSet())) {
        if (!known.add(text)) {
          shared.add(text);
        }
      }
    }
    return shared;
  }

  /// The ids of VMs and rules that stand for different things in several parts.
  Set<String> sharedIds() {
    var all = new TreeSet<>(sharedIds);
    all.addAll(sharedRules);
    return all;
  }

  /// The scopes of a part, as the VMs of the model have them.
  SortedMap<String, Long> scopes(Part part) {
    var scopes = new TreeMap<String, Long>();
    part.scopes.forEach((scope, vms) -> scopes.put(scope(part, scope), vms));
    return scopes;
  }

  private String scope(Part part, String scope) {
    return sharedScopes.contains(scope) ? part.named(scope) : scope;
  }

  /// Puts all together.
  ReachabilityModel model() {
    internet.stream()
        .filter(outside -> parts.stream().anyMatch(part -> has(part, outside)))
        .forEach(model::outside);
    var translations = parts.stream().map(Translation::new).toList();
    translations.forEach(Translation::addOutsides);
    translations.forEach(Translation::addEndpoints);
    translations.forEach(Translation::addWays);
    return model.build();
  }

  private static boolean has(Part part, Outside outside) {
    return part.model.outsides().contains(outside);
  }

  /// One part in the words of all.
  private final class Translation {
    private final Part part;

    /// Of the internet, if the part knows it as all clouds do.
    private final Set<String> commonMarks = new HashSet<>();

    private final Map<Marks, Marks> marks = new HashMap<>();
    private final IdentityHashMap<Tier, Tier> tiers = new IdentityHashMap<>();

    Translation(Part part) {
      this.part = part;
      internet.stream()
          .filter(outside -> has(part, outside))
          .forEach(outside -> commonMarks.addAll(outside.marks().texts()));
    }

    void addOutsides() {
      for (Outside outside : part.model.outsides()) {
        if (!internet.contains(outside)) {
          model.outside(
              new Outside(
                  model.hasId(outside.id()) ? free(part.named(outside.id())) : outside.id(),
                  outside.name(),
                  outside.scope(),
                  outside.direction(),
                  marks(outside.marks()),
                  outside.ranges()));
        }
      }
    }

    private String free(String id) {
      String free = id;
      for (int i = 2; model.hasId(free); i++) {
        free = id + "#" + i;
      }
      return free;
    }

    void addEndpoints() {
      for (Endpoint endpoint : part.model.endpoints()) {
        var scope = endpoint.scope().map(each -> scope(part, each));
        boolean isShared = sharedIds.contains(endpoint.id()) || model.hasId(endpoint.id());
        model.endpoint(
            new Endpoint(
                isShared ? free(scope.orElse(part.name()) + "/" + endpoint.id()) : endpoint.id(),
                endpoint.name(),
                endpoint.kind(),
                scope,
                endpoint.labels(),
                endpoint.addresses(),
                endpoint.interfaces().stream()
                    .map(each ->
                        new NetworkInterface(marks(each.marks()), each.address(), each.ports()))
                    .toList()));
      }
    }

    void addWays() {
      for (Gate gate : part.model.gates()) {
        model.gate(
            new Gate(
                sharedGates.contains(gate.id()) ? part.named(gate.id()) : gate.id(),
                gate.name(),
                gate.direction(),
                own(gate.guards(), Set.of()),
                selector(gate.exempt()),
                gate.tiers().stream().map(this::tier).toList(),
                gate.allowsOtherwise()));
      }
      for (Link link : part.model.links()) {
        model.link(
            new Link(
                rule(link.id()),
                link.name(),
                link.place(),
                own(link.sources(), commonMarks),
                own(link.destinations(), commonMarks),
                link.services()));
      }
    }

    private Tier tier(Tier tier) {
      return tiers.computeIfAbsent(
          tier,
          ignored ->
              new Tier(
                  tier.name(),
                  tier.subjects().stream()
                      .map(each ->
                          new Tier.Subject(
                              rule(each.id()), each.place(), selector(each.selector())))
                      .toList(),
                  tier.rules().stream().map(this::rule).toList(),
                  tier.otherwise()));
    }

    private GateRule rule(GateRule rule) {
      return new GateRule(
          rule(rule.id()),
          rule.place(),
          rule.action(),
          selector(rule.targets()),
          selector(rule.peers()),
          rule.services(),
          rule.portNames(),
          rule.text());
    }

    private String rule(String id) {
      return sharedRules.contains(id) ? part.named(id) : id;
    }

    /// The marks of something of this part; one shows of which it is.
    private Marks marks(Marks some) {
      return marks.computeIfAbsent(
          some,
          ignored ->
              Marks.of(
                  Stream.concat(Stream.of(part.name()), some.texts().stream().map(this::mark))
                      .toList()));
    }

    private String mark(String text) {
      return commonMarks.contains(text) ? text : part.name() + ": " + text;
    }

    private Selector selector(Selector some) {
      return switch (some) {
        case Selector.AllOf(List<Selector> all) ->
            new Selector.AllOf(all.stream().map(this::selector).toList());
        case Selector.AnyOf(List<Selector> any) ->
            new Selector.AnyOf(any.stream().map(this::selector).toList());
        case Selector.Not(Selector other) -> new Selector.Not(selector(other));
        case Selector.Marked(String text) -> new Selector.Marked(mark(text));
        case Selector.Everyone ignored -> some;
        case Selector.Within ignored -> some;
        case Selector.Unknown ignored -> some;
      };
    }

    /// Those that a selector picks of this part and of what has one of some marks.
    private Selector own(Selector some, Set<String> besides) {
      var translated = selector(some);
      if (needsMark(some)) {
        return translated;
      }
      var any =
          Stream.concat(Stream.of(part.name()), besides.stream().sorted())
              .map(Selector::marked)
              .toList();
      return new Selector.AllOf(List.of(new Selector.AnyOf(any), translated));
    }
  }

  /// Whether a selector picks only what has some mark.
  private static boolean needsMark(Selector some) {
    return switch (some) {
      case Selector.AllOf(List<Selector> all) -> all.stream().anyMatch(CombinedExports::needsMark);
      case Selector.AnyOf(List<Selector> any) -> any.stream().allMatch(CombinedExports::needsMark);
      case Selector.Marked ignored -> true;
      case Selector.Not ignored -> false;
      case Selector.Everyone ignored -> false;
      case Selector.Within ignored -> false;
      case Selector.Unknown ignored -> false;
    };
  }
}
