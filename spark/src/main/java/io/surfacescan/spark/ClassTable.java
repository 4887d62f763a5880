package io.surfacescan.spark;

import java.io.Serializable;
import java.util.Arrays;

/// Keys of classes, numbered in the order added, and found by their bytes: the bytes back to back,
/// and a table of places probed one after another.
///
/// Memory: the bytes of the keys, and some 12 a key.
final class ClassTable implements Serializable {
  private static final long serialVersionUID = 1;

  private byte[] bytes = new byte[1 << 10];

  /// Where each key starts; one more element ends the last.
  private int[] starts = new int[64];

  /// Numbers of keys plus one, 0 where there is none; a power of two, half full at most.
  private int[] slots = new int[128];

  private int size;

  int size() {
    return size;
  }

  byte[] key(int number) {
    return Arrays.copyOfRange(bytes, starts[number], starts[number + 1]);
  }

  /// Adds a key that is not there yet, and returns its number.
  ///
  /// @throws ArithmeticException if all keys take more than 2 GiB
  int add(byte[] key) {
    int end = Math.addExact(starts[size], key.length);
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Math.max(end, 2L * bytes.length), Integer.MAX_VALUE - 8));
    }
    System.arraycopy(key, 0, bytes, starts[size], key.length);
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[++size] = end;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      for (int number = 0; number < size; number++) {
        place(number);
      }
    } else {
      place(size - 1);
    }
    return size - 1;
  }

  private void place(int number) {
    int slot = hash(bytes, starts[number], starts[number + 1]) & slots.length - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number + 1;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B9 ^ hash >>> 15;
  }

  /// The number of a key; -1 if it is not there.
  int find(byte[] key) {
    int slot = hash(key, 0, key.length) & slots.length - 1;
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      if (Arrays.equals(bytes, starts[found - 1], starts[found], key, 0, key.length)) {
        return found - 1;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }
}
