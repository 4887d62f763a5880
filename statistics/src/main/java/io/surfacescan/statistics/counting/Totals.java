package io.surfacescan.statistics.counting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// All requests since the process started, at one moment: each with all of its numbers, or not in
/// it.
///
/// @param requests by their kinds, in the order of the routes; without kinds that had none
/// @param rejected what could not be read as HTTP; in none of the others
public record Totals(SequencedMap<RequestKind, LatencySnapshot> requests, long rejected) {
  public Totals {
    requests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(requests));
  }

  /// How many requests were answered with a status of that class, 1 to 5.
  public long answered(int statusClass) {
    return requests.entrySet().stream()
        .filter(entry -> entry.getKey().statusClass() == statusClass)
        .mapToLong(entry -> entry.getValue().count())
        .sum();
  }

  /// How many clients went away before the end of the answer.
  public long aborted() {
    return requests.values().stream().mapToLong(LatencySnapshot::aborted).sum();
  }

  /// The requests of each route, whatever their status.
  public Map<String, LatencySnapshot> byRoute() {
    var routes = new LinkedHashMap<String, LatencySnapshot>();
    requests.forEach((cell, times) -> routes.merge(cell.route(), times, LatencySnapshot::plus));
    return routes;
  }
}
