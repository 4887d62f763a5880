package io.surfacescan.engine;

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
/// Memory: 64 bytes a component and processor, and 4 bytes an out-atom and processor.
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

    private final Adjacency successors = graph.successors();
    private final long[] ofComponent = new long[successors.nodeCount() * WORDS];
    private final long[] ofOutAtom = new long[WORDS];
    private final BitCounters counters = new BitCounters();
    private final int[] victims = new int[graph.outAtoms().size()];

    /// Binary digit k of the VMs of each in-atom of the block, as masks.
    private long[] vmDigits = new long[WORDS];

    private int vmDigitCount;

    void count(int[] inAtoms, int from, int to, int[] attackers) {
      var lists = graph.inAtoms().components();
      int last = lists.value(lists.end(inAtoms[to - 1]) - 1);
      Arrays.fill(ofComponent, 0, (last + 1) * WORDS, 0);
      for (int i = from; i < to; i++) {
        int bit = i - from;
        for (int j = lists.start(inAtoms[i]); j < lists.end(inAtoms[i]); j++) {
          ofComponent[lists.value(j) * WORDS + (bit >>> 6)] |= 1L << bit;
        }
      }
      weigh(inAtoms, from, to);
      passBack(last);
      countOutAtoms(last);
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

    private void passBack(int last) {
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

    private void countOutAtoms(int last) {
      var lists = graph.outAtoms().components();
      for (int outAtom = 0; outAtom < victims.length; outAtom++) {
        int start = lists.start(outAtom);
        int end = lists.end(outAtom);
        if (start == end || lists.value(start) > last) {
          // Out-atoms stand in the order of their first components, those without any last.
          return;
        }
        Arrays.fill(ofOutAtom, 0);
        for (int i = start; i < end && lists.value(i) <= last; i++) {
          int at = lists.value(i) * WORDS;
          for (int word = 0; word < WORDS; word++) {
            ofOutAtom[word] |= ofComponent[at + word];
          }
        }
        int reached = weighed();
        if (reached > 0) {
          victims[outAtom] += reached;
          counters.add(ofOutAtom, graph.outAtomStart(outAtom + 1) - graph.outAtomStart(outAtom));
        }
      }
    }

    /// The VMs of the in-atoms whose bits are set.
    private int weighed() {
      int sum = 0;
      for (int digit = 0; digit < vmDigitCount; digit++) {
        int count = 0;
        for (int word = 0; word < WORDS; word++) {
          count += Long.bitCount(ofOutAtom[word] & vmDigits[digit * WORDS + word]);
        }
        sum += count << digit;
      }
      return sum;
    }
  }
}
