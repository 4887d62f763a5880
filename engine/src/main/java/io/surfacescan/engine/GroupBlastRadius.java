package io.surfacescan.engine;

/// Every VM that some other member of a group can attack: the union of its members' blast radii. A
/// member is among them only if another member attacks it.
///
/// @param victims the ranks of the VMs that can be attacked
public record GroupBlastRadius(Ranks victims) {
  /// The whole blast radius. Cost: one walk over all components, whatever the number of members.
  public static GroupBlastRadius of(AttackGraph graph, VmGroup group) {
    return new GroupBlastRadius(MembersInReach.victims(graph, group));
  }

  /// The VMs that some other member can attack in at most `maxHops` direct attacks.
  ///
  /// @param maxHops at least 1
  public static GroupBlastRadius within(AttackGraph graph, VmGroup group, int maxHops) {
    return new GroupBlastRadius(GroupByHop.victims(graph, group, maxHops).ranks());
  }
}
