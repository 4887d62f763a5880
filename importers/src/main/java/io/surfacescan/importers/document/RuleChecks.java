package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_FW_ID;
import static io.surfacescan.model.ProblemKind.DUPLICATE_RULE;
import static io.surfacescan.model.ProblemKind.PHANTOM_TAG;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/// What can be said about the firewall rules only when every document is read: rules that repeat
/// another's id or tags, and rules on tags that nobody carries.
final class RuleChecks {
  /// No input can be made of rules that all collide.
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int FREE = -1;

  private final Environment environment;
  private final Spots spots;
  private final ProblemLog problems;

  /// @param spots where each rule starts
  RuleChecks(Environment environment, Spots spots, ProblemLog problems) {
    this.environment = environment;
    this.spots = spots;
    this.problems = problems;
  }

  void warnOfDuplicates() {
    warnOfDuplicateIds();
    warnOfDuplicateRules();
  }

  private void warnOfDuplicateIds() {
    var ids = environment.ruleIds();
    var first = new FirstLike(environment.ruleCount(), ids::hash, ids::compare);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (!environment.hasRuleId(rule)) {
        continue;
      }
      int earlier = first.of(rule);
      if (earlier != rule) {
        int duplicate = rule;
        problems.add(
            DUPLICATE_FW_ID,
            "fw_id",
            spots.get(rule),
            () -> "fw_id " + Shown.value(ids.get(duplicate)) + " is used twice",
            spots.get(earlier),
            "give each firewall rule its own id");
      }
    }
  }

  private void warnOfDuplicateRules() {
    var first =
        new FirstLike(
            environment.ruleCount(),
            rule -> Long.hashCode((tagPair(rule) ^ SEED) * 0x9E3779B97F4A7C15L),
            (left, right) -> Long.compare(tagPair(left), tagPair(right)));
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      int earlier = first.of(rule);
      if (earlier != rule) {
        int duplicate = rule;
        problems.add(
            DUPLICATE_RULE,
            "rule",
            spots.get(rule),
            () ->
                "the rule from "
                    + shownTag(environment.sourceTag(duplicate))
                    + " to "
                    + shownTag(environment.destTag(duplicate))
                    + " stands twice",
            spots.get(earlier),
            "remove one");
      }
    }
  }

  /// Warns once per rule. Must not be asked when a document was not understood: its VMs might carry
  /// the tags.
  void warnOfPhantomTags() {
    int[] vmsPerTag = environment.vmsPerTag();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      int source = environment.sourceTag(rule);
      int dest = environment.destTag(rule);
      boolean sourceIsCarried = vmsPerTag[source] > 0;
      boolean destIsCarried = vmsPerTag[dest] > 0;
      if (!sourceIsCarried || !destIsCarried) {
        problems.add(
            PHANTOM_TAG,
            (sourceIsCarried ? "" : source + "→") + (destIsCarried ? "" : "→" + dest),
            spots.get(rule),
            () -> phantom(source, sourceIsCarried, dest, destIsCarried),
            "correct the rule, which allows nothing, or remove it");
      }
    }
  }

  private String phantom(int source, boolean sourceIsCarried, int dest, boolean destIsCarried) {
    if (sourceIsCarried) {
      return "no VM carries the dest_tag " + shownTag(dest);
    }
    if (destIsCarried) {
      return "no VM carries the source_tag " + shownTag(source);
    }
    return source == dest
        ? "no VM carries the source_tag or the dest_tag " + shownTag(source)
        : "no VM carries the source_tag %s or the dest_tag %s"
            .formatted(shownTag(source), shownTag(dest));
  }

  private long tagPair(int rule) {
    return ((long) environment.sourceTag(rule) << 32) | environment.destTag(rule);
  }

  private String shownTag(int tag) {
    return Shown.value(environment.tag(tag));
  }

  /// Finds the first index like a given one: open addressing, asked in rising order.
  private static final class FirstLike {
    private final int[] slots;
    private final IntUnaryOperator hash;
    private final IntBinaryOperator compare;

    FirstLike(int count, IntUnaryOperator hash, IntBinaryOperator compare) {
      this.slots = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
      Arrays.fill(slots, FREE);
      this.hash = hash;
      this.compare = compare;
    }

    int of(int index) {
      int mask = slots.length - 1;
      int slot = hash.applyAsInt(index) & mask;
      for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
        if (compare.applyAsInt(slots[slot], index) == 0) {
          return slots[slot];
        }
      }
      slots[slot] = index;
      return index;
    }
  }
}
