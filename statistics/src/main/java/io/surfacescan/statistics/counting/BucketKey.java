package io.surfacescan.statistics.counting;

import java.time.Instant;

/// What one number of a store is about: one kind of request in one span of time.
///
/// @param start in UTC, a multiple of the span
public record BucketKey(Instant start, Resolution resolution, RequestKind kind) {
  /// The key of a wider span that this one is a part of.
  public BucketKey within(Resolution wider) {
    return new BucketKey(wider.floor(start), wider, kind);
  }
}
