package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import io.surfacescan.testkit.Footprint;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a served environment holds in memory, in bytes a VM: columns, graph and escaped ids.
class StructureSizeTest {
  private static final int VMS = 100_000;

  /// What the README promises of a million VMs; 107 when this was written.
  private static final double COMPANY_BYTES_MOST = 128;

  /// 196 when this was written, 42 of them stored sets up to their budget.
  private static final double UNSHARED_BYTES_MOST = 235;

  private static double bytesPerVm(Environment environment) {
    var graph = AttackGraph.of(environment);
    return Footprint.bytesOf(environment, graph, IdArena.of(graph)) / (double) VMS;
  }

  private static void assertAtMost(double most, Environment environment) {
    assertThat(bytesPerVm(environment))
        .as("bytes a VM, all structures together")
        .isBetween(50.0, most);
  }

  @Test
  void servedEnvironment_ofACompany_isSmall() {
    int tags = Shape.LAYERED.usualTags(VMS);
    int rules = Shape.LAYERED.usualRules(tags);
    assertAtMost(
        COMPANY_BYTES_MOST, SeededEnvironment.of(Shape.LAYERED, VMS, tags, rules, 1).build());
  }

  @Test
  void servedEnvironment_inWhichNothingIsShared_isSmallEnough() {
    assertAtMost(UNSHARED_BYTES_MOST, tiered());
  }

  /// Nearly every VM has a tag set of its own, of three tags of its tier; rules lead from tier to
  /// tier.
  private static Environment tiered() {
    int tiers = 20;
    int tagsPerTier = VMS / 50 / tiers;
    var random = new SplittableRandom(5);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < VMS; vm++) {
      String tier = "tier-" + random.nextInt(tiers) + "-";
      var tags = new LinkedHashSet<String>();
      while (tags.size() < 3) {
        tags.add(tier + random.nextInt(tagsPerTier));
      }
      builder.vm("vm-" + vm, null, tags);
    }
    for (int rule = 0; rule < 5 * tiers * tagsPerTier; rule++) {
      int tier = random.nextInt(tiers - 1);
      builder.rule(
          "fw-" + rule,
          "tier-" + tier + "-" + random.nextInt(tagsPerTier),
          "tier-" + (tier + 1) + "-" + random.nextInt(tagsPerTier));
    }
    return builder.build();
  }
}
