package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Sizes of surfaces and blast radii for in-atoms whose ancestors are not stored, up to 4,096 at a
/// time.
///
/// Each atom of a block is a bit. With [ReachMasks] of in-atoms passed back, the bits of an
/// out-atom are its victims; with those of out-atoms passed ahead, the bits of an in-atom are its
/// attackers. Counting bits that way takes a walk in both directions. To count per bit while going
/// one way alone, each digit of a counter at a time, takes ten times as long as both.
///
/// Some steps away from a block, whole components reach everything in it. The out-atoms of which
/// that is the first component, and the in-atoms of which it is the last, stand side by side and
/// are counted as one. So a block costs little more than the atoms near it.
///
/// Memory, per processor: 4 bytes a component and 4 an atom beside the masks.
final class SizesByBlock {
  private final AttackGraph graph;
  private final int[] vmsOfInAtom;
  private final Deadline deadline;
  private final Progress progress;
  private final AtomicLong done = new AtomicLong();
  private long blocks;

  SizesByBlock(AttackGraph graph, int[] vmsOfInAtom, Deadline deadline, Progress progress) {
    this.graph = graph;
    this.vmsOfInAtom = vmsOfInAtom;
    this.deadline = deadline;
    this.progress = progress;
  }

  /// Some atoms of one side.
  ///
  /// @param components of all atoms of the side
  /// @param atoms those counted, in the order of `starts`
  /// @param vms per atom of the side, how many VMs it has
  /// @param starts per component, the place in `atoms` of the first one that it is the key of: the
  ///   first component of out-atoms, the last one of in-atoms; one more element closes the last
  private record Side(IntLists components, int[] atoms, int[] vms, int[] starts) {
    static Side of(IntLists components, int[] atoms, int[] vms, int[] keys, int componentCount) {
      int[] order = CountingSort.order(keys, componentCount);
      int[] ordered = Arrays.stream(order).map(place -> atoms[place]).toArray();
      return new Side(components, ordered, vms, CountingSort.starts(keys, componentCount));
    }
  }

  /// Fills in the attackers of the in-atoms and adds to the victims of the out-atoms.
  ///
  /// @param inAtoms those to be counted; each has components
  void count(int[] inAtoms, int[] attackers, int[] victims) {
    if (inAtoms.length == 0) {
      return;
    }
    int components = graph.successors().nodeCount();
    var in = graph.inAtoms().components();
    int[] inKeys = Arrays.stream(inAtoms).map(atom -> in.value(in.end(atom) - 1)).toArray();
    var inSide = Side.of(in, inAtoms, vmsOfInAtom, inKeys, components);
    var out = graph.outAtoms().components();
    int[] outAtoms = IntStream.range(0, out.size()).filter(atom -> out.length(atom) > 0).toArray();
    int[] outKeys = Arrays.stream(outAtoms).map(atom -> out.value(out.start(atom))).toArray();
    int[] outVms = new int[out.size()];
    Arrays.setAll(outVms, atom -> graph.countedOfOutAtoms(atom, atom + 1));
    var outSide = Side.of(out, outAtoms, outVms, outKeys, components);
    int inWords = ReachMasks.words(inAtoms.length, components);
    int outWords = ReachMasks.words(outAtoms.length, components);
    blocks = blocks(inSide, inWords) + (long) blocks(outSide, outWords);
    count(inSide, outSide, inWords, true, victims);
    count(outSide, inSide, outWords, false, attackers);
  }

  private static int blocks(Side near, int words) {
    return Math.ceilDiv(near.atoms.length, Long.SIZE * words);
  }

  /// Adds to each far atom the VMs of the near atoms that it reaches, or that reach it.
  private void count(Side near, Side far, int words, boolean back, int[] sums) {
    int count = blocks(near, words);
    var next = new AtomicInteger();
    int workers = Math.min(count, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(ignored -> {
          var masks =
              back
                  ? ReachMasks.back(graph, words)
                  : ReachMasks.ahead(graph.ancestors().predecessors(), words);
          var counting = new Counting(near, far, masks, words);
          for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
            deadline.check();
            counting.count(block * Long.SIZE * words);
            progress.at(done.incrementAndGet(), blocks);
          }
          counting.addTo(sums);
        });
  }

  /// The scratch of one worker.
  private static final class Counting {
    private static final int UNKNOWN = -1;

    private final Side near;
    private final Side far;
    private final ReachMasks masks;
    private final int words;

    /// By number of mask, the VMs of the atoms in it.
    private final int[] vmsOfMask;

    /// Per place of a far atom, by how much its sum differs from that of the one before.
    private final int[] more;

    /// Binary digit k of the VMs of each atom of the block, as masks.
    private long[][] digits = {};

    Counting(Side near, Side far, ReachMasks masks, int words) {
      this.near = near;
      this.far = far;
      this.masks = masks;
      this.words = words;
      this.vmsOfMask = new int[far.starts.length + 1];
      this.more = new int[far.atoms.length + 1];
    }

    void count(int from) {
      int to = Math.min(near.atoms.length, from + Long.SIZE * words);
      masks.clear();
      for (int i = from; i < to; i++) {
        masks.mark(near.components, near.atoms[i], i - from);
      }
      weigh(from, to);
      masks.pass();
      Arrays.fill(vmsOfMask, 0, masks.count(), UNKNOWN);
      vmsOfMask[ReachMasks.NOTHING] = 0;
      for (int component = masks.first(); component <= masks.last(); component++) {
        int start = far.starts[component];
        int end = far.starts[component + 1];
        if (masks.numberOf(component) == ReachMasks.EVERYTHING) {
          add(start, end, vms(ReachMasks.EVERYTHING));
          continue;
        }
        for (int place = start; place < end; place++) {
          int number = masks.united(far.components, far.atoms[place]);
          boolean isNumbered = number != ReachMasks.UNNUMBERED;
          add(place, place + 1, isNumbered ? vms(number) : vms(masks.mask(number)));
        }
      }
    }

    private void weigh(int from, int to) {
      int all = 0;
      for (int i = from; i < to; i++) {
        all |= near.vms[near.atoms[i]];
      }
      digits = new long[Integer.SIZE - Integer.numberOfLeadingZeros(all)][words];
      for (int i = from; i < to; i++) {
        int bit = i - from;
        for (int rest = near.vms[near.atoms[i]]; rest != 0; rest &= rest - 1) {
          digits[Integer.numberOfTrailingZeros(rest)][bit >>> 6] |= 1L << bit;
        }
      }
    }

    private void add(int from, int to, int vms) {
      more[from] += vms;
      more[to] -= vms;
    }

    private int vms(int number) {
      if (vmsOfMask[number] == UNKNOWN) {
        vmsOfMask[number] = vms(masks.mask(number));
      }
      return vmsOfMask[number];
    }

    /// The VMs of the atoms whose bits are set.
    private int vms(long[] bits) {
      int sum = 0;
      for (int digit = 0; digit < digits.length; digit++) {
        sum += common(bits, digits[digit]) << digit;
      }
      return sum;
    }

    private static int common(long[] bits, long[] others) {
      int count = 0;
      for (int word = 0; word < bits.length; word++) {
        count += Long.bitCount(bits[word] & others[word]);
      }
      return count;
    }

    void addTo(int[] sums) {
      synchronized (sums) {
        int sum = 0;
        for (int place = 0; place < far.atoms.length; place++) {
          sum += more[place];
          sums[far.atoms[place]] += sum;
        }
      }
    }
  }
}
