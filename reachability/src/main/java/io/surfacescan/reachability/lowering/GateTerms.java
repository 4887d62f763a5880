package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.PortName;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a gate allows as [Term]s, none of which has to be taken back.
///
/// Guarded classes that the same denies, passes and tiers are about are a *lane*. In a lane an
/// ordered list is a matter of peers and services alone: an allow rule gives what it matches but
/// what earlier denies and passes match, and a tier leaves to the next what it passed on, or what
/// nothing in it denied. An earlier allow never has to be subtracted: what it gives stays given.
/// Terms of one rule that come out alike in several lanes are one term.
///
/// ```
/// deny tcp/22 from x     lane of all:   x, tcp/22 is blocked
/// allow all from any     → {not x: all}, {x: all but tcp/22}
/// ```
final class GateTerms {
  private record Variant(ClassSet targets, ClassSet peers, Services services) {}

  /// A list that tells more sets of peers apart by services takes too long.
  private static final int PARTS_MOST = 2_000;

  private static final GateRule NO_RULE =
      GateRule.allow("", Optional.empty(), Selector.everyone(), Selector.everyone(), Services.ALL);

  private final Gate gate;
  private final LoweringPass pass;
  private final ClassSets sets;
  private final ClassSet guarded;
  private final IdentityHashMap<GateRule, List<Variant>> variants = new IdentityHashMap<>();

  /// By rule, and by what it allows, the targets that it allows that.
  private final IdentityHashMap<GateRule, Map<Region.Part, ClassSet>> targetsOf =
      new IdentityHashMap<>();

  private GateTerms(Gate gate, LoweringPass pass, ClassSet guarded) {
    this.gate = gate;
    this.pass = pass;
    sets = pass.sets();
    this.guarded = guarded;
  }

  /// @param guarded the guarded classes to look at
  static List<Term> of(Gate gate, LoweringPass pass, ClassSet guarded) {
    return new GateTerms(gate, pass, guarded).find();
  }

  private List<Term> find() {
    if (guarded.isEmpty()) {
      return List.of();
    }
    var exempt = pass.picked(gate.exempt());
    lanes().forEach(this::walk);
    var terms = new ArrayList<Term>();
    String guards = gate.guards().toString();
    if (!exempt.isEmpty()) {
      terms.add(
          new Term(guarded, exempt, Services.ALL, List.of(), guards, gate.exempt().toString()));
    }
    for (Tier tier : gate.tiers()) {
      for (GateRule rule : tier.rules()) {
        var source = List.of(new Term.Source(gate, rule));
        boolean isForAll = rule.targets() instanceof Selector.Everyone;
        String targets = isForAll ? guards : rule.targets().toString();
        add(terms, rule, source, targets, rule.peers().toString());
      }
    }
    add(terms, NO_RULE, List.of(), guards, "any");
    return terms;
  }

  private void add(
      List<Term> terms,
      GateRule rule,
      List<Term.Source> why,
      String targetWords,
      String peerWords) {
    var found = targetsOf.remove(rule);
    if (found != null) {
      found.forEach((part, targets) ->
          terms.add(new Term(targets, part.peers(), part.services(), why, targetWords, peerWords)));
    }
  }

  /// The rule by what its names of ports mean: on the targets if packets come in, else on the
  /// peers.
  private List<Variant> variants(GateRule rule) {
    return variants.computeIfAbsent(
        rule,
        ignored -> {
          pass.check().run();
          boolean most = (rule.action() == GateRule.Action.ALLOW) == pass.atMost();
          var targets = sets.picked(rule.targets(), most).and(guarded);
          var peers = sets.picked(rule.peers(), most);
          var found = new ArrayList<Variant>();
          if (!rule.services().isEmpty()) {
            found.add(new Variant(targets, peers, rule.services()));
          }
          if (!rule.portNames().isEmpty()) {
            boolean isIngress = gate.direction() == Direction.INGRESS;
            named(rule, isIngress ? targets : peers)
                .forEach((services, reached) ->
                    found.add(
                        new Variant(
                            isIngress ? reached : targets, isIngress ? peers : reached, services)));
          }
          found.removeIf(variant -> variant.targets.isEmpty() || variant.peers.isEmpty());
          return found;
        });
  }

