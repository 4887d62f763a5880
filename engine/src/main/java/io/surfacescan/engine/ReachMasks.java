package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// Which atoms of a block each component reaches, or is reached from, one bit for each of them.
///
/// The masks of the components are passed back along the edges in reverse topological order, or
/// ahead in topological order. Some steps on, most components reach the same atoms. So masks have
/// numbers, components with equal masks mostly share one, and a mask is united with another only
/// once per component. On a million tag sets, where a component has some 180 successors, most edges
/// cost no more than a look at a number.
///
/// Memory: 12 bytes a component, and the masks that differ, at most 64 MiB of them, or 64 bytes a
/// component where that is more. Not thread-safe; used for one block after another.
final class ReachMasks {
  /// The number of the mask without bits.
  static final int NOTHING = 0;

  /// The number of the mask with the bits of all atoms of the block.
  static final int EVERYTHING = 1;

  /// Instead of a number: the mask has none.
  static final int UNNUMBERED = -1;

  private static final int WORDS_LEAST = 8;
  private static final int WORDS_MOST = 64;
  private static final long ALL_WORDS_MOST = 8L << 20;

  private static final long[] NOT_YET = {};

  /// After so many masks, a union is not likely to be one of them.
  private static final int COMPARED_MOST = 8;

  /// Per component, those that its mask is united from.
  private final Adjacency edges;

  /// Whether edges lead to components of higher numbers.
  private final boolean back;

  private final int words;

  /// Per component, the number of its mask.
  private final int[] maskOf;

  /// The masks by number, kept from one block to the next.
  private final long[][] masks;

  private int count;

  /// By number, the component into whose mask it was united last, plus one.
  private final int[] unitedInto;

  private final long[] union;

  /// The components with a bit of their own lie between these two. Beyond the one where the masks
  /// start, none is looked at.
  private int first;

  private int last;

  private ReachMasks(Adjacency edges, boolean back, int words) {
    this.edges = edges;
    this.back = back;
    this.words = words;
    maskOf = new int[edges.nodeCount()];
    masks = new long[edges.nodeCount() + 2][];
    Arrays.fill(masks, NOT_YET);
    masks[NOTHING] = new long[words];
    masks[EVERYTHING] = new long[words];
    unitedInto = new int[edges.nodeCount() + 2];
    union = new long[words];
    first = 0;
    last = edges.nodeCount() - 1;
    clear();
  }

  /// As many words for a mask as keep all processors busy and memory bounded.
  ///
  /// @param atoms of all blocks together
  static int words(int atoms, int components) {
    int turns = 4 * Long.SIZE * Runtime.getRuntime().availableProcessors();
    long most = Math.min(WORDS_MOST, ALL_WORDS_MOST / Math.max(1, components));
    return (int) Math.max(WORDS_LEAST, Math.min(most, atoms / turns));
  }

  /// Of what a component reaches.
  ///
  /// @param words the words of 64 bits in a mask
  static ReachMasks back(AttackGraph graph, int words) {
    return new ReachMasks(graph.successors(), true, words);
  }

  /// Of what reaches a component.
  ///
  /// @param predecessors per component, those with an edge to it
  /// @param words the words of 64 bits in a mask
  static ReachMasks ahead(Adjacency predecessors, int words) {
    return new ReachMasks(predecessors, false, words);
  }

  /// Starts a new block.
  void clear() {
    if (back) {
      Arrays.fill(maskOf, 0, last + 1, NOTHING);
    } else {
      Arrays.fill(maskOf, first, maskOf.length, NOTHING);
    }
    Arrays.fill(masks[EVERYTHING], 0);
    Arrays.fill(unitedInto, 0);
    count = EVERYTHING + 1;
    first = maskOf.length;
    last = -1;
  }

