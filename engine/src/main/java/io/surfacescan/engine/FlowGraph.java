package io.surfacescan.engine;

import java.util.Arrays;
import java.util.List;

/// The attack relation backwards from one VM as a flow graph: what a node dominates is lost to the
/// VM's attackers when the node is taken away.
///
/// The root is the VM alone, apart from its class. From it and from each class that attacks it the
/// graph leads to the destination roles of its tags, from a destination role to the tag pairs of
/// the rules that end there, from a pair to its source role, and from a source role to the classes
/// that hold it. A class is one node however many roles it has: edges from each of its roles to
/// each would hide what goes over the class.
///
/// The class of the root is a node too if it has other members, which attack the VM like any other;
/// no edge leaves it, because what can attack a sibling can attack the VM itself. Only what the
/// root reaches is here. Nodes are numbered breadth-first from the root, 0.
final class FlowGraph {
  static final int ROOT = 0;

  /// No node, where one is looked up: the root plays no role.
  static final int NO_NODE = 0;

  /// More than one, where the only one is looked for.
  private static final int MANY = -1;

  /// What a node stands for.
  enum Kind {
    ROOT,
    DEST,
    RULE,
    SOURCE,
    CLASS
  }

  private final AttackGraph graph;

  /// Those walked against their direction.
  private final LiveRules walked;

  private final int rootClass;
  private final Kind[] kinds;
  private final int[] items;
  private final int[] parents;
  private final int[] weights;
  private final int[] nodeOfSource;
  private final int[] nodeOfDest;
  private final Adjacency successors;
  private final Adjacency predecessors;

  private FlowGraph(Walk walk) {
    graph = walk.graph;
    walked = walk.rules;
    rootClass = walk.rootClass;
    kinds = Arrays.copyOf(walk.kinds, walk.count);
    items = Arrays.copyOf(walk.items, walk.count);
    parents = Arrays.copyOf(walk.parents, walk.count);
    weights = Arrays.copyOf(walk.weights, walk.count);
    nodeOfSource = walk.nodeOfSource;
    nodeOfDest = walk.nodeOfDest;
    successors =
        new Adjacency(
            Arrays.copyOf(walk.starts, walk.count + 1), Arrays.copyOf(walk.targets, walk.edges));
    predecessors = successors.reversed();
  }

  /// Cost: linear in the classes, tag memberships and rules that lead to the VM.
  ///
  /// @throws DeadlinePassed if it did
  static FlowGraph to(AttackGraph graph, int vm, Deadline deadline) {
    return of(graph, graph.rules(), vm, deadline);
  }

  /// The attack relation forwards from a VM: "attackers" are then those that it attacks, a source
  /// role is a destination role, and the other way round.
  ///
  /// @throws DeadlinePassed if it did
  static FlowGraph from(AttackGraph graph, int vm, Deadline deadline) {
    return of(graph, graph.rules().reversed(), vm, deadline);
  }

  private static FlowGraph of(AttackGraph graph, LiveRules rules, int vm, Deadline deadline) {
    var walk = new Walk(graph, rules, vm);
    walk.run(deadline);
    return new FlowGraph(walk);
  }

  int nodeCount() {
    return kinds.length;
  }

  int edgeCount() {
    return successors.targets().length;
  }

  Kind kind(int node) {
    return kinds[node];
  }

  /// The class of a [Kind#CLASS], the tag of a [Kind#SOURCE] or [Kind#DEST].
  int item(int node) {
    return items[node];
  }

  /// The rules of a [Kind#RULE], those with one tag pair, ascending.
  List<Integer> rules(int node) {
    int rule = rule(node);
    return graph
        .rules()
        .ofPair(graph.environment().sourceTag(rule), graph.environment().destTag(rule));
  }

  /// Some rule of a [Kind#RULE].
  int rule(int node) {
    return walked.byDest().rule(items[node]);
  }

  /// Orders nodes of [Kind#RULE] by source tag, then destination tag, in code-point order.
  int compareRules(int node, int other) {
    return graph.rules().compareTagPairs(rule(node), rule(other));
  }

  /// Whether the rules of a [Kind#RULE] allow a direct attack of an attacker on the root or on
  /// another attacker.
  ///
  /// They do not if the root alone carries the source tag, or if the one attacker that carries it
  /// is the one that carries the destination tag.
  boolean allowsAttack(int node) {
    int dest = parents[node];
    int source = successors.target(successors.start(node));
    int from = onlyClass(successors, source);
    if (parents[dest] == ROOT) {
      return from != NO_NODE;
    }
    return from != NO_NODE && (from == MANY || from != onlyClass(predecessors, dest));
  }

  /// The node of the only attacker in a row, or [#NO_NODE] if there is none, or [#MANY].
  private int onlyClass(Adjacency edges, int node) {
    int start = edges.start(node);
    int count = edges.end(node) - start;
    if (count == 0) {
      return NO_NODE;
    }
    int only = edges.target(start);
    return count > 1 || members(graph, items[only], rootClass) > 1 ? MANY : only;
  }

