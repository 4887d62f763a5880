package io.surfacescan.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What differs between two environments in the details of VMs and rules. Immutable.
///
/// Rules with the same id and tags that differ in services or certainty are one rule that changed.
/// If rules come from real rules, tags and what joins them are made by the import and not worth a
/// word: the *real rules* are compared in their place. A real rule is in an environment if some
/// rule comes from it; two are the same if id, gate and text are, wherever they stand. A link that
/// lets through without any real rule, such as a published service, counts as one.
public final class DetailDiff {
  /// A rule that is in both environments with other services or another certainty.
  ///
  /// @param before its index before
  /// @param after its index after
  public record ChangedRule(int before, int after) {}

  /// A real rule that is in both environments and says something else.
  public record ChangedOrigin(Origin before, Origin after) {}

  private record RuleKey(Optional<String> id, String sourceTag, String destTag) {
    static RuleKey of(Environment environment, int rule) {
      var view = environment.rule(rule);
      return new RuleKey(view.id(), view.sourceTag(), view.destTag());
    }
  }

  private record OriginKey(String id, String gate, String text) {
    static OriginKey of(Origin origin) {
      return new OriginKey(origin.id(), origin.gate(), origin.text());
    }

    OriginKey withoutText() {
      return new OriginKey(id, gate, "");
    }
  }

  private static final String LINK = "link";

  private final EnvironmentDiff diff;
  private final boolean isLowered;
  private final int[] changedVms;
  private final int[] removedRules;
  private final int[] addedRules;
  private final List<ChangedRule> changedRules = new ArrayList<>();
  private final List<Origin> removedOrigins = new ArrayList<>();
  private final List<Origin> addedOrigins = new ArrayList<>();
  private final List<ChangedOrigin> changedOrigins = new ArrayList<>();

  private DetailDiff(EnvironmentDiff diff) {
    this.diff = diff;
    var originsBefore = origins(diff.before());
    var originsAfter = origins(diff.after());
    isLowered = !originsBefore.isEmpty() || !originsAfter.isEmpty();
    if (isLowered) {
      addLinks(diff.before(), originsBefore);
      addLinks(diff.after(), originsAfter);
    }
    changedVms =
        IntStream.range(0, diff.before().vmCount())
            .filter(vm -> diff.counterpart(vm) >= 0)
            .filter(vm -> !isDerived(vm) && !before(vm).equals(after(vm)))
            .toArray();
    int[] removed = plain(diff.before(), diff.removedRules());
    int[] added = plain(diff.after(), diff.addedRules());
    pairUp(removed, added);
    removedRules = without(removed, changedRules.stream().mapToInt(ChangedRule::before));
    addedRules = without(added, changedRules.stream().mapToInt(ChangedRule::after));
    compare(originsBefore, originsAfter);
  }

  /// Empty if neither environment has details. Cost: a view per rule, and one per VM that both
  /// have.
  static Optional<DetailDiff> of(EnvironmentDiff diff) {
    var before = diff.before();
    var after = diff.after();
    return before.hasVmDetails()
            || after.hasVmDetails()
            || before.hasRuleDetails()
            || after.hasRuleDetails()
        ? Optional.of(new DetailDiff(diff))
        : Optional.empty();
  }

  private static Map<OriginKey, Origin> origins(Environment environment) {
    var origins = new LinkedHashMap<OriginKey, Origin>();
    for (int rule = 0; environment.hasRuleDetails() && rule < environment.ruleCount(); rule++) {
      for (var origin : environment.ruleDetails(rule).origins()) {
        origins.putIfAbsent(OriginKey.of(origin), origin);
      }
    }
    return origins;
  }

  /// Whether the import made up what is said of a VM: which addresses outside rules tell apart.
  private boolean isDerived(int vm) {
    return isLowered
        && diff.before().vmKind(vm).isExternal()
        && diff.after().vmKind(diff.counterpart(vm)).isExternal();
  }

