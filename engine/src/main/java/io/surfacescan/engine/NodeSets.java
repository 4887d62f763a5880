package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;

/// Per tag, a set of nodes, as bits side by side; only tags that have any take room.
final class NodeSets {
  private final int words;

  /// Per tag, one more than the place of its set; 0 if it has none.
  private final int[] placeOfTag;

  private int count;
  private long[] bits;

  NodeSets(int tagCount, int nodeCount) {
    words = (nodeCount + Long.SIZE - 1) / Long.SIZE;
    placeOfTag = new int[tagCount];
    bits = new long[16 * words];
  }

  void add(int tag, int node) {
    if (placeOfTag[tag] == 0) {
      if (count * words == bits.length) {
        bits = Arrays.copyOf(bits, 2 * bits.length);
      }
      placeOfTag[tag] = ++count;
    }
    bits[(placeOfTag[tag] - 1) * words + (node >>> 6)] |= 1L << node;
  }

  /// The first node of the set at or after one, or -1.
  int next(int tag, int from) {
    if (placeOfTag[tag] == 0) {
      return -1;
    }
    int start = (placeOfTag[tag] - 1) * words;
    for (int word = from >>> 6; word < words; word++) {
      long left = bits[start + word];
      if (word == from >>> 6) {
        left &= -1L << from;
      }
      if (left != 0) {
        return word * Long.SIZE + Long.numberOfTrailingZeros(left);
      }
    }
    return -1;
  }

  void addTo(BitSet set, int tag) {
    for (int node = next(tag, 0); node >= 0; node = next(tag, node + 1)) {
      set.set(node);
    }
  }

  /// The bits of a set without nodes.
  long[] empty() {
    return new long[words];
  }

  /// Adds the set of a tag to bits, or sets them to it.
  void setOrAdd(long[] set, int tag, boolean isFirst) {
    int start = (placeOfTag[tag] - 1) * words;
    for (int word = 0; word < words; word++) {
      long added = start < 0 ? 0 : bits[start + word];
      set[word] = isFirst ? added : set[word] | added;
    }
  }
}
