package io.surfacescan.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Distinct lists of ints, numbered from 0 in the order in which they first came.
public final class IntLists {
  private final int[] starts;
  private final int[] values;
  private final int size;

  private IntLists(int[] starts, int[] values, int size) {
    this.starts = starts;
    this.values = values;
    this.size = size;
  }

  /// Hands the lists over, under names that start with this one.
  public void write(ColumnSink sink, String name) {
    sink.ints(name + ".starts", starts);
    sink.ints(name + ".values", values);
  }

  /// What [#write] handed over.
  public static IntLists read(ColumnSource source, String name) {
    int[] starts = source.ints(name + ".starts");
    return new IntLists(starts, source.ints(name + ".values"), starts.length - 1);
  }

  /// The number of lists.
  public int size() {
    return size;
  }

  /// Where the list starts in [#values].
  public int start(int list) {
    return starts[list];
  }

  /// Where the list ends in [#values], exclusive.
  public int end(int list) {
    return starts[list + 1];
  }

  public int length(int list) {
    return starts[list + 1] - starts[list];
  }

  /// The element at a place between [#start] and [#end] of some list.
  public int value(int place) {
    return values[place];
  }

  /// Whether the list has the element. Cost: its length.
  public boolean contains(int list, int element) {
    for (int i = starts[list]; i < starts[list + 1]; i++) {
      if (values[i] == element) {
        return true;
      }
    }
    return false;
  }

  /// The lists' elements together.
  public int valueCount() {
    return starts[size];
  }

  /// The same lists under other numbers: number n is given to the list that is now `order[n]`.
  ///
  /// @param order a permutation of the numbers
  public IntLists permuted(int[] order) {
    int[] permutedStarts = new int[size + 1];
    int[] permutedValues = new int[valueCount()];
    for (int list = 0; list < size; list++) {
      int length = length(order[list]);
      System.arraycopy(values, starts[order[list]], permutedValues, permutedStarts[list], length);
      permutedStarts[list + 1] = permutedStarts[list] + length;
    }
    return new IntLists(permutedStarts, permutedValues, size);
  }

  /// Numbers lists. Not thread-safe.
  public static final class Builder {
    private static final int FREE = -1;

    /// As in [Utf8]: no input can be made of lists that all collide.
    private static final long SEED = new SplittableRandom().nextLong();

    private final int valuesMost;
    private int[] starts = new int[16];
    private int[] values = new int[64];
    private int size;
    private int[] slots = filled(64);

    public Builder() {
      this(Growth.MAX_ARRAY);
    }

    /// @param valuesMost the most elements that all lists may have together
    Builder(int valuesMost) {
      this.valuesMost = valuesMost;
    }

    /// The number of the list with exactly these elements in this order, added if it is new.
    ///
    /// @throws TooLarge if the lists together would pass 2^31 elements
    public int intern(int[] elements, int from, int to) {
      int mask = slots.length - 1;
      int slot = hash(elements, from, to) & mask;
      for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
        int list = slots[slot];
        if (Arrays.equals(values, starts[list], starts[list + 1], elements, from, to)) {
          return list;
        }
      }
      slots[slot] = add(elements, from, to);
      if (size > slots.length / 4 * 3) {
        rehash();
      }
      return size - 1;
    }

    /// The number of a list with the elements of one of other lists, added if it is new.
    int intern(IntLists others, int list) {
      return intern(others.values, others.start(list), others.end(list));
    }

    public int size() {
      return size;
    }

    int start(int list) {
      return starts[list];
    }

    int end(int list) {
      return starts[list + 1];
    }

    int value(int place) {
      return values[place];
    }

    /// Ends this builder: it must not be used any more.
    public IntLists build() {
      return new IntLists(
          Growth.trimmed(starts, size + 1), Growth.trimmed(values, starts[size]), size);
    }

    private int add(int[] elements, int from, int to) {
      int used = starts[size];
      if (used > valuesMost - (to - from)) {
        throw new TooLarge("the different tag lists have more than 2^31 tags together");
      }
      values = Growth.room(values, used + to - from);
      System.arraycopy(elements, from, values, used, to - from);
      starts = Growth.room(starts, size + 2);
      starts[size + 1] = used + to - from;
      return size++;
    }

    private void rehash() {
      int[] wider = filled(slots.length * 2);
      int mask = wider.length - 1;
      for (int list = 0; list < size; list++) {
        int slot = hash(values, starts[list], starts[list + 1]) & mask;
        while (wider[slot] != FREE) {
          slot = (slot + 1) & mask;
        }
        wider[slot] = list;
      }
      slots = wider;
    }

    private static int hash(int[] elements, int from, int to) {
      long hash = SEED + to - from;
      for (int i = from; i < to; i++) {
        hash = (hash ^ elements[i]) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
      }
      return (int) hash;
    }

    private static int[] filled(int length) {
      int[] slots = new int[length];
      Arrays.fill(slots, FREE);
      return slots;
    }
  }
}
