package io.surfacescan.engine;

import java.util.Arrays;

/// Which in-atoms of a block of at most 512 each component reaches, one bit for each of them.
///
/// The masks of the components are passed back along the edges in reverse topological order.
/// Memory: 64 bytes a component. Not thread-safe; used for one block after another.
final class ReachMasks {
  private static final int WORDS = BitCounters.WORDS;

  private final Adjacency successors;
  private final Atoms inAtoms;
  private final Atoms outAtoms;
  private final long[] ofComponent;

  /// The highest component with a bit of its own; the masks of those above are not looked at.
  private int last = -1;

  ReachMasks(AttackGraph graph) {
    successors = graph.successors();
    inAtoms = graph.inAtoms();
    outAtoms = graph.outAtoms();
    ofComponent = new long[Math.multiplyExact(successors.nodeCount(), WORDS)];
  }

  /// Starts a new block.
  void clear() {
    Arrays.fill(ofComponent, 0, (last + 1) * WORDS, 0);
    last = -1;
  }

  /// Makes an in-atom the one of this bit.
  void mark(int inAtom, int bit) {
    var lists = inAtoms.components();
    for (int i = lists.start(inAtom); i < lists.end(inAtom); i++) {
      ofComponent[lists.value(i) * WORDS + (bit >>> 6)] |= 1L << bit;
      last = Math.max(last, lists.value(i));
    }
  }

  /// To be called once all in-atoms of the block are marked.
  void passBack() {
    for (int component = last; component >= 0; component--) {
      int to = component * WORDS;
      int end = successors.end(component);
      for (int edge = successors.start(component); edge < end; edge++) {
        int next = successors.target(edge);
        if (next > last) {
          break;
        }
        int at = next * WORDS;
        for (int word = 0; word < WORDS; word++) {
          ofComponent[to + word] |= ofComponent[at + word];
        }
      }
    }
  }

  /// Adds what the out-atom reaches to a mask.
  void addTo(long[] mask, int outAtom) {
    var lists = outAtoms.components();
    int end = lists.end(outAtom);
    for (int i = lists.start(outAtom); i < end && lists.value(i) <= last; i++) {
      int at = lists.value(i) * WORDS;
      for (int word = 0; word < WORDS; word++) {
        mask[word] |= ofComponent[at + word];
      }
    }
  }
}
