package io.surfacescan.engine;

import io.surfacescan.model.TextOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/// An order of all VMs, to sort some of them by.
@FunctionalInterface
public interface VmOrder {
  /// As the VMs stand in the input.
  VmOrder INPUT = vms -> vms.stream().toArray();

  /// The VMs of the set in this order.
  int[] sorted(BitSet vms);

  /// By the code points of their ids or names.
  static VmOrder by(TextOrder order) {
    return vms -> {
      var places = new BitSet();
      vms.stream().map(order::placeOf).forEach(places::set);
      return places.stream().map(order::at).toArray();
    };
  }

  /// Those with the most attackers first, then as in the input.
  static VmOrder byAttackers(Exposures exposures) {
    return most(exposures::attackers);
  }

  /// Those with the most attackers in one hop first, then as in the input.
  static VmOrder byDirectAttackers(Exposures exposures) {
    return most(exposures::directAttackers);
  }

  /// Those with the largest blast radius first, then as in the input.
  static VmOrder byBlastRadius(Exposures exposures) {
    return most(exposures::victims);
  }

  private static VmOrder most(IntUnaryOperator size) {
    return vms -> {
      long[] keys =
          vms.stream()
              .mapToLong(vm -> (long) (Integer.MAX_VALUE - size.applyAsInt(vm)) << 32 | vm)
              .toArray();
      Arrays.sort(keys);
      return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    };
  }
}
