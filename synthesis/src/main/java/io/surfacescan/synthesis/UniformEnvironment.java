package io.surfacescan.synthesis;

import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.List;
import java.util.Optional;

/// [Shape#UNIFORM].
final class UniformEnvironment extends SeededEnvironment {
  private static final int FIRST_TAGS = OWN;
  private static final int PAIRS = OWN + 1;
  private static final int THIRD = OWN + 2;
  private static final int OTHERS = OWN + 3;

  private final Permutation firstTags;
  private final Permutation pairs;

  UniformEnvironment(int vms, int tags, int rules, long seed) {
    super(vms, tags, rules, seed);
    require(tags <= 2L * vms, "uniform takes at most 2 tags per VM: " + tags + " for " + vms);
    require(
        rules <= (long) tags * tags,
        "uniform has at most " + (long) tags * tags + " rules on " + tags + " tags, not " + rules);
    firstTags = new Permutation(tags, draws.word(FIRST_TAGS, 0));
    pairs = new Permutation((long) tags * tags, draws.word(PAIRS, 0));
  }

  @Override
  public Vm vm(int index) {
    int count = Math.min(tagCount(), 2 + draws.below(2, THIRD, index));
    int first = dealt(index, index);
    int second = first;
    int third = first;
    if (count > 1) {
      second = dealt(index, (long) vmCount() + index);
      for (int attempt = 0; second == first; attempt++) {
        second = random(index, attempt);
      }
    }
    if (count > 2) {
      third = random(index, -1);
      for (int attempt = 0; third == first || third == second; attempt++) {
        third = random(index, -2 - attempt);
      }
    }
    return new Vm(
        vmId(index),
        Optional.of("host-" + padded(index, digits(vmCount()))),
        switch (count) {
          case 1 -> List.of(tag(first));
          case 2 -> List.of(tag(first), tag(second));
          default -> List.of(tag(first), tag(second), tag(third));
        });
  }

  /// The VMs' first tags, then their second ones, take every tag once before chance comes in: no
  /// tag is left out.
  private int dealt(int vm, long place) {
    return place < tagCount() ? (int) firstTags.at(place) : random(vm, place);
  }

  private int random(int vm, long attempt) {
    return draws.below(tagCount(), OTHERS, draws.word(OTHERS, vm) + attempt);
  }

  @Override
  public FirewallRule rule(int index) {
    long pair = pairs.at(index);
    return rule(index, tag((int) (pair / tagCount())), tag((int) (pair % tagCount())));
  }

  private String tag(int tag) {
    return "tag-" + padded(tag, digits(tagCount()));
  }
}
