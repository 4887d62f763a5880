package io.surfacescan.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Gained and lost attackers of joint classes, 512 joint in-atoms at a time.
///
/// VMs of one *joint in-atom*, an in-atom before and one after, have the same attackers on either
/// side; VMs of one *joint out-atom* attack the same. Each joint in-atom of a block is a bit.
/// [ReachMasks] of both graphs say which of them a joint out-atom reaches before and after; where
/// the two masks differ, its VMs are counted for those bits.
///
/// Example: VMs A{a}, B{b}, C{c}; before the rule a→b, after it also b→c. B is bit 0, C bit 1. The
/// out-atom of A reaches 01 before and 11 after: C gains A. That of B reaches 00 before and 10
/// after: C gains B. C has gained two attackers, B none.
///
/// Memory: 72 bytes a component of both graphs, per processor.
final class ChangesByBlock {
  static final int UNKNOWN = -1;

  private static final int WORDS = BitCounters.WORDS;

  private final Comparison comparison;
  private final JointClasses classes;
  private final int[] gained;
  private final int[] lost;
  private final Deadline deadline;
  private final Progress progress;

  /// Joint out-atoms as pairs of an out-atom before and one after, ascending by the latter, so that
  /// neighbours look at neighbouring components.
  private final long[] outAtoms;

  private final int[] outAtomOfClass;
  private final int[] vmsOfOutAtom;

  /// @param gained per joint class, filled in for those counted
  ChangesByBlock(
      Comparison comparison, int[] gained, int[] lost, Deadline deadline, Progress progress) {
    this.comparison = comparison;
    this.classes = comparison.classes();
    this.gained = gained;
    this.lost = lost;
    this.deadline = deadline;
    this.progress = progress;
    this.outAtomOfClass = new int[classes.size()];
    var before = comparison.before().outAtoms();
    var after = comparison.after().outAtoms();
    var numbers = new LongNumbers();
    for (int joint = 0; joint < outAtomOfClass.length; joint++) {
      outAtomOfClass[joint] = numbers.of(pair(before, after, joint));
    }
    int[] keys = new int[numbers.size()];
    Arrays.setAll(keys, number -> JointClasses.right(numbers.value(number)) + 1);
    int[] order = CountingSort.order(keys, after.size() + 1);
    int[] place = CountingSort.inverse(order);
    this.outAtoms = Arrays.stream(order).mapToLong(numbers::value).toArray();
    Arrays.setAll(outAtomOfClass, joint -> place[outAtomOfClass[joint]]);
    this.vmsOfOutAtom = new int[outAtoms.length];
    for (int joint = 0; joint < outAtomOfClass.length; joint++) {
      vmsOfOutAtom[outAtomOfClass[joint]] += classes.sizes()[joint];
    }
  }

  private long pair(Atoms before, Atoms after, int joint) {
    return JointClasses.pair(
        atomOf(before, classes.countedBefore()[joint]),
        atomOf(after, classes.countedAfter()[joint]));
  }

  private static int atomOf(Atoms atoms, int vmClass) {
    return vmClass < 0 ? JointClasses.NONE : atoms.ofClass()[vmClass];
  }

  /// Joint classes of one joint in-atom side by side, in blocks of at most 512 joint in-atoms.
  ///
  /// @param classes in the order of the blocks
  /// @param bits per place in `classes`, its bit in its block
  /// @param starts per block, its first place; one more element closes the last
  private record Blocks(int[] classes, int[] bits, int[] starts) {}

  /// Counts the joint classes; those for which no time was left get [#UNKNOWN].
  void count(int[] joints) {
    var blocks = blocks(joints);
    int count = blocks.starts().length - 1;
    for (int joint : joints) {
      gained[joint] = UNKNOWN;
      lost[joint] = UNKNOWN;
    }
    var next = new AtomicInteger();
    var done = new AtomicLong();
    int workers = Math.min(count, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(ignored -> {
          var masks = new Masks();
          for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
            if (deadline.passed()) {
              return;
            }
            masks.count(blocks, block);
            progress.at(done.incrementAndGet(), count);
          }
        });
  }

