package io.surfacescan.engine;

import java.util.Arrays;

/// Which in-atoms of a block of at most 512 each component reaches, one bit for each of them.
///
/// The masks of the components are passed back along the edges in reverse topological order. Some
/// steps back, most components reach the same in-atoms. So masks have numbers, components with
/// equal masks mostly share one, and a mask is united with another only once per component. On a
/// million tag sets, where a component has some 180 successors, most edges cost no more than a look
/// at a number.
///
/// Memory: 72 bytes a component. Not thread-safe; used for one block after another.
final class ReachMasks {
  /// The number of the mask without bits.
  static final int NOTHING = 0;

  /// The number of the mask with the bits of all in-atoms of the block.
  static final int EVERYTHING = 1;

  /// Instead of a number: the mask has none, it is [#union].
  static final int UNNUMBERED = -1;

  private static final int WORDS = BitCounters.WORDS;

  private final Adjacency successors;
  private final Atoms inAtoms;
  private final Atoms outAtoms;

  /// Per component, the number of its mask.
  private final int[] maskOf;

  /// The masks by number.
  private final long[] masks;

  private int count;

  /// By number, the component into whose mask it was united last, plus one.
  private final int[] unitedInto;

  private final long[] union = new long[WORDS];

  /// The highest component with a bit of its own; the masks of those above are not looked at.
  private int last = -1;

  ReachMasks(AttackGraph graph) {
    successors = graph.successors();
    inAtoms = graph.inAtoms();
    outAtoms = graph.outAtoms();
    maskOf = new int[successors.nodeCount()];
    masks = new long[Math.multiplyExact(successors.nodeCount() + 2, WORDS)];
    unitedInto = new int[successors.nodeCount() + 2];
    clear();
  }

  /// Starts a new block.
  void clear() {
    Arrays.fill(maskOf, 0, last + 1, NOTHING);
    Arrays.fill(masks, EVERYTHING * WORDS, (EVERYTHING + 1) * WORDS, 0);
    Arrays.fill(unitedInto, 0);
    count = EVERYTHING + 1;
    last = -1;
  }

  /// Makes an in-atom the one of this bit.
  void mark(int inAtom, int bit) {
    var lists = inAtoms.components();
    for (int i = lists.start(inAtom); i < lists.end(inAtom); i++) {
      int component = lists.value(i);
      if (maskOf[component] == NOTHING) {
        maskOf[component] = newMask();
      }
      set(maskOf[component], bit);
      last = Math.max(last, component);
    }
    set(EVERYTHING, bit);
  }

  private int newMask() {
    Arrays.fill(masks, count * WORDS, (count + 1) * WORDS, 0);
    return count++;
  }

  private void set(int mask, int bit) {
    masks[mask * WORDS + (bit >>> 6)] |= 1L << bit;
  }

  /// To be called once all in-atoms of the block are marked.
  void passBack() {
    for (int component = last; component >= 0; component--) {
      maskOf[component] = united(component);
    }
  }

  /// The number of the union of the component's own bits and its successors' masks.
  private int united(int component) {
    int own = maskOf[component];
    System.arraycopy(masks, own * WORDS, union, 0, WORDS);
    // The number of a mask that is the union so far, if there is one.
    int equal = own;
    int end = successors.end(component);
    for (int edge = successors.start(component); edge < end; edge++) {
      int next = successors.target(edge);
      if (next > last) {
        break;
      }
      int mask = maskOf[next];
      if (mask == EVERYTHING) {
        return EVERYTHING;
      }
      if (unitedInto[mask] == component + 1 || mask == NOTHING) {
        continue;
      }
      unitedInto[mask] = component + 1;
      equal = unite(mask, equal);
    }
    if (equal != UNNUMBERED) {
      return equal;
    }
    if (Arrays.equals(union, 0, WORDS, masks, EVERYTHING * WORDS, (EVERYTHING + 1) * WORDS)) {
      return EVERYTHING;
    }
    int mask = own == NOTHING ? newMask() : own;
    System.arraycopy(union, 0, masks, mask * WORDS, WORDS);
    return mask;
  }

  /// Adds a mask to the union and returns the number of a mask that is the union now, if any.
  ///
  /// @param equal the number of a mask that was the union before, if any
  private int unite(int mask, int equal) {
    boolean grown = false;
    boolean more = false;
    int at = mask * WORDS;
    for (int word = 0; word < WORDS; word++) {
      long before = union[word];
      long added = masks[at + word];
      grown |= (added & ~before) != 0;
      more |= (before & ~added) != 0;
      union[word] = before | added;
    }
    if (!more) {
      return mask;
    }
    return grown ? UNNUMBERED : equal;
  }

  /// The masks that have numbers have lower ones than this.
  int count() {
    return count;
  }

  /// The highest component that reaches any in-atom of the block; -1 if there is none.
  int last() {
    return last;
  }

  /// What the out-atom reaches: the number of the mask, or [#UNNUMBERED] with the mask in [#union].
  int reachedFrom(int outAtom) {
    var lists = outAtoms.components();
    int start = lists.start(outAtom);
    int end = lists.end(outAtom);
    if (start == end || lists.value(start) > last) {
      return NOTHING;
    }
    int first = maskOf[lists.value(start)];
    boolean same = true;
    for (int i = start; i < end && lists.value(i) <= last; i++) {
      int mask = maskOf[lists.value(i)];
      if (mask == EVERYTHING) {
        return EVERYTHING;
      }
      same &= mask == first;
    }
    if (same) {
      return first;
    }
    System.arraycopy(masks, first * WORDS, union, 0, WORDS);
    int equal = first;
    for (int i = start + 1; i < end && lists.value(i) <= last; i++) {
      equal = unite(maskOf[lists.value(i)], equal);
    }
    return equal;
  }

  /// The mask without a number that was asked for last.
  long[] union() {
    return union;
  }

  /// Copies a numbered mask, or the union.
  void copy(int mask, long[] to) {
    if (mask == UNNUMBERED) {
      System.arraycopy(union, 0, to, 0, WORDS);
    } else {
      System.arraycopy(masks, mask * WORDS, to, 0, WORDS);
    }
  }
}