  /// Makes an atom the one of this bit.
  ///
  /// @param components per atom, its components
  void mark(IntLists components, int atom, int bit) {
    for (int i = components.start(atom); i < components.end(atom); i++) {
      int component = components.value(i);
      if (maskOf[component] == NOTHING) {
        maskOf[component] = newMask();
      }
      set(maskOf[component], bit);
      first = Math.min(first, component);
      last = Math.max(last, component);
    }
    set(EVERYTHING, bit);
  }

  private int newMask() {
    if (masks[count].length == 0) {
      masks[count] = new long[words];
    } else {
      Arrays.fill(masks[count], 0);
    }
    return count++;
  }

  private void set(int mask, int bit) {
    masks[mask][bit >>> 6] |= 1L << bit;
  }

  /// To be called once all atoms of the block are marked.
  void pass() {
    if (back) {
      for (int component = last; component >= 0; component--) {
        maskOf[component] = united(component);
      }
    } else {
      for (int component = first; component < maskOf.length; component++) {
        maskOf[component] = united(component);
      }
    }
  }

  /// The number of the union of the component's own bits and its neighbours' masks.
  private int united(int component) {
    int own = maskOf[component];
    // The number of a mask that is the union so far, if there is one.
    int equal = own;
    boolean isCopied = false;
    int compared = 0;
    int end = edges.end(component);
    for (int edge = edges.start(component); edge < end; edge++) {
      int next = edges.target(edge);
      if (back && next > last) {
        // Successors are ascending.
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
      if (equal == NOTHING) {
        equal = mask;
        continue;
      }
      if (!isCopied) {
        System.arraycopy(masks[equal], 0, union, 0, words);
        isCopied = true;
      }
      if (equal == UNNUMBERED && compared++ >= COMPARED_MOST) {
        add(masks[mask]);
      } else {
        equal = unite(mask, equal);
      }
    }
    if (equal != UNNUMBERED) {
      return equal;
    }
    if (Arrays.equals(union, masks[EVERYTHING])) {
      return EVERYTHING;
    }
    int mask = own == NOTHING ? newMask() : own;
    System.arraycopy(union, 0, masks[mask], 0, words);
    return mask;
  }

  /// Adds a mask to the union and returns the number of a mask that is the union now, if any.
  ///
  /// @param equal the number of a mask that was the union before, if any
  private int unite(int mask, int equal) {
    long[] added = masks[mask];
    long grown = 0;
    long more = 0;
    for (int word = 0; word < union.length; word++) {
      long old = union[word];
      long bits = added[word];
      grown |= bits & ~old;
      more |= old & ~bits;
      union[word] = old | bits;
    }
    if (more == 0) {
      return mask;
    }
    return grown == 0 ? equal : UNNUMBERED;
  }

  private void add(long[] mask) {
    for (int word = 0; word < union.length; word++) {
      union[word] |= mask[word];
    }
  }

  /// The masks that have numbers have lower ones than this.
  int count() {
    return count;
  }

  /// The first component that may have a mask, or the number of components if there is none.
  int first() {
    return back ? 0 : first;
  }

  /// The last component that may have a mask; -1 if there is none.
  int last() {
    return back ? last : maskOf.length - 1;
  }

  /// The number of a component's mask.
  int numberOf(int component) {
    return maskOf[component];
  }

  /// A mask by its number, or the union that was asked for last; not to be changed, and valid until
  /// the next question.
  long[] mask(int number) {
    return number == UNNUMBERED ? union : masks[number];
  }

  /// The union of the masks of a list of components: its number, or [#UNNUMBERED].
  int united(IntLists components, int list) {
    int equal = NOTHING;
    boolean isCopied = false;
    for (int i = components.start(list); i < components.end(list); i++) {
      int mask = maskOf[components.value(i)];
      if (mask == EVERYTHING) {
        return EVERYTHING;
      }
      if (mask == NOTHING || mask == equal) {
        continue;
      }
      if (equal == NOTHING) {
        equal = mask;
        continue;
      }
      if (!isCopied) {
        System.arraycopy(masks[equal], 0, union, 0, words);
        isCopied = true;
      }
      equal = unite(mask, equal);
    }
    return equal;
  }
}
