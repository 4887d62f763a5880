package io.surfacescan.engine;

import java.util.OptionalInt;

/// One of the two environments of a [Comparison], and what its VMs and tags are in the other.
///
/// @param vms per compared VM, its VM here, or [ComparedVm#ABSENT]
/// @param compared per VM here, its compared VM, or [#NOT_HERE] for the row of a VM that was
///   removed
/// @param otherTag per tag here, the same tag of the other side, or less than 0
/// @param pairs the pairs of tags that rules join here
record ComparedSide(AttackGraph graph, int[] vms, int[] compared, int[] otherTag, TagPairs pairs) {
  static final int NOT_HERE = -2;

  static ComparedSide of(AttackGraph graph, int[] vms, int[] compared, int[] otherTag) {
    return new ComparedSide(graph, vms, compared, otherTag, TagPairs.of(graph.environment()));
  }

  /// The VM with this id, or [ComparedVm#ABSENT].
  int find(String id) {
    int vm = found(graph.environment().findVm(id));
    // An environment with edits keeps the rows of VMs that are gone, on whichever side it stands.
    return vm >= 0 && compared[vm] == NOT_HERE ? ComparedVm.ABSENT : vm;
  }

  static int found(OptionalInt index) {
    return index.orElse(ComparedVm.ABSENT);
  }

  boolean carries(int vm, int tag) {
    var environment = graph.environment();
    return environment.tagLists().contains(environment.tagListOf(vm), tag);
  }
}