  /// The VMs of a class but for the root.
  private static int members(AttackGraph graph, int vmClass, int rootClass) {
    int members = graph.classStart(vmClass + 1) - graph.classStart(vmClass);
    return vmClass == rootClass ? members - 1 : members;
  }

  /// Per node, the one from which it was first reached: a tree of shortest ways, in which every
  /// parent has a lower number. The root is its own.
  int[] parents() {
    return parents;
  }

  /// Per node, the attackers it stands for: the members of a class but for the VM itself and for
  /// addresses outside.
  int[] weights() {
    return weights;
  }

  /// The node of the tag's source role, or [#NO_NODE].
  int source(int tag) {
    return nodeOfSource[tag];
  }

  /// The node of the tag's destination role, or [#NO_NODE].
  int dest(int tag) {
    return nodeOfDest[tag];
  }

  Adjacency successors() {
    return successors;
  }

  Adjacency predecessors() {
    return predecessors;
  }

  private static final class Walk {
    private static final int DEADLINE_STEPS = 1 << 12;

    private final AttackGraph graph;
    private final LiveRules rules;
    private final int rootClass;
    private final boolean isRootCounted;
    private final int[] nodeOfSource;
    private final int[] nodeOfDest;
    private final int[] nodeOfClass;
    private Kind[] kinds = new Kind[64];
    private int[] items = new int[64];
    private int[] parents = new int[64];
    private int[] weights = new int[64];
    private int[] starts = new int[65];
    private int count;
    private int[] targets = new int[64];
    private int edges;

    Walk(AttackGraph graph, LiveRules rules, int vm) {
      this.graph = graph;
      this.rules = rules;
      rootClass = graph.classOf(vm);
      isRootCounted = !graph.isExternal(vm);
      nodeOfSource = new int[graph.environment().tagCount()];
      nodeOfDest = new int[graph.environment().tagCount()];
      nodeOfClass = new int[graph.classes().size()];
    }

    void run(Deadline deadline) {
      node(ROOT, Kind.ROOT, rootClass, 0);
      for (int node = 0; node < count; node++) {
        if (node % DEADLINE_STEPS == 0) {
          deadline.check();
        }
        switch (kinds[node]) {
          case ROOT -> leadToDests(node);
          case CLASS -> {
            if (items[node] != rootClass) {
              leadToDests(node);
            }
          }
          case DEST -> leadToRules(node);
          case RULE -> leadToSource(node);
          case SOURCE -> leadToHolders(node);
        }
        starts[node + 1] = edges;
      }
    }

    private void leadToDests(int node) {
      var tags = graph.classes().tags();
      int vmClass = items[node];
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        int tag = tags.value(i);
        if (rules.endsAt(tag)) {
          if (nodeOfDest[tag] == NO_NODE) {
            nodeOfDest[tag] = node(node, Kind.DEST, tag, 0);
          }
          edge(nodeOfDest[tag]);
        }
      }
    }

    private void leadToRules(int node) {
      var byDest = rules.byDest();
      int start = byDest.start(items[node]);
      for (int i = start; i < byDest.end(items[node]); i++) {
        if (i == start || byDest.otherTag(i) != byDest.otherTag(i - 1)) {
          edge(node(node, Kind.RULE, i, 0));
        }
      }
    }

    private void leadToSource(int node) {
      int tag = rules.byDest().otherTag(items[node]);
      if (nodeOfSource[tag] == NO_NODE) {
        nodeOfSource[tag] = node(node, Kind.SOURCE, tag, 0);
      }
      edge(nodeOfSource[tag]);
    }

    private void leadToHolders(int node) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(items[node]); i < holders.end(items[node]); i++) {
        int vmClass = holders.target(i);
        if (members(graph, vmClass, rootClass) > 0) {
          if (nodeOfClass[vmClass] == NO_NODE) {
            int itself = vmClass == rootClass && isRootCounted ? 1 : 0;
            nodeOfClass[vmClass] = node(node, Kind.CLASS, vmClass, graph.counted(vmClass) - itself);
          }
          edge(nodeOfClass[vmClass]);
        }
      }
    }

    private int node(int parent, Kind kind, int item, int weight) {
      if (count == items.length) {
        int length = Math.addExact(count, count);
        kinds = Arrays.copyOf(kinds, length);
        items = Arrays.copyOf(items, length);
        parents = Arrays.copyOf(parents, length);
        weights = Arrays.copyOf(weights, length);
        starts = Arrays.copyOf(starts, length + 1);
      }
      kinds[count] = kind;
      items[count] = item;
      parents[count] = parent;
      weights[count] = weight;
      return count++;
    }

    private void edge(int to) {
      if (edges == targets.length) {
        targets = Arrays.copyOf(targets, Math.addExact(edges, edges));
      }
      targets[edges++] = to;
    }
  }
}
