package io.surfacescan.spark;

import io.surfacescan.model.Environment;
import java.io.Serializable;
import java.util.stream.IntStream;

/// The tags of rules by their numbers in [NamedTags], on their way to tasks.
record RulePairs(int[] sources, int[] dests) implements Serializable {
  static RulePairs of(Environment rules) {
    return new RulePairs(
        IntStream.range(0, rules.ruleCount()).map(rules::sourceTag).toArray(),
        IntStream.range(0, rules.ruleCount()).map(rules::destTag).toArray());
  }

  int count() {
    return sources.length;
  }
}
