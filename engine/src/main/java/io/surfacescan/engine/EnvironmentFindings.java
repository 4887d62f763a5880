package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.Arrays;
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
    int rules = environment.ruleCount();
    int[] vmsPerTag = environment.vmsPerTag();
    return new EnvironmentFindings(
        IntStream.range(0, rules).filter(rule -> isUnused(graph, vmsPerTag, rule)).toArray(),
        phantomTags(environment, vmsPerTag),
        IntStream.range(0, rules)
            .filter(rule -> environment.sourceTag(rule) == environment.destTag(rule))
            .toArray(),
        duplicates(graph));
  }

  private static boolean isUnused(AttackGraph graph, int[] vmsPerTag, int rule) {
    int source = graph.environment().sourceTag(rule);
    int dest = graph.environment().destTag(rule);
    if (vmsPerTag[source] == 0 || vmsPerTag[dest] == 0) {
      return true;
    }
    if (vmsPerTag[source] > 1 || vmsPerTag[dest] > 1) {
      return false;
    }
    var holders = graph.classesPerTag();
    return holders.target(holders.start(source)) == holders.target(holders.start(dest));
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

  private static int[] duplicates(AttackGraph graph) {
    var environment = graph.environment();
    int rules = environment.ruleCount();
    int tags = environment.tagCount();
    int[] sources = IntStream.range(0, rules).map(environment::sourceTag).toArray();
    int[] dests = IntStream.range(0, rules).map(environment::destTag).toArray();
    // Rules of one tag pair stand side by side, in input order.
    int[] order = CountingSort.order(sources, tags, CountingSort.order(dests, tags));
    int[] found = new int[rules];
    int count = 0;
    for (int i = 1; i < rules; i++) {
      if (sources[order[i]] == sources[order[i - 1]] && dests[order[i]] == dests[order[i - 1]]) {
        found[count++] = order[i];
      }
    }
    int[] duplicates = Arrays.copyOf(found, count);
    Arrays.sort(duplicates);
    return duplicates;
  }
}
