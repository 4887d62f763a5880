package io.surfacescan.policy;

import io.surfacescan.model.Place;
import java.time.LocalDate;
import java.util.Optional;

/// That some findings are accepted for a time.
///
/// @param fingerprint of the one finding meant
/// @param rule the id of the policy rule whose findings are meant; a `*` stands for any characters
/// @param subject of these, only findings about VMs with such an id or name, likewise
/// @param reason why they are accepted
/// @param owner who answers for it
/// @param expires the last day on which it holds
public record Waiver(
    Optional<String> fingerprint,
    Optional<String> rule,
    Optional<String> subject,
    String reason,
    String owner,
    LocalDate expires,
    Place place) {
  /// Whether it holds no more.
  public boolean isExpired(LocalDate today) {
    return today.isAfter(expires);
  }
}
