package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import java.util.OptionalInt;

/// Whether the internet can attack something, of an environment that has it.
///
/// @param hops of a shortest path; 0 if there is none
public record Internet(int hops) {
  private static final String ID = "internet";

  /// What stands for all addresses outside that no rule tells apart.
  static OptionalInt in(Environment environment) {
    if (!environment.hasVmDetails()) {
      return OptionalInt.empty();
    }
    var vm = environment.findVm(ID);
    return vm.isPresent() && environment.vmKind(vm.getAsInt()) == VmKind.EXTERNAL
        ? vm
        : OptionalInt.empty();
  }

  public boolean isAttacker() {
    return hops > 0;
  }

  /// `3`, or `none`.
  public String shown() {
    return isAttacker() ? Integer.toString(hops) : "none";
  }
}
