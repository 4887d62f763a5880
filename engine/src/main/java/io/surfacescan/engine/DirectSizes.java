package io.surfacescan.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// How many VMs attack each VM directly, and how many each VM attacks directly: exact, for all VMs
/// at once, without what stands for addresses outside.
///
/// Both are sizes of unions: the VMs that carry a tag at the other end of a rule at one of the VM's
/// tags. A union is marked class by class, but for tags that would need very many marks again and
/// again: the classes that carry them are sets of bits, so that such a tag costs a bit per class. A
/// set is weighed by [ClassWeights].
public final class DirectSizes {
  private final AttackGraph graph;

  /// Per class, the VMs that attack it, its own VM left out.
  private final int[] attackers;

  /// Per class, the VMs that it attacks, its own VM left out.
  private final int[] victims;

  private DirectSizes(AttackGraph graph, int[] attackers, int[] victims) {
    this.graph = graph;
    this.attackers = attackers;
    this.victims = victims;
  }

  /// Counts on all processors.
  ///
  /// @throws DeadlinePassed if it does
  public static DirectSizes of(AttackGraph graph, Deadline deadline) {
    int[] attackers = new Unions(graph, graph.rules().byDest(), deadline).sizes();
    int[] victims = new Unions(graph, graph.rules().bySource(), deadline).sizes();
    return new DirectSizes(graph, attackers, victims);
  }

  /// The number of VMs that attack the VM directly; the VM is none of those outside.
  public int attackers(int vm) {
    return attackers[graph.classOf(vm)];
  }

  /// The number of VMs that the VM attacks directly; the VM is none of those outside.
  public int victims(int vm) {
    return victims[graph.classOf(vm)];
  }

  /// Per class, the VMs at the far ends of the rules at its tags.
  private static final class Unions {
    private static final long[] NO_BITS = {};
    private static final int CLASSES_PER_TURN = 256;
    private static final long NEAR_BITS_BYTES_MOST = 64L << 20;

    private final AttackGraph graph;
    private final LiveRules.Side rules;
    private final Deadline deadline;
    private final int words;

    private final ClassWeights weights;

    /// Marking more classes than this costs more than uniting bits.
    private final int marksMost;

    /// Per far tag held by very many classes, the classes. There are few: together, tags are held
    /// only so often.
    private final long[][] bitsOfFarTag;

    /// Per near tag at which marking would cost too much, as many as memory allows, the classes at
    /// the far ends of its rules.
    private final long[][] bitsOfNearTag;

    Unions(AttackGraph graph, LiveRules.Side rules, Deadline deadline) {
      this.graph = graph;
      this.rules = rules;
      this.deadline = deadline;
      this.words = (graph.classes().size() >>> 6) + 1;
      this.marksMost = Math.max(64, words);
      this.weights = ClassWeights.of(graph);
      int tags = graph.environment().tagCount();
      this.bitsOfFarTag = new long[tags][];
      this.bitsOfNearTag = new long[tags][];
      Arrays.fill(bitsOfFarTag, NO_BITS);
      Arrays.fill(bitsOfNearTag, NO_BITS);
      for (int tag = 0; tag < tags; tag++) {
        if (holders(tag) > marksMost) {
          long[] bits = new long[words];
          setHolders(bits, tag);
          bitsOfFarTag[tag] = bits;
        }
      }
      prepareNearTags();
    }

    private int holders(int tag) {
      return graph.classesPerTag().end(tag) - graph.classesPerTag().start(tag);
    }

