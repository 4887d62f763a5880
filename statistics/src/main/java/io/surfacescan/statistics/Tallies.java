package io.surfacescan.statistics;

import java.util.Map;

/// Numbers of requests by what they are about.
record Tallies(Map<Slot, Tally> bySlot) {
  static final Tallies NONE = new Tallies(Map.of());

  Tallies {
    bySlot = Map.copyOf(bySlot);
  }

  boolean isEmpty() {
    return bySlot.isEmpty();
  }
}
