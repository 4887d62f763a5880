package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.Accumulator;
import io.surfacescan.statistics.counting.BucketValue;
import io.surfacescan.statistics.counting.RequestKind;
import io.surfacescan.statistics.counting.RequestTimes;
import java.util.SortedMap;
import java.util.TreeMap;

/// Adds up requests, and counts them by the class of their status. Not thread-safe.
final class RequestSum {
  private final Accumulator times = new Accumulator();
  private final SortedMap<Integer, Long> statuses = new TreeMap<>();

  void add(RequestKind kind, BucketValue value) {
    times.add(value);
    statuses.merge(kind.statusClass(), value.count(), Long::sum);
  }

  RequestTimes times() {
    return times.times();
  }

  long aborted() {
    return times.aborted();
  }

  SortedMap<Integer, Long> statuses() {
    return new TreeMap<>(statuses);
  }

  void clear() {
    times.clear();
    statuses.clear();
  }
}
