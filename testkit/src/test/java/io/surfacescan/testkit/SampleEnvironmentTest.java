package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Holds `data/`, the environment that is served without any set-up, to what its README says.
class SampleEnvironmentTest {
  private static final Path DIRECTORY = Path.of("..", "data");
  private static final Environment SAMPLE = sample();
  private static final NaiveOracle ORACLE = NaiveOracle.of(SAMPLE);
  private static final String FORGOTTEN_RULE = "fw-724b693";

  /// Operations, and the tiers in front of the database.
  private static final List<String> MEANT_TO_GET_IN =
      List.of(
          "laptop-anna",
          "laptop-ben",
          "prod-bastion",
          "prod-deployer",
          "prometheus-1",
          "grafana-1",
          "backup-1",
          "prod-customer-db-2",
          "prod-lb-1",
          "prod-lb-2",
          "prod-web-1",
          "prod-web-2",
          "prod-web-3",
          "prod-web-4",
          "prod-app-1",
          "prod-app-2",
          "prod-app-3",
          "prod-app-4");

  private static final List<String> NOT_MEANT_TO =
      List.of(
          "laptop-chloe",
          "laptop-dmitri",
          "laptop-emeka",
          "laptop-fatima",
          "laptop-grace",
          "laptop-hiro",
          "laptop-reception",
          "vpn-1",
          "vpn-2",
          "staging-bastion",
          "ci-controller",
          "staging-ci-runner-1",
          "staging-ci-runner-2",
          "staging-ci-runner-3",
          "artifact-store");

  private static Environment sample() {
    try {
      return NaiveDocument.readDirectory(DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int named(String name) {
    return IntStream.range(0, SAMPLE.vmCount())
        .filter(vm -> SAMPLE.vm(vm).name().orElseThrow().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> attackers(NaiveOracle oracle, int vm) {
    var names = new TreeSet<String>();
    for (int attacker : oracle.attackers(vm).keySet()) {
      names.add(oracle.environment().vm(attacker).name().orElseThrow());
    }
    return names;
  }

  @Test
  void customerDatabase_isWithinReachOfThoseNotMeantTo() {
    assertThat(attackers(ORACLE, named("prod-customer-db-1")))
        .containsAll(MEANT_TO_GET_IN)
        .containsAll(NOT_MEANT_TO)
        .hasSize(33);
  }

  @Test
  void customerDatabase_isSafeFromThem_withoutTheForgottenRule() {
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < SAMPLE.vmCount(); i++) {
      var vm = SAMPLE.vm(i);
      builder.vm(vm.id(), vm.name().orElse(null), vm.tags());
    }
    for (var rule : SAMPLE.rules()) {
      if (!rule.id().orElseThrow().equals(FORGOTTEN_RULE)) {
        builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
      }
    }
    var without = builder.build();
    assertThat(without.ruleCount()).isEqualTo(SAMPLE.ruleCount() - 1);
    assertThat(attackers(NaiveOracle.of(without), named("prod-customer-db-1")))
        .containsExactlyInAnyOrderElementsOf(MEANT_TO_GET_IN);
  }

  @Test
  void surprisingPath_isTheShortest_withTheRulesOfTheReadme() {
    var stops =
        List.of(
            "laptop-reception",
            "vpn-1",
            "staging-bastion",
            "staging-ci-runner-1",
            "artifact-store",
            "prod-app-1",
            "prod-customer-db-1");
    var rules =
        List.of(
            "fw-e53f3bd", "fw-4b2ef20", "fw-f70fd8b", "fw-2ee6a56", FORGOTTEN_RULE, "fw-68937c6");
    for (int hop = 0; hop < rules.size(); hop++) {
      int from = named(stops.get(hop));
      assertThat(ORACLE.rules(from, named(stops.get(hop + 1))))
          .extracting(rule -> SAMPLE.rule(rule).id().orElseThrow())
          .containsExactly(rules.get(hop));
      assertThat(ORACLE.pathLength(from, named("prod-customer-db-1"))).hasValue(rules.size() - hop);
    }
  }

  @Test
  void surfaces_differWidely() {
    assertThat(attackers(ORACLE, named("kiosk-lobby"))).isEmpty();
    assertThat(attackers(ORACLE, named("backup-vault"))).isEmpty();
    assertThat(attackers(ORACLE, named("prod-bastion")))
        .containsExactly("laptop-anna", "laptop-ben");
    assertThat(attackers(ORACLE, named("prod-payments-db-1"))).hasSize(34);
    assertThat(attackers(ORACLE, named("dns-1"))).hasSize(52);
    var sizes = new HashSet<Integer>();
    for (int vm = 0; vm < SAMPLE.vmCount(); vm++) {
      sizes.add(ORACLE.attackers(vm).size());
    }
    assertThat(sizes).hasSizeGreaterThan(12);
  }

  @Test
  void readme_namesVmsAndRulesThatExist_andTheRightCounts() throws IOException {
    String readme = Files.readString(DIRECTORY.resolve("README.md"));
    assertThat(readme)
        .contains(SAMPLE.vmCount() + " VMs and " + SAMPLE.ruleCount() + " firewall rules");
    for (String name :
        List.of("prod-customer-db-1", "kiosk-lobby", "dns-1", "prod-payments-db-1")) {
      assertThat(readme).contains(SAMPLE.vmId(named(name)));
    }
    assertThat(readme)
        .contains(
            "./surfacescan path "
                + SAMPLE.vmId(named("laptop-reception"))
                + " "
                + SAMPLE.vmId(named("prod-customer-db-1")));
    assertThat(readme)
        .contains(
            "./surfacescan path "
                + SAMPLE.vmId(named("staging-ci-runner-1"))
                + " "
                + SAMPLE.vmId(named("prod-customer-db-1")));
  }

  @Test
  void sample_givesNoWarning() {
    var ruleIds = new HashSet<String>();
    var pairs = new HashSet<List<String>>();
    for (FirewallRule rule : SAMPLE.rules()) {
      assertThat(ruleIds.add(rule.id().orElseThrow())).isTrue();
      assertThat(pairs.add(List.of(rule.sourceTag(), rule.destTag()))).isTrue();
    }
    assertThat(SAMPLE.vmsPerTag()).doesNotContain(0);
    for (int vm = 0; vm < SAMPLE.vmCount(); vm++) {
      assertThat(SAMPLE.vm(vm).tags()).isNotEmpty();
      assertThat(SAMPLE.vm(vm).name()).isPresent();
    }
  }
}
