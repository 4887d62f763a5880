package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.util.BitSet;

/// The environment as a directed graph that has a path from one VM to another exactly when the
/// first attacks the second, of as many links as there are tags on VMs and rules.
///
/// Nodes are ints: the VMs by their numbers, then each tag as a source, then each tag as a
/// destination. A VM leads to the tags it carries as sources, a rule's source to its destination,
/// and a destination to the VMs that carry the tag. Tags that no rule needs have no links.
///
/// A path from a VM to itself says nothing: who asks leaves the VM out.
record LinkGraph(int vmCount, int nodeCount, int[] from, int[] to) {
  static LinkGraph of(Environment environment) {
    int vms = environment.vmCount();
    int tags = environment.tagCount();
    var sources = new BitSet(tags);
    var dests = new BitSet(tags);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      sources.set(environment.sourceTag(rule));
      dests.set(environment.destTag(rule));
    }
    var from = new IntBag();
    var to = new IntBag();
    var lists = environment.tagLists();
    for (int vm = 0; vm < vms; vm++) {
      int list = environment.tagListOf(vm);
      for (int place = lists.start(list); place < lists.end(list); place++) {
        int tag = lists.value(place);
        if (sources.get(tag)) {
          from.add(vm);
          to.add(vms + tag);
        }
        if (dests.get(tag)) {
          from.add(vms + tags + tag);
          to.add(vm);
        }
      }
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      from.add(vms + environment.sourceTag(rule));
      to.add(vms + tags + environment.destTag(rule));
    }
    return new LinkGraph(vms, vms + 2 * tags, from.toArray(), to.toArray());
  }

  int linkCount() {
    return from.length;
  }

  /// Whether a node is a VM other than this one.
  boolean isOtherVm(int node, int vm) {
    return node < vmCount && node != vm;
  }
}
