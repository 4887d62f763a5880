package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.Gate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What all gates of one direction allow together.
///
/// @param denials what to take from the terms
record DirectionTerms(List<Term> terms, List<Denial> denials) {
  /// The terms of many gates in one direction, which must all allow.
  ///
  /// Of the gates before an interface, the one with most rules becomes terms, so that these name
  /// its rules; others are cut out of them, if they deny little.
  ///
  /// @param guardedMost the classes on the guarded side to look at
  static DirectionTerms of(List<Gate> gates, LoweringPass pass, ClassSet guardedMost) {
    var all = pass.sets().all();
    var denials = new ArrayList<Denial>();
    List<Term> terms = List.of(new Term(guardedMost, all, Services.ALL, List.of(), "any", "any"));
    var covered = new ClassSet();
    var pending = new Pending();
    var largestFirst =
        gates.stream().sorted(Comparator.comparingInt(gate -> -ruleCount(gate))).toList();
    for (Gate gate : largestFirst) {
      pass.check().run();
      var guarded = pass.sets().picked(gate.guards(), true).and(guardedMost);
      if (guarded.isEmpty()) {
        continue;
      }
      var own = GateTerms.of(gate, pass, guarded);
      var denied =
          covered.contains(guarded)
              ? Denial.of(gate.direction(), own, guarded, all)
              : Optional.<List<Denial>>empty();
      if (denied.isPresent()) {
        denials.addAll(denied.get());
      } else {
        if (pending.guarded.intersects(guarded)) {
          terms = pending.applyTo(terms, pass);
          pending = new Pending();
        }
        pending.add(guarded, own);
        covered.addAll(guarded);
      }
    }
    return new DirectionTerms(pending.applyTo(terms, pass), denials);
  }

  /// What is left for other classes on the guarded side, and what others allow for these.
  DirectionTerms with(ClassSet some, DirectionTerms others) {
    var all = new ArrayList<Term>(terms.size());
    for (Term term : terms) {
      var left = term.targets().intersects(some) ? term.targets().minus(some) : term.targets();
      if (!left.isEmpty()) {
        all.add(term.with(left));
      }
    }
    all.addAll(others.terms);
    var allDenials = new ArrayList<Denial>(denials.size());
    for (Denial denial : denials) {
      denial.notGuarding(some).ifPresent(allDenials::add);
    }
    allDenials.addAll(others.denials);
    return new DirectionTerms(all, allDenials);
  }

  /// What of it is about some pairs of classes.
  DirectionTerms about(ClassSet guarded, ClassSet sources, ClassSet destinations) {
    return new DirectionTerms(
        terms.stream().filter(term -> term.targets().intersects(guarded)).toList(),
        denials.stream()
            .filter(denial -> denial.meets(sources, destinations, Services.ALL))
            .toList());
  }

  /// Gates that guard different interfaces, such as the listeners of many balancers: most terms are
  /// about none of them.
  private static final class Pending {
    private final ClassSet guarded = new ClassSet();
    private final Map<ClassSet, List<Term>> gates = new LinkedHashMap<>();

    void add(ClassSet ofGate, List<Term> own) {
      guarded.addAll(ofGate);
      gates.put(ofGate, own);
    }

    List<Term> applyTo(List<Term> terms, LoweringPass pass) {
      var applied = new ArrayList<Term>();
      for (Term term : terms) {
        pass.check().run();
        var parts = List.of(term);
        if (term.targets().intersects(guarded)) {
          for (var gate : gates.entrySet()) {
            parts = both(parts, gate.getKey(), gate.getValue());
          }
        }
        applied.addAll(parts);
      }
      return applied;
    }
  }

  private static int ruleCount(Gate gate) {
    return gate.tiers().stream().mapToInt(tier -> tier.rules().size()).sum();
  }

  private static List<Term> both(List<Term> terms, ClassSet guarded, List<Term> own) {
    var both = new ArrayList<Term>();
    for (Term term : terms) {
      if (!term.targets().intersects(guarded)) {
        both.add(term);
        continue;
      }
      var free = term.targets().minus(guarded);
      if (!free.isEmpty()) {
        both.add(term.with(free));
      }
      for (Term other : own) {
        var services = term.services().and(other.services());
        if (services.isEmpty() || !term.targets().intersects(other.targets())) {
          continue;
        }
        var peers = term.peers().and(other.peers());
        if (!peers.isEmpty()) {
          both.add(
              new Term(
                  term.targets().and(other.targets()),
                  peers,
                  services,
                  Term.joined(term.why(), other.why()),
                  Term.words(term.targetWords(), other.targetWords()),
                  Term.words(term.peerWords(), other.peerWords())));
        }
      }
    }
    return both;
  }

  /// Terms of equal peers and services become one, and a target that a wider term has is taken out
  /// of narrower ones: for the side that does not name its rules one by one.
  static List<Term> united(List<Term> terms, Runnable check) {
    record Key(ClassSet peers, Services services) {}
    Map<Key, Term> united = new LinkedHashMap<>();
    for (Term term : terms) {
      united.merge(
          new Key(term.peers(), term.services()),
          term,
          (known, more) -> {
            return new Term(
                known.targets().or(more.targets()),
                known.peers(),
                known.services(),
                Term.joined(known.why(), more.why()),
                known.targetWords(),
                known.peerWords());
          });
    }
    return withoutDominated(new ArrayList<>(united.values()), check);
  }

  private static final int WIDE_MOST = 64;

  private static List<Term> withoutDominated(List<Term> terms, Runnable check) {
    int[] wide =
        IntStream.range(0, terms.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> terms.get(i).services().isAll() ? 0 : 1)
                    .thenComparingInt(i -> -terms.get(i).peers().cardinality()))
            .limit(WIDE_MOST)
            .mapToInt(Integer::intValue)
            .toArray();
    var left = new ArrayList<Term>();
    for (int i = 0; i < terms.size(); i++) {
      check.run();
      var term = terms.get(i);
      var targets = term.targets();
      for (int other : wide) {
        var wider = terms.get(other);
        if (other != i
            && targets.intersects(wider.targets())
            && wider.services().contains(term.services())
            && wider.peers().contains(term.peers())) {
          targets = targets.minus(wider.targets());
        }
      }
      if (!targets.isEmpty()) {
        left.add(term.with(targets));
      }
    }
    return left;
  }
}
