package io.surfacescan.model;

import java.util.Optional;

/// Lets every VM that carries the source tag talk to every other VM that carries the destination
/// tag.
///
/// @param id empty if the input gave none; not always unique
/// @param services what it lets through, at least one
/// @param assumed why it may not hold, if the input left that open
public record FirewallRule(
    Optional<String> id,
    String sourceTag,
    String destTag,
    Services services,
    Optional<String> assumed) {
  public FirewallRule {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("a rule without services");
    }
  }

  /// A rule that lets everything through for sure.
  public FirewallRule(Optional<String> id, String sourceTag, String destTag) {
    this(id, sourceTag, destTag, Services.ALL, Optional.empty());
  }

  /// Without services and certainty if they say nothing.
  @Override
  public String toString() {
    String rest =
        services.isAll() && assumed.isEmpty()
            ? ""
            : ", services=" + services + ", assumed=" + assumed;
    return "FirewallRule[id="
        + id
        + ", sourceTag="
        + sourceTag
        + ", destTag="
        + destTag
        + rest
        + "]";
  }
}