  /// Joint in-atoms stand by their last components: neighbours have much the same components before
  /// them, and a block needs only those.
  private Blocks blocks(int[] joints) {
    var before = comparison.before().inAtoms();
    var after = comparison.after().inAtoms();
    var inAtoms = new LongNumbers();
    int[] inAtomOf = new int[joints.length];
    for (int i = 0; i < joints.length; i++) {
      inAtomOf[i] = inAtoms.of(pair(before, after, joints[i]));
    }
    int[] keysAfter = new int[inAtoms.size()];
    int[] keysBefore = new int[inAtoms.size()];
    for (int inAtom = 0; inAtom < keysAfter.length; inAtom++) {
      keysAfter[inAtom] = lastComponent(after, JointClasses.right(inAtoms.value(inAtom))) + 1;
      keysBefore[inAtom] = lastComponent(before, JointClasses.left(inAtoms.value(inAtom))) + 1;
    }
    int[] byBefore =
        CountingSort.order(keysBefore, comparison.before().successors().nodeCount() + 1);
    int[] place =
        CountingSort.inverse(
            CountingSort.order(
                keysAfter, comparison.after().successors().nodeCount() + 1, byBefore));
    int[] placeOf = Arrays.stream(inAtomOf).map(inAtom -> place[inAtom]).toArray();
    int[] order = CountingSort.order(placeOf, place.length);
    int[] sorted = Arrays.stream(order).map(i -> joints[i]).toArray();
    int[] bits = Arrays.stream(order).map(i -> placeOf[i] % BitCounters.BITS).toArray();
    int[] blockOf = Arrays.stream(placeOf).map(i -> i / BitCounters.BITS).toArray();
    int count = Math.ceilDiv(place.length, BitCounters.BITS);
    return new Blocks(sorted, bits, CountingSort.starts(blockOf, count));
  }

  private static int lastComponent(Atoms atoms, int atom) {
    if (atom < 0 || atoms.components().length(atom) == 0) {
      return -1;
    }
    return atoms.components().value(atoms.components().end(atom) - 1);
  }

  /// The scratch of one worker.
  private final class Masks {
    private final ReachMasks before = new ReachMasks(comparison.before());
    private final ReachMasks after = new ReachMasks(comparison.after());
    private final long[] reachedBefore = new long[WORDS];
    private final long[] reachedAfter = new long[WORDS];
    private final BitCounters gains = new BitCounters();
    private final BitCounters losses = new BitCounters();

    void count(Blocks blocks, int block) {
      int from = blocks.starts()[block];
      int to = blocks.starts()[block + 1];
      mark(blocks, from, to);
      for (int outAtom = 0; outAtom < vmsOfOutAtom.length; outAtom++) {
        reach(outAtom);
        if (!Arrays.equals(reachedBefore, reachedAfter)) {
          countDifference(vmsOfOutAtom[outAtom]);
        }
      }
      int[] gainedByBit = gains.drain();
      int[] lostByBit = losses.drain();
      for (int i = from; i < to; i++) {
        int joint = blocks.classes()[i];
        int bit = blocks.bits()[i];
        // The VMs of the class do not count themselves.
        reach(outAtomOfClass[joint]);
        boolean itselfBefore = (reachedBefore[bit >>> 6] >>> bit & 1) != 0;
        boolean itselfAfter = (reachedAfter[bit >>> 6] >>> bit & 1) != 0;
        gained[joint] = gainedByBit[bit] - (itselfAfter && !itselfBefore ? 1 : 0);
        lost[joint] = lostByBit[bit] - (itselfBefore && !itselfAfter ? 1 : 0);
      }
    }

    private void mark(Blocks blocks, int from, int to) {
      before.clear();
      after.clear();
      for (int i = from; i < to; i++) {
        int joint = blocks.classes()[i];
        int bit = blocks.bits()[i];
        mark(before, comparison.before().inAtoms(), classes.countedBefore()[joint], bit);
        mark(after, comparison.after().inAtoms(), classes.countedAfter()[joint], bit);
      }
      before.passBack();
      after.passBack();
    }

    private void mark(ReachMasks masks, Atoms inAtoms, int vmClass, int bit) {
      if (vmClass >= 0) {
        masks.mark(inAtoms.ofClass()[vmClass], bit);
      }
    }

    private void reach(int jointOutAtom) {
      reach(before, JointClasses.left(outAtoms[jointOutAtom]), reachedBefore);
      reach(after, JointClasses.right(outAtoms[jointOutAtom]), reachedAfter);
    }

    private static void reach(ReachMasks masks, int outAtom, long[] reached) {
      masks.copy(outAtom < 0 ? ReachMasks.NOTHING : masks.reachedFrom(outAtom), reached);
    }

    private void countDifference(int vms) {
      long anyGained = 0;
      long anyLost = 0;
      for (int word = 0; word < WORDS; word++) {
        long both = reachedBefore[word] & reachedAfter[word];
        reachedBefore[word] ^= both;
        reachedAfter[word] ^= both;
        anyLost |= reachedBefore[word];
        anyGained |= reachedAfter[word];
      }
      if (anyGained != 0) {
        gains.add(reachedAfter, vms);
      }
      if (anyLost != 0) {
        losses.add(reachedBefore, vms);
      }
    }
  }
}
