package io.surfacescan.engine;

import io.surfacescan.engine.FlowGraph.Kind;
import java.util.List;

/// What one could take away to keep attackers from a VM: the rules, tags and VMs whose removal
/// loses it the most attackers, and pairs of rules.
///
/// Every number is exact: it is the difference between the attack surface and the one in an
/// environment without the candidate. Only candidates that lose an attacker are named; lists go by
/// loss, highest first, ties by name in code-point order (rules by source tag, then destination
/// tag).
///
/// @param vm the VM attacked, which is never a candidate
/// @param attackers how many VMs attack it
/// @param rulePairs how many distinct tag pairs of rules allow a direct attack of an attacker on
///   the VM or on another attacker
/// @param rules the best rules
/// @param ruleCount how many rules would be named without a limit
/// @param vms the best VMs
/// @param vmCount how many VMs would be named without a limit
public record Chokepoints(
    int vm,
    int attackers,
    int rulePairs,
    List<Rule> rules,
    int ruleCount,
    List<Vm> vms,
    int vmCount,
    Tags tags,
    Pairs pairs) {
  /// All rules of one tag pair, removed together.
  ///
  /// @param rules ascending, at least one
  /// @param attackersLost how many VMs can no longer attack
  public record Rule(List<Integer> rules, int attackersLost) {
    public Rule {
      rules = List.copyOf(rules);
    }
  }

  /// A VM, deleted.
  ///
  /// @param attackersLost how many VMs can no longer attack, the deleted one not counted
  public record Vm(int vm, int attackersLost) {}

  /// The best tags.
  ///
  /// @param more whether other tags lose an attacker too
  /// @param recomputed for how many tags the surface was searched anew, because no dominator tells
  ///   their loss
  /// @param complete false if the deadline passed before all tags that could be among the best were
  ///   compared
  public record Tags(List<Tag> best, boolean more, int recomputed, boolean complete) {
    public Tags {
      best = List.copyOf(best);
    }
  }

  /// A tag, taken from every VM that carries it.
  ///
  /// @param attackersLost how many VMs can no longer attack
  public record Tag(int tag, int attackersLost) {}

  /// Pairs of rules that lose more than the best rule alone, found greedily: for each of some
  /// promising rules the best partner of all. The best pair of all may be missing, unless every
  /// rule was tried.
  ///
  /// @param more whether others were found too
  /// @param tried for how many rules the best partner was looked for
  /// @param complete false if the deadline passed before all of those had theirs
  public record Pairs(List<Pair> best, boolean more, int tried, boolean complete) {
    public Pairs {
      best = List.copyOf(best);
    }
  }

  /// The rules of two tag pairs, removed together.
  ///
  /// @param first the one whose name comes first
  /// @param attackersLost how many VMs can no longer attack
  public record Pair(List<Integer> first, List<Integer> second, int attackersLost) {
    public Pair {
      first = List.copyOf(first);
      second = List.copyOf(second);
    }
  }

  /// How many of each kind are usually named.
  public static final int USUAL_TOP = 20;

  public Chokepoints {
    rules = List.copyOf(rules);
    vms = List.copyOf(vms);
  }

  /// The chokepoints of a VM.
  ///
  /// Cost: the classes, tag memberships and rules that lead to the VM, times a logarithm, once for
  /// rules and VMs and once more for each rule that gets a partner looked for; for tags, what a
  /// search below the tag takes, for each one that could be among the best.
  ///
  /// @param top how many of each kind are named at most, at least 1
  /// @param deadline if it passes when rules and VMs are done, the answer says what is incomplete
  /// @throws DeadlinePassed if it passes before
  public static Chokepoints of(AttackGraph graph, int vm, int top, Deadline deadline) {
    if (top < 1) {
      throw new IllegalArgumentException("top is below 1: " + top);
    }
    return new Search(graph, vm, top, deadline).answer(deadline);
  }

  /// Whether all lists are what they would be without a deadline.
  public boolean isComplete() {
    return tags.complete && pairs.complete;
  }

  private static final class Search {
    private final AttackGraph graph;
    private final int vm;
    private final int top;
    private final FlowGraph flow;
    private final int[] losses;
    private final Dominators dominators;
    private final RootedTree shortest;

    Search(AttackGraph graph, int vm, int top, Deadline deadline) {
      this.graph = graph;
      this.vm = vm;
      this.top = top;
      flow = FlowGraph.to(graph, vm, deadline);
      dominators = Dominators.of(flow, Dominators.NO_NODE, deadline);
      losses = dominators.dominated();
      shortest = RootedTree.of(flow.parents(), flow.weights());
    }

    Chokepoints answer(Deadline deadline) {
      var rules = new TopK(top, flow::compareRules);
      var vms = new TopK(top, graph.environment().vmIds()::compare);
      int rulePairs = 0;
      int ruleCount = 0;
      int vmCount = 0;
      for (int node = 0; node < flow.nodeCount(); node++) {
        if (flow.kind(node) == Kind.RULE) {
          rulePairs += flow.allowsAttack(node) ? 1 : 0;
          ruleCount += losses[node] > 0 ? 1 : 0;
          rules.offer(node, losses[node]);
        } else if (isOtherVmAlone(node) && losses[node] > 1) {
          vmCount++;
          // The VM itself does not count.
          vms.offer(graph.vmAt(graph.classStart(flow.item(node))), losses[node] - 1L);
        }
      }
      return new Chokepoints(
          vm,
          losses[FlowGraph.ROOT],
          rulePairs,
          rules.list(best -> new Rule(flow.rules(best.candidate()), (int) best.loss())),
          ruleCount,
          vms.list(best -> new Vm(best.candidate(), (int) best.loss())),
          vmCount,
          new TagRanking(graph.environment(), flow, dominators, shortest).best(top, deadline),
          new PairRanking(flow, losses, shortest).best(top, deadline));
    }

    /// Whether the node is a class of one VM, and of no addresses outside. A VM whose class has
    /// another member is never missed: what went over it goes over the other, and if the other is
    /// the VM asked about, it need not go any further.
    private boolean isOtherVmAlone(int node) {
      if (flow.kind(node) != Kind.CLASS) {
        return false;
      }
      int vmClass = flow.item(node);
      int start = graph.classStart(vmClass);
      return graph.classStart(vmClass + 1) - start == 1 && !graph.isExternal(graph.vmAt(start));
    }
  }
}
