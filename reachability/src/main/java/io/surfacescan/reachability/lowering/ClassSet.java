package io.surfacescan.reachability.lowering;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A set of classes by their numbers, in blocks of which only those that are not empty are kept:
/// most sets are about one network and so about few neighbouring numbers. Compared by content.
///
/// A set that was handed out must not be changed any more.
final class ClassSet {
  private static final int BLOCK_BITS = 10;
  private static final int WORDS = 1 << (BLOCK_BITS - 6);

  /// The numbers of the blocks, ascending, in `[0, count)`.
  private int[] keys = new int[1];

  private long[][] blocks = new long[1][];
  private int count;

  ClassSet() {}

  private ClassSet(int room) {
    keys = new int[Math.max(1, room)];
    blocks = new long[keys.length][];
  }

  /// The numbers from 0 to one less than `size`.
  static ClassSet upTo(int size) {
    var set = new ClassSet((size >> BLOCK_BITS) + 1);
    for (int number = 0; number < size; number++) {
      set.set(number);
    }
    return set;
  }

  private int find(int key) {
    // Mostly the last one: sets are filled in ascending order.
    if (count > 0 && keys[count - 1] <= key) {
      return keys[count - 1] == key ? count - 1 : -count - 1;
    }
    return Arrays.binarySearch(keys, 0, count, key);
  }

  void set(int number) {
    int key = number >> BLOCK_BITS;
    int at = find(key);
    if (at < 0) {
      at = -at - 1;
      insert(at, key, new long[WORDS]);
    }
    blocks[at][(number & ((1 << BLOCK_BITS) - 1)) >> 6] |= 1L << number;
  }

  private void insert(int at, int key, long[] block) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, count * 2);
      blocks = Arrays.copyOf(blocks, count * 2);
    }
    System.arraycopy(keys, at, keys, at + 1, count - at);
    System.arraycopy(blocks, at, blocks, at + 1, count - at);
    keys[at] = key;
    blocks[at] = block;
    count++;
  }

  boolean get(int number) {
    int at = find(number >> BLOCK_BITS);
    return at >= 0 && (blocks[at][(number & ((1 << BLOCK_BITS) - 1)) >> 6] & 1L << number) != 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// The numbers of the blocks that are not empty, ascending.
  IntStream blocks() {
    return Arrays.stream(keys, 0, count);
  }

  /// The memory that it takes.
  long bytes() {
    return 64 + (long) keys.length * (Integer.BYTES + 4) + (long) count * (16 + WORDS * Long.BYTES);
  }

  int cardinality() {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      for (long word : blocks[i]) {
        bits += Long.bitCount(word);
      }
    }
    return bits;
  }

  /// The lowest number; -1 if there are none.
  int first() {
    return count == 0 ? -1 : numbers(1)[0];
  }

  /// The numbers, ascending.
  IntStream stream() {
    return Arrays.stream(numbers(cardinality()));
  }

  /// The lowest numbers, ascending.
  ///
  /// @param most no more than there are
  private int[] numbers(int most) {
    int[] numbers = new int[most];
    int found = 0;
    for (int i = 0; found < most; i++) {
      int base = (keys[i / WORDS] << BLOCK_BITS) + i % WORDS * Long.SIZE;
      long left = blocks[i / WORDS][i % WORDS];
      while (left != 0 && found < most) {
        numbers[found++] = base + Long.numberOfTrailingZeros(left);
        left &= left - 1;
      }
    }
    return numbers;
  }

  boolean intersects(ClassSet other) {
    if (count == 0
        || other.count == 0
        || keys[count - 1] < other.keys[0]
        || other.keys[other.count - 1] < keys[0]) {
      return false;
    }
    int here = 0;
    int there = 0;
    while (here < count && there < other.count) {
      if (keys[here] < other.keys[there]) {
        here++;
      } else if (keys[here] > other.keys[there]) {
        there++;
      } else {
        long[] some = blocks[here++];
        long[] others = other.blocks[there++];
        for (int i = 0; i < WORDS; i++) {
          if ((some[i] & others[i]) != 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether it has all that the other has.
  boolean contains(ClassSet other) {
    int here = 0;
    for (int there = 0; there < other.count; there++) {
      while (here < count && keys[here] < other.keys[there]) {
        here++;
      }
      if (here == count || keys[here] != other.keys[there]) {
        return false;
      }
      for (int i = 0; i < WORDS; i++) {
        if ((other.blocks[there][i] & ~blocks[here][i]) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// What both have.
  ClassSet and(ClassSet other) {
    var both = new ClassSet(Math.min(count, other.count));
    int here = 0;
    int there = 0;
    while (here < count && there < other.count) {
      if (keys[here] < other.keys[there]) {
        here++;
      } else if (keys[here] > other.keys[there]) {
        there++;
      } else {
        var block = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
          block[i] = blocks[here][i] & other.blocks[there][i];
        }
        both.append(keys[here], block);
        here++;
        there++;
      }
    }
    return both;
  }

  /// What it has and the other has not.
  ClassSet minus(ClassSet other) {
    var left = new ClassSet(count);
    int there = 0;
    for (int here = 0; here < count; here++) {
      while (there < other.count && other.keys[there] < keys[here]) {
        there++;
      }
      var block = blocks[here].clone();
      if (there < other.count && other.keys[there] == keys[here]) {
        for (int i = 0; i < WORDS; i++) {
          block[i] &= ~other.blocks[there][i];
        }
      }
      left.append(keys[here], block);
    }
    return left;
  }

  /// Adds a block behind the others, unless it is empty.
  private void append(int key, long[] block) {
    for (long word : block) {
      if (word != 0) {
        insert(count, key, block);
        return;
      }
    }
  }

  /// What one of them has.
  ClassSet or(ClassSet other) {
    var either = new ClassSet(count + other.count);
    either.addAll(this);
    either.addAll(other);
    return either;
  }

  /// Adds all that the other has.
  void addAll(ClassSet other) {
    for (int there = 0; there < other.count; there++) {
      int at = find(other.keys[there]);
      if (at < 0) {
        insert(-at - 1, other.keys[there], other.blocks[there].clone());
      } else {
        for (int i = 0; i < WORDS; i++) {
          blocks[at][i] |= other.blocks[there][i];
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ClassSet set) || count != set.count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (keys[i] != set.keys[i] || !Arrays.equals(blocks[i], set.blocks[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    long hash = count;
    for (int i = 0; i < count; i++) {
      hash = hash * 31 + keys[i];
      for (long word : blocks[i]) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
    }
    return (int) (hash ^ hash >>> 32);
  }

  @Override
  public String toString() {
    return stream().boxed().toList().toString();
  }
}
