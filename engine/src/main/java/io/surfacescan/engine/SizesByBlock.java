package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Sizes of surfaces and blast radii for in-atoms whose ancestors are not stored, 512 at a time.
///
/// Each in-atom of a block is a bit. The masks of the components are passed back along the edges in
/// reverse topological order, until each says which in-atoms of the block it reaches; the mask of
/// an out-atom is the union of those of its components. The bits set in it, each as often as the
/// in-atom has VMs, are victims; counted per bit over all out-atoms they are attackers.
///
/// Some steps back, most components reach the same in-atoms. So masks have numbers, components with
/// equal masks mostly share one, and a mask is united with another only once per component; what
/// has one number is counted at the end, once. That made a million VMs of a million tag sets, where
/// every component has some 180 successors, several times as fast.
///
/// Memory: 76 bytes a component and processor, and 4 bytes an out-atom and processor.
final class SizesByBlock {
  private final AttackGraph graph;
  private final int[] vmsOfInAtom;
  private final Deadline deadline;
  private final Progress progress;

  SizesByBlock(AttackGraph graph, int[] vmsOfInAtom, Deadline deadline, Progress progress) {
    this.graph = graph;
    this.vmsOfInAtom = vmsOfInAtom;
    this.deadline = deadline;
    this.progress = progress;
  }

  /// Fills in the attackers of the in-atoms and adds to the victims of the out-atoms.
  ///
  /// @param inAtoms those to be counted
  void count(int[] inAtoms, int[] attackers, int[] victims) {
    int[] ordered = byLastComponent(inAtoms);
    int blocks = Math.ceilDiv(ordered.length, BitCounters.BITS);
    var next = new AtomicInteger();
    var done = new AtomicLong();
    int workers = Math.min(blocks, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(_ -> {
          var masks = new Masks();
          for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
            deadline.check();
            int from = block * BitCounters.BITS;
            int to = Math.min(ordered.length, from + BitCounters.BITS);
            masks.count(ordered, from, to, attackers);
            progress.at(done.incrementAndGet(), blocks);
          }
          synchronized (victims) {
            for (int outAtom = 0; outAtom < victims.length; outAtom++) {
              victims[outAtom] += masks.victims[outAtom];
            }
          }
        });
  }

  /// Neighbours in this order have much the same components before them, and a block needs only
  /// those.
  private int[] byLastComponent(int[] inAtoms) {
    var lists = graph.inAtoms().components();
    int[] keys = new int[inAtoms.length];
    Arrays.setAll(keys, i -> lists.value(lists.end(inAtoms[i]) - 1));
    int[] order = CountingSort.order(keys, graph.successors().nodeCount());
    return Arrays.stream(order).map(i -> inAtoms[i]).toArray();
  }

  /// The scratch of one worker.
  private final class Masks {
    private static final int WORDS = BitCounters.WORDS;

    /// The number of the mask without bits.
    private static final int NOTHING = 0;

    /// The number of the mask with the bits of all in-atoms of the block.
    private static final int EVERYTHING = 1;

    private final Adjacency successors = graph.successors();
    private final int components = successors.nodeCount();

    /// Per component, the number of its mask.
    private final int[] maskOf = new int[components];

    /// By number, the masks.
    private final long[] masks = new long[(components + 2) * WORDS];

    private int maskCount;

    /// By number, the component into whose mask it was united last, plus one.
    private final int[] unitedInto = new int[components + 2];

    /// By number, the VMs of out-atoms that have the mask.
    private final int[] vmsOfMask = new int[components + 2];

    /// By number, the VMs of the in-atoms in the mask.
    private final int[] weightOfMask = new int[components + 2];

    private final long[] union = new long[WORDS];
    private final BitCounters counters = new BitCounters();
    private final int[] victims = new int[graph.outAtoms().size()];

    /// Binary digit k of the VMs of each in-atom of the block, as masks.
    private long[] vmDigits = new long[WORDS];

    private int vmDigitCount;

