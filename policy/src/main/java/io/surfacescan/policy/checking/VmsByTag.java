package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import java.util.BitSet;

/// The VMs that carry each tag, by way of the tag lists. Immutable.
final class VmsByTag {
  /// Per tag, where its lists start.
  private final int[] listStarts;

  private final int[] lists;

  /// Per tag list, where its VMs start.
  private final int[] vmStarts;

  private final int[] vms;

  /// Cost: a pass over the tag lists and one over the VMs.
  VmsByTag(Environment environment) {
    var all = environment.tagLists();
    listStarts = new int[environment.tagCount() + 1];
    for (int i = 0; i < all.valueCount(); i++) {
      listStarts[all.value(i) + 1]++;
    }
    sumUp(listStarts);
    lists = new int[all.valueCount()];
    int[] next = listStarts.clone();
    for (int list = 0; list < all.size(); list++) {
      for (int i = all.start(list); i < all.end(list); i++) {
        lists[next[all.value(i)]++] = list;
      }
    }
    vmStarts = new int[all.size() + 1];
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      vmStarts[environment.tagListOf(vm) + 1]++;
    }
    sumUp(vmStarts);
    vms = new int[environment.vmCount()];
    next = vmStarts.clone();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      vms[next[environment.tagListOf(vm)]++] = vm;
    }
  }

  private static void sumUp(int[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
  }

  /// Adds the VMs that carry a tag.
  void addTo(BitSet set, int tag) {
    for (int i = listStarts[tag]; i < listStarts[tag + 1]; i++) {
      for (int j = vmStarts[lists[i]]; j < vmStarts[lists[i] + 1]; j++) {
        set.set(vms[j]);
      }
    }
  }
}
