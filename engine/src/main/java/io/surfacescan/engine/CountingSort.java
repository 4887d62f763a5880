package io.surfacescan.engine;

import java.util.Arrays;

/// Stable linear-time orders of dense ints.
final class CountingSort {
  private CountingSort() {}

  /// The indexes of the keys, by key and then by index.
  ///
  /// @param keyCount all keys are in `[0, keyCount)`
  static int[] order(int[] keys, int keyCount) {
    int[] identity = new int[keys.length];
    Arrays.setAll(identity, i -> i);
    return order(keys, keyCount, identity);
  }

  /// The indexes that `start` lists, by key and then as `start` lists them.
  static int[] order(int[] keys, int keyCount, int[] start) {
    int[] next = starts(keys, keyCount);
    int[] order = new int[start.length];
    for (int index : start) {
      order[next[keys[index]]++] = index;
    }
    return order;
  }

  /// Per key, how many keys are lower; one more element holds their number.
  static int[] starts(int[] keys, int keyCount) {
    int[] starts = new int[keyCount + 1];
    for (int key : keys) {
      starts[key + 1]++;
    }
    for (int key = 0; key < keyCount; key++) {
      starts[key + 1] += starts[key];
    }
    return starts;
  }

  /// Where each index stands in the order.
  static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      inverse[order[place]] = place;
    }
    return inverse;
  }
}
