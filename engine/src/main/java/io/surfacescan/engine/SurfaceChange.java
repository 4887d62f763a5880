package io.surfacescan.engine;

import java.util.Arrays;

/// What became of the attackers, or the victims, of one VM between two environments.
///
/// A VM that is not in an environment has none there, and is none's. What stands for addresses
/// outside is left out.
///
/// @param before how many there were
/// @param after how many there are
/// @param gained the ranks after of those that were none before
/// @param lost the ranks before of those that are none any more
public record SurfaceChange(ComparedVm vm, int before, int after, Ranks gained, Ranks lost) {
  /// The attack surface then and now. Cost: both surfaces and one pass over them.
  public static SurfaceChange ofAttackers(Comparison comparison, ComparedVm vm) {
    return of(comparison, vm, SurfaceChange::attackers);
  }

  /// The blast radius then and now. Cost: both radii and one pass over them.
  public static SurfaceChange ofVictims(Comparison comparison, ComparedVm vm) {
    return of(comparison, vm, SurfaceChange::victims);
  }

  /// The ranks after of the VMs that one of some VMs can attack and that none of some could before.
  /// Cost: both blast radii and one pass over them.
  ///
  /// @param before VMs before
  /// @param after VMs after
  public static Ranks newVictims(Comparison comparison, int[] before, int[] after) {
    return gained(
        comparison, victims(comparison.before(), before), victims(comparison.after(), after));
  }

  private static Ranks victims(AttackGraph graph, int[] vms) {
    return vms.length == 0
        ? Ranks.NONE
        : GroupBlastRadius.of(graph, VmGroup.of(vms)).victims().minus(graph.externals());
  }

  private interface Reach {
    Ranks of(AttackGraph graph, int vm);
  }

  static Ranks attackers(AttackGraph graph, int vm) {
    return vm < 0 ? Ranks.NONE : AttackSurface.of(graph, vm).attackers();
  }

  private static Ranks victims(AttackGraph graph, int vm) {
    return vm < 0 ? Ranks.NONE : BlastRadius.of(graph, vm).victims();
  }

  private static SurfaceChange of(Comparison comparison, ComparedVm vm, Reach reach) {
    var before = reach.of(comparison.before(), vm.before()).minus(comparison.before().externals());
    var after = reach.of(comparison.after(), vm.after()).minus(comparison.after().externals());
    return new SurfaceChange(
        vm,
        before.size(),
        after.size(),
        gained(comparison, before, after),
        gained(comparison.reversed(), after, before));
  }

  private static Ranks gained(Comparison comparison, Ranks before, Ranks after) {
    if (after.isEmpty()) {
      return Ranks.NONE;
    }
    int[] bounds = new int[16];
    int length = 0;
    for (int interval = 0; interval < after.intervalCount(); interval++) {
      for (int rank = after.from(interval); rank < after.to(interval); rank++) {
        int known = comparison.beforeOfAfter(comparison.after().vmAt(rank));
        if (known >= 0 && before.contains(comparison.before().rankOf(known))) {
          continue;
        }
        if (length > 0 && bounds[length - 1] == rank) {
          bounds[length - 1] = rank + 1;
          continue;
        }
        if (length == bounds.length) {
          bounds = Arrays.copyOf(bounds, length * 2);
        }
        bounds[length++] = rank;
        bounds[length++] = rank + 1;
      }
    }
    return Ranks.ofBounds(Arrays.copyOf(bounds, length));
  }
}
