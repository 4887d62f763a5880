package io.surfacescan.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// How the surfaces of all VMs differ between two environments: exact numbers for each.
///
/// A *pair* is an attacker and a VM that it can attack, by their ids; it is in an environment if
/// both VMs are there and the one can attack the other. A VM *changed* if it is in both
/// environments and its attackers are not the same ones, however many. What stands for addresses
/// outside counts as not there, on the side on which it does.
///
/// If one environment has nothing that the other has not, no surface both grew and shrank, and the
/// sizes of both say all ([SurfaceSizes]). Else [SuspectedClasses] are compared bit by bit
/// ([ChangesByBlock]).
public final class SurfaceChanges {
  /// What became of the surface of a VM that is in both environments.
  public record Change(
      ComparedVm vm, int attackersBefore, int attackersAfter, int gained, int lost) {}

  private final Comparison comparison;
  private final SurfaceSizes sizesBefore;

  /// Per joint class, the attackers that each of its VMs gained, or [ChangesByBlock#UNKNOWN].
  private final int[] gained;

  private final int[] lost;
  private final List<Change> worst;
  private long pairsGained;
  private long pairsLost;
  private int grown;
  private int shrunk;
  private int changed;
  private int unknown;

  private SurfaceChanges(
      Comparison comparison, SurfaceSizes sizesBefore, int[] gained, int[] lost, int worstMost) {
    this.comparison = comparison;
    this.sizesBefore = sizesBefore;
    this.gained = gained;
    this.lost = lost;
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(vm -> (long) gained(vm) + lost(vm))
            .thenComparingInt(this::gained)
            .thenComparing(Comparator.reverseOrder());
    var queue = new PriorityQueue<>(order);
    for (int vm = 0; vm < comparison.vmCount(); vm++) {
      if (count(vm) && worstMost > 0) {
        queue.add(vm);
        if (queue.size() > worstMost) {
          queue.remove();
        }
      }
    }
    this.worst = queue.stream().sorted(order.reversed()).map(this::change).toList();
  }

  /// Compares all surfaces.
  ///
  /// Cost: the sizes before, and either the sizes after or, of the surfaces that may have changed,
  /// a walk over the components of both graphs per 4,096 of them, on all processors.
  ///
  /// @param worstMost how many of the VMs that changed most to keep
  /// @param deadline when it passes, what is known by then is the answer, which [#isTruncated]
  /// @throws DeadlinePassed if not even the sizes were found
  public static SurfaceChanges of(
      Comparison comparison, int worstMost, Deadline deadline, Progress progress) {
    int[] gained = new int[comparison.classes().size()];
    int[] lost = new int[gained.length];
    var before = SurfaceSizes.of(comparison.before(), deadline, Progress.NONE);
    boolean adds = comparison.addsAnything();
    boolean removes = comparison.reversed().addsAnything();
    if (adds && removes) {
      new ChangesByBlock(comparison, gained, lost, deadline, progress)
          .count(SuspectedClasses.of(comparison));
    } else if (adds || removes) {
      var after = SurfaceSizes.of(comparison.after(), deadline, progress);
      Arrays.setAll(gained, joint -> Math.max(0, growth(comparison, joint, before, after)));
      Arrays.setAll(lost, joint -> Math.max(0, -growth(comparison, joint, before, after)));
    }
    return new SurfaceChanges(comparison, before, gained, lost, worstMost);
  }

  private static int growth(
      Comparison comparison, int joint, SurfaceSizes before, SurfaceSizes after) {
    var vm = comparison.vm(comparison.classes().first()[joint]);
    return (comparison.isCountedAfter(joint) ? after.attackers(vm.after()) : 0)
        - (comparison.isCountedBefore(joint) ? before.attackers(vm.before()) : 0);
  }

  /// Counts a compared VM; says whether it is known to have changed.
  private boolean count(int compared) {
    if (gained(compared) == ChangesByBlock.UNKNOWN) {
      unknown++;
      return false;
    }
    pairsGained += gained(compared);
    pairsLost += lost(compared);
    int joint = comparison.classes().ofVm()[compared];
    if (!comparison.isCountedBefore(joint) || !comparison.isCountedAfter(joint)) {
      return false;
    }
    grown += gained(compared) > 0 ? 1 : 0;
    shrunk += lost(compared) > 0 ? 1 : 0;
    boolean differs = gained(compared) > 0 || lost(compared) > 0;
    changed += differs ? 1 : 0;
    return differs;
  }

  private Change change(int compared) {
    var vm = comparison.vm(compared);
    int before = sizesBefore.attackers(vm.before());
    int after = before + gained(compared) - lost(compared);
    return new Change(vm, before, after, gained(compared), lost(compared));
  }

  /// The attackers after that a compared VM had not before, or -1 if the deadline passed before
  /// they were counted.
  public int gained(int compared) {
    return gained[comparison.classes().ofVm()[compared]];
  }

  /// The attackers before that a compared VM has no more, or -1 if the deadline passed before they
  /// were counted.
  public int lost(int compared) {
    return lost[comparison.classes().ofVm()[compared]];
  }

  /// Whether the deadline passed before all surfaces were compared: then the counts of gained and
  /// lost pairs and of VMs are those of the VMs compared, and less than the truth.
  public boolean isTruncated() {
    return unknown > 0;
  }

  /// The VMs whose surfaces were not compared.
  public int unknownVms() {
    return unknown;
  }

  public long pairsBefore() {
    return sizesBefore.pairs();
  }

  /// The pairs after; without meaning if the answer [#isTruncated].
  public long pairsAfter() {
    return pairsBefore() + pairsGained - pairsLost;
  }

  /// The pairs after that were none before.
  public long pairsGained() {
    return pairsGained;
  }

  /// The pairs before that are none any more.
  public long pairsLost() {
    return pairsLost;
  }

  /// The VMs in both environments that gained attackers.
  public int grownVms() {
    return grown;
  }

  /// The VMs in both environments that lost attackers.
  public int shrunkVms() {
    return shrunk;
  }

  /// The VMs in both environments that gained or lost attackers.
  public int changedVms() {
    return changed;
  }

  /// The VMs in both environments that gained and lost the most attackers together; of equals those
  /// that gained more, then those that stand first in the input before.
  public List<Change> worst() {
    return worst;
  }
}
