package io.surfacescan.engine;

/// The attackers or victims of one VM or of a group, each with its hops and the rule of the hop at
/// its own end: the first hop of an attacker, the last hop to a victim.
public sealed interface FoundByHop permits VmsByHop, GroupByHop {
  /// Hears of each VM found.
  @FunctionalInterface
  interface Consumer {
    /// Takes one VM.
    ///
    /// @param hops the length of a shortest path between it and what was asked about
    void vm(int vm, int hops);
  }

  /// Names every VM found once, in the engine's order.
  void forEachHops(Consumer consumer);

  /// The ranks of all VMs found.
  Ranks ranks();

  default int size() {
    return ranks().size();
  }

  /// The hops of a VM found; 0 for any other.
  int hops(int vm);

  /// The lowest-numbered rule that allows, on some shortest path, the hop at the end of a VM found.
  int rule(int found);

  /// The most hops of any VM found; 0 if there is none.
  int mostHops();
}
