package io.surfacescan.policy;

import io.surfacescan.model.Place;
import java.util.Optional;

/// Where the firewall rules of an environment stand in its input, as far as that is known.
@FunctionalInterface
public interface RulePlaces {
  /// Nothing is known but what the rules say themselves.
  RulePlaces UNKNOWN = ignored -> Optional.empty();

  Optional<Place> ofRule(int rule);
}
