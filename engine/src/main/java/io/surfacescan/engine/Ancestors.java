package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// Which out-atoms reach a component: those that hold it, and those that reach a predecessor of it.
///
/// In topological order each component's set is the union of its own out-atoms and its
/// predecessors' sets, kept as sorted intervals of out-atom numbers in one pool. When the pool or
/// the work of filling it passes the budget, the components from there on are left without a stored
/// set, and a question walks back from them until it meets stored ones. Both ways are exact; only
/// the time differs.
final class Ancestors {
  private static final Adjacency NO_EDGES = new Adjacency(new int[] {0}, new int[0]);

  /// Components below this number have a stored set.
  private final int storedCount;

  private final int componentCount;
  private final int outAtomCount;

  /// From, to, from, to: the intervals of all stored sets.
  private final int[] pool;

  /// Per stored component, where its set starts and ends in the pool.
  private final int[] poolStart;

  private final int[] poolEnd;

  private final Adjacency predecessors;
  private final Adjacency own;

  private Ancestors(Filling filling, int outAtomCount, Adjacency predecessors, Adjacency own) {
    this.storedCount = filling.component;
    this.componentCount = own.nodeCount();
    this.outAtomCount = outAtomCount;
    this.pool = Arrays.copyOf(filling.pool, filling.used);
    this.poolStart = Arrays.copyOf(filling.poolStart, storedCount);
    this.poolEnd = Arrays.copyOf(filling.poolEnd, storedCount);
    boolean allStored = storedCount == componentCount;
    this.predecessors = allStored ? NO_EDGES : predecessors;
    this.own = allStored ? NO_EDGES : own;
  }

  /// @param predecessors per component, those with an edge to it, all with lower numbers
  /// @param own per component, the out-atoms that hold it, ascending
  /// @param budget the most ints that stored sets may take together
  static Ancestors of(Adjacency predecessors, Adjacency own, int outAtomCount, int budget) {
    var filling = new Filling(predecessors, own, outAtomCount, budget);
    filling.run();
    return new Ancestors(filling, outAtomCount, predecessors, own);
  }

  /// Whether every component has a stored set, so that no question has to walk.
  boolean complete() {
    return storedCount == componentCount;
  }

  /// The out-atoms that reach any component of the list, as from, to, from, to, strictly ascending.
  int[] reaching(IntLists components, int list) {
    int start = components.start(list);
    int end = components.end(list);
    if (end - start == 1 && components.value(start) < storedCount) {
      int component = components.value(start);
      return Arrays.copyOfRange(pool, poolStart[component], poolEnd[component]);
    }
    var union = new IntervalUnion(outAtomCount);
    var walk = new Walk(union);
    for (int i = start; i < end; i++) {
      walk.visit(components.value(i));
    }
    walk.run();
    return union.drain();
  }

  private void addStored(int component, IntervalUnion union) {
    for (int i = poolStart[component]; i < poolEnd[component]; i += 2) {
      union.add(pool[i], pool[i + 1]);
    }
  }

  /// Back over the components of one question, each once.
  private final class Walk {
    private final IntervalUnion union;
    private final long[] seen = new long[(componentCount >>> 6) + 1];
    private int[] waiting = new int[16];
    private int waitingCount;

    Walk(IntervalUnion union) {
      this.union = union;
    }

    void visit(int component) {
      if ((seen[component >>> 6] & 1L << component) != 0) {
        return;
      }
      seen[component >>> 6] |= 1L << component;
      if (component < storedCount) {
        addStored(component, union);
        return;
      }
      if (waitingCount == waiting.length) {
        waiting = Arrays.copyOf(waiting, waitingCount * 2);
      }
      waiting[waitingCount++] = component;
    }

    void run() {
      while (waitingCount > 0) {
        int component = waiting[--waitingCount];
        for (int i = own.start(component); i < own.end(component); i++) {
          union.add(own.target(i), own.target(i) + 1);
        }
        for (int i = predecessors.start(component); i < predecessors.end(component); i++) {
          visit(predecessors.target(i));
        }
      }
    }
  }

  /// Computes the sets in topological order until all are stored or the budget is spent.
  private static final class Filling {
    /// Work is counted in intervals added; this many per int of budget.
    private static final int WORK_PER_INT = 8;

    private final Adjacency predecessors;
    private final Adjacency own;
    private final IntervalUnion union;
    private final int budget;
    private long work;
    private int component;
    private int[] pool = new int[64];
    private int used;
    private final int[] poolStart;
    private final int[] poolEnd;

    Filling(Adjacency predecessors, Adjacency own, int outAtomCount, int budget) {
      this.predecessors = predecessors;
      this.own = own;
      this.union = new IntervalUnion(outAtomCount);
      this.budget = budget;
      this.poolStart = new int[own.nodeCount()];
      this.poolEnd = new int[own.nodeCount()];
    }

    void run() {
      for (; component < own.nodeCount(); component++) {
        int largest = largestPredecessor();
        if (hasOnly(largest)) {
          share(largest);
          continue;
        }
        gather();
        int[] bounds = union.drain();
        if (largest >= 0 && equalsStored(largest, bounds)) {
          share(largest);
        } else if (used + (long) bounds.length > budget || work > (long) WORK_PER_INT * budget) {
          return;
        } else {
          store(bounds);
        }
      }
    }

    /// The predecessor with the longest stored set, or -1.
    private int largestPredecessor() {
      int largest = -1;
      int length = -1;
      for (int i = predecessors.start(component); i < predecessors.end(component); i++) {
        int predecessor = predecessors.target(i);
        if (poolEnd[predecessor] - poolStart[predecessor] > length) {
          largest = predecessor;
          length = poolEnd[predecessor] - poolStart[predecessor];
        }
      }
      return largest;
    }

    private boolean hasOnly(int predecessor) {
      return predecessor >= 0
          && predecessors.end(component) - predecessors.start(component) == 1
          && own.start(component) == own.end(component);
    }

    private void share(int other) {
      poolStart[component] = poolStart[other];
      poolEnd[component] = poolEnd[other];
    }

    private void gather() {
      for (int i = own.start(component); i < own.end(component); i++) {
        union.add(own.target(i), own.target(i) + 1);
      }
      work += own.end(component) - own.start(component);
      for (int i = predecessors.start(component); i < predecessors.end(component); i++) {
        int predecessor = predecessors.target(i);
        for (int j = poolStart[predecessor]; j < poolEnd[predecessor]; j += 2) {
          union.add(pool[j], pool[j + 1]);
        }
        work += (poolEnd[predecessor] - poolStart[predecessor]) / 2;
      }
    }

    private boolean equalsStored(int other, int[] bounds) {
      return Arrays.equals(pool, poolStart[other], poolEnd[other], bounds, 0, bounds.length);
    }

    private void store(int[] bounds) {
      if (used + bounds.length > pool.length) {
        long grown = Math.max(used + (long) bounds.length, pool.length * 2L);
        pool = Arrays.copyOf(pool, (int) Math.min(grown, Math.max(budget, used + bounds.length)));
      }
      System.arraycopy(bounds, 0, pool, used, bounds.length);
      poolStart[component] = used;
      used += bounds.length;
      poolEnd[component] = used;
    }
  }
}
