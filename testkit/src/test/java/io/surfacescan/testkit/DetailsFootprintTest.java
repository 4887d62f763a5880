package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import org.junit.jupiter.api.Test;

class DetailsFootprintTest {
  private static final int ROWS = 10_000;
  private static final Services SSH = Services.parse("tcp/22").orElseThrow();

  /// Columns that no row fills are not there.
  @Test
  void environmentWithoutDetails_keepsNothingForThem() {
    var plain = environment(0);
    var withNone = environment(1);
    assertThat(Footprint.bytesOf(withNone)).isEqualTo(Footprint.bytesOf(plain));
    // Ids of 5 to 8 bytes with their ends and slots, list numbers, tags of rules: no more columns.
    assertThat(Footprint.bytesOf(plain) / ROWS).isLessThan(75);
  }

  @Test
  void oneServiceOnEveryRule_costsFourBytesARule() {
    long more = Footprint.bytesOf(environment(2)) - Footprint.bytesOf(environment(0));
    assertThat(more).isBetween(4L * ROWS, 4L * ROWS + 400);
  }

  /// @param details 0: none are set; 1: empty ones are; 2: all rules have one service
  private static Environment environment(int details) {
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < ROWS; i++) {
      builder.vm("vm-" + i, "a");
      builder.rule("fw-" + i, "a", "b");
      if (details == 1) {
        builder.details(i, VmDetails.NONE);
      }
      if (details > 0) {
        builder.details(i, details == 1 ? RuleDetails.NONE : RuleDetails.of(SSH));
      }
    }
    return builder.build();
  }
}
