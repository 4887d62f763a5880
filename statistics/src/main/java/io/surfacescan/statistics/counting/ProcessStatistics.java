package io.surfacescan.statistics.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a process has answered since it started.
///
/// @param times all requests answered or given up, whatever their status
/// @param since when the process began to count
/// @param uptime how long ago that was, by a clock that never jumps
/// @param routes requests and their time by route
/// @param statuses requests by HTTP status
/// @param aborted those of the requests whose client went away before the end of the answer
/// @param rejected what could not be read as HTTP; in none of the other counts
public record ProcessStatistics(
    RequestTimes times,
    Instant since,
    Duration uptime,
    SequencedMap<String, RouteUse> routes,
    SortedMap<Integer, Long> statuses,
    long aborted,
    long rejected) {
  /// The requests of one route.
  public record RouteUse(long requestCount, Duration totalTime) {}

  public ProcessStatistics {
    routes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(routes));
    statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
  }
}
