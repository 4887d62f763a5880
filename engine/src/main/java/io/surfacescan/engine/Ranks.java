package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;

/// An immutable set of ranks, kept as sorted, disjoint, non-adjacent half-open intervals.
public final class Ranks {
  public static final Ranks NONE = new Ranks(new int[0]);

  /// From, to, from, to: strictly ascending.
  private final int[] bounds;

  private final int size;

  private Ranks(int[] bounds) {
    this.bounds = bounds;
    int ranks = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      ranks += bounds[i + 1] - bounds[i];
    }
    this.size = ranks;
  }

  /// @param bounds from, to, from, to, strictly ascending; not to be changed afterwards
  static Ranks ofBounds(int[] bounds) {
    return bounds.length == 0 ? NONE : new Ranks(bounds);
  }

  /// The number of ranks.
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int intervalCount() {
    return bounds.length / 2;
  }

  /// The first rank of an interval.
  public int from(int interval) {
    return bounds[2 * interval];
  }

  /// The rank after the last of an interval.
  public int to(int interval) {
    return bounds[2 * interval + 1];
  }

  /// The lowest rank.
  ///
  /// @throws ArrayIndexOutOfBoundsException if there is none
  public int first() {
    return bounds[0];
  }

  /// The highest rank.
  ///
  /// @throws ArrayIndexOutOfBoundsException if there is none
  public int last() {
    return bounds[bounds.length - 1] - 1;
  }

  /// The rank at a place of the set, lowest first.
  ///
  /// @param place from 0 to below the size
  /// @throws ArrayIndexOutOfBoundsException if the set has no such place
  public int at(int place) {
    int left = place;
    int interval = 0;
    while (left >= to(interval) - from(interval)) {
      left -= to(interval) - from(interval);
      interval++;
    }
    return from(interval) + left;
  }

  public boolean contains(int rank) {
    // An odd number of bounds at or below the rank means that it lies inside an interval.
    int found = Arrays.binarySearch(bounds, rank);
    int boundsAtOrBelow = found >= 0 ? found + 1 : -found - 1;
    return boundsAtOrBelow % 2 == 1;
  }

  /// The same set without one rank, which need not be in it.
  public Ranks without(int rank) {
    if (!contains(rank)) {
      return this;
    }
    int found = Arrays.binarySearch(bounds, rank);
    int interval = (found >= 0 ? found : -found - 2) / 2;
    boolean keepsHead = from(interval) < rank;
    boolean keepsTail = rank + 1 < to(interval);
    int kept = (keepsHead ? 2 : 0) + (keepsTail ? 2 : 0);
    int[] fewer = new int[bounds.length - 2 + kept];
    System.arraycopy(bounds, 0, fewer, 0, 2 * interval);
    int at = 2 * interval;
    if (keepsHead) {
      fewer[at++] = from(interval);
      fewer[at++] = rank;
    }
    if (keepsTail) {
      fewer[at++] = rank + 1;
      fewer[at++] = to(interval);
    }
    System.arraycopy(bounds, 2 * interval + 2, fewer, at, bounds.length - 2 * interval - 2);
    return ofBounds(fewer);
  }

  /// These ranks without those of another set.
  public Ranks minus(Ranks others) {
    if (isEmpty() || others.isEmpty()) {
      return this;
    }
    var left = new Builder();
    int other = 0;
    for (int interval = 0; interval < intervalCount(); interval++) {
      int from = from(interval);
      int to = to(interval);
      while (other < others.intervalCount() && others.to(other) <= from) {
        other++;
      }
      for (int cut = other; cut < others.intervalCount() && others.from(cut) < to; cut++) {
        left.add(from, Math.max(from, others.from(cut)));
        from = Math.min(to, others.to(cut));
      }
      left.add(from, to);
    }
    return left.build();
  }

  /// Sets the bits of the ranks.
  void addTo(BitSet ranks) {
    for (int interval = 0; interval < intervalCount(); interval++) {
      ranks.set(from(interval), to(interval));
    }
  }

  /// The set of some ranks.
  static Ranks of(BitSet ranks) {
    var all = new Builder();
    for (int from = ranks.nextSetBit(0); from >= 0; ) {
      int to = ranks.nextClearBit(from);
      all.add(from, to);
      from = ranks.nextSetBit(to);
    }
    return all.build();
  }

  /// The lowest ranks of the set that are not below the first argument, at most `limit` of them.
  public Ranks page(int fromRank, int limit) {
    if (limit >= size && (isEmpty() || fromRank <= first())) {
      return this;
    }
    int[] kept = new int[bounds.length];
    int length = 0;
    int left = limit;
    for (int interval = 0; interval < intervalCount() && left > 0; interval++) {
      int from = Math.max(fromRank, from(interval));
      int to = to(interval);
      if (from >= to) {
        continue;
      }
      if (to - from > left) {
        to = from + left;
      }
      kept[length++] = from;
      kept[length++] = to;
      left -= to - from;
    }
    return ofBounds(Arrays.copyOf(kept, length));
  }

  /// Collects ranks in ascending order. Not thread-safe.
  static final class Builder {
    private int[] bounds = new int[16];
    private int length;

    /// Adds `[from, to)`, which may be empty, without one rank, which need not be in it.
    void addWithout(int from, int to, int rank) {
      if (from <= rank && rank < to) {
        add(from, rank);
        add(rank + 1, to);
      } else {
        add(from, to);
      }
    }

    private void add(int from, int to) {
      if (from == to) {
        return;
      }
      if (length > 0 && bounds[length - 1] == from) {
        bounds[length - 1] = to;
        return;
      }
      if (length == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * length);
      }
      bounds[length++] = from;
      bounds[length++] = to;
    }

    Ranks build() {
      return ofBounds(Arrays.copyOf(bounds, length));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ranks ranks && Arrays.equals(bounds, ranks.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /// The intervals as `[from, to)`, for test messages.
  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int interval = 0; interval < intervalCount(); interval++) {
      text.append(interval == 0 ? "" : " ")
          .append('[')
          .append(from(interval))
          .append(", ")
          .append(to(interval))
          .append(')');
    }
    return text.append('}').toString();
  }
}
