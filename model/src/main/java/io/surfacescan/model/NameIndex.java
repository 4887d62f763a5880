package io.surfacescan.model;

import java.util.Arrays;
import java.util.BitSet;

/// The way from a name to the VMs that have it: open addressing with linear probing, and a chain of
/// the VMs of one name. Immutable; an empty name counts as none.
///
/// Cost: 12 to 20 bytes a VM, and one pass over the names to build.
final class NameIndex {
  private static final int NONE = -1;

  private final Texts names;

  /// Per slot, the first VM in input order that has some name, or [#NONE].
  private final int[] first;

  /// Per VM, the next one in input order with the same name, or [#NONE].
  private final int[] next;

  private NameIndex(Texts names, int[] first, int[] next) {
    this.names = names;
    this.first = first;
    this.next = next;
  }

  static NameIndex of(Texts names, BitSet unnamed) {
    int named = Math.max(1, names.size() - unnamed.cardinality());
    int[] first = new int[Math.max(64, 4 * Integer.highestOneBit(named))];
    Arrays.fill(first, NONE);
    int[] next = new int[names.size()];
    Arrays.fill(next, NONE);
    int mask = first.length - 1;
    // Backwards, so that each chain is in input order.
    for (int vm = names.size() - 1; vm >= 0; vm--) {
      if (unnamed.get(vm) || names.start(vm) == names.end(vm)) {
        continue;
      }
      int slot = names.hash(vm) & mask;
      while (first[slot] != NONE && names.compare(first[slot], vm) != 0) {
        slot = (slot + 1) & mask;
      }
      next[vm] = first[slot];
      first[slot] = vm;
    }
    return new NameIndex(names, first, next);
  }

  /// The first VMs with exactly this name, in input order, at most `most` of them.
  int[] find(String name, int most) {
    if (name.isEmpty() || Utf8.hasLoneSurrogate(name)) {
      return new int[0];
    }
    byte[] bytes = Utf8.encode(name);
    int mask = first.length - 1;
    int slot = Utf8.hash(bytes, 0, bytes.length) & mask;
    while (first[slot] != NONE && !names.equals(first[slot], bytes, 0, bytes.length)) {
      slot = (slot + 1) & mask;
    }
    int[] found = new int[16];
    int count = 0;
    for (int vm = first[slot]; vm != NONE && count < most; vm = next[vm]) {
      if (count == found.length) {
        found = Arrays.copyOf(found, 2 * count);
      }
      found[count++] = vm;
    }
    return Arrays.copyOf(found, count);
  }
}
