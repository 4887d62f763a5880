package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// VMs asked about together. Immutable.
public final class VmGroup {
  /// Ascending.
  private final int[] vms;

  private VmGroup(int[] vms) {
    this.vms = vms;
  }

  /// These VMs.
  ///
  /// @param vms in any order, each once
  public static VmGroup of(int... vms) {
    int[] ascending = vms.clone();
    Arrays.sort(ascending);
    return new VmGroup(ascending);
  }

  /// The VMs that carry a tag. Cost: a pass over the tag lists and one over the VMs.
  public static VmGroup carrying(Environment environment, int tag) {
    var lists = environment.tagLists();
    var holding = new BitSet(lists.size());
    for (int list = 0; list < lists.size(); list++) {
      for (int i = lists.start(list); i < lists.end(list); i++) {
        if (lists.value(i) == tag) {
          holding.set(list);
        }
      }
    }
    return new VmGroup(
        IntStream.range(0, environment.vmCount())
            .filter(vm -> holding.get(environment.tagListOf(vm)))
            .toArray());
  }

  public int size() {
    return vms.length;
  }

  /// The member at a place, in the order of the input.
  public int vm(int place) {
    return vms[place];
  }
}
