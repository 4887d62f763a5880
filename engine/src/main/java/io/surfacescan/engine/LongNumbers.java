package io.surfacescan.engine;

import java.util.Arrays;

/// Numbers distinct longs from 0 in the order in which they first come: open addressing with linear
/// probing. Not thread-safe.
final class LongNumbers {
  private static final int FREE = -1;

  private long[] values = new long[16];
  private int size;
  private int[] slots = filled(64);

  /// The number of the value, given now if it is new.
  int of(long value) {
    int mask = slots.length - 1;
    int slot = hash(value) & mask;
    for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
      if (values[slots[slot]] == value) {
        return slots[slot];
      }
    }
    slots[slot] = size;
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    if (size > slots.length / 2) {
      widen();
    }
    return size - 1;
  }

  int size() {
    return size;
  }

  long value(int number) {
    return values[number];
  }

  private void widen() {
    slots = filled(slots.length * 2);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hash(values[number]) & mask;
      while (slots[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number;
    }
  }

  private static int hash(long value) {
    long product = value * 0x9E3779B97F4A7C15L;
    product ^= product >>> 32;
    return (int) ((product * 0xBF58476D1CE4E5B9L) >>> 32);
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
