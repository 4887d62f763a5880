package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.stream.IntStream;

/// An environment of which only the classes are known, compiled for the sizes of surfaces: how many
/// VMs attack each VM of a class, and how far they are. VMs alike are a number, so a fleet of any
/// size takes the memory of its classes.
///
/// A class is named by the number of its VM in the environment that it was made of. Classes may
/// have the same tags: each VM is counted in its own.
///
/// Example: classes a{x} of 3 VMs and b{y} of 2, rules x -> y and y -> y. Each VM of b has 4
/// attackers: those of a, and the other one of b.
public final class ClassGraph {
  private final AttackGraph graph;
  private final int[] vms;

  ClassGraph(AttackGraph graph, int[] vms) {
    this.graph = graph;
    this.vms = vms;
  }

  /// The environment with one VM for each class.
  public Environment environment() {
    return graph.environment();
  }

  /// How many classes there are.
  public int size() {
    return vms.length;
  }

  /// How many VMs the class has.
  public int vms(int vmClass) {
    return vms[vmClass];
  }

  /// How exposed each VM of a class is, without what stands for addresses outside.
  ///
  /// @param attackers VMs that can attack it
  /// @param directAttackers those that can in one hop
  /// @param victims VMs that it can attack
  /// @param directVictims those that it can in one hop
  /// @param onCycle whether one of its victims can attack it
  public record ClassExposure(
      int attackers, int directAttackers, int victims, int directVictims, boolean onCycle) {}

  /// The exposures of all classes.
  public static final class ClassExposures {
    private final Exposures exposures;

    private ClassExposures(Exposures exposures) {
      this.exposures = exposures;
    }

    /// The exposure of each VM of a class. The VMs stand for no addresses outside.
    public ClassExposure of(int vmClass) {
      return new ClassExposure(
          exposures.attackers(vmClass),
          exposures.directAttackers(vmClass),
          exposures.victims(vmClass),
          exposures.directVictims(vmClass),
          exposures.graph().isOnCycle(vmClass));
    }

    /// The number of pairs of a VM and another that it can attack.
    public long pairs() {
      return exposures.pairs();
    }
  }

  /// Cost: that of [Exposures] of as many VMs as there are classes.
  ///
  /// @throws DeadlinePassed if it does
  public ClassExposures exposures(Deadline deadline, Progress progress) {
    return new ClassExposures(Exposures.of(graph, deadline, progress));
  }

  /// Per class, the hops from the internet to each of its VMs; 0 if the internet cannot attack
  /// them.
  public int[] hopsFromInternet() {
    int[] internet = environment().internet();
    if (internet.length == 0) {
      return new int[size()];
    }
    var reach = OutsideReach.of(graph, internet);
    return IntStream.range(0, size()).map(reach::hops).toArray();
  }

  /// Per class, the hops from each of its VMs to the nearest target other than itself; 0 if it can
  /// attack none.
  ///
  /// @param targets classes of one VM
  /// @throws IllegalArgumentException if a target has more VMs
  public int[] hopsTo(int... targets) {
    if (Arrays.stream(targets).anyMatch(target -> vms[target] != 1)) {
      throw new IllegalArgumentException("a target is one VM");
    }
    if (targets.length == 0) {
      return new int[size()];
    }
    var found = GroupByHop.attackers(graph, VmGroup.of(targets), Integer.MAX_VALUE);
    return IntStream.range(0, size()).map(found::hops).toArray();
  }
}
