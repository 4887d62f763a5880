package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEdits;
import io.surfacescan.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Attacks over new services against the services of each pair, before and after.
class NewServiceAttackTest {
  private static Services services(NaiveOracle oracle, String from, String to) {
    var environment = oracle.environment();
    var services = Services.NONE;
    if (environment.findVm(from).isPresent() && environment.findVm(to).isPresent()) {
      int source = environment.findVm(from).getAsInt();
      for (int rule : oracle.rules(source, environment.findVm(to).getAsInt())) {
        services = services.or(environment.services(rule));
      }
    }
    return services;
  }

  private static void check(Comparison comparison, Environment before, Environment after) {
    var then = NaiveOracle.of(before);
    var now = NaiveOracle.of(after);
    boolean isAny = false;
    for (int from = 0; from < after.vmCount(); from++) {
      for (int to = 0; to < after.vmCount(); to++) {
        String source = after.vmId(from);
        String target = after.vmId(to);
        isAny |= !services(now, source, target).minus(services(then, source, target)).isEmpty();
      }
    }
    var found = NewServiceAttack.find(comparison, Deadline.NONE);
    assertThat(found.isPresent()).isEqualTo(isAny);
    if (found.isPresent()) {
      var graph = comparison.after().environment();
      String source = graph.vmId(found.get().from());
      String target = graph.vmId(found.get().to());
      assertThat(
              services(now, source, target)
                  .minus(services(then, source, target))
                  .contains(found.get().services()))
          .isTrue();
      assertThat(found.get().services().isEmpty()).isFalse();
    }
  }

  @Test
  void find_isWhatPairsOfVmsSay() {
    Seeds.check(
        300,
        seed -> {
          var before = RandomDetails.of(seed);
          var graph = AttackGraph.of(before);
          // Other services and certainty of the same rules, and other VMs and rules.
          var other = RandomDetails.of(seed % 2 == 0 ? seed + 1_000_000 : seed, seed + 1);
          check(Comparison.of(graph, AttackGraph.of(other)), before, other);
          var edited = EditedEnvironment.of(before, RandomEdits.of(before, seed));
          if (edited.removedVms().isEmpty()) {
            check(Comparison.of(graph, edited), before, edited.after());
          }
        });
  }
}
