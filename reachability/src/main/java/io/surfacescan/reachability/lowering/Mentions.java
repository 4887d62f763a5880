package io.surfacescan.reachability.lowering;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NamedPort;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What the rules of a model read of interfaces: marks and names of ports. What no rule reads tells
/// nothing apart.
final class Mentions {
  private final Set<String> marks = new HashSet<>();
  private final Set<String> portNames = new HashSet<>();
  private final Set<Selector.Within> ranges = new LinkedHashSet<>();
  private boolean hasUnknowns;

  private final Map<List<NamedPort>, List<NamedPort>> reducedPorts = new HashMap<>();

  private Mentions(ReachabilityModel model) {
    Set<Tier> tiers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Gate gate : model.gates()) {
      read(gate.guards());
      read(gate.exempt());
      for (Tier tier : gate.tiers()) {
        if (tiers.add(tier)) {
          read(tier.applies());
          for (GateRule rule : tier.rules()) {
            read(rule.targets());
            read(rule.peers());
            rule.portNames().forEach(port -> portNames.add(port.name()));
          }
        }
      }
    }
    for (Link link : model.links()) {
      read(link.sources());
      read(link.destinations());
    }
  }

  static Mentions of(ReachabilityModel model) {
    return new Mentions(model);
  }

  private void read(Selector selector) {
    each(
        selector,
        leaf -> {
          switch (leaf) {
            case Selector.Marked(String mark) -> marks.add(mark);
            case Selector.Unknown ignored -> hasUnknowns = true;
            case Selector.Within some -> ranges.add(some);
            default -> {}
          }
        });
  }

  /// Whether some selector leaves open whom it picks.
  boolean hasUnknowns() {
    return hasUnknowns;
  }

  /// All ranges that addresses are compared with.
  Set<Selector.Within> ranges() {
    return ranges;
  }

  Marks reduced(Marks all) {
    return Marks.of(all.texts().stream().filter(marks::contains).toList());
  }

  List<NamedPort> reduced(List<NamedPort> all) {
    return reducedPorts.computeIfAbsent(
        all, key -> key.stream().filter(port -> portNames.contains(port.name())).toList());
  }

  /// Shows each selector within a selector that holds no other.
  static void each(Selector selector, Consumer<Selector> consumer) {
    switch (selector) {
      case Selector.AllOf(List<Selector> all) -> all.forEach(some -> each(some, consumer));
      case Selector.AnyOf(List<Selector> any) -> any.forEach(some -> each(some, consumer));
      case Selector.Not(Selector other) -> each(other, consumer);
      case Selector.Everyone ignored -> consumer.accept(selector);
      case Selector.Marked ignored -> consumer.accept(selector);
      case Selector.Within ignored -> consumer.accept(selector);
      case Selector.Unknown ignored -> consumer.accept(selector);
    }
  }

  static void eachRange(Selector selector, Consumer<AddressRange> consumer) {
    each(
        selector,
        leaf -> {
          if (leaf instanceof Selector.Within(List<AddressRange> ranges)) {
            ranges.forEach(consumer);
          }
        });
  }

  /// Adds why a selector leaves open whom it picks.
  static void addUnknowns(Selector selector, Set<String> whys) {
    each(
        selector,
        leaf -> {
          if (leaf instanceof Selector.Unknown(String why)) {
            whys.add(why);
          }
        });
  }
}
