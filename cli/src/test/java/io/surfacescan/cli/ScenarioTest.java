package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Scenario;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The answers worked out by hand in the scenario folders, asked for on the command line.
class ScenarioTest {
  private static final String ALL = "io.surfacescan.testkit.Scenario#all";
  private static final JsonFactory JSON = new JsonFactory();

  @ParameterizedTest
  @MethodSource(ALL)
  void attack_namesTheAttackers_ofEveryVm(Scenario scenario) {
    for (String vm : scenario.attackers().keySet()) {
      assertThat(ids(ask(scenario, "attack", "-o", "json", "--data", "-", "--", vm)))
          .isEqualTo(new TreeSet<>(scenario.surface(vm)));
      assertThat(
              ids(
                  ask(
                      scenario,
                      "attack",
                      "-o",
                      "json",
                      "--max-hops",
                      "1",
                      "--data",
                      "-",
                      "--",
                      vm)))
          .isEqualTo(new TreeSet<>(scenario.attackersWithin(vm, 1)));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void attackWhy_tellsTheHopsOfEachAttacker(Scenario scenario) {
    for (String vm : scenario.attackers().keySet()) {
      var hops = new TreeMap<String, Integer>();
      String json = ask(scenario, "attack", "--why", "-o", "json", "--data", "-", "--", vm);
      try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
        String attacker = "";
        while (parser.nextToken() != null) {
          if (parser.currentToken() == JsonToken.VALUE_STRING
              && "vm_id".equals(parser.currentName())) {
            attacker = parser.getString();
          } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            hops.put(attacker, parser.getIntValue());
          }
        }
      }
      assertThat(hops).isEqualTo(scenario.attackers().get(vm));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void attack_ofAnUnknownVm_isNotFound(Scenario scenario) {
    for (String vm : scenario.unknown()) {
      if (scenario.environment().vmsNamed(vm, 1).length > 0) {
        continue; // It is the name of a VM, which this verb takes too.
      }
      var outcome = new Trial().in(scenario.document()).run("attack", "--data", "-", "--", vm);
      assertThat(outcome.exit()).isEqualTo(4);
      assertThat(outcome.out()).isEmpty();
    }
  }

  private static String ask(Scenario scenario, String... arguments) {
    var outcome = new Trial().in(scenario.document()).run(arguments);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private static Set<String> ids(String json) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      var ids = new TreeSet<String>();
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          assertThat(ids.add(parser.getString())).isTrue();
        }
      }
      return ids;
    }
  }
}
