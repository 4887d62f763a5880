package io.surfacescan.questions;

import io.surfacescan.model.NGramIndex.Closeness;

/// Something that a search found.
///
/// @param index of a VM, tag or rule in the environment, or of a service in the [SearchIndex]
/// @param closeness how its text holds what was searched for
public record Suggestion(Kind kind, int index, Closeness closeness) {
  /// What can be found. Of equally close ones they come in this order.
  public enum Kind {
    VM,
    TAG,
    SERVICE,
    RULE
  }
}
