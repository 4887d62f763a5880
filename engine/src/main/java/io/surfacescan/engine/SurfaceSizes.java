package io.surfacescan.engine;

import java.util.Arrays;

/// How many VMs attack each VM, and how many each VM attacks: exact, for all VMs at once. What
/// stands for addresses outside is not counted, but has sizes of its own.
///
/// Sizes are found per in-atom and per out-atom. Where the ancestors of an in-atom are stored as
/// intervals of out-atoms, its attackers are a sum over them, and the out-atoms that they cover get
/// one more victim for each of its VMs: a difference per interval end, summed up once at the end.
/// What is not stored goes through [SizesByBlock].
public final class SurfaceSizes {
  private static final int STEPS_PER_DEADLINE = 1 << 12;

  private final AttackGraph graph;

  /// Per in-atom, the VMs that attack it, its own among them if they do.
  private final int[] attackers;

  /// Per out-atom, the VMs that it attacks, its own among them if it does.
  private final int[] victims;

  private SurfaceSizes(AttackGraph graph, int[] attackers, int[] victims) {
    this.graph = graph;
    this.attackers = attackers;
    this.victims = victims;
  }

  /// Cost: the intervals of all surfaces; of those that are not stored, a walk over all components
  /// per 4,096 of them and one per 4,096 out-atoms, on all processors.
  ///
  /// @throws DeadlinePassed if it does
  public static SurfaceSizes of(AttackGraph graph, Deadline deadline, Progress progress) {
    return new Counting(graph, deadline).count(progress);
  }

  /// The size of the VM's attack surface.
  public int attackers(int vm) {
    int vmClass = graph.classOf(vm);
    return attackers[graph.inAtoms().ofClass()[vmClass]] - itself(vm, vmClass);
  }

  /// The size of the VM's blast radius.
  public int victims(int vm) {
    int vmClass = graph.classOf(vm);
    return victims[graph.outAtoms().ofClass()[vmClass]] - itself(vm, vmClass);
  }

  /// The number of pairs of an attacker and a VM that it attacks.
  public long pairs() {
    long pairs = 0;
    for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
      int itself = graph.reachesItself(vmClass) ? 1 : 0;
      pairs +=
          (long) graph.counted(vmClass) * (attackers[graph.inAtoms().ofClass()[vmClass]] - itself);
    }
    return pairs;
  }

  private int itself(int vm, int vmClass) {
    return graph.reachesItself(vmClass) && !graph.isExternal(vm) ? 1 : 0;
  }

  private static final class Counting {
    private final AttackGraph graph;
    private final Deadline deadline;
    private final Ancestors ancestors;

    /// Per in-atom, its VMs.
    private final int[] vmsOfInAtom;

    private final int[] attackers;

    /// Per out-atom, by how much its victims differ from those of the one before.
    private final int[] victimsMore;

    Counting(AttackGraph graph, Deadline deadline) {
      this.graph = graph;
      this.deadline = deadline;
      this.ancestors = graph.ancestors();
      this.vmsOfInAtom = graph.vmsOfInAtom();
      this.attackers = new int[vmsOfInAtom.length];
      this.victimsMore = new int[graph.outAtoms().size() + 1];
    }

    SurfaceSizes count(Progress progress) {
      var rest = new int[attackers.length];
      int restCount = 0;
      var components = graph.inAtoms().components();
      int[] vmsOfSet = new int[ancestors.setCount()];
      for (int inAtom = 0; inAtom < attackers.length; inAtom++) {
        if (inAtom % STEPS_PER_DEADLINE == 0) {
          deadline.check();
        }
        if (ancestors.isOneSet(components, inAtom)) {
          vmsOfSet[ancestors.setOf(components, inAtom)] += vmsOfInAtom[inAtom];
        } else if (ancestors.isStored(components, inAtom)) {
          int[] bounds = ancestors.reaching(components, inAtom);
          attackers[inAtom] = count(bounds, 0, bounds.length, vmsOfInAtom[inAtom]);
        } else {
          rest[restCount++] = inAtom;
        }
      }
      countSets(vmsOfSet);
      int[] victims = new int[graph.outAtoms().size()];
      int sum = 0;
      for (int outAtom = 0; outAtom < victims.length; outAtom++) {
        sum += victimsMore[outAtom];
        victims[outAtom] = sum;
      }
      new SizesByBlock(graph, vmsOfInAtom, deadline, progress)
          .count(Arrays.copyOf(rest, restCount), attackers, victims);
      return new SurfaceSizes(graph, attackers, victims);
    }

    private void countSets(int[] vmsOfSet) {
      int[] attackersOfSet = new int[vmsOfSet.length];
      for (int set = 0; set < vmsOfSet.length; set++) {
        attackersOfSet[set] =
            count(ancestors.pool(), ancestors.setStart(set), ancestors.setEnd(set), vmsOfSet[set]);
      }
      var components = graph.inAtoms().components();
      for (int inAtom = 0; inAtom < attackers.length; inAtom++) {
        if (ancestors.isOneSet(components, inAtom)) {
          attackers[inAtom] = attackersOfSet[ancestors.setOf(components, inAtom)];
        }
      }
    }

    /// The VMs in intervals of out-atoms, each of which gets so many victims more.
    private int count(int[] bounds, int start, int end, int vms) {
      int size = 0;
      for (int i = start; i < end; i += 2) {
        size += graph.countedOfOutAtoms(bounds[i], bounds[i + 1]);
        victimsMore[bounds[i]] += vms;
        victimsMore[bounds[i + 1]] -= vms;
      }
      return size;
    }
  }
}