    void count(int[] inAtoms, int from, int to, int[] attackers) {
      var lists = graph.inAtoms().components();
      int last = lists.value(lists.end(inAtoms[to - 1]) - 1);
      weigh(inAtoms, from, to);
      start(last);
      for (int i = from; i < to; i++) {
        for (int j = lists.start(inAtoms[i]); j < lists.end(inAtoms[i]); j++) {
          int mask = ownMask(lists.value(j));
          set(mask, i - from);
        }
        set(EVERYTHING, i - from);
      }
      passBack(last);
      countOutAtoms(last);
      for (int mask = EVERYTHING; mask < maskCount; mask++) {
        System.arraycopy(masks, mask * WORDS, union, 0, WORDS);
        counters.add(union, vmsOfMask[mask]);
        vmsOfMask[mask] = 0;
      }
      int[] counts = counters.drain();
      for (int i = from; i < to; i++) {
        attackers[inAtoms[i]] = counts[i - from];
      }
    }

    private void start(int last) {
      Arrays.fill(maskOf, 0, last + 1, NOTHING);
      Arrays.fill(masks, EVERYTHING * WORDS, (EVERYTHING + 1) * WORDS, 0);
      Arrays.fill(unitedInto, 0);
      maskCount = EVERYTHING + 1;
    }

    /// The mask of a component that holds an in-atom of the block.
    private int ownMask(int component) {
      if (maskOf[component] == NOTHING) {
        maskOf[component] = newMask();
      }
      return maskOf[component];
    }

    private int newMask() {
      Arrays.fill(masks, maskCount * WORDS, (maskCount + 1) * WORDS, 0);
      weightOfMask[maskCount] = -1;
      return maskCount++;
    }

    private void set(int mask, int bit) {
      masks[mask * WORDS + (bit >>> 6)] |= 1L << bit;
    }

    private void weigh(int[] inAtoms, int from, int to) {
      int all = 0;
      for (int i = from; i < to; i++) {
        all |= vmsOfInAtom[inAtoms[i]];
      }
      vmDigitCount = Integer.SIZE - Integer.numberOfLeadingZeros(all);
      vmDigits = new long[vmDigitCount * WORDS];
      for (int i = from; i < to; i++) {
        int bit = i - from;
        for (int digits = vmsOfInAtom[inAtoms[i]]; digits != 0; digits &= digits - 1) {
          int digit = Integer.numberOfTrailingZeros(digits);
          vmDigits[digit * WORDS + (bit >>> 6)] |= 1L << bit;
        }
      }
      weightOfMask[NOTHING] = 0;
      weightOfMask[EVERYTHING] = -1;
    }

    private void passBack(int last) {
      for (int component = last; component >= 0; component--) {
        maskOf[component] = united(component, last);
      }
    }

    /// The number of the union of the component's own bits and its successors' masks.
    private int united(int component, int last) {
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
      if (equal >= 0) {
        return equal;
      }
      if (Arrays.equals(union, 0, WORDS, masks, EVERYTHING * WORDS, (EVERYTHING + 1) * WORDS)) {
        return EVERYTHING;
      }
      int mask = own == NOTHING ? newMask() : own;
      System.arraycopy(union, 0, masks, mask * WORDS, WORDS);
      return mask;
    }

    /// Adds a mask to the union and returns the number of a mask that is the union now, or -1.
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
      return grown ? -1 : equal;
    }

    private void countOutAtoms(int last) {
      var lists = graph.outAtoms().components();
      for (int outAtom = 0; outAtom < victims.length; outAtom++) {
        int start = lists.start(outAtom);
        int end = lists.end(outAtom);
        if (start == end || lists.value(start) > last) {
          // Out-atoms stand in the order of their first components, those without any last.
          return;
        }
        int vms = graph.outAtomStart(outAtom + 1) - graph.outAtomStart(outAtom);
        int mask = oneMask(lists, start, end, last);
        if (mask >= 0) {
          vmsOfMask[mask] += vms;
          victims[outAtom] += weight(mask);
        } else {
          victims[outAtom] += weigh(union, 0);
          counters.add(union, vms);
        }
      }
    }

    /// The number of the mask of an out-atom with these components; or -1, and the mask is in
    /// `union`.
    private int oneMask(IntLists lists, int start, int end, int last) {
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

    private int weight(int mask) {
      if (weightOfMask[mask] < 0) {
        weightOfMask[mask] = weigh(masks, mask * WORDS);
      }
      return weightOfMask[mask];
    }

    /// The VMs of the in-atoms whose bits are set.
    private int weigh(long[] bits, int start) {
      int sum = 0;
      for (int digit = 0; digit < vmDigitCount; digit++) {
        int count = 0;
        for (int word = 0; word < WORDS; word++) {
          count += Long.bitCount(bits[start + word] & vmDigits[digit * WORDS + word]);
        }
        sum += count << digit;
      }
      return sum;
    }
  }
}
