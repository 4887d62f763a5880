package io.surfacescan.races;

import java.util.Arrays;

/// Ints in the order in which they were added.
final class IntBag {
  private int[] values;
  private int size;

  IntBag() {
    this(1024);
  }

  IntBag(int expected) {
    values = new int[Math.max(1, expected)];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
