package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The pairs of tags that the rules of an environment join, live or not.
///
/// @param sorted each as source tag << 32 | destination tag, ascending; repeats may stand
record TagPairs(long[] sorted) {
  static TagPairs of(Environment environment) {
    long[] pairs = new long[environment.ruleCount()];
    Arrays.setAll(
        pairs, rule -> JointClasses.pair(environment.sourceTag(rule), environment.destTag(rule)));
    Arrays.sort(pairs);
    return new TagPairs(pairs);
  }

  /// The pairs that some of the rules join.
  static TagPairs of(Environment environment, IntPredicate rules) {
    return new TagPairs(
        IntStream.range(0, environment.ruleCount())
            .filter(rules)
            .mapToLong(
                rule -> JointClasses.pair(environment.sourceTag(rule), environment.destTag(rule)))
            .sorted()
            .toArray());
  }

  boolean contains(int sourceTag, int destTag) {
    return Arrays.binarySearch(sorted, JointClasses.pair(sourceTag, destTag)) >= 0;
  }

  /// Says something about a pair.
  @FunctionalInterface
  interface Condition {
    boolean holds(int sourceTag, int destTag);
  }

  boolean anyMatch(Condition condition) {
    for (long pair : sorted) {
      if (condition.holds(JointClasses.left(pair), JointClasses.right(pair))) {
        return true;
      }
    }
    return false;
  }
}
