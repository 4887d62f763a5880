package io.surfacescan.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule says besides its tags. An input in which no rule has any costs nothing.
///
/// @param services what it lets through, at least one
/// @param assumed why it may not hold, if the input left that open
/// @param origins the real rules that it comes from
public record RuleDetails(Services services, Optional<String> assumed, List<Origin> origins) {
  public static final RuleDetails NONE = new RuleDetails(Services.ALL, Optional.empty(), List.of());

  public RuleDetails {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("a rule without services");
    }
    origins = List.copyOf(origins);
  }

  // What Java makes of a record for these two it links anew at each start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleDetails that
        && services.equals(that.services)
        && assumed.equals(that.assumed)
        && origins.equals(that.origins);
  }

  @Override
  public int hashCode() {
    return (services.hashCode() * 31 + assumed.hashCode()) * 31 + origins.hashCode();
  }

  public static RuleDetails of(Services services) {
    return new RuleDetails(services, Optional.empty(), List.of());
  }
}
