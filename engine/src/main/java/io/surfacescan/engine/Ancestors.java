package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.IntLists;
import java.util.Arrays;
import java.util.BitSet;

/// Which out-atoms reach a component: those that hold it, and those that reach a predecessor of it.
///
/// In topological order each component's set is the union of its own out-atoms and its
/// predecessors' sets, kept as sorted intervals of out-atom numbers in one pool. When the pool or
/// the work of filling it passes the budget, the components from there on are left without a stored
/// set, and a question walks back from them until it meets stored ones. Both ways are exact; only
/// the time differs.
///
/// Example: edges 0→1 and 1→2 between components; out-atoms 0 and 1 hold component 0, out-atom 3
/// holds component 1. The sets are {0, 1} of component 0, and {0, 1, 3} of components 1 and 2,
/// which share one. With a budget for the first set alone, a question about component 2 visits 2
/// and 1, adds 3, and adds the stored {0, 1} of component 0.
final class Ancestors {
  private static final Adjacency NO_EDGES = new Adjacency(new int[] {0}, new int[0]);

  /// Components below this number have a stored set.
  private final int storedCount;

  private final int componentCount;
  private final int outAtomCount;
  private final StoredSets sets;

  /// Per stored component, the number of its set; components that the same out-atoms reach share
  /// one.
  private final int[] setOfComponent;

  private final Adjacency predecessors;
  private final Adjacency own;

  private Ancestors(Filling filling, int outAtomCount, Adjacency predecessors, Adjacency own) {
    this.storedCount = filling.component;
    this.componentCount = own.nodeCount();
    this.outAtomCount = outAtomCount;
    this.sets = filling.sets;
    this.setOfComponent = Arrays.copyOf(filling.setOfComponent, storedCount);
    boolean allStored = storedCount == componentCount;
    this.predecessors = allStored ? NO_EDGES : predecessors;
    this.own = allStored ? NO_EDGES : own;
  }

  private Ancestors(ColumnSource source) {
    int[] counts = source.ints("ancestors");
    this.storedCount = counts[0];
    this.componentCount = counts[1];
    this.outAtomCount = counts[2];
    this.sets = new StoredSets(source.ints("ancestors.pool"), source.ints("ancestors.starts"));
    this.setOfComponent = source.ints("ancestors.sets");
    this.predecessors = Adjacency.read(source, "ancestors.before");
    this.own = Adjacency.read(source, "ancestors.own");
  }

  /// Hands the columns over.
  void write(ColumnSink sink) {
    sink.ints("ancestors", new int[] {storedCount, componentCount, outAtomCount});
    sink.ints("ancestors.pool", sets.pool);
    sink.ints("ancestors.starts", sets.starts);
    sink.ints("ancestors.sets", setOfComponent);
    predecessors.write(sink, "ancestors.before");
    own.write(sink, "ancestors.own");
  }

  /// What [#write] handed over.
  static Ancestors read(ColumnSource source) {
    return new Ancestors(source);
  }

  /// Stores what the budget allows.
  ///
  /// @param predecessors per component, those with an edge to it, all with lower numbers
  /// @param own per component, the out-atoms that hold it, ascending
  /// @param budget the most ints that stored sets may take together
  static Ancestors of(Adjacency predecessors, Adjacency own, int outAtomCount, int budget) {
    var filling = new Filling(predecessors, own, outAtomCount, budget);
    filling.run();
    filling.sets.trim();
    return new Ancestors(filling, outAtomCount, predecessors, own);
  }

  /// The out-atoms that reach any component of the list, as from, to, from, to, strictly ascending.
  int[] reaching(IntLists components, int list) {
    int start = components.start(list);
    int end = components.end(list);
    if (end - start == 1 && components.value(start) < storedCount) {
      return sets.copy(setOfComponent[components.value(start)]);
    }
    var union = new IntervalUnion(outAtomCount);
    var walk = new Walk(union);
    for (int i = start; i < end; i++) {
      walk.visit(components.value(i));
    }
    walk.run();
    return union.drain();
  }

  /// Per component, those with an edge to it; without any edges if all ancestors are stored.
  Adjacency predecessors() {
    return predecessors;
  }

  /// Whether the ancestors of every component are stored.
  boolean isComplete() {
    return storedCount == componentCount;
  }

  /// Whether the ancestors of every component of the list are stored.
  boolean isStored(IntLists components, int list) {
    int length = components.length(list);
    return length == 0 || components.value(components.end(list) - 1) < storedCount;
  }

  /// Whether the ancestors of the list are one stored set, because it is one component at most.
  boolean isOneSet(IntLists components, int list) {
    return components.length(list) <= 1 && isStored(components, list);
  }

  /// The stored set of a list that is one set.
  int setOf(IntLists components, int list) {
    return components.length(list) == 0
        ? 0
        : setOfComponent[components.value(components.start(list))];
  }

  int setCount() {
    return sets.count;
  }

  /// Intervals of all stored sets: from, to, from, to, and so on from [#setStart] to [#setEnd].
  int[] pool() {
    return sets.pool;
  }

  int setStart(int set) {
    return sets.starts[set];
  }

  int setEnd(int set) {
    return sets.starts[set + 1];
  }

  private static void addOwn(Adjacency own, int component, IntervalUnion union) {
    for (int i = own.start(component); i < own.end(component); i++) {
      union.add(own.target(i), own.target(i) + 1);
    }
  }

