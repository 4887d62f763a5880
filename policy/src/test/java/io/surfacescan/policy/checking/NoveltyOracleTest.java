package io.surfacescan.policy.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Demand.Novelty;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.Verdict;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is new, against both environments looked at pair by pair and port by port.
class NoveltyOracleTest {
  /// Ports that all sets of services of random environments can be told apart by.
  private static final List<Services> PORTS =
      List.of(
              "tcp/22", "tcp/20", "tcp/443", "tcp/80", "udp/53", "udp/443", "udp/1", "icmp",
              "sctp/1")
          .stream()
          .map(text -> Services.parse(text).orElseThrow())
          .toList();

  @Test
  void verdicts_areThoseOfTheMeaning() {
    Seeds.check(
        80,
        seed -> {
          var whole = WithInternet.of(seed);
          var random = new SplittableRandom(seed);
          var before = whole.keepingRules(_ -> random.nextInt(4) > 0);
          var after = whole.keepingRules(_ -> random.nextInt(4) > 0);
          boolean isCertain = random.nextInt(3) == 0;
          var thenSeen = isCertain ? sure(before) : before;
          var nowSeen = isCertain ? sure(after) : after;
          for (var novelty : Novelty.values()) {
            var verdict =
                PolicyCheck.of(
                        AttackGraph.of(after),
                        policy(novelty, isCertain),
                        options(AttackGraph.of(before)))
                    .verdicts()
                    .getFirst();
            assertThat(verdict.affected())
                .as("%s", novelty)
                .isEqualTo(expected(novelty, thenSeen, nowSeen).size());
            checkFindings(verdict, after, isCertain);
            assertThat(verdict.unexplained()).isZero();
            assertThat(verdict.findings().isEmpty()).isEqualTo(verdict.affected() == 0);
          }
        });
  }

  private static Environment sure(Environment environment) {
    return environment.keepingRules(rule -> environment.ruleDetails(rule).assumed().isEmpty());
  }

  /// Paths are possible, over what the rule looks at alone.
  private static void checkFindings(Verdict verdict, Environment after, boolean isCertain) {
    var naive = NaiveOracle.of(after);
    for (var finding : verdict.findings()) {
      assertThat(finding.cause()).isNotEmpty();
      for (var hop : finding.path().orElseThrow().hops()) {
        assertThat(naive.rules(hop.from(), hop.to())).containsAll(hop.rules());
        assertThat(hop.rules())
            .allMatch(rule -> !isCertain || after.ruleDetails(rule).assumed().isEmpty());
      }
    }
  }

  private static Policy policy(Novelty novelty, boolean isCertain) {
    var rule =
        new PolicyRule(
            "new",
            "title",
            Severity.HIGH,
            Optional.empty(),
            List.of(),
            new Demand.NoNew(Set.of(novelty), List.of()),
            true,
            isCertain,
            new Place("p.yaml", 1, 1));
    return new Policy(List.of(rule), List.of());
  }

  private static CheckOptions options(AttackGraph before) {
    return new CheckOptions(
        RulePlaces.UNKNOWN, Optional.of(before), Integer.MAX_VALUE, 5, Deadline.NONE);
  }

  private static Set<Integer> expected(Novelty novelty, Environment before, Environment after) {
    var then = NaiveOracle.of(before);
    var now = NaiveOracle.of(after);
    var news = new TreeSet<Integer>();
    for (int vm = 0; vm < after.vmCount(); vm++) {
      if (after.vmKind(vm).isExternal()) {
        continue;
      }
      boolean isNew =
          switch (novelty) {
            // A surface is of VMs; attackers outside are new exposure, or attack something
            // directly.
            case SURFACES ->
                !then.attackers(vm).keySet().containsAll(vms(after, now.attackers(vm).keySet()));
            case DIRECT ->
                !then.attackersWithin(vm, 1)
                    .keySet()
                    .containsAll(now.attackersWithin(vm, 1).keySet());
            case SERVICES -> isNewOverAPort(before, after, vm);
            case EXPOSURE -> isExposed(now, after, vm) && !isExposed(then, before, vm);
          };
      if (isNew) {
        news.add(vm);
      }
    }
    return news;
  }

  private static boolean isExposed(NaiveOracle oracle, Environment environment, int vm) {
    return oracle.attackers(vm).keySet().stream()
        .anyMatch(attacker -> NaivePolicy.isInternet(environment, attacker));
  }

  private static Set<Integer> vms(Environment environment, Set<Integer> attackers) {
    var vms = new TreeSet<Integer>(attackers);
    vms.removeIf(vm -> environment.vmKind(vm).isExternal());
    return vms;
  }

  private static boolean isNewOverAPort(Environment before, Environment after, int vm) {
    return PORTS.stream()
        .anyMatch(port -> !attackers(before, port, vm).containsAll(attackers(after, port, vm)));
  }

  private static Set<Integer> attackers(Environment environment, Services port, int vm) {
    return NaiveOracle.of(environment.keepingRules(rule -> environment.services(rule).meets(port)))
        .attackersWithin(vm, 1)
        .keySet();
  }
}
