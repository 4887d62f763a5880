package io.surfacescan.bench;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/// Environments to measure on, the same in every run: those of `generate` with its usual numbers of
/// tags and rules and seed 1, and the worst that the engine knows.
public enum BenchShape {
  UNIFORM,
  LAYERED,
  CHAIN,
  CYCLES,

  /// The worst for the engine: twenty tiers, in which nearly every VM has a tag set of its own, of
  /// three random tags of its tier, and rules from random tags of each tier to the next. Nothing
  /// can be shared, components have very many neighbours, and surfaces are large.
  UNIQUE {
    @Override
    Environment environment(int vms) {
      var random = new SplittableRandom(5);
      int tagsPerTier = Math.max(10, vms / 50 / TIERS);
      var builder = new EnvironmentBuilder();
      for (int vm = 0; vm < vms; vm++) {
        int tier = random.nextInt(TIERS);
        var tags = new LinkedHashSet<String>();
        while (tags.size() < 3) {
          tags.add("tier-" + tier + "-" + random.nextInt(tagsPerTier));
        }
        builder.vm("vm-" + vm, null, List.copyOf(tags));
      }
      for (int rule = 0; rule < 5 * TIERS * tagsPerTier; rule++) {
        int tier = random.nextInt(TIERS - 1);
        builder.rule(
            "fw-" + rule,
            "tier-" + tier + "-" + random.nextInt(tagsPerTier),
            "tier-" + (tier + 1) + "-" + random.nextInt(tagsPerTier));
      }
      return builder.build();
    }
  };

  private static final int TIERS = 20;

  Environment environment(int vms) {
    var shape = Shape.valueOf(name());
    int tags = shape.usualTags(vms);
    return SeededEnvironment.of(shape, vms, tags, shape.usualRules(tags), 1).build();
  }
}
