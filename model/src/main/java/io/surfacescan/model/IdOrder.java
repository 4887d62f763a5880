package io.surfacescan.model;

import java.util.Arrays;
import java.util.Comparator;

/// The VMs of an environment in the order of their ids' code points, which is that of their bytes.
///
/// Cost to build: the ids are sorted four bytes at a time behind what they all have in common, so
/// ids that differ early are hardly read. Takes 8 bytes a VM.
public final class IdOrder {
  /// Runs of ids that are equal so far, shorter than this, are compared one with another.
  private static final int COMPARED_MOST = 32;

  private final int[] vmAt;
  private final int[] placeOf;

  private IdOrder(int[] vmAt) {
    this.vmAt = vmAt;
    this.placeOf = new int[vmAt.length];
    for (int place = 0; place < vmAt.length; place++) {
      placeOf[vmAt[place]] = place;
    }
  }

  public static IdOrder of(Environment environment) {
    return new IdOrder(new Sort(environment.vmIds()).run());
  }

  /// The VM at a place in the order.
  public int vmAt(int place) {
    return vmAt[place];
  }

  /// The place of a VM in the order.
  public int placeOf(int vm) {
    return placeOf[vm];
  }

  private static final class Sort {
    private final Texts ids;

    /// Each VM with the bytes of its id that it is sorted by now: bytes above, VM below.
    private final long[] keys;

    /// Runs still to be sorted: from, to, depth.
    private int[] waiting = new int[48];

    private int waitingCount;

    Sort(Texts ids) {
      this.ids = ids;
      this.keys = new long[ids.size()];
      Arrays.setAll(keys, vm -> vm);
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
      Arrays.sort(run, Comparator.comparing(Long::intValue, ids::compare));
      for (int i = 0; i < run.length; i++) {
        keys[from + i] = run[i];
      }
    }

    /// How many bytes all ids of a run have in common.
    private int common(int from, int to, int depth) {
      int first = (int) keys[from];
      byte[] bytes = ids.segment(first);
      int start = ids.start(first);
      int common = ids.end(first) - start;
      for (int i = from + 1; i < to && common > depth; i++) {
        int vm = (int) keys[i];
        int length = Math.min(common, ids.end(vm) - ids.start(vm));
        int differs =
            Arrays.mismatch(
                bytes,
                start + depth,
                start + length,
                ids.segment(vm),
                ids.start(vm) + depth,
                ids.start(vm) + length);
        common = differs < 0 ? length : depth + differs;
      }
      return common;
    }

    private void sort(int from, int to, int depth) {
      for (int i = from; i < to; i++) {
        int vm = (int) keys[i];
        keys[i] = (long) bytesAt(vm, depth) << 32 | vm;
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

    /// Three bytes of an id and, in the lowest byte, how many of them it has: an id that ends
    /// before another goes on comes first.
    private int bytesAt(int vm, int depth) {
      byte[] bytes = ids.segment(vm);
      int start = ids.start(vm) + depth;
      int length = Math.min(3, ids.end(vm) - start);
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
