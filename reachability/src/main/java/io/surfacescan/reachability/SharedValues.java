package io.surfacescan.reachability;

import java.util.HashMap;
import java.util.Map;

/// Equal values, each kept once.
final class SharedValues {
  private final Map<Object, Object> known = new HashMap<>();

  /// The first value of this content.
  @SuppressWarnings("unchecked") // A value is known by itself, and equal values are of one type.
  <T> T one(T value) {
    return (T) known.computeIfAbsent(value, key -> key);
  }
}
