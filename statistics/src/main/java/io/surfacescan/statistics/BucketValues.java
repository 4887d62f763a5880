package io.surfacescan.statistics;

import java.util.Map;

/// Numbers of requests by what they are about.
record BucketValues(Map<BucketKey, BucketValue> byKey) {
  static final BucketValues NONE = new BucketValues(Map.of());

  BucketValues {
    byKey = Map.copyOf(byKey);
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }
}
