package io.surfacescan.engine;

import java.util.function.IntConsumer;

/// A map from ints that are not negative to ints that are not negative, for searches that meet few
/// of very many: open addressing with linear probing. Not thread-safe.
///
/// Where the keys are bounded and a search meets many of them after all, an array with a place for
/// each takes over as soon as it is no larger than four of the wider tables would be: then a look
/// costs one access, and memory does not grow any more.
final class IntMap {
  static final int ABSENT = -1;

  /// Spreads neighbouring keys over the table (Knuth's multiplicative hashing).
  private static final int GOLDEN = 0x9E3779B9;

  private static final int[] NO_ARRAY = {};

  private final int universe;

  /// Key plus one and value side by side, so that one look fetches both; 0 marks a free slot.
  private int[] slots = new int[2 * 16];

  /// Per key, its value plus one, 0 without one; empty as long as the slots hold all.
  private int[] array = NO_ARRAY;

  private int size;

  IntMap() {
    this(Integer.MAX_VALUE);
  }

  /// @param universe above all keys
  IntMap(int universe) {
    this.universe = universe;
  }

  int size() {
    return size;
  }

  /// The value of the key, or [#ABSENT].
  int get(int key) {
    if (array.length > 0) {
      return array[key] - 1;
    }
    int slot = slotOf(slots, key);
    return slots[slot] == 0 ? ABSENT : slots[slot + 1];
  }

  boolean has(int key) {
    return get(key) != ABSENT;
  }

  /// Names every key, if no array has taken over.
  void forEachKey(IntConsumer consumer) {
    for (int slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot] != 0) {
        consumer.accept(slots[slot] - 1);
      }
    }
  }

  /// Sets the value unless the key has one, and says whether it did.
  boolean putIfAbsent(int key, int value) {
    if (array.length > 0) {
      return putIntoArray(key, value);
    }
    int slot = slotOf(slots, key);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = key + 1;
    slots[slot + 1] = value;
    size++;
    if (4L * size > slots.length) {
      widen();
    }
    return true;
  }

  private boolean putIntoArray(int key, int value) {
    if (array[key] != 0) {
      return false;
    }
    array[key] = value + 1;
    size++;
    return true;
  }

  /// Where the key stands, or the free place that it would take.
  private static int slotOf(int[] slots, int key) {
    int mask = slots.length / 2 - 1;
    int at = ((key * GOLDEN) >>> 7) & mask;
    while (slots[2 * at] != 0 && slots[2 * at] != key + 1) {
      at = (at + 1) & mask;
    }
    return 2 * at;
  }

  private void widen() {
    int length = Math.multiplyExact(slots.length, 2);
    if (length >= universe / 4) {
      array = new int[universe];
      for (int slot = 0; slot < slots.length; slot += 2) {
        if (slots[slot] != 0) {
          array[slots[slot] - 1] = slots[slot + 1] + 1;
        }
      }
      slots = NO_ARRAY;
      return;
    }
    int[] wider = new int[length];
    for (int slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot] != 0) {
        int free = slotOf(wider, slots[slot] - 1);
        wider[free] = slots[slot];
        wider[free + 1] = slots[slot + 1];
      }
    }
    slots = wider;
  }
}
