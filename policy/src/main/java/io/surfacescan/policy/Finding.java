package io.surfacescan.policy;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Place;
import java.util.List;
import java.util.Optional;

/// That a rule of a policy is broken, for one cause.
///
/// @param rule the rule of the policy
/// @param fingerprint 32 hexadecimal digits: the same for the same cause in other runs, whatever
///   the places and the number of VMs
/// @param message what is so, in one sentence without a full stop
/// @param remedy what would end it, likewise
/// @param path a shortest attack that must not be, if it is about attacks
/// @param cause the firewall rules to change, by index; none if no single rule is to blame
/// @param place where the first of them stands, if that is known
/// @param others where else to look
/// @param count for how many this is the cause, exactly: VMs or rules, as the verdict counts
/// @param examples the first few of the VMs, by index
/// @param waiver what accepts it, if anything does
/// @param isKnown whether it is among the findings that were there before
public record Finding(
    PolicyRule rule,
    String fingerprint,
    String message,
    String remedy,
    Optional<AttackPath> path,
    List<Integer> cause,
    Optional<Place> place,
    List<Place> others,
    long count,
    List<Integer> examples,
    Optional<Waiver> waiver,
    boolean isKnown) {
  public Finding {
    cause = List.copyOf(cause);
    others = List.copyOf(others);
    examples = List.copyOf(examples);
  }

  public Finding waivedBy(Waiver by) {
    return new Finding(
        rule,
        fingerprint,
        message,
        remedy,
        path,
        cause,
        place,
        others,
        count,
        examples,
        Optional.of(by),
        isKnown);
  }

  public Finding known() {
    return new Finding(
        rule,
        fingerprint,
        message,
        remedy,
        path,
        cause,
        place,
        others,
        count,
        examples,
        waiver,
        true);
  }

  /// Whether it counts against the environment: it is neither waived nor known from before.
  public boolean isOpen() {
    return waiver.isEmpty() && !isKnown;
  }
}
