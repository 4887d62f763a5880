package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Demand.Bound;
import io.surfacescan.policy.Demand.Limit;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Finds VMs with more attackers, or a larger blast radius, than a policy allows. VMs with the same
/// tags have one cause together.
///
/// What stands for addresses outside is not counted. Not thread-safe: the sizes of all surfaces are
/// kept for the rules after.
final class LimitCheck {
  private static final int STEPS_PER_DEADLINE = 1 << 12;

  /// What is seen of an environment through a filter.
  ///
  /// @param rules the firewall rules of the graph, as those of the whole environment
  private record Seen(AttackGraph graph, SurfaceSizes sizes, int[] rules) {
    int size(int vm, boolean isRadius) {
      return isRadius ? sizes.victims(vm) : sizes.attackers(vm);
    }
  }

  /// VMs with the same tags that are beyond a limit.
  private static final class Group {
    private final int first;
    private final int size;
    private final List<Integer> examples = new ArrayList<>();
    private int count;

    Group(int first, int size) {
      this.first = first;
      this.size = size;
    }

    int size() {
      return size;
    }
  }

  private final AttackGraph graph;
  private final Causes causes;
  private final CheckOptions options;
  private final Map<RuleFilter, Seen> seen = new HashMap<>();

  LimitCheck(AttackGraph graph, Causes causes, CheckOptions options) {
    this.graph = graph;
    this.causes = causes;
    this.options = options;
  }

  private Environment environment() {
    return graph.environment();
  }

  private Seen seen(RuleFilter filter) {
    return seen.computeIfAbsent(
        filter,
        some -> {
          var filtered = some.apply(graph);
          var rules = IntStream.range(0, environment().ruleCount());
          return new Seen(
              filtered,
              SurfaceSizes.of(filtered, options.deadline(), Progress.NONE),
              filtered == graph
                  ? rules.toArray()
                  : rules.filter(rule -> some.letsThrough(environment(), rule)).toArray());
        });
  }

  /// The verdict on a rule; the causes are looked for when it is asked for.
  ///
  /// @param of the VMs that the limit is about
  /// @param inside how many VMs there are
  Supplier<Verdict> verdict(PolicyRule rule, Limit limit, BitSet of, int inside) {
    var ofFilter = seen(new RuleFilter(limit.services(), rule.isCertain()));
    boolean isRadius =
        limit.bound() == Bound.BLAST_RADIUS || limit.bound() == Bound.BLAST_RADIUS_SHARE;
    double most = limit.bound().isShare() ? limit.value() * inside / 100 : limit.value();
    var beyond = new BitSet();
    for (int vm = of.nextSetBit(0); vm >= 0; vm = of.nextSetBit(vm + 1)) {
      if (ofFilter.size(vm, isRadius) > most) {
        beyond.set(vm);
      }
    }
    return () -> verdict(rule, limit, beyond, ofFilter, isRadius, most);
  }

  private Verdict verdict(
      PolicyRule rule, Limit limit, BitSet beyond, Seen ofFilter, boolean isRadius, double most) {
    long affected = beyond.cardinality();
    var findings = new ArrayList<Finding>();
    long explained = 0;
    try {
      for (var group : worst(beyond, ofFilter, isRadius)) {
        findings.add(finding(rule, limit, group, ofFilter, isRadius, most));
        explained += group.count;
      }
    } catch (DeadlinePassed e) {
      // The verdict holds; what is not explained is counted.
    }
    return new Verdict(rule, affected, "VM", findings, affected - explained, false);
  }

  /// The groups furthest beyond; of equal ones those whose VM comes first.
  private List<Group> worst(BitSet beyond, Seen ofFilter, boolean isRadius) {
    if (options.findingsMost() == 0) {
      return List.of();
    }
    Map<String, Group> byTags = new LinkedHashMap<>();
    Map<Integer, Group> ofList = new HashMap<>();
    int steps = 0;
    for (int vm = beyond.nextSetBit(0); vm >= 0; vm = beyond.nextSetBit(vm + 1)) {
      if (++steps % STEPS_PER_DEADLINE == 0) {
        options.deadline().check();
      }
      int list = environment().tagListOf(vm);
      var group = ofList.get(list);
      if (group == null) {
        int first = vm;
        group =
            byTags.computeIfAbsent(
                key(vm), absent -> new Group(first, ofFilter.size(first, isRadius)));
        ofList.put(list, group);
      }
      group.count++;
      if (group.examples.size() < options.examplesMost()) {
        group.examples.add(vm);
      }
    }
    return byTags.values().stream()
        .sorted(Comparator.comparingInt(Group::size).reversed())
        .limit(options.findingsMost())
        .toList();
  }

  private Finding finding(
      PolicyRule rule, Limit limit, Group group, Seen ofFilter, boolean isRadius, double most) {
    int vm = group.first;
    int size = group.size;
    String bound =
        limit.bound().isShare()
            ? String.format(Locale.ROOT, "%s%% of all VMs", plain(limit.value()))
            : plain(most);
    String who = new Words(environment()).vm(vm);
    String message =
        (isRadius
                ? who + " can attack " + Counted.of(size, "VM")
                : Counted.of(size, "VM") + " can attack " + who)
            + ", and at most "
            + bound
            + " may";
    var best = isRadius ? Optional.<Chokepoints.Rule>empty() : best(ofFilter.graph, vm);
    List<Integer> rules =
        best.map(one -> one.rules().stream().map(at -> ofFilter.rules[at]).toList())
            .orElse(List.of());
    var cause = rules.isEmpty() ? Optional.<Causes.Cause>empty() : Optional.of(causes.of(rules));
    List<Place> places = cause.map(causes::places).orElse(List.of());
    String remedy =
        cause.isPresent()
            ? "remove or narrow "
                + causes.words(cause.get())
                + "; that takes "
                + Counted.of(best.get().attackersLost(), "attacker")
                + " away"
            : isRadius
                ? "take tags from it, or divide what it can attack"
                : "take tags from it; no single rule takes attackers away";
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), key(vm)),
        message,
        remedy,
        Optional.empty(),
        rules,
        Causes.first(places),
        Causes.others(places),
        group.count,
        group.examples,
        Optional.empty(),
        false);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /// The tags, whatever their order.
  private String key(int vm) {
    return String.join("\n", new TreeSet<>(environment().vm(vm).tags()));
  }

  private Optional<Chokepoints.Rule> best(AttackGraph filtered, int vm) {
    try {
      return Chokepoints.of(filtered, vm, 1, options.deadline()).rules().stream().findFirst();
    } catch (DeadlinePassed e) {
      // The finding stands without a remedy.
      return Optional.empty();
    }
  }
}
