package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.reachability.lowering.RuleRemovals;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is worked out anew without a rule is what the whole would come to.
class RuleRemovalsTest {
  private static final List<Services> ASKED =
      List.of(Services.ALL, Services.parse("tcp/443").orElseThrow());

  @Test
  void without_isWhatTheWholeModelComesToWithoutTheRule() {
    var counts = new long[2];
    Seeds.check(
        300,
        seed -> {
          var lowered = Lowering.of(RandomWorlds.of(seed));
          var asked = ASKED.get(seed % 3 == 0 ? 1 : 0);
          var check =
              RemovalsByWholeLowering.check(lowered, asked, seed % 2 == 0, Integer.MAX_VALUE, seed);
          counts[0] += check.rules();
          counts[1] += check.lost();
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("rules").isGreaterThan(1_000);
      assertThat(counts[1]).as("attackers lost").isGreaterThan(500);
    }
  }

  /// A deadline is heeded within a single rule's work, and the work can be taken up again.
  @Test
  void check_mayGiveUpAnywhere() {
    var lowered = Lowering.of(RandomWorlds.of(7));
    String id = lowered.model().ruleIds().iterator().next();
    int[] steps = new int[2];
    var counting = RuleRemovals.of(lowered, Services.ALL, true, () -> steps[0]++);
    int begun = steps[0];
    counting.without(id).attackers(0);
    int all = steps[0];
    assertThat(begun).isGreaterThan(3);
    assertThat(all).isGreaterThan(begun);
    for (int last = 0; last < all; last++) {
      int most = last;
      steps[1] = 0;
      assertThatThrownBy(() ->
              RuleRemovals.of(
                      lowered,
                      Services.ALL,
                      true,
                      () -> {
                        if (steps[1]++ == most) {
                          throw new IllegalStateException("time is up");
                        }
                      })
                  .without(id)
                  .attackers(0))
          .hasMessage("time is up");
    }
  }
}
