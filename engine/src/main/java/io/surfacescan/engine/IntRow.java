package io.surfacescan.engine;

import java.util.Arrays;

/// A row of ints that grows at its end. Not thread-safe.
final class IntRow {
  private int[] values = new int[16];
  private int size;

  int size() {
    return size;
  }

  int get(int place) {
    return values[place];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }
}
