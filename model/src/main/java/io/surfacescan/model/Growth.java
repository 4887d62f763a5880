package io.surfacescan.model;

import java.util.Arrays;

/// How the builders' arrays grow: by half, so that appending stays linear and little is wasted.
final class Growth {
  /// The longest array every JVM allocates.
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private Growth() {}

  /// The array itself if it has room for so many elements, else a longer copy.
  static int[] room(int[] array, int wanted) {
    if (wanted <= array.length) {
      return array;
    }
    long grown = Math.max(wanted, array.length + (array.length >> 1) + 16L);
    return Arrays.copyOf(array, (int) Math.min(grown, MAX_ARRAY));
  }

  static int[] trimmed(int[] array, int size) {
    return array.length == size ? array : Arrays.copyOf(array, size);
  }
}
