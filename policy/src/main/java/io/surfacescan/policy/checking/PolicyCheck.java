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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks a policy: all attacks that its rules forbid in one go, by masks, then the causes of those
/// that are possible.
public final class PolicyCheck {
  private final AttackGraph graph;
  private final Environment environment;
  private final CheckOptions options;
  private final VmSelection selection;
  private final ForbiddenAttacks forbidden;
  private final Causes causes;
  private final Words words;

  private PolicyCheck(AttackGraph graph, CheckOptions options) {
    this.graph = graph;
    this.environment = graph.environment();
    this.options = options;
    selection = new VmSelection(environment);
    forbidden = new ForbiddenAttacks(environment, selection);
    causes = new Causes(environment, options.places());
    words = new Words(environment);
  }

  /// What the environment holds against a policy, waivers not considered.
  ///
  /// Cost: per 64 parts of rules a walk over the graph; for each finding two more, and a path.
  ///
  /// @throws PolicyRefused if the policy does not fit the environment
  /// @throws io.surfacescan.engine.DeadlinePassed if it passes before the verdicts are known
  public static Findings of(AttackGraph graph, Policy policy, CheckOptions options)
      throws PolicyRefused {
    return new PolicyCheck(graph, options).check(policy);
  }

  private Findings check(Policy policy) throws PolicyRefused {
    Map<PolicyRule, List<AttackPart>> parts = new HashMap<>();
    Map<PolicyRule, BitSet> groups = new HashMap<>();
    for (var rule : policy.rules()) {
      switch (rule.demand()) {
        case Demand.Forbid forbid -> parts.put(rule, forbidden.of(rule, forbid));
        case Demand.AllowOnly allow -> parts.put(rule, forbidden.of(rule, allow));
        case Demand.Limit limit -> {
          var group = selection.of(limit.of(), rule.mayBeEmpty());
          groups.put(rule, group);
          if (limit.bound() == Bound.INTERNET_HOPS) {
            parts.put(rule, forbidden.nearInternet(rule, limit, internet(rule)));
          } else if (limit.bound() == Bound.REACHABLE) {
            parts.put(rule, forbidden.byGroup(rule, limit));
          }
        }
        case Demand.NoNew news ->
            groups.put(
                rule,
                news.of().isEmpty()
                    ? selection.inside()
                    : selection.of(news.of(), rule.mayBeEmpty()));
        case Demand.Lint _ -> {}
      }
      if (rule.demand() instanceof Demand.NoNew && options.baseline().isEmpty()) {
        throw new PolicyRefused(
            List.of(
                new PolicyProblem(
                    rule.place(),
                    "the rule `" + rule.id() + "` compares with an environment before",
                    "name it with --baseline OLD")));
      }
    }
    if (!selection.problems().isEmpty()) {
      throw new PolicyRefused(selection.problems());
    }
    var attacked = attacked(policy, parts);
    var verdicts = new ArrayList<Verdict>();
    LimitCheck limits = new LimitCheck(graph, causes, options);
    for (var rule : policy.rules()) {
      verdicts.add(verdict(rule, parts, attacked, groups, limits));
    }
    return new Findings(environment, verdicts, List.of(), List.of());
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
  private Map<PolicyRule, List<BitSet>> attacked(
      Policy policy, Map<PolicyRule, List<AttackPart>> parts) {
    var queries = new ArrayList<GroupAttacks.Query>();
    for (var rule : policy.rules()) {
      parts.getOrDefault(rule, List.of()).forEach(part -> queries.add(part.query()));
    }
    var found = GroupAttacks.attacked(graph, queries, options.deadline()).iterator();
    Map<PolicyRule, List<BitSet>> attacked = new HashMap<>();
    for (var rule : policy.rules()) {
      var ofRule = new ArrayList<BitSet>();
      for (int i = parts.getOrDefault(rule, List.of()).size(); i > 0; i--) {
        ofRule.add(found.next());
      }
      attacked.put(rule, ofRule);
    }
    return attacked;
  }

  private Verdict verdict(
      PolicyRule rule,
      Map<PolicyRule, List<AttackPart>> allParts,
      Map<PolicyRule, List<BitSet>> allAttacked,
      Map<PolicyRule, BitSet> groups,
      LimitCheck limits) {
    var parts = allParts.getOrDefault(rule, List.of());
    var attacked = allAttacked.getOrDefault(rule, List.of());
    var attacks = new AttackCheck(graph, causes, words, options);
    return switch (rule.demand()) {
      case Demand.Forbid _, Demand.AllowOnly _ ->
          parts.isEmpty() ? empty(rule) : attacks.verdict(rule, parts, attacked);
      case Demand.Limit limit -> {
        var group = groups.getOrDefault(rule, new BitSet());
        if (group.isEmpty()) {
          yield empty(rule);
        }
        yield switch (limit.bound()) {
          case INTERNET_HOPS -> attacks.verdict(rule, parts, attacked);
          case REACHABLE -> reachable(rule, limit, group, attacked);
          case ATTACKERS, ATTACKERS_SHARE, BLAST_RADIUS, BLAST_RADIUS_SHARE ->
              limits.verdict(rule, limit, group, selection.inside().cardinality());
        };
      }
      case Demand.NoNew news -> {
        var before = options.baseline().orElseThrow();
        yield new NoveltyCheck(before, graph, causes, options)
            .verdict(rule, news, groups.getOrDefault(rule, new BitSet()), selection.internet());
      }
      case Demand.Lint lint ->
          new LintCheck(graph, causes, options).verdict(rule, lint, selection.inside());
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
