package io.surfacescan.engine;

import java.util.Arrays;

/// VMs that are of one class before and of one class after: whatever is compared is the same for
/// all of them but for leaving themselves out.
///
/// Where VMs stand for addresses outside, those that do before or after are apart from others: they
/// are in no count.
///
/// @param before per joint class, its class before, or [#NONE] if its VMs are not there
/// @param after per joint class, its class after, or [#NONE] if its VMs are not there
/// @param countedBefore as `before`, but [#NONE] too if its VMs stand for addresses outside
/// @param countedAfter as `after`, likewise
/// @param sizes per joint class, its VMs
/// @param first per joint class, the first of its [Comparison#vm]s
/// @param second per joint class, the second one, or [#NONE]
/// @param ofVm per compared VM, its joint class
record JointClasses(
    int[] before,
    int[] after,
    int[] countedBefore,
    int[] countedAfter,
    int[] sizes,
    int[] first,
    int[] second,
    int[] ofVm) {
  static final int NONE = -1;

  /// @param befores per compared VM, its VM before, or less than 0
  /// @param afters per compared VM, its VM after, or less than 0
  static JointClasses of(AttackGraph before, int[] befores, AttackGraph after, int[] afters) {
    if (!before.externals().isEmpty() || !after.externals().isEmpty()) {
      return ofExternals(before, befores, after, afters);
    }
    var numbers = new LongNumbers();
    int[] ofVm = new int[befores.length];
    if (after.environment().sharesVmsWith(before.environment())) {
      // Classes are those of tag lists, which are fewer than VMs.
      int[] ofList = new int[before.environment().tagLists().size()];
      for (int list = 0; list < ofList.length; list++) {
        ofList[list] =
            numbers.of(
                pair(before.classes().classOfList()[list], after.classes().classOfList()[list]));
      }
      Arrays.setAll(ofVm, vm -> ofList[before.environment().tagListOf(vm)]);
    } else {
      for (int vm = 0; vm < ofVm.length; vm++) {
        ofVm[vm] = numbers.of(pair(classOf(before, befores[vm]), classOf(after, afters[vm])));
      }
    }
    int[] ofBefore = new int[numbers.size()];
    int[] ofAfter = new int[numbers.size()];
    Arrays.setAll(ofBefore, joint -> left(numbers.value(joint)));
    Arrays.setAll(ofAfter, joint -> right(numbers.value(joint)));
    int[] sizes = new int[numbers.size()];
    int[] first = new int[numbers.size()];
    int[] second = new int[numbers.size()];
    Arrays.fill(second, NONE);
    boolean sameVms = after.environment().sharesVmsWith(before.environment());
    if (sameVms && sizes.length == before.classes().size()) {
      // Every class before is one joint class, and its VMs stand side by side in input order.
      for (int joint = 0; joint < sizes.length; joint++) {
        int start = before.classStart(ofBefore[joint]);
        sizes[joint] = before.classStart(ofBefore[joint] + 1) - start;
        first[joint] = before.vmAt(start);
        second[joint] = sizes[joint] > 1 ? before.vmAt(start + 1) : NONE;
      }
      return new JointClasses(ofBefore, ofAfter, ofBefore, ofAfter, sizes, first, second, ofVm);
    }
    collect(ofVm, sizes, first, second);
    return new JointClasses(ofBefore, ofAfter, ofBefore, ofAfter, sizes, first, second, ofVm);
  }

  private static void collect(int[] ofVm, int[] sizes, int[] first, int[] second) {
    for (int vm = 0; vm < ofVm.length; vm++) {
      switch (sizes[ofVm[vm]]++) {
        case 0 -> first[ofVm[vm]] = vm;
        case 1 -> second[ofVm[vm]] = vm;
        default -> {}
      }
    }
  }

  /// As the other, with a bit beside each class that says whether its VMs are outside.
  private static JointClasses ofExternals(
      AttackGraph before, int[] befores, AttackGraph after, int[] afters) {
    var numbers = new LongNumbers();
    int[] ofVm = new int[befores.length];
    for (int vm = 0; vm < ofVm.length; vm++) {
      ofVm[vm] = numbers.of(pair(marked(before, befores[vm]), marked(after, afters[vm])));
    }
    int[][] of = new int[4][numbers.size()];
    for (int joint = 0; joint < numbers.size(); joint++) {
      int left = left(numbers.value(joint));
      int right = right(numbers.value(joint));
      of[0][joint] = left < 0 ? NONE : left >>> 1;
      of[1][joint] = right < 0 ? NONE : right >>> 1;
      of[2][joint] = left < 0 || (left & 1) == 1 ? NONE : left >>> 1;
      of[3][joint] = right < 0 || (right & 1) == 1 ? NONE : right >>> 1;
    }
    int[] sizes = new int[numbers.size()];
    int[] first = new int[numbers.size()];
    int[] second = new int[numbers.size()];
    Arrays.fill(second, NONE);
    collect(ofVm, sizes, first, second);
    return new JointClasses(of[0], of[1], of[2], of[3], sizes, first, second, ofVm);
  }

  private static int marked(AttackGraph graph, int vm) {
    return vm < 0 ? NONE : graph.classOf(vm) << 1 | (graph.isExternal(vm) ? 1 : 0);
  }

  private static int classOf(AttackGraph graph, int vm) {
    return vm < 0 ? NONE : graph.classOf(vm);
  }

  /// Two numbers from [#NONE] as one.
  static long pair(int left, int right) {
    return (long) left << 32 | (right & 0xFFFFFFFFL);
  }

  static int left(long pair) {
    return (int) (pair >> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  int size() {
    return sizes.length;
  }

  JointClasses reversed() {
    return new JointClasses(after, before, countedAfter, countedBefore, sizes, first, second, ofVm);
  }
}
