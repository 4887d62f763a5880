package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Whether the internet can attack something, of an environment that has it.
///
/// @param hops of a shortest path; 0 if there is none
public record Internet(int hops) {
  /// The second stands for addresses of IPv6 that may do other than those of IPv4.
  private static final List<String> IDS = List.of("internet", "internet-ipv6");

  /// What stands for all addresses outside that no rule tells apart; nothing if the environment has
  /// no internet.
  private static int[] in(Environment environment) {
    return environment.hasVmDetails()
        ? IDS.stream()
            .flatMapToInt(id -> environment.findVm(id).stream())
            .filter(vm -> environment.vmKind(vm) == VmKind.EXTERNAL)
            .toArray()
        : new int[0];
  }

  /// Over how many hops the internet attacks something.
  ///
  /// @param hopsFrom the hops from a VM; 0 if it does not attack
  /// @return empty if the environment has no internet
  static Optional<Internet> of(Environment environment, IntUnaryOperator hopsFrom) {
    int[] all = in(environment);
    return all.length == 0
        ? Optional.empty()
        : Optional.of(
            new Internet(
                Arrays.stream(all).map(hopsFrom).filter(hops -> hops > 0).min().orElse(0)));
  }

  /// Whether a VM of the environment is the internet.
  static boolean is(Environment environment, int vm) {
    return Arrays.stream(in(environment)).anyMatch(other -> other == vm);
  }

  public boolean isAttacker() {
    return hops > 0;
  }

  /// `3`, or `none`.
  public String shown() {
    return isAttacker() ? Integer.toString(hops) : "none";
  }
}
