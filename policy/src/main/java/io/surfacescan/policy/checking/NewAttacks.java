package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.GroupAttacks;
import io.surfacescan.engine.NewDirectAttack;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What two environments differ in, found once for each filter of rules. Not thread-safe.
///
/// Answers have a number for each VM after, -1 if nothing is new for it; none at all if nothing is
/// new for any.
final class NewAttacks {
  static final int NOTHING = -1;

  private static final int[] NONE = {};

  private final AttackGraph before;
  private final AttackGraph after;
  private final Deadline deadline;
  private final Map<Boolean, Comparison> comparisons = new HashMap<>();
  private final Map<RuleFilter, int[]> direct = new HashMap<>();
  private final Map<Boolean, int[]> grown = new HashMap<>();
  private final Map<Boolean, int[]> exposed = new HashMap<>();
  private int @Nullable [] vmsBefore;
  private @Nullable List<Services> parts;

  NewAttacks(AttackGraph before, AttackGraph after, Deadline deadline) {
    this.before = before;
    this.after = after;
    this.deadline = deadline;
  }

  Comparison comparison(boolean isCertain) {
    var filter = filter(isCertain);
    return comparisons.computeIfAbsent(
        isCertain, ignored -> Comparison.of(filter.apply(before), filter.apply(after)));
  }

  private static RuleFilter filter(boolean isCertain) {
    return new RuleFilter(Services.ALL, isCertain);
  }

  /// Services that the same rules let through are one part.
  List<Services> parts() {
    var all =
        parts == null ? new ServiceAtoms(before.environment(), after.environment()).all() : parts;
    parts = all;
    return all;
  }

  /// Per VM, another that can attack it directly over some services and could not.
  int[] direct(Services services, boolean isCertain) {
    return direct.computeIfAbsent(
        new RuleFilter(services, isCertain),
        ignored ->
            noneIfNothing(NewDirectAttack.attackers(comparison(isCertain), services, deadline)));
  }

  /// Per VM whose surface grew, its number in the comparison.
  int[] grown(boolean isCertain) {
    return grown.computeIfAbsent(
        isCertain,
        ignored -> {
          var compared = comparison(isCertain);
          var changes = SurfaceChanges.of(compared, 0, deadline, Progress.NONE);
          if (changes.isTruncated()) {
            throw new DeadlinePassed();
          }
          int[] found = new int[after.environment().vmCount()];
          Arrays.fill(found, NOTHING);
          for (int at = 0; at < compared.vmCount(); at++) {
            if (changes.gained(at) > 0 && compared.vm(at).isInBoth()) {
              found[compared.vm(at).after()] = at;
            }
          }
          return noneIfNothing(found);
        });
  }

  /// Per VM that the internet can attack and could not, itself.
  ///
  /// @param internet what stands for the addresses outside
  int[] exposed(boolean isCertain, BitSet internet) {
    return exposed.computeIfAbsent(
        isCertain,
        ignored -> {
          var then = new BitSet();
          internet.stream().map(this::before).filter(vm -> vm >= 0).forEach(then::set);
          var reachedThen = reached(filter(isCertain).apply(before), then);
          var reachedNow = reached(filter(isCertain).apply(after), internet);
          return noneIfNothing(
              IntStream.range(0, after.environment().vmCount())
                  .map(vm -> reachedNow.get(vm) && !isAmong(reachedThen, before(vm)) ? vm : NOTHING)
                  .toArray());
        });
  }

  private static boolean isAmong(BitSet vms, int vm) {
    return vm >= 0 && vms.get(vm);
  }

  /// The same VM before, or -1.
  int before(int vm) {
    int[] all = vmsBefore == null ? after.environment().vmsIn(before.environment()) : vmsBefore;
    vmsBefore = all;
    return all[vm];
  }

  private BitSet reached(AttackGraph graph, BitSet from) {
    var all = new BitSet();
    all.set(0, graph.environment().vmCount());
    var query = new GroupAttacks.Query(from, all, Demand.ANY_HOPS, new BitSet());
    return GroupAttacks.attacked(graph, List.of(query), deadline).getFirst();
  }

  private static int[] noneIfNothing(int[] found) {
    return Arrays.stream(found).allMatch(each -> each == NOTHING) ? NONE : found;
  }
}
