package io.surfacescan.reachability.lowering;

import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Where a model uses its real rules, by their ids: a real rule may be in several gates and both
/// directions, it may be why a tier applies, and it may be a link.
final class RuleUses {
  /// The uses of one rule.
  ///
  /// @param parts its rules in gates
  /// @param subjects where it is why a tier applies
  record Uses(List<Part> parts, List<Subject> subjects, List<Link> links) {
    private Uses() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean isIn(Gate gate) {
      return parts.stream().anyMatch(part -> part.gate.id().equals(gate.id()))
          || subjects.stream().anyMatch(subject -> subject.gate.id().equals(gate.id()));
    }
  }

  record Part(Gate gate, GateRule rule) {}

  record Subject(Gate gate, Selector selector) {}

  /// Pairs of classes that a rule may be about.
  record Block(ClassSet sources, ClassSet destinations) {
    boolean isEmpty() {
      return sources.isEmpty() || destinations.isEmpty();
    }

    boolean meets(ClassSet someSources, ClassSet someDestinations) {
      return sources.intersects(someSources) && destinations.intersects(someDestinations);
    }
  }

  private static final int BLOCKS_MOST = 16;

  private final Map<String, Uses> usesOf = new HashMap<>();
  private final ClassSets sets;

  RuleUses(ReachabilityModel model, ClassSets sets) {
    this.sets = sets;
    for (Gate gate : model.gates()) {
      for (Tier tier : gate.tiers()) {
        tier.rules().forEach(rule -> of(rule.id()).parts.add(new Part(gate, rule)));
        tier.subjects()
            .forEach(
                subject -> of(subject.id()).subjects.add(new Subject(gate, subject.selector())));
      }
    }
    model.links().forEach(link -> of(link.id()).links.add(link));
  }

  Uses of(String id) {
    return usesOf.computeIfAbsent(id, absent -> new Uses());
  }

  /// The guarded classes of a direction that the rule may be about.
  ClassSet guarded(Uses uses, Direction direction) {
    var guarded = new ClassSet();
    for (Part part : uses.parts) {
      if (part.gate.direction() == direction) {
        guarded.addAll(guarded(part.gate, part.rule.targets()));
      }
    }
    for (Subject subject : uses.subjects) {
      if (subject.gate.direction() == direction) {
        guarded.addAll(guarded(subject.gate, subject.selector));
      }
    }
    return guarded;
  }

  private ClassSet guarded(Gate gate, Selector some) {
    return sets.picked(gate.guards(), true).and(sets.picked(some, true));
  }

  /// All pairs of which the model may say something else without the rule.
  List<Block> touched(Uses uses) {
    var blocks = allowed(uses);
    for (Part part : uses.parts) {
      if (part.rule.action() == GateRule.Action.DENY) {
        blocks.add(block(part.gate, part.rule.targets(), part.rule.peers()));
      }
    }
    for (Subject subject : uses.subjects) {
      blocks.add(block(subject.gate, subject.selector, Selector.everyone()));
    }
    return few(blocks);
  }

  /// The pairs that the rule may allow something, or pass on.
  List<Block> allowed(Uses uses) {
    var blocks = new ArrayList<Block>();
    for (Part part : uses.parts) {
      if (part.rule.action() != GateRule.Action.DENY) {
        blocks.add(block(part.gate, part.rule.targets(), part.rule.peers()));
      }
    }
    for (Link link : uses.links) {
      blocks.add(
          new Block(sets.picked(link.sources(), true), sets.picked(link.destinations(), true)));
    }
    return few(blocks);
  }

  /// The blocks, or one around them if they are many.
  private static List<Block> few(List<Block> blocks) {
    var few = new ArrayList<>(new LinkedHashSet<>(blocks));
    few.removeIf(Block::isEmpty);
    if (few.size() > BLOCKS_MOST) {
      var sources = new ClassSet();
      var destinations = new ClassSet();
      for (Block block : few) {
        sources.addAll(block.sources);
        destinations.addAll(block.destinations);
      }
      return new ArrayList<>(List.of(new Block(sources, destinations)));
    }
    return few;
  }

  private Block block(Gate gate, Selector some, Selector peers) {
    var guarded = guarded(gate, some);
    var others = sets.picked(peers, true);
    return gate.direction() == Direction.EGRESS
        ? new Block(guarded, others)
        : new Block(others, guarded);
  }
}
