package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// How many VMs attack each VM directly, and how many each VM attacks directly: exact, for all VMs
/// at once, without what stands for addresses outside.
///
/// Both are sizes of unions: the VMs that carry a tag at the other end of a rule at one of the VM's
/// tags. A union is marked class by class. Where that would be more work than to unite sets of
/// bits, the classes at the far ends of a tag's rules are a [ClassSet]: neighbours in the engine's
/// order attack, and are attacked by, much the same part of it, and can use what was united for the
/// one before.
///
/// Memory: a bit a class for each far tag that very many classes hold, and 32 MiB and 8 bytes a
/// class for each processor.
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
    private static final int CLASSES_PER_TURN = 1 << 11;
    private static final int CLASSES_PER_DEADLINE = 1 << 8;

    /// To mark a class costs as much as to unite and weigh so many words.
    private static final int WORDS_PER_MARK = 8;

    /// How many chunks of sets a worker keeps.
    private static final int CHUNKS_MOST = (32 << 20) / (Long.BYTES * ClassSet.CHUNK_WORDS);

    private final AttackGraph graph;
    private final LiveRules.Side rules;
    private final Deadline deadline;
    private final ClassWeights weights;

    /// Holds no class.
    private final ClassSet none = new ClassSet(0, 0);

    /// Per far tag held by very many classes, the classes. There are few: together, tags are held
    /// only so often.
    private final ClassSet[] holdersOfFarTag;

    /// Per near tag, the first class at the far ends of its rules, and the last.
    private final int[] firstClass;

    private final int[] lastClass;

    /// The near tags at which marking would cost too much.
    private final BitSet needSets = new BitSet();

    Unions(AttackGraph graph, LiveRules.Side rules, Deadline deadline) {
      this.graph = graph;
      this.rules = rules;
      this.deadline = deadline;
      this.weights = ClassWeights.of(graph);
      int tags = graph.environment().tagCount();
      this.holdersOfFarTag = new ClassSet[tags];
      Arrays.fill(holdersOfFarTag, none);
      this.firstClass = new int[tags];
      this.lastClass = new int[tags];
      int words = graph.classes().size() / Long.SIZE + 1;
      for (int tag = 0; tag < tags; tag++) {
        if (holders(tag) > Math.max(64, words)) {
          var holders = new ClassSet(firstHolder(tag), lastHolder(tag));
          addHolders(tag, holders);
          holdersOfFarTag[tag] = holders;
        }
      }
      for (int tag = 0; tag < tags; tag++) {
        if (rules.has(tag)) {
          measure(tag, words);
        }
      }
    }

    private int holders(int tag) {
      return graph.classesPerTag().end(tag) - graph.classesPerTag().start(tag);
    }

    private int firstHolder(int tag) {
      return graph.classesPerTag().target(graph.classesPerTag().start(tag));
    }

    private int lastHolder(int tag) {
      return graph.classesPerTag().target(graph.classesPerTag().end(tag) - 1);
    }

    private void measure(int near, int words) {
      int first = Integer.MAX_VALUE;
      int last = 0;
      long marks = 0;
      for (int i = rules.start(near); i < rules.end(near); i++) {
        int far = rules.otherTag(i);
        first = Math.min(first, firstHolder(far));
        last = Math.max(last, lastHolder(far));
        marks += holdersOfFarTag[far] == none ? holders(far) : words;
      }
      firstClass[near] = first;
      lastClass[near] = last;
      needSets.set(near, marks > 64 && marks * WORDS_PER_MARK > (last - first) / Long.SIZE);
    }

    private void addHolders(int tag, ClassSet classes) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(tag); i < holders.end(tag); i++) {
        classes.add(holders.target(i));
      }
    }

    /// Adds the classes at the far ends of the rules at a tag.
    private void addFarTags(int near, ClassSet classes) {
      int previous = -1;
      for (int i = rules.start(near); i < rules.end(near); i++) {
        int far = rules.otherTag(i);
        if (far == previous) {
          continue;
        }
        previous = far;
        if (holdersOfFarTag[far] == none) {
          addHolders(far, classes);
        } else {
          classes.addAll(holdersOfFarTag[far]);
        }
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
              int to = Math.min(sizes.length, (turn + 1) * CLASSES_PER_TURN);
              for (int vmClass = turn * CLASSES_PER_TURN; vmClass < to; vmClass++) {
                if (vmClass % CLASSES_PER_DEADLINE == 0) {
                  deadline.check();
                }
                sizes[vmClass] = union.size(vmClass);
              }
            }
          });
      return sizes;
    }

    /// The scratch of one worker.
    private final class Union {
      /// Per far tag, the class for which it was united last, plus one.
      private final int[] tagUnitedFor = new int[holdersOfFarTag.length];

      /// Per class, the class for which it was marked last, plus one.
      private final int[] markedFor = new int[graph.classes().size()];

      /// The classes marked.
      private int[] marked = new int[64];

      private int markedCount;

      private final ClassSet united = new ClassSet(0, graph.classes().size());

      /// Per near tag that needs it and was met of late, the classes at the far ends of its rules.
      private final ClassSet[] ofNearTag = new ClassSet[holdersOfFarTag.length];

      private int chunks;

      Union() {
        Arrays.fill(ofNearTag, none);
      }

      int size(int vmClass) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        boolean needsSets = false;
        var tags = graph.classes().tags();
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          int near = tags.value(i);
          if (rules.has(near)) {
            needsSets |= needSets.get(near);
            first = Math.min(first, firstClass[near]);
            last = Math.max(last, lastClass[near]);
          }
        }
        return needsSets ? sizeOfSets(vmClass, first, last) : sizeOfMarks(vmClass);
      }

      private int sizeOfSets(int vmClass, int first, int last) {
        united.clear(first, last);
        var tags = graph.classes().tags();
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          int near = tags.value(i);
          if (needSets.get(near) && holders(near) > 1) {
            united.addAll(ofNearTag(near));
          } else {
            addFarTags(near, united);
          }
        }
        boolean isInReach = first <= vmClass && vmClass <= last && united.contains(vmClass);
        return united.weigh(weights, first, last) - (isInReach ? 1 : 0);
      }

      private ClassSet ofNearTag(int near) {
        if (ofNearTag[near] == none) {
          var classes = new ClassSet(firstClass[near], lastClass[near]);
          addFarTags(near, classes);
          chunks += classes.chunkCount();
          if (chunks > CHUNKS_MOST) {
            Arrays.fill(ofNearTag, none);
            chunks = classes.chunkCount();
          }
          ofNearTag[near] = classes;
        }
        return ofNearTag[near];
      }

      private int sizeOfMarks(int vmClass) {
        markedCount = 0;
        var tags = graph.classes().tags();
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          markFarTags(tags.value(i), vmClass);
        }
        int size = markedFor[vmClass] == vmClass + 1 ? -1 : 0;
        for (int i = 0; i < markedCount; i++) {
          size += graph.counted(marked[i]);
        }
        return size;
      }

      private void markFarTags(int near, int vmClass) {
        for (int i = rules.start(near); i < rules.end(near); i++) {
          int far = rules.otherTag(i);
          if (tagUnitedFor[far] != vmClass + 1) {
            tagUnitedFor[far] = vmClass + 1;
            mark(far, vmClass);
          }
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
    }
  }
}
