package io.surfacescan.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Gained and lost attackers of joint classes, up to 4,096 joint in-atoms at a time.
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
/// Memory: [ReachMasks] of both graphs, per processor.
final class ChangesByBlock {
  static final int UNKNOWN = -1;

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

  /// Joint classes of one joint in-atom side by side, in blocks.
  ///
  /// @param classes in the order of the blocks
  /// @param bits per place in `classes`, its bit in its block
  /// @param starts per block, its first place; one more element closes the last
  /// @param words of 64 bits for the joint in-atoms of a block
  private record Blocks(int[] classes, int[] bits, int[] starts, int words) {}

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
          var masks = new Masks(blocks);
          for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
            if (deadline.passed()) {
              return;
            }
            masks.count(block);
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
    int components =
        Math.max(
            comparison.before().successors().nodeCount(),
            comparison.after().successors().nodeCount());
    int words = ReachMasks.words(place.length, components);
    int most = Long.SIZE * words;
    int[] bits = Arrays.stream(order).map(i -> placeOf[i] % most).toArray();
    int[] blockOf = Arrays.stream(placeOf).map(i -> i / most).toArray();
    int count = Math.ceilDiv(place.length, most);
    return new Blocks(sorted, bits, CountingSort.starts(blockOf, count), words);
  }

  private static int lastComponent(Atoms atoms, int atom) {
    if (atom < 0 || atoms.components().length(atom) == 0) {
      return -1;
    }
    return atoms.components().value(atoms.components().end(atom) - 1);
  }

  /// The scratch of one worker.
  private final class Masks {
    private final Blocks blocks;
    private final ReachMasks before;
    private final ReachMasks after;
    private final Atoms atomsBefore = comparison.before().outAtoms();
    private final Atoms atomsAfter = comparison.after().outAtoms();
    private final long[] gains;
    private final long[] losses;
    private final BitCounters gained;
    private final BitCounters lost;

    Masks(Blocks blocks) {
      this.blocks = blocks;
      before = ReachMasks.back(comparison.before(), blocks.words());
      after = ReachMasks.back(comparison.after(), blocks.words());
      gains = new long[blocks.words()];
      losses = new long[blocks.words()];
      gained = new BitCounters(blocks.words());
      lost = new BitCounters(blocks.words());
    }

    void count(int block) {
      int from = blocks.starts()[block];
      int to = blocks.starts()[block + 1];
      mark(from, to);
      boolean sameEverything =
          Arrays.equals(before.mask(ReachMasks.EVERYTHING), after.mask(ReachMasks.EVERYTHING));
      for (int outAtom = 0; outAtom < vmsOfOutAtom.length; outAtom++) {
        int numberBefore = numberBefore(outAtom);
        int numberAfter = numberAfter(outAtom);
        boolean same =
            numberBefore == numberAfter
                && (numberAfter == ReachMasks.NOTHING
                    || (numberAfter == ReachMasks.EVERYTHING && sameEverything));
        if (!same) {
          countDifference(
              before.mask(numberBefore), after.mask(numberAfter), vmsOfOutAtom[outAtom]);
        }
      }
      int[] gainedByBit = gained.drain();
      int[] lostByBit = lost.drain();
      for (int i = from; i < to; i++) {
        int joint = blocks.classes()[i];
        int bit = blocks.bits()[i];
        // The VMs of the class do not count themselves.
        int outAtom = outAtomOfClass[joint];
        boolean itselfBefore = has(before.mask(numberBefore(outAtom)), bit);
        boolean itselfAfter = has(after.mask(numberAfter(outAtom)), bit);
        ChangesByBlock.this.gained[joint] =
            gainedByBit[bit] - (itselfAfter && !itselfBefore ? 1 : 0);
        ChangesByBlock.this.lost[joint] = lostByBit[bit] - (itselfBefore && !itselfAfter ? 1 : 0);
      }
    }

    private void mark(int from, int to) {
      before.clear();
      after.clear();
      for (int i = from; i < to; i++) {
        int joint = blocks.classes()[i];
        int bit = blocks.bits()[i];
        mark(before, comparison.before().inAtoms(), classes.countedBefore()[joint], bit);
        mark(after, comparison.after().inAtoms(), classes.countedAfter()[joint], bit);
      }
      before.pass();
      after.pass();
    }

    private static void mark(ReachMasks masks, Atoms inAtoms, int vmClass, int bit) {
      if (vmClass >= 0) {
        masks.mark(inAtoms.components(), inAtoms.ofClass()[vmClass], bit);
      }
    }

    private int numberBefore(int jointOutAtom) {
      return number(before, atomsBefore, JointClasses.left(outAtoms[jointOutAtom]));
    }

    private int numberAfter(int jointOutAtom) {
      return number(after, atomsAfter, JointClasses.right(outAtoms[jointOutAtom]));
    }

    private static int number(ReachMasks masks, Atoms atoms, int outAtom) {
      return outAtom < 0 ? ReachMasks.NOTHING : masks.united(atoms.components(), outAtom);
    }

    private static boolean has(long[] mask, int bit) {
      return (mask[bit >>> 6] >>> bit & 1) != 0;
    }

    private void countDifference(long[] reachedBefore, long[] reachedAfter, int vms) {
      if (Arrays.equals(reachedBefore, reachedAfter)) {
        return;
      }
      long anyGained = 0;
      long anyLost = 0;
      for (int word = 0; word < gains.length; word++) {
        gains[word] = reachedAfter[word] & ~reachedBefore[word];
        losses[word] = reachedBefore[word] & ~reachedAfter[word];
        anyGained |= gains[word];
        anyLost |= losses[word];
      }
      if (anyGained != 0) {
        gained.add(gains, vms);
      }
      if (anyLost != 0) {
        lost.add(losses, vms);
      }
    }
  }
}