  private Map<Services, ClassSet> named(GateRule rule, ClassSet reached) {
    Map<Services, ClassSet> meant = new LinkedHashMap<>();
    reached.stream()
        .forEach(number -> {
          var services = Services.NONE;
          for (PortName name : rule.portNames()) {
            services = services.or(name.on(pass.classes().example(number).ports()));
          }
          if (!services.isEmpty()) {
            meant.computeIfAbsent(services, absent -> new ClassSet()).set(number);
          }
        });
    return meant;
  }

  /// The guarded classes in groups that the same denies, passes and tiers are about.
  private List<ClassSet> lanes() {
    List<ClassSet> lanes = List.of(guarded);
    for (Tier tier : gate.tiers()) {
      lanes = split(lanes, sets.picked(tier.applies(), true));
      for (GateRule rule : tier.rules()) {
        if (rule.action() != GateRule.Action.ALLOW) {
          for (Variant variant : variants(rule)) {
            lanes = split(lanes, variant.targets);
          }
        }
      }
    }
    return lanes;
  }

  static List<ClassSet> split(List<ClassSet> lanes, ClassSet by) {
    var parts = new ArrayList<ClassSet>();
    for (ClassSet lane : lanes) {
      if (!lane.intersects(by) || by.contains(lane)) {
        parts.add(lane);
      } else {
        parts.add(lane.and(by));
        parts.add(lane.minus(by));
      }
    }
    return parts;
  }

  private void walk(ClassSet lane) {
    pass.check().run();
    var everything = Region.of(sets.all(), Services.ALL);
    var reaching = everything;
    for (Tier tier : gate.tiers()) {
      if (!sets.picked(tier.applies(), true).intersects(lane)) {
        continue;
      }
      boolean isFirst = reaching.equals(everything);
      var denied = Region.NONE;
      var blocked = Region.NONE;
      var passed = Region.NONE;
      for (GateRule rule : tier.rules()) {
        for (Variant variant : variants(rule)) {
          if (!variant.targets.intersects(lane)) {
            continue;
          }
          switch (rule.action()) {
            case ALLOW -> {
              var targets = variant.targets.and(lane);
              var given =
                  isFirst
                      ? Region.of(variant.peers, variant.services)
                      : reaching.and(variant.peers, variant.services);
              allow(rule, targets, given.minus(blocked));
            }
            case DENY -> {
              denied = checked(denied.or(variant.peers, variant.services));
              blocked = checked(blocked.or(variant.peers, variant.services));
            }
            case PASS -> {
              var some = reaching.and(variant.peers, variant.services).minus(denied);
              passed = checked(passed.or(some));
              blocked = checked(blocked.or(variant.peers, variant.services));
            }
          }
        }
      }
      reaching =
          tier.otherwise() == Tier.Otherwise.NEXT ? reaching.minus(denied).or(passed) : passed;
      if (reaching.isEmpty()) {
        return;
      }
    }
    if (gate.allowsOtherwise()) {
      allow(NO_RULE, lane, reaching);
    }
  }

  /// @throws TooLarge if the region has so many parts that working with it takes too long
  private Region checked(Region region) {
    pass.check().run();
    if (region.parts().size() > PARTS_MOST) {
      throw new TooLarge(
          "the rules of "
              + gate.name()
              + " deny different services to more than "
              + PARTS_MOST
              + " sets of VMs");
    }
    return region;
  }

  private void allow(GateRule rule, ClassSet targets, Region given) {
    for (var part : given.parts()) {
      targetsOf
          .computeIfAbsent(rule, absent -> new LinkedHashMap<>())
          .computeIfAbsent(part, absent -> new ClassSet())
          .addAll(targets);
    }
  }
}
