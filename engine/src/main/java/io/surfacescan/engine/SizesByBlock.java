package io.surfacescan.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Sizes of surfaces and blast radii for in-atoms whose ancestors are not stored, 512 at a time.
///
/// Each in-atom of a block is a bit, and [ReachMasks] say which of them an out-atom reaches. The
/// bits set in its mask, each as often as the in-atom has VMs, are victims; counted per bit over
/// all out-atoms they are attackers. What has the same numbered mask is counted once, at the end.
///
/// Memory: 80 bytes a component and processor, and 4 bytes an out-atom and processor.
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
        .forEach(ignored -> {
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
    private static final int UNKNOWN = -1;

    private final ReachMasks masks = new ReachMasks(graph);

    /// By number of mask, the VMs of out-atoms that have it.
    private final int[] vmsOfMask = new int[graph.successors().nodeCount() + 2];

    /// By number of mask, the VMs of the in-atoms in it.
    private final int[] weightOfMask = new int[vmsOfMask.length];

    private final long[] mask = new long[WORDS];
    private final BitCounters counters = new BitCounters();
    private final int[] victims = new int[graph.outAtoms().size()];

    /// Binary digit k of the VMs of each in-atom of the block, as masks.
    private long[] vmDigits = new long[WORDS];

    private int vmDigitCount;

    void count(int[] inAtoms, int from, int to, int[] attackers) {
      masks.clear();
      for (int i = from; i < to; i++) {
        masks.mark(inAtoms[i], i - from);
      }
      weigh(inAtoms, from, to);
      masks.passBack();
      Arrays.fill(vmsOfMask, 0, masks.count(), 0);
      Arrays.fill(weightOfMask, 0, masks.count(), UNKNOWN);
      countOutAtoms();
      for (int number = ReachMasks.EVERYTHING; number < masks.count(); number++) {
        masks.copy(number, mask);
        counters.add(mask, vmsOfMask[number]);
      }
      int[] counts = counters.drain();
      for (int i = from; i < to; i++) {
        attackers[inAtoms[i]] = counts[i - from];
      }
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
    }

    private void countOutAtoms() {
      var lists = graph.outAtoms().components();
      for (int outAtom = 0; outAtom < victims.length; outAtom++) {
        if (lists.length(outAtom) == 0 || lists.value(lists.start(outAtom)) > masks.last()) {
          // Out-atoms stand in the order of their first components, those without any last.
          return;
        }
        int vms = graph.countedOfOutAtoms(outAtom, outAtom + 1);
        int number = masks.reachedFrom(outAtom);
        if (number == ReachMasks.UNNUMBERED) {
          victims[outAtom] += weight(masks.union());
          counters.add(masks.union(), vms);
        } else {
          vmsOfMask[number] += vms;
          victims[outAtom] += weight(number);
        }
      }
    }

    private int weight(int number) {
      if (weightOfMask[number] == UNKNOWN) {
        masks.copy(number, mask);
        weightOfMask[number] = weight(mask);
      }
      return weightOfMask[number];
    }

    /// The VMs of the in-atoms whose bits are set.
    private int weight(long[] bits) {
      int sum = 0;
      for (int digit = 0; digit < vmDigitCount; digit++) {
        int count = 0;
        for (int word = 0; word < WORDS; word++) {
          count += Long.bitCount(bits[word] & vmDigits[digit * WORDS + word]);
        }
        sum += count << digit;
      }
      return sum;
    }
  }
}
