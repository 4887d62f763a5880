package io.surfacescan.engine;

import java.util.Arrays;

/// The union of half-open intervals over `[0, universe)`, reused from one union to the next. Not
/// thread-safe.
///
/// Few intervals are sorted and swept. Many are marked in a bit set, whose cost does not grow with
/// their overlap.
final class IntervalUnion {
  private final int universe;
  private final int sortedAtMost;

  /// Each interval as `from << 32 | to`.
  private long[] intervals = new long[16];

  private int count;
  private long[] bits = {};
  private boolean marking;

  /// The words of `bits` that may be non-zero: from, inclusive, to, exclusive.
  private int firstWord;

  private int endWord;

  IntervalUnion(int universe) {
    this.universe = universe;
    // Sorting n intervals costs about n log n, scanning the bits one step per 64: the two meet near
    // this many.
    this.sortedAtMost = Math.max(64, universe / 512);
  }

  /// Adds `[from, to)`, which must not be empty.
  void add(int from, int to) {
    if (marking) {
      mark(from, to);
      return;
    }
    if (count > 0 && (int) intervals[count - 1] == from) {
      intervals[count - 1] = (intervals[count - 1] & 0xFFFFFFFF00000000L) | to;
      return;
    }
    if (count == sortedAtMost) {
      startMarking();
      mark(from, to);
      return;
    }
    if (count == intervals.length) {
      intervals = Arrays.copyOf(intervals, Math.min(sortedAtMost, count * 2));
    }
    intervals[count++] = (long) from << 32 | to;
  }

  /// Returns the union so far as from, to, from, to, strictly ascending, and starts an empty one.
  int[] drain() {
    int[] bounds = marking ? drainMarks() : drainSorted();
    count = 0;
    marking = false;
    return bounds;
  }

  private int[] drainSorted() {
    Arrays.sort(intervals, 0, count);
    int[] bounds = new int[2 * count];
    int length = 0;
    for (int i = 0; i < count; i++) {
      int from = (int) (intervals[i] >>> 32);
      int to = (int) intervals[i];
      if (length > 0 && from <= bounds[length - 1]) {
        bounds[length - 1] = Math.max(bounds[length - 1], to);
      } else {
        bounds[length++] = from;
        bounds[length++] = to;
      }
    }
    return length == bounds.length ? bounds : Arrays.copyOf(bounds, length);
  }

  private void startMarking() {
    if (bits.length == 0) {
      bits = new long[(universe >>> 6) + 1];
    }
    marking = true;
    firstWord = bits.length;
    endWord = 0;
    for (int i = 0; i < count; i++) {
      mark((int) (intervals[i] >>> 32), (int) intervals[i]);
    }
  }

  private void mark(int from, int to) {
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    firstWord = Math.min(firstWord, first);
    endWord = Math.max(endWord, last + 1);
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      bits[first] |= head & tail;
      return;
    }
    bits[first] |= head;
    Arrays.fill(bits, first + 1, last, -1L);
    bits[last] |= tail;
  }

  private int[] drainMarks() {
    int[] bounds = new int[64];
    int length = 0;
    boolean inside = false;
    for (int word = firstWord; word < endWord; word++) {
      // A bit here is a place where the marks change from unset to set or back.
      long changes = bits[word] ^ (bits[word] << 1 | (inside ? 1 : 0));
      inside = bits[word] < 0;
      bits[word] = 0;
      for (; changes != 0; changes &= changes - 1) {
        if (length + 2 > bounds.length) {
          bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[length++] = (word << 6) + Long.numberOfTrailingZeros(changes);
      }
    }
    if (inside) {
      bounds[length++] = endWord << 6;
    }
    return Arrays.copyOf(bounds, length);
  }
}
