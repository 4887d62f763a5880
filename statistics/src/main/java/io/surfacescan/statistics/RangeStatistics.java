package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.RequestTimes;
import io.surfacescan.statistics.counting.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/// What was answered in some time, over restarts and perhaps by many processes: the answer to a
/// [RangeQuestion].
///
/// @param scope whose requests these are
/// @param store where they are kept: `sqlite` or `postgresql`
/// @param from the first moment of the time
/// @param to the first moment after it
/// @param completeUntil of the requests in the time, all that ended before this moment are counted
/// @param flushedUntil of the requests of processes that run, all that ended before it are counted
/// @param resolution the longest spans in which these requests are kept
/// @param times all of them together
/// @param statuses how many by class of status, 1 to 5
/// @param aborted those whose client went away before the end of the answer
/// @param rejected what could not be read as HTTP; in none of the other counts
/// @param processCount how many processes may have answered some of them
/// @param lostCount how many more have not been heard of since before the time, and for a day: they
///   are not waited for
/// @param processes some of those, first the ones that may lack requests
/// @param series step by step, if asked for
public record RangeStatistics(
    Scope scope,
    String store,
    Instant from,
    Instant to,
    Instant completeUntil,
    Instant flushedUntil,
    Resolution resolution,
    RequestTimes times,
    SequencedMap<String, RequestTimes> routes,
    SortedMap<Integer, Long> statuses,
    long aborted,
    long rejected,
    int processCount,
    long lostCount,
    List<ProcessLife> processes,
    Optional<Series> series) {
  /// One life of one program.
  ///
  /// @param completeUntil every request that the process answered before this moment is counted
  public record ProcessLife(
      String name,
      String instance,
      String process,
      Instant startedAt,
      Instant completeUntil,
      ProcessState state) {}

  /// Steps of one length, without gaps.
  public record Series(Duration step, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /// The requests of one step.
  public record Point(Instant start, RequestTimes times, SortedMap<Integer, Long> statuses) {}

  public RangeStatistics {
    processes = List.copyOf(processes);
  }
}
