package io.surfacescan.policy.checking;

import io.surfacescan.engine.GroupAttacks.Query;
import io.surfacescan.engine.VmGroup;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/// Attacks that a rule of a policy forbids: of any VM of one set on any other of another.
///
/// The sets are shared, and not to be changed.
///
/// @param avoided firewall rules that do not count
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

  /// The same for fewer VMs attacked.
  ///
  /// @param others the firewall rules that do not count
  AttackPart of(BitSet attacked, BitSet others) {
    return new AttackPart(from, intersection(to, attacked), maxHops, others);
  }

  /// What is left without the attacks of some VMs on some: on these by others, and on the others.
  /// The VMs attacked are divided, so that none is in two parts.
  List<AttackPart> without(BitSet attackers, BitSet attacked) {
    var both = intersection(to, attacked);
    if (both.isEmpty()) {
      return List.of(this);
    }
    return Stream.of(
            new AttackPart(difference(from, attackers), both, maxHops, avoided),
            new AttackPart(from, difference(to, attacked), maxHops, avoided))
        .filter(part -> !part.to.isEmpty())
        .toList();
  }

  static BitSet intersection(BitSet one, BitSet other) {
    var both = (BitSet) one.clone();
    both.and(other);
    return both;
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
