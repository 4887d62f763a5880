package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Origin;
import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Reach.Attackers;
import io.surfacescan.reachability.lowering.Rectangles.Rectangle;
import io.surfacescan.reachability.lowering.Rectangles.Sides;
import io.surfacescan.reachability.lowering.RuleUses.Block;
import io.surfacescan.reachability.lowering.RuleUses.Uses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What a real environment lets through without one of its real rules.
///
/// All terms are worked out once. A rule is about some pairs of classes at most: of these alone,
/// gates are walked and rectangles combined again without it. All other rectangles stay as they
/// are, without these pairs.
///
/// ```
/// whole      = rectangles of all terms
/// without r  = whole minus pairs(r)  +  rectangles of the terms without r, within pairs(r)
/// ```
///
/// Classes stay those of the whole, which may tell more apart than is needed without the rule.
public final class RuleRemovals {
  private final ReachabilityModel model;
  private final LoweringPass pass;
  private final Services asked;
  private final Sides sides;
  private final List<Way> ways;
  private final List<Rectangle> rectangles;
  private final RuleUses uses;
  private final Reach.Ends ends;
  private final Reach whole;
  private final SortedMap<String, Origin> realRules;

  private RuleRemovals(Lowered lowered, Services asked, boolean atMost, Runnable check) {
    model = lowered.model();
    this.asked = asked;
    var classes = InterfaceClasses.of(model, Mentions.of(model));
    check.run();
    pass = new LoweringPass(ClassSets.of(classes), classes, atMost, check);
    sides = Sides.of(model, pass);
    ways = Way.all(model.links(), pass);
    rectangles = asked(Rectangles.of(model, sides, ways, Lowering.Limits.USUAL, check));
    uses = new RuleUses(model, pass.sets());
    ends = Reach.Ends.of(lowered, classes);
    whole = new Reach(ends, rectangles, check);
    realRules = model.realRules();
    realRules.values().removeIf(rule -> rule.place().isEmpty());
  }

  /// Cost: about that of lowering the model.
  ///
  /// @param asked only what these services may do
  /// @param atMost whether to count what may be allowed, or only what is for sure
  /// @param check may throw, to give up: called all along, later too
  /// @throws TooLarge if the model needs more memory than there is
  public static RuleRemovals of(Lowered lowered, Services asked, boolean atMost, Runnable check) {
    return new RuleRemovals(lowered, asked, atMost, check);
  }

  /// With all rules.
  public Reach whole() {
    return whole;
  }

  /// Without a real rule. Cost: a look at each rectangle, and what the rule touches.
  public Reach without(String id) {
    var removed = uses.of(id);
    var touched = uses.touched(removed);
    if (touched.isEmpty()) {
      return whole;
    }
    var changed =
        new Sides(
            without(id, removed, Direction.EGRESS, sides.out()),
            without(id, removed, Direction.INGRESS, sides.in()));
    var left =
        removed.links().isEmpty()
            ? ways
            : Way.all(model.links().stream().filter(link -> !link.id().equals(id)).toList(), pass);
    var within = new ArrayList<Way>();
    var from = new ClassSet();
    var to = new ClassSet();
    for (Block block : touched) {
      from.addAll(block.sources());
      to.addAll(block.destinations());
      for (Way way : left) {
        var part = way.between(block.sources(), block.destinations());
        if (!part.isEmpty()) {
          within.add(part);
        }
      }
    }
    var after = outOf(touched);
    after.addAll(
        asked(
            Rectangles.of(
                model, changed.between(from, to), within, Lowering.Limits.USUAL, pass.check())));
    return new Reach(ends, after, pass.check());
  }

  private DirectionTerms without(
      String id, Uses removed, Direction direction, DirectionTerms terms) {
    var guarded = uses.guarded(removed, direction);
    if (guarded.isEmpty()) {
      return terms;
    }
    var gates =
        Sides.gates(model, direction).stream()
            .map(gate -> removed.isIn(gate) ? gate.without(id) : gate)
            .toList();
    return terms.with(
        guarded,
        direction == Direction.EGRESS
            ? Sides.out(gates, pass, guarded)
            : DirectionTerms.of(gates, pass, guarded));
  }

  /// The real rules that may let something through on the way to an endpoint, those about most
  /// pairs first: without any other rule none of the attackers is lost.
  public List<Origin> takingPart(Attackers attackers) {
    return takingPart(attackers.sources(), attackers.reached());
  }

  /// The real rules that may let something through, those about most pairs first.
  public List<Origin> takingPart() {
    return takingPart(pass.sets().all(), pass.sets().all());
  }

  private List<Origin> takingPart(ClassSet sources, ClassSet reached) {
    Map<String, Long> pairs = new HashMap<>();
    for (String id : realRules.keySet()) {
      pass.check().run();
      long most = 0;
      for (Block block : uses.allowed(uses.of(id))) {
        if (block.meets(sources, reached)) {
          long from = block.sources().and(sources).cardinality();
          most += from * block.destinations().and(reached).cardinality();
        }
      }
      if (most > 0) {
        pairs.put(id, most);
      }
    }
    return realRules.values().stream()
        .filter(rule -> pairs.containsKey(rule.id()))
        .sorted(
            Comparator.comparingLong((Origin rule) -> pairs.getOrDefault(rule.id(), 0L))
                .reversed()
                .thenComparing(Origin::id))
        .toList();
  }

  /// The rectangles without some pairs.
  private List<Rectangle> outOf(List<Block> blocks) {
    var left = new ArrayList<Rectangle>(rectangles.size());
    for (Rectangle rectangle : rectangles) {
      addOutOf(rectangle, blocks, 0, left);
    }
    return left;
  }

  private static void addOutOf(
      Rectangle rectangle, List<Block> blocks, int next, List<Rectangle> left) {
    for (int i = next; i < blocks.size(); i++) {
      var block = blocks.get(i);
      if (block.meets(rectangle.sources(), rectangle.destinations())) {
        var apart = rectangle.sources().minus(block.sources());
        if (!apart.isEmpty()) {
          addOutOf(rectangle.of(apart, rectangle.destinations()), blocks, i + 1, left);
        }
        var others = rectangle.destinations().minus(block.destinations());
        if (!others.isEmpty()) {
          var same = rectangle.sources().and(block.sources());
          addOutOf(rectangle.of(same, others), blocks, i + 1, left);
        }
        return;
      }
    }
    left.add(rectangle);
  }

  private List<Rectangle> asked(List<Rectangle> some) {
    some.removeIf(rectangle -> !rectangle.services().meets(asked));
    return some;
  }
}