  /// Back over the components of one question, each once, and over the stored sets met, each once.
  private final class Walk {
    private final IntervalUnion union;
    private final BitSet seenComponents = new BitSet();
    private final BitSet seenSets = new BitSet();
    private int[] waiting = new int[16];
    private int waitingCount;

    Walk(IntervalUnion union) {
      this.union = union;
    }

    void visit(int component) {
      if (component < storedCount) {
        int set = setOfComponent[component];
        if (!seenSets.get(set)) {
          seenSets.set(set);
          sets.addTo(union, set);
        }
      } else if (!seenComponents.get(component - storedCount)) {
        seenComponents.set(component - storedCount);
        if (waitingCount == waiting.length) {
          waiting = Arrays.copyOf(waiting, waitingCount * 2);
        }
        waiting[waitingCount++] = component;
      }
    }

    void run() {
      while (waitingCount > 0) {
        int component = waiting[--waitingCount];
        addOwn(own, component, union);
        for (int i = predecessors.start(component); i < predecessors.end(component); i++) {
          visit(predecessors.target(i));
        }
      }
    }
  }

  /// Distinct sets of intervals in one pool. Set 0 is empty.
  private static final class StoredSets {
    /// From, to, from, to: the intervals of all sets, back to back.
    private int[] pool;

    /// Where each set starts; one more element ends the last.
    private int[] starts;

    private int count;

    StoredSets() {
      pool = new int[64];
      starts = new int[64];
      count = 1;
    }

    /// Sets that were trimmed.
    StoredSets(int[] pool, int[] starts) {
      this.pool = pool;
      this.starts = starts;
      count = starts.length - 1;
    }

    int size(int set) {
      return starts[set + 1] - starts[set];
    }

    int used() {
      return starts[count];
    }

    int[] copy(int set) {
      return Arrays.copyOfRange(pool, starts[set], starts[set + 1]);
    }

    void addTo(IntervalUnion union, int set) {
      for (int i = starts[set]; i < starts[set + 1]; i += 2) {
        union.add(pool[i], pool[i + 1]);
      }
    }

    boolean equals(int set, int[] bounds) {
      return Arrays.equals(pool, starts[set], starts[set + 1], bounds, 0, bounds.length);
    }

    int add(int[] bounds) {
      int used = used();
      if (used + bounds.length > pool.length) {
        long grown = Math.max(used + (long) bounds.length, pool.length * 2L);
        pool = Arrays.copyOf(pool, (int) Math.min(grown, Integer.MAX_VALUE - 8));
      }
      System.arraycopy(bounds, 0, pool, used, bounds.length);
      if (count + 1 == starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 2);
      }
      starts[count + 1] = used + bounds.length;
      return count++;
    }

    void trim() {
      pool = Arrays.copyOf(pool, used());
      starts = Arrays.copyOf(starts, count + 1);
    }
  }

  /// Computes the sets in topological order until all are stored or the budget is spent.
  private static final class Filling {
    /// Work is counted in edges followed and intervals added; this many per int of budget.
    private static final long WORK_PER_INT = 8;

    /// Work allowed however small the budget, so that it bounds memory in small environments too.
    private static final long WORK_LEAST = 1 << 16;

    private final Adjacency predecessors;
    private final Adjacency own;
    private final IntervalUnion union;
    private final int budget;
    private final long workMost;
    private long work;
    private int component;
    private final StoredSets sets = new StoredSets();
    private final int[] setOfComponent;

    /// Per set, the component whose union it was added to last, plus one.
    private int[] addedFor = new int[64];

    Filling(Adjacency predecessors, Adjacency own, int outAtomCount, int budget) {
      this.predecessors = predecessors;
      this.own = own;
      this.union = new IntervalUnion(outAtomCount);
      this.budget = budget;
      this.workMost = Math.max(WORK_LEAST, WORK_PER_INT * budget) + own.nodeCount();
      this.setOfComponent = new int[own.nodeCount()];
    }

    void run() {
      for (; component < own.nodeCount(); component++) {
        int largest = gather();
        int[] bounds = union.drain();
        if (work > workMost) {
          return;
        }
        if (sets.equals(largest, bounds)) {
          setOfComponent[component] = largest;
        } else if (sets.used() + (long) bounds.length > budget) {
          return;
        } else {
          setOfComponent[component] = sets.add(bounds);
        }
      }
    }

    /// Adds the component's own out-atoms and its predecessors' sets, each set once, and returns
    /// the largest of the sets: the union is often no more than that.
    private int gather() {
      addOwn(own, component, union);
      work += own.end(component) - own.start(component);
      int largest = 0;
      for (int i = predecessors.start(component); i < predecessors.end(component); i++) {
        int set = setOfComponent[predecessors.target(i)];
        work++;
        if (!isFirst(set)) {
          continue;
        }
        sets.addTo(union, set);
        work += sets.size(set) / 2;
        if (sets.size(set) > sets.size(largest)) {
          largest = set;
        }
        if (work > workMost) {
          break;
        }
      }
      return largest;
    }

    private boolean isFirst(int set) {
      if (set >= addedFor.length) {
        addedFor = Arrays.copyOf(addedFor, Math.max(set + 1, addedFor.length * 2));
      }
      boolean first = addedFor[set] != component + 1;
      addedFor[set] = component + 1;
      return first;
    }
  }
}
