package io.surfacescan.questions;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import java.util.List;

/// Addresses outside are one VM as attackers and another as targets, and people mean the one that
/// fits: `internet` as a target is `internet-out`.
final class OutsideEnds {
  /// What the id of an address outside has behind it as a target.
  private static final String SINK_SUFFIX = "-out";

  private OutsideEnds() {}

  static int asTarget(Environment environment, int vm) {
    return environment.vmKind(vm) == VmKind.EXTERNAL
        ? counterpart(environment, vm, environment.vmId(vm) + SINK_SUFFIX, VmKind.EXTERNAL_SINK)
        : vm;
  }

  static int asAttacker(Environment environment, int vm) {
    if (environment.vmKind(vm) != VmKind.EXTERNAL_SINK) {
      return vm;
    }
    String id = environment.vmId(vm);
    String source =
        id.endsWith(SINK_SUFFIX) ? id.substring(0, id.length() - SINK_SUFFIX.length()) : id;
    return counterpart(environment, vm, source, VmKind.EXTERNAL);
  }

  /// The VM of the kind with the id, else the one that has the same first address, else itself.
  private static int counterpart(Environment environment, int vm, String id, VmKind kind) {
    var named = environment.findVm(id);
    if (named.isPresent() && environment.vmKind(named.getAsInt()) == kind) {
      return named.getAsInt();
    }
    var first = ranges(environment, vm).stream().findFirst().map(AddressRange::first);
    for (int other = 0; first.isPresent() && other < environment.vmCount(); other++) {
      if (environment.vmKind(other) == kind
          && ranges(environment, other).stream().anyMatch(range -> range.contains(first.get()))) {
        return other;
      }
    }
    return vm;
  }

  private static List<AddressRange> ranges(Environment environment, int vm) {
    return environment.vmDetails(vm).addresses().stream()
        .flatMap(text -> AddressRange.parse(text).stream())
        .toList();
  }
}
