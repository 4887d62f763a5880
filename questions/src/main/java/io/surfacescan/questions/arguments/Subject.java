package io.surfacescan.questions.arguments;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.GroupBlastRadius;
import io.surfacescan.engine.GroupByHop;
import io.surfacescan.engine.GroupSurface;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.VmGroup;
import io.surfacescan.engine.VmsByHop;

/// What a question is about: one VM, or all VMs that carry a tag.
///
/// A group's answer is the union of its members' answers. A member is in it only if it attacks
/// another member, or is attacked by one.
public sealed interface Subject {
  /// As `maxHops`: over any number of hops.
  int ANY_HOPS = Integer.MAX_VALUE;

  /// One VM.
  record One(int vm) implements Subject {
    @Override
    public VmGroup members() {
      return VmGroup.of(vm);
    }

    @Override
    public Ranks attackers(AttackGraph graph, int maxHops) {
      return (maxHops == ANY_HOPS
              ? AttackSurface.of(graph, vm)
              : AttackSurface.within(graph, vm, maxHops))
          .attackers();
    }

    @Override
    public Ranks victims(AttackGraph graph, int maxHops) {
      return (maxHops == ANY_HOPS
              ? BlastRadius.of(graph, vm)
              : BlastRadius.within(graph, vm, maxHops))
          .victims();
    }

    @Override
    public FoundByHop attackersByHop(AttackGraph graph, int maxHops) {
      return VmsByHop.attackers(graph, vm, maxHops);
    }

    @Override
    public FoundByHop victimsByHop(AttackGraph graph, int maxHops) {
      return VmsByHop.victims(graph, vm, maxHops);
    }
  }

  /// The VMs that carry a tag.
  ///
  /// @param members at least one
  record Group(String tag, VmGroup members) implements Subject {
    /// As an argument names it.
    public String argument() {
      return Resolution.GROUP_PREFIX + tag;
    }

    @Override
    public Ranks attackers(AttackGraph graph, int maxHops) {
      return (maxHops == ANY_HOPS
              ? GroupSurface.of(graph, members)
              : GroupSurface.within(graph, members, maxHops))
          .attackers();
    }

    @Override
    public Ranks victims(AttackGraph graph, int maxHops) {
      return (maxHops == ANY_HOPS
              ? GroupBlastRadius.of(graph, members)
              : GroupBlastRadius.within(graph, members, maxHops))
          .victims();
    }

    @Override
    public FoundByHop attackersByHop(AttackGraph graph, int maxHops) {
      return GroupByHop.attackers(graph, members, maxHops);
    }

    @Override
    public FoundByHop victimsByHop(AttackGraph graph, int maxHops) {
      return GroupByHop.victims(graph, members, maxHops);
    }
  }

  /// The VMs meant.
  VmGroup members();

  /// The ranks of all VMs that can attack it in at most so many hops.
  Ranks attackers(AttackGraph graph, int maxHops);

  /// The ranks of all VMs that it can attack in at most so many hops.
  Ranks victims(AttackGraph graph, int maxHops);

  /// The VMs that can attack it in at most so many hops, with their hops.
  FoundByHop attackersByHop(AttackGraph graph, int maxHops);

  /// The VMs that it can attack in at most so many hops, with their hops.
  FoundByHop victimsByHop(AttackGraph graph, int maxHops);
}
