package io.surfacescan.reachability;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Equal values, each kept once.
final class SharedValues {
  private final Map<Object, Object> known = new HashMap<>();
  private final IdentityHashMap<Tier, Tier> tiers = new IdentityHashMap<>();

  /// Marks of this content, made of texts that other marks have too.
  Marks marks(Marks some) {
    return known.get(some) instanceof Marks first ? first : one(some.sharing(this));
  }

  /// A selector of this content, made of parts that others have too.
  Selector selector(Selector some) {
    if (known.get(some) instanceof Selector first) {
      return first;
    }
    return one(
        switch (some) {
          case Selector.AllOf(List<Selector> all) ->
              new Selector.AllOf(all.stream().map(this::selector).toList());
          case Selector.AnyOf(List<Selector> any) ->
              new Selector.AnyOf(any.stream().map(this::selector).toList());
          case Selector.Not(Selector other) -> new Selector.Not(selector(other));
          case Selector.Marked(String mark) -> new Selector.Marked(one(mark));
          case Selector.Everyone ignored -> some;
          case Selector.Within ignored -> some;
          case Selector.Unknown ignored -> some;
        });
  }

  /// A tier with such selectors; the same one for the same one.
  Tier tier(Tier tier) {
    return tiers.computeIfAbsent(
        tier,
        ignored ->
            new Tier(
                tier.name(),
                tier.subjects().stream()
                    .map(each ->
                        new Tier.Subject(each.id(), each.place(), selector(each.selector())))
                    .toList(),
                tier.rules().stream().map(this::rule).toList(),
                tier.otherwise()));
  }

  private GateRule rule(GateRule rule) {
    return new GateRule(
        rule.id(),
        rule.place(),
        rule.action(),
        selector(rule.targets()),
        selector(rule.peers()),
        one(rule.services()),
        one(rule.portNames()),
        rule.text());
  }

  /// The first value of this content.
  @SuppressWarnings("unchecked") // A value is known by itself, and equal values are of one type.
  <T> T one(T value) {
    return (T) known.computeIfAbsent(value, key -> key);
  }
}
