package io.surfacescan.statistics.counting;

import java.util.Map;

/// Numbers of requests by what they are about.
public record BucketValues(Map<BucketKey, BucketValue> byKey) {
  static final BucketValues NONE = new BucketValues(Map.of());

  public BucketValues {
    byKey = Map.copyOf(byKey);
  }

  public boolean isEmpty() {
    return byKey.isEmpty();
  }
}
