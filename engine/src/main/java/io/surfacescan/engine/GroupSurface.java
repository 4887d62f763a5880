package io.surfacescan.engine;

/// Every VM that can attack some other member of a group: the union of its members' attack
/// surfaces. A member is among them only if it attacks another member.
///
/// @param attackers the ranks of the attackers
public record GroupSurface(Ranks attackers) {
  /// The whole surface. Cost: one walk over all components, whatever the number of members.
  public static GroupSurface of(AttackGraph graph, VmGroup group) {
    return new GroupSurface(MembersInReach.attackers(graph, group));
  }

  /// The attackers with a path of at most `maxHops` direct attacks to some other member.
  ///
  /// @param maxHops at least 1
  public static GroupSurface within(AttackGraph graph, VmGroup group, int maxHops) {
    return new GroupSurface(GroupByHop.attackers(graph, group, maxHops).ranks());
  }
}
