package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.HashSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What is odd about an environment's rules and tags in themselves, whoever attacks whom. Indexes
/// ascend.
///
/// @param unusedRules rules that allow no direct attack between two different VMs
/// @param phantomTags tags that rules name and no VM carries
/// @param selfRules rules from a tag to the same tag
/// @param duplicateRules rules with the tag pair of an earlier rule
public record EnvironmentFindings(
    int[] unusedRules, int[] phantomTags, int[] selfRules, int[] duplicateRules) {
  /// Cost: one pass over the rules, and one over the tags.
  public static EnvironmentFindings of(AttackGraph graph) {
    var environment = graph.environment();
    var uses = RuleUses.of(graph);
    return new EnvironmentFindings(
        rules(environment, rule -> !uses.isUsed(rule)),
        phantomTags(environment, environment.vmsPerTag()),
        rules(environment, rule -> environment.sourceTag(rule) == environment.destTag(rule)),
        duplicates(environment, uses));
  }

  private static int[] rules(Environment environment, IntPredicate test) {
    return IntStream.range(0, environment.ruleCount()).filter(test).toArray();
  }

  private static int[] phantomTags(Environment environment, int[] vmsPerTag) {
    boolean[] phantom = new boolean[environment.tagCount()];
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      for (int tag : new int[] {environment.sourceTag(rule), environment.destTag(rule)}) {
        phantom[tag] = vmsPerTag[tag] == 0;
      }
    }
    return IntStream.range(0, phantom.length).filter(tag -> phantom[tag]).toArray();
  }

  private static int[] duplicates(Environment environment, RuleUses uses) {
    var pairs = new HashSet<Long>();
    return rules(
        environment,
        rule ->
            uses.parallel(rule) > 0
                && !pairs.add(
                    (long) environment.sourceTag(rule) << 32 | environment.destTag(rule)));
  }
}
