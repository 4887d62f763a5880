package io.surfacescan.engine;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Two environments side by side, compiled: which VMs and tags are the same ones, and which VMs
/// differ in their tags.
///
/// VMs are the same if their ids are, tags if their texts are. The ids of both environments
/// together are the *compared VMs*, numbered from 0: those before in input order, then those that
/// are there after only. Immutable.
public final class Comparison {
  private final ComparedSide before;
  private final ComparedSide after;

  /// The compared VMs that are on one side only, carry other tags, or stand for addresses outside
  /// on one side only.
  private final BitSet changed;

  private final JointClasses classes;

  /// This one the other way round, once it was asked for.
  private volatile @Nullable Comparison reversed;

  private volatile @Nullable NewHopRules newHopRules;

  private Comparison(
      ComparedSide before, ComparedSide after, BitSet changed, JointClasses classes) {
    this.before = before;
    this.after = after;
    this.changed = changed;
    this.classes = classes;
  }

  /// Two environments read apart. Cost: a look-up per VM and tag, and one pass over the VMs' tags.
  public static Comparison of(AttackGraph before, AttackGraph after) {
    return of(before, after, new BitSet());
  }

  /// As the other.
  ///
  /// @param gone rows of the second that are no VMs, since edits removed them
  public static Comparison of(AttackGraph before, AttackGraph after, BitSet gone) {
    int[] counterparts = before.environment().vmsIn(after.environment());
    for (int vm = 0; vm < counterparts.length; vm++) {
      if (counterparts[vm] >= 0 && gone.get(counterparts[vm])) {
        counterparts[vm] = ComparedVm.ABSENT;
      }
    }
    int[] tagAfter = sameTags(before.environment(), after.environment());
    int[] tagBefore = sameTags(after.environment(), before.environment());
    return of(before, after, counterparts, gone, tagBefore, tagAfter);
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
          ComparedSide.of(before, counterparts, counterparts, tagAfter),
          ComparedSide.of(after, counterparts, counterparts, tagBefore));
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
        comparedOfAfter[vm] = ComparedSide.NOT_HERE;
      } else if (comparedOfAfter[vm] < 0) {
        comparedOfAfter[vm] = count;
        afters[count++] = vm;
      }
    }
    int[] comparedOfBefore = numbered(counterparts.length);
    return of(
        ComparedSide.of(before, Arrays.copyOf(befores, count), comparedOfBefore, tagAfter),
        ComparedSide.of(after, Arrays.copyOf(afters, count), comparedOfAfter, tagBefore));
  }

  private static Comparison of(ComparedSide before, ComparedSide after) {
    var classes = JointClasses.of(before.graph(), before.vms(), after.graph(), after.vms());
    return new Comparison(before, after, changed(before, after), classes);
  }

  private static int[] sameTags(Environment from, Environment to) {
    int[] same = new int[from.tagCount()];
    Arrays.setAll(same, tag -> ComparedSide.found(to.findTag(from.tag(tag))));
    return same;
  }

  private static BitSet changed(ComparedSide before, ComparedSide after) {
    int count = before.vms().length;
    var changed = new BitSet(count);
    if (after.graph().environment().sharesVmsWith(before.graph().environment())) {
      return changed;
    }
    for (int vm = 0; vm < count; vm++) {
      int vmBefore = before.vms()[vm];
      int vmAfter = after.vms()[vm];
      boolean inBoth = vmBefore >= 0 && vmAfter >= 0;
      if (!inBoth
          || differ(before, vmBefore, after, vmAfter)
          || before.graph().isExternal(vmBefore) != after.graph().isExternal(vmAfter)) {
        changed.set(vm);
      }
    }
    return changed;
  }

  private static boolean differ(
      ComparedSide before, int vmBefore, ComparedSide after, int vmAfter) {
    var listsBefore = before.graph().environment().tagLists();
    var listsAfter = after.graph().environment().tagLists();
    int listBefore = before.graph().environment().tagListOf(vmBefore);
    int listAfter = after.graph().environment().tagListOf(vmAfter);
    int length = listsBefore.length(listBefore);
    if (length != listsAfter.length(listAfter)) {
      return true;
    }
    // Lists have no duplicates, so one that holds all tags of another as long holds no others.
    for (int i = 0; i < length; i++) {
      int tag = before.otherTag()[listsBefore.value(listsBefore.start(listBefore) + i)];
      if (tag != listsAfter.value(listsAfter.start(listAfter) + i)
          && !after.carries(vmAfter, tag)) {
        return true;
      }
    }
    return false;
  }

  /// The same two environments, the other way round.
  Comparison reversed() {
    var known = reversed;
    if (known == null) {
      // Two threads may make one each, which are alike.
      known = new Comparison(after, before, changed, classes.reversed());
      known.reversed = this;
      reversed = known;
    }
    return known;
  }

  /// The rules that may allow a new hop.
  NewHopRules newHopRules() {
    var known = newHopRules;
    if (known == null) {
      known = NewHopRules.of(this);
      newHopRules = known;
    }
    return known;
  }

  public AttackGraph before() {
    return before.graph();
  }

  public AttackGraph after() {
    return after.graph();
  }

  /// The number of compared VMs.
  public int vmCount() {
    return before.vms().length;
  }

  /// A compared VM.
  public ComparedVm vm(int compared) {
    return new ComparedVm(before.vms()[compared], after.vms()[compared]);
  }

  /// The VM after of a compared VM, or [ComparedVm#ABSENT].
  int after(int compared) {
    return after.vms()[compared];
  }

  /// The VM with this id, in whichever environment it is.
  public Optional<ComparedVm> find(String id) {
    int vmBefore = before.find(id);
    int vmAfter = after.find(id);
    return vmBefore < 0 && vmAfter < 0
        ? Optional.empty()
        : Optional.of(new ComparedVm(vmBefore, vmAfter));
  }

  /// The id of a compared VM.
  public String id(ComparedVm vm) {
    return vm.isBefore()
        ? before.graph().environment().vmId(vm.before())
        : after.graph().environment().vmId(vm.after());
  }

  /// The name of a compared VM, the later one if it has two.
  public Optional<String> name(ComparedVm vm) {
    return vm.isAfter()
        ? after.graph().environment().vmName(vm.after())
        : before.graph().environment().vmName(vm.before());
  }

  JointClasses classes() {
    return classes;
  }

  /// Whether the VMs of a joint class are there before, and no addresses outside.
  boolean isCountedBefore(int joint) {
    return classes.countedBefore()[joint] >= 0;
  }

  /// Likewise after.
  boolean isCountedAfter(int joint) {
    return classes.countedAfter()[joint] >= 0;
  }

  /// The VM before that a VM after is, or less than 0.
  int beforeOfAfter(int vm) {
    int compared = after.compared()[vm];
    return compared < 0 ? ComparedVm.ABSENT : before.vms()[compared];
  }

  /// The joint class of a VM after, or less than 0 for a row that is no VM.
  int jointOfAfter(int vm) {
    int compared = after.compared()[vm];
    return compared < 0 ? JointClasses.NONE : classes.ofVm()[compared];
  }

  /// The compared VMs that are on one side only, carry other tags, or stand for addresses outside
  /// on one side only.
  BitSet changed() {
    return changed;
  }

  /// Whether no rule before leads from the one tag to the other, both of after.
  boolean isNewPair(int sourceTag, int destTag) {
    int source = after.otherTag()[sourceTag];
    int dest = after.otherTag()[destTag];
    return source < 0 || dest < 0 || !before.pairs().contains(source, dest);
  }

  /// As [#isNewPair], but of some of the rules before alone. Cost: a pass over them.
  TagPairs.Condition newPairs(IntPredicate rulesBefore) {
    var environment = before.graph().environment();
    if (!environment.hasRuleDetails()) {
      return this::isNewPair;
    }
    var known = TagPairs.of(environment, rulesBefore);
    return (sourceTag, destTag) -> {
      int source = after.otherTag()[sourceTag];
      int dest = after.otherTag()[destTag];
      return source < 0 || dest < 0 || !known.contains(source, dest);
    };
  }

  /// Hears of a tag on a VM after that it did not carry before.
  @FunctionalInterface
  interface TagConsumer {
    void tag(int vm, int tag);
  }

  /// Names every VM after with every tag that it did not carry before.
  void forEachNewTag(TagConsumer consumer) {
    var environment = after.graph().environment();
    var lists = environment.tagLists();
    for (int vm = changed.nextSetBit(0); vm >= 0; vm = changed.nextSetBit(vm + 1)) {
      int vmBefore = before.vms()[vm];
      int vmAfter = after.vms()[vm];
      if (vmAfter < 0) {
        continue;
      }
      int list = environment.tagListOf(vmAfter);
      for (int i = lists.start(list); i < lists.end(list); i++) {
        int tag = lists.value(i);
        int tagBefore = after.otherTag()[tag];
        if (vmBefore < 0 || tagBefore < 0 || !before.carries(vmBefore, tagBefore)) {
          consumer.tag(vmAfter, tag);
        }
      }
    }
  }

  /// Whether after has something that before had not: a VM, a tag on a VM, a VM that stood for
  /// addresses outside, or a pair of tags that a rule joins. If not, no attack is new.
  boolean addsAnything() {
    boolean[] adds = {false};
    forEachNewTag((vm, tag) -> adds[0] = true);
    return adds[0]
        || changed.stream().anyMatch(this::isOutsideNoMore)
        || after.pairs().anyMatch(this::isNewPair);
  }

  private boolean isOutsideNoMore(int compared) {
    int joint = classes.ofVm()[compared];
    return vm(compared).isBefore() && !isCountedBefore(joint) && isCountedAfter(joint);
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
