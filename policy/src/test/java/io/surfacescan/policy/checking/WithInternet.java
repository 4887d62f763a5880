package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.testkit.RandomDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Random environments as exports make them, most of them with the internet.
final class WithInternet {
  private WithInternet() {}

  static Environment of(long seed) {
    var plain = RandomDetails.of(seed);
    var random = new SplittableRandom(seed);
    if (random.nextInt(4) == 0) {
      return plain;
    }
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      var view = plain.vm(vm);
      builder.vm(view.id(), view.name().orElse(null), view.tags());
      builder.details(vm, plain.vmDetails(vm));
    }
    var tags = new ArrayList<String>();
    for (int tag = 0; tag < plain.tagCount(); tag++) {
      String text = plain.tag(tag);
      boolean isSource = plain.rules().stream().noneMatch(rule -> rule.destTag().equals(text));
      if (isSource && random.nextBoolean()) {
        tags.add(text);
      }
    }
    addInternet(builder, plain.vmCount(), "internet", tags);
    if (random.nextBoolean()) {
      tags.removeIf(_ -> random.nextBoolean());
      addInternet(builder, plain.vmCount() + 1, "internet-ipv6", tags);
    }
    for (int rule = 0; rule < plain.ruleCount(); rule++) {
      var view = plain.rule(rule);
      builder.rule(view.id().orElse(null), view.sourceTag(), view.destTag());
      builder.details(rule, plain.ruleDetails(rule));
    }
    return builder.build();
  }

  private static void addInternet(
      EnvironmentBuilder builder, int vm, String id, List<String> tags) {
    builder.vm(id, "the internet", tags);
    builder.details(vm, new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of()));
  }
}
