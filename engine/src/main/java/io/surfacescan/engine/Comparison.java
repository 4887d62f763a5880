package io.surfacescan.engine;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/// Two environments side by side, compiled: which VMs and tags are the same ones, and which VMs
/// differ in their tags.
///
/// VMs are the same if their ids are, tags if their texts are. The ids of both environments
/// together are the *compared VMs*, numbered from 0: those before in input order, then those that
/// are there after only. Immutable.
public final class Comparison {
  private static final int NOT_HERE = -2;

  private final AttackGraph before;
  private final AttackGraph after;

  /// Per compared VM, its VM on either side, or [ComparedVm#ABSENT].
  private final int[] befores;

  private final int[] afters;

  /// Per VM after, its compared VM, or [#NOT_HERE] for the row of a VM that was removed.
  private final int[] comparedOfAfter;

  private final int[] comparedOfBefore;

  /// Per tag of one side, the same tag of the other, or less than 0.
  private final int[] tagBefore;

  private final int[] tagAfter;

  private final TagPairs pairsBefore;
  private final TagPairs pairsAfter;

  /// The compared VMs that are on one side only or carry other tags.
  private final BitSet changed;

  private final JointClasses classes;

  private Comparison(
      AttackGraph before,
      AttackGraph after,
      int[] befores,
      int[] afters,
      int[] comparedOfBefore,
      int[] comparedOfAfter,
      int[] tagBefore,
      int[] tagAfter,
      TagPairs pairsBefore,
      TagPairs pairsAfter,
      BitSet changed,
      JointClasses classes) {
    this.before = before;
    this.after = after;
    this.befores = befores;
    this.afters = afters;
    this.comparedOfBefore = comparedOfBefore;
    this.comparedOfAfter = comparedOfAfter;
    this.tagBefore = tagBefore;
    this.tagAfter = tagAfter;
    this.pairsBefore = pairsBefore;
    this.pairsAfter = pairsAfter;
    this.changed = changed;
    this.classes = classes;
  }

  /// Two environments read apart. Cost: a look-up per VM and tag, and one pass over the VMs' tags.
  public static Comparison of(AttackGraph before, AttackGraph after) {
    int[] counterparts = new int[before.environment().vmCount()];
    Arrays.setAll(
        counterparts, vm -> found(after.environment().findVm(before.environment().vmId(vm))));
    int[] tagAfter = sameTags(before.environment(), after.environment());
    int[] tagBefore = sameTags(after.environment(), before.environment());
    return of(before, after, counterparts, new BitSet(), tagBefore, tagAfter);
  }

  /// An environment and what edits make of it, which is compiled now.
  public static Comparison of(AttackGraph before, EditedEnvironment edited) {
    var after = AttackGraph.of(edited.after(), before);
    // Edits keep the numbers of VMs and tags; new tags come behind the others.
    int tags = edited.before().tagCount();
    int[] tagAfter = numbered(tags);
    int[] tagBefore = new int[edited.after().tagCount()];
    Arrays.setAll(tagBefore, tag -> tag < tags ? tag : ComparedVm.ABSENT);
    int[] counterparts = numbered(edited.before().vmCount());
    if (edited.removedVms().isEmpty()) {
      return of(
          before,
          after,
          counterparts,
          counterparts,
          counterparts,
          counterparts,
          tagBefore,
          tagAfter);
    }
    edited.removedVms().stream().forEach(vm -> counterparts[vm] = ComparedVm.ABSENT);
    return of(before, after, counterparts, edited.removedVms(), tagBefore, tagAfter);
  }

