package io.surfacescan.engine;

import java.util.BitSet;
import java.util.Collection;

/// What an attack must do without: rules that are not to be used, and tags that count as carried by
/// no VM. Immutable.
///
/// A tag that nobody carries takes all rules from it and to it out of force and does nothing else,
/// so an avoided tag is kept as those rules.
public final class Exclusions {
  public static final Exclusions NOTHING = new Exclusions(new BitSet());

  private final BitSet rules;

  private Exclusions(BitSet rules) {
    this.rules = rules;
  }

  /// Cost: the rules of the tags.
  public static Exclusions of(
      AttackGraph graph, Collection<Integer> rules, Collection<Integer> tags) {
    var avoided = new BitSet();
    rules.forEach(avoided::set);
    for (int tag : tags) {
      add(graph.rules().bySource(), tag, avoided);
      add(graph.rules().byDest(), tag, avoided);
    }
    return new Exclusions(avoided);
  }

  /// These rules.
  ///
  /// @param rules not to be changed afterwards
  public static Exclusions ofRules(BitSet rules) {
    return rules.isEmpty() ? NOTHING : new Exclusions(rules);
  }

  private static void add(LiveRules.Side side, int tag, BitSet rules) {
    for (int i = side.start(tag); i < side.end(tag); i++) {
      rules.set(side.rule(i));
    }
  }

  /// Whether every rule in force may be used.
  public boolean isNothing() {
    return rules.isEmpty();
  }

  boolean rule(int rule) {
    return rules.get(rule);
  }
}