  private static void addLinks(Environment environment, Map<OriginKey, Origin> origins) {
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      var link = link(environment, rule);
      if (link.isPresent()) {
        var details = environment.ruleDetails(rule);
        String text =
            details.services() + details.assumed().map(why -> "; assumed: " + why).orElse("");
        var origin = new Origin(link.get(), LINK, Optional.empty(), text);
        origins.putIfAbsent(OriginKey.of(origin), origin);
      }
    }
  }

  private static Optional<String> link(Environment environment, int rule) {
    return environment.hasRuleId(rule) && environment.ruleDetails(rule).origins().isEmpty()
        ? Origin.linkOf(environment.ruleIds().get(rule))
        : Optional.empty();
  }

  private int[] plain(Environment environment, IntStream rules) {
    return rules
        .filter(rule -> environment.ruleDetails(rule).origins().isEmpty())
        .filter(rule -> !isLowered || link(environment, rule).isEmpty())
        .toArray();
  }

  private void pairUp(int[] removed, int[] added) {
    var byKey = new HashMap<RuleKey, Deque<Integer>>();
    for (int rule : added) {
      byKey.computeIfAbsent(RuleKey.of(diff.after(), rule), absent -> new ArrayDeque<>()).add(rule);
    }
    for (int rule : removed) {
      var same = byKey.get(RuleKey.of(diff.before(), rule));
      if (same != null && !same.isEmpty()) {
        changedRules.add(new ChangedRule(rule, same.remove()));
      }
    }
  }

  private static int[] without(int[] rules, IntStream others) {
    int[] sorted = others.sorted().toArray();
    return Arrays.stream(rules).filter(rule -> Arrays.binarySearch(sorted, rule) < 0).toArray();
  }

  private void compare(Map<OriginKey, Origin> before, Map<OriginKey, Origin> after) {
    var added = new LinkedHashMap<OriginKey, Deque<Origin>>();
    after.forEach((key, origin) -> {
      if (!before.containsKey(key)) {
        added.computeIfAbsent(key.withoutText(), absent -> new ArrayDeque<>()).add(origin);
      }
    });
    before.forEach((key, origin) -> {
      if (!after.containsKey(key)) {
        var same = added.get(key.withoutText());
        if (same == null || same.isEmpty()) {
          removedOrigins.add(origin);
        } else {
          changedOrigins.add(new ChangedOrigin(origin, same.remove()));
        }
      }
    });
    added.values().forEach(addedOrigins::addAll);
  }

  /// Whether rules come from real rules.
  public boolean isLowered() {
    return isLowered;
  }

  /// The VMs before that are in both and differ in kind, scope, labels or addresses; of an import
  /// without what stands for addresses outside.
  public IntStream changedVms() {
    return Arrays.stream(changedVms);
  }

  /// What a VM is before, by its index there.
  public VmDetails before(int vm) {
    return diff.before().vmDetails(vm);
  }

  /// What a VM that is in both is after, by its index before.
  public VmDetails after(int vm) {
    return diff.after().vmDetails(diff.counterpart(vm));
  }

  /// The rules that come from no real rule and differ in services or certainty.
  public List<ChangedRule> changedRules() {
    return List.copyOf(changedRules);
  }

  /// The rules before that come from no real rule and are gone.
  public IntStream removedRules() {
    return Arrays.stream(removedRules);
  }

  /// The rules after that come from no real rule and are new.
  public IntStream addedRules() {
    return Arrays.stream(addedRules);
  }

  /// The real rules before that no rule comes from any more.
  public List<Origin> removedOrigins() {
    return List.copyOf(removedOrigins);
  }

  /// The real rules after that no rule came from.
  public List<Origin> addedOrigins() {
    return List.copyOf(addedOrigins);
  }

  /// The real rules that say something else.
  public List<ChangedOrigin> changedOrigins() {
    return List.copyOf(changedOrigins);
  }

  /// Whether nothing differs of what is compared here.
  boolean isEmpty() {
    return IntStream.of(
                changedVms.length,
                removedRules.length,
                addedRules.length,
                changedRules.size(),
                removedOrigins.size(),
                addedOrigins.size(),
                changedOrigins.size())
            .sum()
        == 0;
  }
}
