package io.surfacescan.importers.document;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntToLongFunction;

/// The firewall rules that share their `fw_id` with others, in groups of one `fw_id` each.
///
/// Exporters write a rule with several tags as several rules, one for each pair: `[a, b] → [c, d]`
/// becomes `a → c`, `a → d`, `b → c` and `b → d`. Such a group is an *expansion*: its pairs are all
/// of its source tags with all of its dest tags. They are if there are as many different pairs as
/// source tags times dest tags, because there cannot be more.
///
/// Takes time and memory linear in the number of rules.
final class SharedRuleIds {
  private static final int NONE = -1;

  private final Environment environment;

  /// The group of each rule, from 1; 0 for a rule without an `fw_id` or with one of its own.
  private final int[] groupOf;

  private int groups;
  private int members;

  SharedRuleIds(Environment environment) {
    this.environment = environment;
    this.groupOf = new int[environment.ruleCount()];
    group();
  }

  private void group() {
    var ids = environment.ruleIds();
    var first = new FirstLike(groupOf.length, ids::hash, ids::compare);
    for (int rule = 0; rule < groupOf.length; rule++) {
      int earlier = environment.hasRuleId(rule) ? first.of(rule) : rule;
      if (earlier != rule) {
        if (groupOf[earlier] == 0) {
          groupOf[earlier] = ++groups;
          members++;
        }
        groupOf[rule] = groupOf[earlier];
        members++;
      }
    }
  }

  /// Hears of two rules that share an id.
  @FunctionalInterface
  interface Listener {
    /// Called once for each group.
    ///
    /// @param rule the first with another pair of tags than `first`
    void different(int first, int rule);
  }

  /// Names each group that is no expansion, in the order of its second place.
  void forEachThatIsNoExpansion(Listener listener) {
    if (groups == 0) {
      return;
    }
    BitSet open = thoseThatAreNoExpansion();
    int[] firsts = new int[groups + 1];
    Arrays.fill(firsts, NONE);
    for (int rule = 0; rule < groupOf.length; rule++) {
      int group = groupOf[rule];
      if (!open.get(group)) {
        continue;
      }
      if (firsts[group] == NONE) {
        firsts[group] = rule;
      } else if (tagPair(environment, rule) != tagPair(environment, firsts[group])) {
        listener.different(firsts[group], rule);
        open.clear(group);
      }
    }
  }

  private BitSet thoseThatAreNoExpansion() {
    int[] sources = differentIn(environment::sourceTag);
    int[] dests = differentIn(environment::destTag);
    int[] pairs = differentIn(rule -> tagPair(environment, rule));
    var found = new BitSet();
    for (int group = 1; group <= groups; group++) {
      found.set(group, pairs[group] < (long) sources[group] * dests[group]);
    }
    return found;
  }

  /// How many different values the rules of each group have.
  private int[] differentIn(IntToLongFunction value) {
    int[] counts = new int[groups + 1];
    var first =
        new FirstLike(
            members,
            rule -> FirstLike.hash(groupOf[rule], value.applyAsLong(rule)),
            (left, right) ->
                groupOf[left] == groupOf[right]
                    ? Long.compare(value.applyAsLong(left), value.applyAsLong(right))
                    : Integer.compare(groupOf[left], groupOf[right]));
    for (int rule = 0; rule < groupOf.length; rule++) {
      if (groupOf[rule] != 0 && first.of(rule) == rule) {
        counts[groupOf[rule]]++;
      }
    }
    return counts;
  }

  /// Both tags of a rule in one number.
  static long tagPair(Environment environment, int rule) {
    return ((long) environment.sourceTag(rule) << 32) | environment.destTag(rule);
  }
}
