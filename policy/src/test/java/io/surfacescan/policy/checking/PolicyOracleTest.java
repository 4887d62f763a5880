package io.surfacescan.policy.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Ends;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.Selector;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.Verdict;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Checks of random policies on random environments against the meaning executed naively.
class PolicyOracleTest {
  private static final int RULES = 8;

  private static final CheckOptions OPTIONS =
      new CheckOptions(
          RulePlaces.UNKNOWN, Optional.empty(), Integer.MAX_VALUE, 1000, Deadline.NONE);

  private int broken;

  @Test
  void verdicts_areThoseOfTheMeaning_andFindingsEndAllOfIt() {
    Seeds.check(
        120,
        seed -> {
          var environment = seed % 2 == 0 ? WithInternet.of(seed) : RandomEnvironments.of(seed);
          var policy = policy(new SplittableRandom(seed), environment);
          var found = PolicyCheck.of(AttackGraph.of(environment), policy, OPTIONS);
          var naive = new NaivePolicy(environment);
          for (var verdict : found.verdicts()) {
            var expected = naive.broken(verdict.rule());
            assertThat(verdict.affected()).as("%s", verdict.rule()).isEqualTo(expected.size());
            checkFindings(environment, naive, verdict);
            broken += verdict.isBroken() ? 1 : 0;
          }
        });
    if (Seeds.areUsual()) {
      assertThat(broken).isGreaterThan(200);
    }
  }

  private static void checkFindings(Environment environment, NaivePolicy naive, Verdict verdict) {
    assertThat(verdict.unexplained()).isZero();
    assertThat(verdict.findings().stream().mapToLong(Finding::count).sum())
        .isEqualTo(verdict.affected());
    assertThat(verdict.findings()).extracting(Finding::fingerprint).doesNotHaveDuplicates();
    var cut = new HashSet<Integer>();
    for (var finding : verdict.findings()) {
      var whole = NaiveOracle.of(environment);
      finding
          .path()
          .ifPresent(path -> {
            for (var hop : path.hops()) {
              assertThat(whole.rules(hop.from(), hop.to())).containsAll(hop.rules());
              assertThat(cut).doesNotContainAnyElementsOf(hop.rules());
            }
            assertThat(path.hops().stream().flatMap(hop -> hop.rules().stream()).toList())
                .containsAll(finding.cause());
          });
      if (verdict.rule().demand() instanceof Demand.Forbid) {
        cut.addAll(allOf(environment, finding.cause()));
        var left =
            new NaivePolicy(environment.keepingRules(rule -> !cut.contains(rule)))
                .broken(verdict.rule());
        long later =
            verdict.findings().stream()
                .skip(verdict.findings().indexOf(finding) + 1L)
                .mapToLong(Finding::count)
                .sum();
        assertThat(left).as("after %s", finding.remedy()).hasSize((int) later);
      }
    }
    assertThat(naive.broken(verdict.rule()).isEmpty()).isEqualTo(verdict.findings().isEmpty());
  }

  /// The firewall rules that go with those of a cause: all that come from the same real rules.
  private static List<Integer> allOf(Environment environment, List<Integer> cause) {
    var all = new ArrayList<Integer>();
    new Causes(environment, RulePlaces.UNKNOWN).of(cause).all().stream().forEach(all::add);
    return all;
  }

  private static Policy policy(RandomGenerator random, Environment environment) {
    var names = NaivePolicy.selectors(environment);
    var rules = new ArrayList<PolicyRule>();
    for (int i = 0; i < RULES; i++) {
      rules.add(
          new PolicyRule(
              "r" + i,
              "title",
              Severity.HIGH,
              Optional.empty(),
              List.of(),
              demand(random, names),
              true,
              random.nextInt(4) == 0,
              new Place("p.yaml", i + 1, 1)));
    }
    return new Policy(rules, List.of());
  }

  private static Demand demand(RandomGenerator random, List<String> names) {
    var services =
        random.nextInt(3) == 0
            ? RandomDetails.SERVICES.get(random.nextInt(RandomDetails.SERVICES.size()))
            : Services.ALL;
    int hops = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Demand.ANY_HOPS;
    var ends = new Ends(some(random, names), some(random, names));
    return switch (random.nextInt(6)) {
      case 0 ->
          new Demand.AllowOnly(
              ends, random.nextBoolean(), hops, services, exceptions(random, names));
      case 1 -> {
        var bounds = Demand.Bound.values();
        var bound = bounds[random.nextInt(bounds.length)];
        int least = bound == Demand.Bound.INTERNET_HOPS ? 2 : 0;
        yield new Demand.Limit(
            some(random, names),
            bound,
            least + random.nextInt(bound.isShare() ? 100 : 6),
            services);
      }
      default -> new Demand.Forbid(ends, hops, services, exceptions(random, names));
    };
  }

  private static List<Ends> exceptions(RandomGenerator random, List<String> names) {
    var exceptions = new ArrayList<Ends>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<Selector> none = List.of();
      exceptions.add(
          switch (random.nextInt(4)) {
            case 0 -> new Ends(some(random, names), none);
            case 1 -> new Ends(none, some(random, names));
            default -> new Ends(some(random, names), some(random, names));
          });
    }
    return exceptions;
  }

  private static List<Selector> some(RandomGenerator random, List<String> names) {
    var some = new ArrayList<Selector>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      int at = random.nextInt(names.size());
      some.add(Selector.of(names.get(at), new Place("p.yaml", 1, at + 1)).orElseThrow());
    }
    return some;
  }
}
