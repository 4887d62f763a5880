package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tags that all VMs with some tag carry, itself among them. Not thread-safe.
final class CommonTags {
  private final Environment environment;

  /// Per tag, the lists that hold it.
  private final Map<Integer, List<Integer>> listsOfTag = new HashMap<>();

  private final Map<Integer, int[]> known = new HashMap<>();

  CommonTags(Environment environment) {
    this.environment = environment;
    var lists = environment.tagLists();
    boolean[] isUsed = new boolean[lists.size()];
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      isUsed[environment.tagListOf(vm)] = true;
    }
    for (int list = 0; list < lists.size(); list++) {
      for (int i = lists.start(list); i < lists.end(list) && isUsed[list]; i++) {
        listsOfTag.computeIfAbsent(lists.value(i), absent -> new ArrayList<>()).add(list);
      }
    }
  }

  int[] of(int tag) {
    return known.computeIfAbsent(tag, this::find);
  }

  private int[] find(int tag) {
    var holding = listsOfTag.getOrDefault(tag, List.of());
    if (holding.isEmpty()) {
      return new int[] {tag};
    }
    var lists = environment.tagLists();
    int first = holding.getFirst();
    var common = new ArrayList<Integer>();
    for (int i = lists.start(first); i < lists.end(first); i++) {
      int other = lists.value(i);
      if (holding.stream().allMatch(list -> lists.contains(list, other))) {
        common.add(other);
      }
    }
    return common.stream().mapToInt(other -> other).toArray();
  }
}