  private static int[] numbered(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, number -> number);
    return numbers;
  }

  /// @param counterparts per VM before, its VM after, or [ComparedVm#ABSENT]
  /// @param gone rows after that are no VMs
  private static Comparison of(
      AttackGraph before,
      AttackGraph after,
      int[] counterparts,
      BitSet gone,
      int[] tagBefore,
      int[] tagAfter) {
    int[] comparedOfAfter = new int[after.environment().vmCount()];
    Arrays.fill(comparedOfAfter, ComparedVm.ABSENT);
    for (int vm = 0; vm < counterparts.length; vm++) {
      if (counterparts[vm] >= 0) {
        comparedOfAfter[counterparts[vm]] = vm;
      }
    }
    int[] befores = new int[counterparts.length + comparedOfAfter.length];
    int[] afters = Arrays.copyOf(counterparts, befores.length);
    Arrays.setAll(befores, vm -> vm < counterparts.length ? vm : ComparedVm.ABSENT);
    int count = counterparts.length;
    for (int vm = 0; vm < comparedOfAfter.length; vm++) {
      if (gone.get(vm)) {
        comparedOfAfter[vm] = NOT_HERE;
      } else if (comparedOfAfter[vm] < 0) {
        comparedOfAfter[vm] = count;
        afters[count++] = vm;
      }
    }
    return of(
        before,
        after,
        Arrays.copyOf(befores, count),
        Arrays.copyOf(afters, count),
        numbered(counterparts.length),
        comparedOfAfter,
        tagBefore,
        tagAfter);
  }

  private static Comparison of(
      AttackGraph before,
      AttackGraph after,
      int[] befores,
      int[] afters,
      int[] comparedOfBefore,
      int[] comparedOfAfter,
      int[] tagBefore,
      int[] tagAfter) {
    return new Comparison(
        before,
        after,
        befores,
        afters,
        comparedOfBefore,
        comparedOfAfter,
        tagBefore,
        tagAfter,
        TagPairs.of(before.environment()),
        TagPairs.of(after.environment()),
        changed(before.environment(), befores, after.environment(), afters, tagAfter),
        JointClasses.of(before, befores, after, afters));
  }

  private static int found(OptionalInt index) {
    return index.orElse(ComparedVm.ABSENT);
  }

  private static int[] sameTags(Environment from, Environment to) {
    int[] same = new int[from.tagCount()];
    Arrays.setAll(same, tag -> found(to.findTag(from.tag(tag))));
    return same;
  }

  private static BitSet changed(
      Environment before, int[] befores, Environment after, int[] afters, int[] tagAfter) {
    var changed = new BitSet(befores.length);
    if (after.sharesVmsWith(before)) {
      return changed;
    }
    for (int vm = 0; vm < befores.length; vm++) {
      boolean inBoth = befores[vm] >= 0 && afters[vm] >= 0;
      if (!inBoth || differ(before, befores[vm], after, afters[vm], tagAfter)) {
        changed.set(vm);
      }
    }
    return changed;
  }

  private static boolean differ(
      Environment before, int vmBefore, Environment after, int vmAfter, int[] tagAfter) {
    var listsBefore = before.tagLists();
    var listsAfter = after.tagLists();
    int listBefore = before.tagListOf(vmBefore);
    int listAfter = after.tagListOf(vmAfter);
    int length = listsBefore.length(listBefore);
    if (length != listsAfter.length(listAfter)) {
      return true;
    }
    // Lists have no duplicates, so one that holds all tags of another as long holds no others.
    for (int i = 0; i < length; i++) {
      int tag = tagAfter[listsBefore.value(listsBefore.start(listBefore) + i)];
      if (tag != listsAfter.value(listsAfter.start(listAfter) + i)
          && !carries(after, vmAfter, tag)) {
        return true;
      }
    }
    return false;
  }

  private static boolean carries(Environment environment, int vm, int tag) {
    return environment.tagLists().contains(environment.tagListOf(vm), tag);
  }

  /// The same two environments, the other way round.
  Comparison reversed() {
    return new Comparison(
        after,
        before,
        afters,
        befores,
        comparedOfAfter,
        comparedOfBefore,
        tagAfter,
        tagBefore,
        pairsAfter,
        pairsBefore,
        changed,
        classes.reversed());
  }

  public AttackGraph before() {
    return before;
  }

  public AttackGraph after() {
    return after;
  }

  /// The number of compared VMs.
  public int vmCount() {
    return befores.length;
  }

  /// A compared VM.
  public ComparedVm vm(int compared) {
    return new ComparedVm(befores[compared], afters[compared]);
  }

  /// The VM after of a compared VM, or [ComparedVm#ABSENT].
  int after(int compared) {
    return afters[compared];
  }

  /// The VM with this id, in whichever environment it is.
  public Optional<ComparedVm> find(String id) {
    int vmBefore = found(before.environment().findVm(id));
    int vmAfter = found(after.environment().findVm(id));
    // An environment with edits keeps the rows of VMs that are gone, on whichever side it stands.
    if (vmBefore >= 0 && comparedOfBefore[vmBefore] == NOT_HERE) {
      vmBefore = ComparedVm.ABSENT;
    }
    if (vmAfter >= 0 && comparedOfAfter[vmAfter] == NOT_HERE) {
      vmAfter = ComparedVm.ABSENT;
    }
    return vmBefore < 0 && vmAfter < 0
        ? Optional.empty()
        : Optional.of(new ComparedVm(vmBefore, vmAfter));
  }

  /// The id of a compared VM.
  public String id(ComparedVm vm) {
    return vm.isBefore()
        ? before.environment().vmId(vm.before())
        : after.environment().vmId(vm.after());
  }

  /// The name of a compared VM, the later one if it has two.
  public Optional<String> name(ComparedVm vm) {
    return vm.isAfter()
        ? after.environment().vmName(vm.after())
        : before.environment().vmName(vm.before());
  }

  JointClasses classes() {
    return classes;
  }

  /// The joint class of a VM after, or less than 0 for a row that is no VM.
  int jointOfAfter(int vm) {
    return comparedOfAfter[vm] < 0 ? JointClasses.NONE : classes.ofVm()[comparedOfAfter[vm]];
  }

  /// The compared VMs that are on one side only or carry other tags.
  BitSet changed() {
    return changed;
  }

  /// Whether no rule before leads from the one tag to the other, both of after.
  boolean isNewPair(int sourceTag, int destTag) {
    int source = tagBefore[sourceTag];
    int dest = tagBefore[destTag];
    return source < 0 || dest < 0 || !pairsBefore.contains(source, dest);
  }

  /// Hears of a tag on a VM after that it did not carry before.
  @FunctionalInterface
  interface TagConsumer {
    void tag(int vm, int tag);
  }

  /// Names every VM after with every tag that it did not carry before.
  void forEachNewTag(TagConsumer consumer) {
    var lists = after.environment().tagLists();
    for (int vm = changed.nextSetBit(0); vm >= 0; vm = changed.nextSetBit(vm + 1)) {
      if (afters[vm] < 0) {
        continue;
      }
      int list = after.environment().tagListOf(afters[vm]);
      for (int i = lists.start(list); i < lists.end(list); i++) {
        int tag = lists.value(i);
        if (befores[vm] < 0
            || tagBefore[tag] < 0
            || !carries(before.environment(), befores[vm], tagBefore[tag])) {
          consumer.tag(afters[vm], tag);
        }
      }
    }
  }

  /// Whether after has something that before had not: a VM, a tag on a VM, or a pair of tags that a
  /// rule joins. If not, no attack is new.
  boolean addsAnything() {
    boolean[] adds = {false};
    forEachNewTag((vm, tag) -> adds[0] = true);
    return adds[0] || pairsAfter.anyMatch(this::isNewPair);
  }

  /// The classes of which a VM stands at one of the ranks.
  static BitSet classesAt(AttackGraph graph, Ranks ranks) {
    var classes = new BitSet(graph.classes().size());
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      int vmClass = graph.classOf(graph.vmAt(ranks.from(interval)));
      while (vmClass < graph.classes().size() && graph.classStart(vmClass) < ranks.to(interval)) {
        classes.set(vmClass++);
      }
    }
    return classes;
  }
}
