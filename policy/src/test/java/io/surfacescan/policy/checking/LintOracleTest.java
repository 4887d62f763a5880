package io.surfacescan.policy.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Demand.Smell;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.Severity;
import io.surfacescan.testkit.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is wrong with firewall rules by themselves, against its words executed naively: every VM
/// and every other rule is looked at.
class LintOracleTest {
  private static final CheckOptions OPTIONS =
      new CheckOptions(RulePlaces.UNKNOWN, Optional.empty(), Integer.MAX_VALUE, 5, Deadline.NONE);

  private final Map<Smell, Integer> hits = new EnumMap<>(Smell.class);

  @Test
  void verdicts_areThoseOfTheMeaning() {
    Seeds.check(
        100,
        seed -> {
          var environment = withCopies(WithInternet.of(seed), seed);
          var graph = AttackGraph.of(environment);
          for (var smell : Smell.values()) {
            var verdict = PolicyCheck.of(graph, policy(smell), OPTIONS).verdicts().getFirst();
            var found = new TreeSet<Integer>();
            verdict.findings().forEach(finding -> found.addAll(finding.cause()));
            assertThat(found).as("%s", smell).isEqualTo(expected(smell, environment));
            assertThat(verdict.affected()).isEqualTo(found.size());
            assertThat(verdict.unexplained()).isZero();
            hits.merge(smell, found.size(), Integer::sum);
          }
        });
    if (Seeds.areUsual()) {
      assertThat(hits)
          .hasSize(Smell.values().length)
          .allSatisfy((_, count) -> assertThat(count).isGreaterThan(20));
    }
  }

  /// Some rules once more, some for fewer services, some from a tag that all carry, and a tag that
  /// stands beside another everywhere.
  private static Environment withCopies(Environment plain, long seed) {
    var random = new SplittableRandom(seed);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      var tags = new TreeSet<>(plain.vm(vm).tags());
      if (!plain.vmKind(vm).isExternal()) {
        if (plain.tagCount() == 0 || tags.contains(plain.tag(0))) {
          tags.add("beside");
        }
        tags.add("all");
      }
      builder.vm(plain.vmId(vm), plain.vmName(vm).orElse(null), tags);
      builder.details(vm, plain.vmDetails(vm));
    }
    int rules = 0;
    for (int rule = 0; rule < plain.ruleCount(); rule++) {
      for (int copies = random.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
        var view = plain.rule(rule);
        String source = random.nextInt(9) == 0 ? "all" : view.sourceTag();
        String dest = random.nextInt(9) == 0 ? "beside" : view.destTag();
        builder.rule(view.id().orElse(null), source, dest);
        builder.details(rules++, plain.ruleDetails(rule));
      }
    }
    return builder.build();
  }

  private static Policy policy(Smell smell) {
    var rule =
        new PolicyRule(
            "lint",
            "title",
            Severity.LOW,
            Optional.empty(),
            List.of(),
            new Demand.Lint(Set.of(smell)),
            false,
            false,
            new Place("p.yaml", 1, 1));
    return new Policy(List.of(rule), List.of());
  }

  private static Set<Integer> expected(Smell smell, Environment environment) {
    var found = new TreeSet<Integer>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (smells(smell, environment, rule)) {
        found.add(rule);
      }
    }
    return found;
  }

  private static boolean smells(Smell smell, Environment environment, int rule) {
    var view = environment.rule(rule);
    var sources = carrying(environment, view.sourceTag());
    var dests = carrying(environment, view.destTag());
    boolean isPhantom = sources.isEmpty() || dests.isEmpty();
    var others = IntStream.range(0, environment.ruleCount()).filter(other -> other != rule);
    return switch (smell) {
      case PHANTOM_TAG -> isPhantom;
      case UNUSED ->
          !isPhantom
              && sources.stream()
                  .noneMatch(from -> dests.stream().anyMatch(to -> !to.equals(from)));
      case DUPLICATE ->
          others.anyMatch(other -> other < rule && isTheSame(environment, rule, other));
      case SHADOWED ->
          !isPhantom
              && others.anyMatch(other ->
                  allows(environment, other, rule, sources, dests)
                      && !isTheSame(environment, rule, other));
      case OPEN -> !isPhantom && isWide(view.services()) && isOpen(environment, sources);
      case ASSUMED -> isAssumed(environment, rule);
    };
  }

  private static Set<Integer> carrying(Environment environment, String tag) {
    var vms = new TreeSet<Integer>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (environment.vm(vm).tags().contains(tag)) {
        vms.add(vm);
      }
    }
    return vms;
  }

  private static boolean isAssumed(Environment environment, int rule) {
    return environment.ruleDetails(rule).assumed().isPresent();
  }

  private static boolean isTheSame(Environment environment, int rule, int other) {
    var one = environment.rule(rule);
    var two = environment.rule(other);
    return one.sourceTag().equals(two.sourceTag())
        && one.destTag().equals(two.destTag())
        && one.services().equals(two.services())
        && isAssumed(environment, rule) == isAssumed(environment, other);
  }

  private static boolean allows(
      Environment environment, int other, int rule, Set<Integer> sources, Set<Integer> dests) {
    var view = environment.rule(other);
    return environment.rule(rule).services().minus(view.services()).isEmpty()
        && (!isAssumed(environment, other) || isAssumed(environment, rule))
        && carrying(environment, view.sourceTag()).containsAll(sources)
        && carrying(environment, view.destTag()).containsAll(dests);
  }

  private static boolean isWide(Services services) {
    return List.of("tcp", "udp").stream()
        .anyMatch(text -> Services.parse(text).orElseThrow().minus(services).isEmpty());
  }

  private static boolean isOpen(Environment environment, Set<Integer> sources) {
    var inside = new TreeSet<Integer>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (!environment.vmKind(vm).isExternal()) {
        inside.add(vm);
      }
    }
    return (inside.size() > 1 && sources.containsAll(inside))
        || sources.stream().anyMatch(vm -> NaivePolicy.isInternet(environment, vm));
  }
}
