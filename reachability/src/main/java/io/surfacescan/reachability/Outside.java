package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import java.util.List;
import java.util.Optional;

/// Addresses that no endpoint has: those of the internet, or of an office behind a tunnel.
///
/// The lowering divides them into as few external endpoints as rules tell apart. The addresses that
/// no rule tells from all others keep the `id`; others are named by their first range. To be both
/// attacker and target takes two, one for each direction: else everything could attack everything
/// by way of the internet.
///
/// @param id of the addresses that rules do not tell apart: `internet`, `internet-out`
/// @param name what it is, for people
/// @param scope as in [Endpoint]
/// @param direction `EGRESS` for a target, to which packets go out; `INGRESS` for an attacker, from
///   which packets come in
/// @param ranges all of its addresses, which do not meet
public record Outside(
    String id,
    String name,
    Optional<String> scope,
    Direction direction,
    Marks marks,
    List<AddressRange> ranges) {
  public Outside {
    ranges = AddressRange.joined(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("an outside without addresses: " + id);
    }
  }
}
