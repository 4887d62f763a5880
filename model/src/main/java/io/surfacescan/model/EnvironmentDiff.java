package io.surfacescan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What differs between the facts of two environments, by index, each in input order.
///
/// VMs are the same if their ids are, tags if their texts are. Rules have no identity but what they
/// say: they are the same if id, both tags, services and certainty are, and of equal rules as many
/// are the same as both environments have, the first ones. Immutable.
public final class EnvironmentDiff {
  private final Environment before;
  private final Environment after;

  /// Per VM before, the VM after, or less than 0.
  private final int[] counterparts;

  private final int[] removedVms;
  private final int[] addedVms;
  private final int[] retaggedVms;
  private final int[] renamedVms;
  private final int[] removedRules;
  private final int[] addedRules;
  private final int[] removedTags;
  private final int[] addedTags;
  private final Optional<DetailDiff> details;

  private EnvironmentDiff(Environment before, Environment after) {
    this.before = before;
    this.after = after;
    counterparts = new int[before.vmCount()];
    Arrays.setAll(counterparts, vm -> after.findVm(before.vmId(vm)).orElse(-1));
    removedVms = vmsBefore().filter(vm -> counterparts[vm] < 0).toArray();
    addedVms = addedVms(after, counterparts);
    int[] tagAfter = new int[before.tagCount()];
    Arrays.setAll(tagAfter, tag -> after.findTag(before.tag(tag)).orElse(-1));
    retaggedVms =
        vmsBefore().filter(vm -> counterparts[vm] >= 0 && !sameTags(vm, tagAfter)).toArray();
    renamedVms =
        vmsBefore()
            .filter(vm ->
                counterparts[vm] >= 0 && !before.vmName(vm).equals(after.vmName(counterparts[vm])))
            .toArray();
    removedRules = surplus(before, after);
    addedRules = surplus(after, before);
    removedTags = missing(before, after);
    addedTags = missing(after, before);
    details = DetailDiff.of(this);
  }

  /// Cost: a look-up per VM and tag, and a view per rule.
  public static EnvironmentDiff of(Environment before, Environment after) {
    return new EnvironmentDiff(before, after);
  }

  private IntStream vmsBefore() {
    return IntStream.range(0, counterparts.length);
  }

  private static int[] addedVms(Environment after, int[] counterparts) {
    boolean[] known = new boolean[after.vmCount()];
    for (int vm : counterparts) {
      if (vm >= 0) {
        known[vm] = true;
      }
    }
    return IntStream.range(0, known.length).filter(vm -> !known[vm]).toArray();
  }

  /// Lists have no duplicates, so one that holds all tags of another as long holds no others.
  private boolean sameTags(int vm, int[] tagAfter) {
    var lists = before.tagLists();
    var listsAfter = after.tagLists();
    int list = before.tagListOf(vm);
    int listAfter = after.tagListOf(counterparts[vm]);
    if (lists.length(list) != listsAfter.length(listAfter)) {
      return false;
    }
    for (int i = 0; i < lists.length(list); i++) {
      int tag = tagAfter[lists.value(lists.start(list) + i)];
      if (tag != listsAfter.value(listsAfter.start(listAfter) + i)
          && !listsAfter.contains(listAfter, tag)) {
        return false;
      }
    }
    return true;
  }

  /// The rules of one environment that go beyond what the other has of their kind.
  private static int[] surplus(Environment environment, Environment other) {
    Map<FirewallRule, Integer> left = new HashMap<>();
    for (int rule = 0; rule < other.ruleCount(); rule++) {
      left.merge(other.rule(rule), 1, Integer::sum);
    }
    return IntStream.range(0, environment.ruleCount())
        .filter(rule -> left.merge(environment.rule(rule), -1, Integer::sum) < 0)
        .toArray();
  }

  private static int[] missing(Environment environment, Environment other) {
    return IntStream.range(0, environment.tagCount())
        .filter(tag -> other.findTag(environment.tag(tag)).isEmpty())
        .toArray();
  }

  public Environment before() {
    return before;
  }

  public Environment after() {
    return after;
  }

  /// What differs in details, if one of them has any.
  public Optional<DetailDiff> details() {
    return details;
  }

  /// The VM after that a VM before is, or less than 0.
  int counterpart(int vm) {
    return counterparts[vm];
  }

  /// The VMs before whose ids are gone.
  public IntStream removedVms() {
    return Arrays.stream(removedVms);
  }

  /// The VMs after whose ids are new.
  public IntStream addedVms() {
    return Arrays.stream(addedVms);
  }

  /// The VMs before that carry other tags after; the order of tags does not matter.
  public IntStream retaggedVms() {
    return Arrays.stream(retaggedVms);
  }

  /// The tags that a retagged VM, by its index before, carries no more.
  public List<String> tagsRemovedFrom(int vm) {
    var tags = new ArrayList<>(before.vm(vm).tags());
    tags.removeAll(after.vm(counterparts[vm]).tags());
    return tags;
  }

  /// The tags that a retagged VM, by its index before, did not carry before.
  public List<String> tagsAddedTo(int vm) {
    var tags = new ArrayList<>(after.vm(counterparts[vm]).tags());
    tags.removeAll(before.vm(vm).tags());
    return tags;
  }

  /// The VMs before that have another name after; having none is a name of its own.
  public IntStream renamedVms() {
    return Arrays.stream(renamedVms);
  }

  /// The name after of a VM that is in both, by its index before.
  public Optional<String> nameAfter(int vm) {
    return after.vmName(counterparts[vm]);
  }

  public IntStream removedRules() {
    return Arrays.stream(removedRules);
  }

  public IntStream addedRules() {
    return Arrays.stream(addedRules);
  }

  /// The tags before that no VM carries and no rule names after.
  public IntStream removedTags() {
    return Arrays.stream(removedTags);
  }

  /// The tags after that no VM carried and no rule named before.
  public IntStream addedTags() {
    return Arrays.stream(addedTags);
  }

  /// Whether the two say the same, whatever the order in which they say it; of an import, without
  /// the tags that it made.
  public boolean isEmpty() {
    if (details.isPresent() && details.get().isLowered()) {
      return removedVms.length + addedVms.length + renamedVms.length == 0
          && details.get().isEmpty();
    }
    boolean sameDetails = details.isEmpty() || details.get().isEmpty();
    return sameDetails && hasSameFacts();
  }

  private boolean hasSameFacts() {
    return IntStream.of(
                removedVms.length,
                addedVms.length,
                retaggedVms.length,
                renamedVms.length,
                removedRules.length,
                addedRules.length)
            .sum()
        == 0;
  }
}
