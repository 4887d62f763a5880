package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.text.Counted;
import io.surfacescan.text.TerminalText;

/// What findings say, in sentences without a full stop.
final class Words {
  private final Environment environment;

  Words(Environment environment) {
    this.environment = environment;
  }

  /// `laptop (vm-1) can attack orders (vm-9) in 2 hops`
  String attack(AttackPath path) {
    int hops = path.hops().size();
    return vm(path.from())
        + " can attack "
        + vm(path.to())
        + (hops == 1 ? " directly" : " in " + hops + " hops");
  }

  /// What changing a cause would do.
  ///
  /// @param change of what, and how
  /// @param ended for how many VMs it ends the attacks
  /// @param all for how many they were possible
  String remedy(String change, int ended, int all) {
    if (ended == 0) {
      return change + "; the same attack has other ways, which the next findings name";
    }
    return ended == all
        ? change
            + (all == 1 ? "; nothing else allows it" : "; that ends it for all " + all + " VMs")
        : change + "; that ends it for " + ended + " of " + Counted.of(all, "VM");
  }

  String vm(int vm) {
    String id = environment.vmId(vm);
    return TerminalText.plain(
        environment
            .vmName(vm)
            .filter(name -> !name.isEmpty() && !name.equals(id))
            .map(name -> name + " (" + id + ")")
            .orElse(id));
  }
}
