package io.surfacescan.policy.checking;

import io.surfacescan.engine.GroupAttacks.Query;
import io.surfacescan.engine.VmGroup;
import java.util.BitSet;

/// Attacks that a rule of a policy forbids: of any VM of one set on any other of another.
///
/// @param avoided firewall rules that do not count, not to be changed
record AttackPart(BitSet from, BitSet to, int maxHops, BitSet avoided) {
  boolean isEmpty() {
    return from.isEmpty() || to.isEmpty();
  }

  Query query() {
    return new Query(from, to, maxHops, avoided);
  }

  static VmGroup group(BitSet vms) {
    return VmGroup.of(vms.stream().toArray());
  }

  /// The same for fewer VMs attacked, with more firewall rules that do not count.
  AttackPart without(BitSet more, BitSet attacked) {
    var fewer = (BitSet) to.clone();
    fewer.and(attacked);
    return new AttackPart(from, fewer, maxHops, union(avoided, more));
  }

  static BitSet union(BitSet one, BitSet other) {
    var both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  static BitSet difference(BitSet one, BitSet other) {
    var left = (BitSet) one.clone();
    left.andNot(other);
    return left;
  }
}
