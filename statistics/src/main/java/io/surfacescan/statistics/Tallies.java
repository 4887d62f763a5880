package io.surfacescan.statistics;

import java.util.Map;

/// Numbers of requests by what they are about.
record Tallies(Map<BucketKey, BucketValue> bySlot) {
  static final Tallies NONE = new Tallies(Map.of());

  Tallies {
    bySlot = Map.copyOf(bySlot);
  }

  boolean isEmpty() {
    return bySlot.isEmpty();
  }
}
