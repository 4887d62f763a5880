package io.surfacescan.model;

import java.util.Arrays;
import java.util.Comparator;

/// Texts in the order of their code points, which is that of their bytes.
///
/// Cost to build: the texts are sorted three bytes at a time behind what they all have in common,
/// so texts that differ early are hardly read. Takes 8 bytes a text.
public final class TextOrder {
  /// Runs of texts that are equal so far, shorter than this, are compared one with another.
  private static final int COMPARED_MOST = 32;

  private final int[] indexAt;
  private final int[] placeOf;

  private TextOrder(int[] indexAt) {
    this.indexAt = indexAt;
    this.placeOf = new int[indexAt.length];
    for (int place = 0; place < indexAt.length; place++) {
      placeOf[indexAt[place]] = place;
    }
  }

  /// Sorts the texts.
  ///
  /// @param texts no two of them equal
  public static TextOrder of(Texts texts) {
    return new TextOrder(new Sort(texts).run());
  }

  /// Sorts texts that may be equal, empty ones last.
  ///
  /// Cost: the texts are compared one with another.
  ///
  /// @param ties as many other texts, no two of them equal, which decide where texts are equal
  public static TextOrder of(Texts texts, Texts ties) {
    Integer[] order = new Integer[texts.size()];
    Arrays.setAll(order, index -> index);
    Arrays.parallelSort(
        order,
        Comparator.<Integer, Boolean>comparing(index -> texts.start(index) == texts.end(index))
            .thenComparing(texts::compare)
            .thenComparing(ties::compare));
    return new TextOrder(Arrays.stream(order).mapToInt(index -> index).toArray());
  }

  /// The index of the text at a place in the order.
  public int at(int place) {
    return indexAt[place];
  }

  /// The place of a text in the order.
  public int placeOf(int index) {
    return placeOf[index];
  }

  private static final class Sort {
    private final Texts texts;

    /// Each text by the bytes that it is sorted by now above, and its index below.
    private final long[] keys;

    /// Runs still to be sorted: from, to, depth.
    private int[] waiting = new int[48];

    private int waitingCount;

    Sort(Texts texts) {
      this.texts = texts;
      this.keys = new long[texts.size()];
      Arrays.setAll(keys, index -> index);
    }

    int[] run() {
      push(0, keys.length, 0);
      while (waitingCount > 0) {
        waitingCount -= 3;
        int from = waiting[waitingCount];
        int to = waiting[waitingCount + 1];
        int depth = waiting[waitingCount + 2];
        if (to - from <= COMPARED_MOST) {
          compare(from, to);
        } else {
          sort(from, to, common(from, to, depth));
        }
      }
      return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private void compare(int from, int to) {
      Long[] run = Arrays.stream(keys, from, to).boxed().toArray(Long[]::new);
      Arrays.sort(run, Comparator.comparing(Long::intValue, texts::compare));
      for (int i = 0; i < run.length; i++) {
        keys[from + i] = run[i];
      }
    }

    /// How many bytes all texts of a run have in common.
    private int common(int from, int to, int depth) {
      int first = (int) keys[from];
      byte[] bytes = texts.segment(first);
      int start = texts.start(first);
      int common = texts.end(first) - start;
      for (int i = from + 1; i < to && common > depth; i++) {
        int index = (int) keys[i];
        int length = Math.min(common, texts.end(index) - texts.start(index));
        int differs =
            Arrays.mismatch(
                bytes,
                start + depth,
                start + length,
                texts.segment(index),
                texts.start(index) + depth,
                texts.start(index) + length);
        common = differs < 0 ? length : depth + differs;
      }
      return common;
    }

    private void sort(int from, int to, int depth) {
      for (int i = from; i < to; i++) {
        int index = (int) keys[i];
        keys[i] = (long) bytesAt(index, depth) << 32 | index;
      }
      // The top bit is flipped in the bytes, so that signed order is that of unsigned bytes.
      Arrays.sort(keys, from, to);
      int start = from;
      for (int i = from + 1; i <= to; i++) {
        if (i < to && keys[i] >> 32 == keys[start] >> 32) {
          continue;
        }
        if (i - start > 1) {
          push(start, i, depth);
        }
        start = i;
      }
    }

    /// Three bytes of a text and, in the lowest byte, how many of them it has: one that ends before
    /// another goes on comes first.
    private int bytesAt(int index, int depth) {
      byte[] bytes = texts.segment(index);
      int start = texts.start(index) + depth;
      int length = Math.min(3, texts.end(index) - start);
      int value = 0;
      for (int i = 0; i < 3; i++) {
        value = value << 8 | (i < length ? bytes[start + i] & 0xFF : 0);
      }
      return (value << 8 | length) ^ Integer.MIN_VALUE;
    }

    private void push(int from, int to, int depth) {
      if (waitingCount == waiting.length) {
        waiting = Arrays.copyOf(waiting, 2 * waitingCount);
      }
      waiting[waitingCount++] = from;
      waiting[waitingCount++] = to;
      waiting[waitingCount++] = depth;
    }
  }
}