    private void setHolders(long[] bits, int tag) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(tag); i < holders.end(tag); i++) {
        bits[holders.target(i) >>> 6] |= 1L << holders.target(i);
      }
    }

    private void prepareNearTags() {
      long[] marks = new long[bitsOfNearTag.length];
      for (int tag = 0; tag < marks.length; tag++) {
        for (int i = rules.start(tag); i < rules.end(tag); i++) {
          int far = rules.otherTag(i);
          marks[tag] += bitsOfFarTag[far].length == 0 ? holders(far) : words;
        }
      }
      IntStream.range(0, marks.length)
          .filter(tag -> marks[tag] > marksMost && holders(tag) > 1)
          .boxed()
          .sorted(Comparator.comparingLong(tag -> -marks[tag] * holders(tag)))
          .limit(NEAR_BITS_BYTES_MOST / Long.BYTES / words)
          .forEach(this::prepareNearTag);
    }

    private void prepareNearTag(int tag) {
      deadline.check();
      long[] bits = new long[words];
      int previous = -1;
      for (int i = rules.start(tag); i < rules.end(tag); i++) {
        int far = rules.otherTag(i);
        long[] farBits = bitsOfFarTag[far];
        if (far == previous) {
          continue;
        }
        previous = far;
        if (farBits.length == 0) {
          setHolders(bits, far);
        } else {
          unite(bits, farBits);
        }
      }
      bitsOfNearTag[tag] = bits;
    }

    private static void unite(long[] bits, long[] more) {
      for (int word = 0; word < bits.length; word++) {
        bits[word] |= more[word];
      }
    }

    int[] sizes() {
      int[] sizes = new int[graph.classes().size()];
      int turns = Math.ceilDiv(sizes.length, CLASSES_PER_TURN);
      var next = new AtomicInteger();
      int workers = Math.min(turns, Runtime.getRuntime().availableProcessors());
      IntStream.range(0, workers)
          .parallel()
          .forEach(ignored -> {
            var union = new Union();
            for (int turn = next.getAndIncrement(); turn < turns; turn = next.getAndIncrement()) {
              deadline.check();
              int to = Math.min(sizes.length, (turn + 1) * CLASSES_PER_TURN);
              for (int vmClass = turn * CLASSES_PER_TURN; vmClass < to; vmClass++) {
                sizes[vmClass] = union.size(vmClass);
              }
            }
          });
      return sizes;
    }

    /// The scratch of one worker.
    private final class Union {
      /// Per far tag, the class for which it was united last, plus one.
      private final int[] tagUnitedFor = new int[bitsOfFarTag.length];

      /// Per class, the class for which it was marked last, plus one.
      private final int[] markedFor = new int[graph.classes().size()];

      /// The classes marked.
      private int[] marked = new int[64];

      private int markedCount;

      /// The classes united, if any tag came as bits.
      private final long[] united = new long[words];

      private boolean anyBits;

      int size(int vmClass) {
        markedCount = 0;
        anyBits = false;
        var tags = graph.classes().tags();
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          long[] bits = bitsOfNearTag[tags.value(i)];
          if (bits.length == 0) {
            addFarTags(tags.value(i), vmClass);
          } else {
            add(bits);
          }
        }
        return anyBits ? sizeOfBits(vmClass) : sizeOfMarks(vmClass);
      }

      private void addFarTags(int near, int vmClass) {
        for (int i = rules.start(near); i < rules.end(near); i++) {
          int far = rules.otherTag(i);
          if (tagUnitedFor[far] == vmClass + 1) {
            continue;
          }
          tagUnitedFor[far] = vmClass + 1;
          long[] bits = bitsOfFarTag[far];
          if (bits.length == 0) {
            mark(far, vmClass);
          } else {
            add(bits);
          }
        }
      }

      private void add(long[] bits) {
        if (anyBits) {
          unite(united, bits);
        } else {
          System.arraycopy(bits, 0, united, 0, words);
          anyBits = true;
        }
      }

      private void mark(int far, int vmClass) {
        var holders = graph.classesPerTag();
        for (int i = holders.start(far); i < holders.end(far); i++) {
          int holder = holders.target(i);
          if (markedFor[holder] == vmClass + 1) {
            continue;
          }
          markedFor[holder] = vmClass + 1;
          if (markedCount == marked.length) {
            marked = Arrays.copyOf(marked, 2 * markedCount);
          }
          marked[markedCount++] = holder;
        }
      }

      private int sizeOfMarks(int vmClass) {
        int size = markedFor[vmClass] == vmClass + 1 ? -1 : 0;
        for (int i = 0; i < markedCount; i++) {
          size += graph.counted(marked[i]);
        }
        return size;
      }

      private int sizeOfBits(int vmClass) {
        for (int i = 0; i < markedCount; i++) {
          united[marked[i] >>> 6] |= 1L << marked[i];
        }
        int itself = (united[vmClass >>> 6] & 1L << vmClass) == 0 ? 0 : 1;
        return weights.of(united) - itself;
      }
    }
  }
}
