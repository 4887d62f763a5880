package io.surfacescan.statistics;

import io.surfacescan.statistics.RangeStatistics.Point;
import io.surfacescan.statistics.RangeStatistics.Series;
import io.surfacescan.statistics.counting.BucketKey;
import io.surfacescan.statistics.counting.BucketValue;
import io.surfacescan.statistics.counting.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Adds up buckets by steps of one length, which follow each other without gaps. Buckets come in
/// the order of time, so that one step is open at a time.
final class StepSeries {
  private final Duration length;
  private final Instant start;
  private final List<Point> points = new ArrayList<>();
  private final RequestSum open = new RequestSum();

  /// @param start of the first step
  StepSeries(Duration length, Instant start) {
    this.length = length;
    this.start = start;
  }

  void add(BucketKey key, BucketValue value) throws UnanswerableRange {
    if (length.compareTo(key.resolution().length()) < 0) {
      throw new UnanswerableRange(
          "What was answered around "
              + key.start()
              + " is kept by "
              + key.resolution().name().toLowerCase(Locale.ROOT)
              + " only; ask for a longer step or a later from.");
    }
    while (!openEnd().isAfter(key.start())) {
      endStep();
    }
    if (!key.kind().equals(RequestKind.REJECTED)) {
      open.add(key.kind(), value);
    }
  }

  private Instant openStart() {
    return start.plusSeconds(points.size() * length.toSeconds());
  }

  private Instant openEnd() {
    return openStart().plus(length);
  }

  private void endStep() throws UnanswerableRange {
    if (points.size() == RangeQuestion.STEPS_MOST) {
      throw new UnanswerableRange(
          "The answer would have more than "
              + RangeQuestion.STEPS_MOST
              + " steps; ask for a longer step or a shorter time.");
    }
    points.add(new Point(openStart(), open.times(), open.statuses()));
    open.clear();
  }

  /// Ends all steps that begin before the moment.
  Series until(Instant end) throws UnanswerableRange {
    while (openStart().isBefore(end)) {
      endStep();
    }
    return new Series(length, points);
  }
}
