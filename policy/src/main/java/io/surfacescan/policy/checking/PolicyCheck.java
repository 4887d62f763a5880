package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.GroupAttacks;
import io.surfacescan.model.Environment;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Demand.Bound;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Checks a policy: first what breaks each rule, all forbidden attacks in one go, by masks; then,
/// as long as there is time, the causes, those of the worst rules first.
public final class PolicyCheck {
  private final AttackGraph graph;
  private final Environment environment;
  private final CheckOptions options;
  private final VmSelection selection;
  private final ForbiddenAttacks forbidden;
  private final AttackCheck attacks;
  private final LimitCheck limits;
  private final NoveltyCheck news;
  private final LintCheck lints;

  private PolicyCheck(AttackGraph graph, CheckOptions options) {
    this.graph = graph;
    this.environment = graph.environment();
    this.options = options;
    selection = new VmSelection(environment);
    forbidden = new ForbiddenAttacks(environment, selection);
    var causes = new Causes(environment, options.places());
    attacks = new AttackCheck(graph, causes, new Words(environment), options);
    limits = new LimitCheck(graph, causes, options);
    news = new NoveltyCheck(options.baseline().orElse(graph), graph, forbidden, causes, options);
    lints = new LintCheck(graph, causes, options);
  }

  /// What the environment holds against a policy, waivers not considered.
  ///
  /// Cost: per 64 parts of rules a walk over the graph; per filter of services in limits a graph
  /// and the sizes of all surfaces; a comparison with the environment before. For each finding two
  /// walks more, and a path.
  ///
  /// @throws PolicyRefused if the policy does not fit the environment
  /// @throws io.surfacescan.engine.DeadlinePassed if it passes before the verdicts are known
  public static Findings of(AttackGraph graph, Policy policy, CheckOptions options)
      throws PolicyRefused {
    return new PolicyCheck(graph, options).check(policy.rules());
  }

  private Findings check(List<PolicyRule> rules) throws PolicyRefused {
    var parts = new ArrayList<List<AttackPart>>();
    var groups = new ArrayList<BitSet>();
    for (var rule : rules) {
      groups.add(group(rule));
      parts.add(parts(rule));
    }
    if (!selection.problems().isEmpty()) {
      throw new PolicyRefused(selection.problems());
    }
    var attacked = attacked(parts);
    List<Supplier<Verdict>> judged = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      judged.add(verdict(rules.get(i), parts.get(i), attacked.get(i), groups.get(i)));
    }
    var verdicts = new Verdict[rules.size()];
    IntStream.range(0, verdicts.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> rules.get(i).severity()).reversed())
        .forEach(i -> verdicts[i] = judged.get(i).get());
    return new Findings(environment, List.of(verdicts), List.of(), List.of());
  }

  /// The VMs that a rule about VMs by themselves looks at.
  private BitSet group(PolicyRule rule) {
    return switch (rule.demand()) {
      case Demand.Limit limit -> selection.of(limit.of(), rule.mayBeEmpty());
      case Demand.NoNew demand -> {
        if (options.baseline().isEmpty()) {
          selection
              .problems()
              .add(
                  new PolicyProblem(
                      rule.place(),
                      "the rule `" + rule.id() + "` compares with an environment before",
                      "name it with --baseline OLD"));
        }
        yield demand.of().isEmpty()
            ? selection.inside()
            : selection.of(demand.of(), rule.mayBeEmpty());
      }
      case Demand.Forbid ignored -> new BitSet();
      case Demand.AllowOnly ignored -> new BitSet();
      case Demand.Lint ignored -> new BitSet();
    };
  }

  /// The attacks that a rule forbids.
  private List<AttackPart> parts(PolicyRule rule) {
    return switch (rule.demand()) {
      case Demand.Forbid forbid -> forbidden.of(rule, forbid);
      case Demand.AllowOnly allow -> forbidden.of(rule, allow);
      case Demand.Limit limit ->
          switch (limit.bound()) {
            case INTERNET_HOPS -> forbidden.nearInternet(rule, limit, internet(rule));
            case REACHABLE -> forbidden.byGroup(rule, limit);
            case ATTACKERS, ATTACKERS_SHARE, BLAST_RADIUS, BLAST_RADIUS_SHARE -> List.of();
          };
      case Demand.NoNew ignored -> List.of();
      case Demand.Lint ignored -> List.of();
    };
  }

  private BitSet internet(PolicyRule rule) {
    if (!selection.hasInternet() && !rule.mayBeEmpty()) {
      selection
          .problems()
          .add(
              new PolicyProblem(
                  rule.place(),
                  "the rule `"
                      + rule.id()
                      + "` is about the internet, and the input has no such VM",
                  "exports have one; write may_be_empty: true if none is right"));
    }
    return selection.internet();
  }

  /// For each part of each rule, the VMs that are attacked.
  private List<List<BitSet>> attacked(List<List<AttackPart>> parts) {
    var queries = parts.stream().flatMap(List::stream).map(AttackPart::query).toList();
    var found = GroupAttacks.attacked(graph, queries, options.deadline()).iterator();
    return parts.stream()
        .map(ofRule -> ofRule.stream().map(ignored -> found.next()).toList())
        .toList();
  }

  /// The verdict with its causes, which are looked for when it is asked for.
  private Supplier<Verdict> verdict(
      PolicyRule rule, List<AttackPart> parts, List<BitSet> attacked, BitSet group) {
    return switch (rule.demand()) {
      case Demand.Forbid ignored ->
          () -> parts.isEmpty() ? empty(rule) : attacks.verdict(rule, parts, attacked);
      case Demand.AllowOnly ignored ->
          () -> parts.isEmpty() ? empty(rule) : attacks.verdict(rule, parts, attacked);
      case Demand.Limit ignored when group.isEmpty() -> () -> empty(rule);
      case Demand.Limit limit ->
          switch (limit.bound()) {
            case INTERNET_HOPS -> () -> attacks.verdict(rule, parts, attacked);
            case REACHABLE -> () -> reachable(rule, limit, group, attacked);
            case ATTACKERS, ATTACKERS_SHARE, BLAST_RADIUS, BLAST_RADIUS_SHARE ->
                limits.verdict(rule, limit, group, selection.inside().cardinality());
          };
      case Demand.NoNew demand -> news.verdict(rule, demand, group, selection.internet());
      case Demand.Lint lint -> lints.verdict(rule, lint, selection.inside().cardinality());
    };
  }

  private static Verdict empty(PolicyRule rule) {
    return new Verdict(rule, 0, "VM", List.of(), 0, true);
  }

  private Verdict reachable(
      PolicyRule rule, Demand.Limit limit, BitSet group, List<BitSet> attacked) {
    var reached = new BitSet();
    attacked.forEach(reached::or);
    if (reached.cardinality() <= limit.count()) {
      return Verdict.held(rule);
    }
    var finding =
        new Finding(
            rule,
            Fingerprint.of(rule.id(), Bound.REACHABLE.key()),
            Counted.of(group.cardinality(), "VM")
                + " together can attack "
                + Counted.of(reached.cardinality(), "other VM")
                + ", and at most "
                + limit.count()
                + " may",
            "take rules away from this group, or divide it",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            reached.cardinality(),
            reached.stream().limit(options.examplesMost()).boxed().toList(),
            Optional.empty(),
            false);
    return new Verdict(rule, reached.cardinality(), "VM", List.of(finding), 0, false);
  }
}
