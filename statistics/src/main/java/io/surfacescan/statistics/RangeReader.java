package io.surfacescan.statistics;

import io.surfacescan.statistics.Buckets.Bucket;
import io.surfacescan.statistics.RangeStatistics.Series;
import io.surfacescan.statistics.counting.Accumulator;
import io.surfacescan.statistics.counting.RequestKind;
import io.surfacescan.statistics.counting.RequestTimes;
import io.surfacescan.statistics.counting.Resolution;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Answers one [RangeQuestion] from the rows of a store, in the order of time, so that the answer
/// takes memory for its steps and not for their rows.
final class RangeReader {
  private final RangeQuestion question;
  private final ThisProcess self;
  private final Instant now;
  private final BooleanSupplier abandoned;

  private final RequestSum total = new RequestSum();
  private final SortedMap<String, Accumulator> routes = new TreeMap<>();
  private long rejected;
  private Resolution resolution = Resolution.MINUTE;

  /// Where the time begins, if that is known: earlier than asked for where only hours or days are
  /// kept, and at the first bucket if nothing else was asked for.
  private Optional<Instant> start = Optional.empty();

  private Instant end = Instant.MIN;

  /// From the first bucket on, if one is asked for.
  private @Nullable StepSeries series;

  /// @param abandoned whether the answer is no longer waited for
  RangeReader(RangeQuestion question, ThisProcess self, Instant now, BooleanSupplier abandoned) {
    this.question = question;
    this.self = self;
    this.now = now;
    this.abandoned = abandoned;
  }

  /// Reads which processes there were before what they did, so that it holds at least what it says
  /// to be complete.
  RangeStatistics read(Connection connection, String store) throws SQLException, UnanswerableRange {
    var stored = new StoredRange(connection, question, self, abandoned);
    var processes = new Processes(stored.processes(), now);
    start = stored.start();
    stored.readBuckets(start, this::add);
    var from = start.orElse(RangeQuestion.floor(now, question.step()));
    var asked = question.to().orElse(Resolution.MINUTE.floor(now).plus(Resolution.MINUTE.length()));
    var to = end.isAfter(asked) ? end : asked;
    var there = processes.within(from, to);
    return new RangeStatistics(
        question.scope(),
        store,
        from,
        to,
        there.completeUntil(from),
        there.flushedUntil(),
        resolution,
        total.times(),
        timesOfRoutes(),
        total.statuses(),
        total.aborted(),
        rejected,
        there.runs().size(),
        processes.lostBefore(from),
        there.lives(),
        seriesUntil(to));
  }

  private void add(Bucket bucket) throws UnanswerableRange {
    var key = bucket.key();
    var value = bucket.value();
    if (start.isEmpty()) {
      start = Optional.of(RangeQuestion.floor(key.start(), question.step()));
    }
    var keyEnd = key.start().plus(key.resolution().length());
    end = keyEnd.isAfter(end) ? keyEnd : end;
    resolution = key.resolution().compareTo(resolution) > 0 ? key.resolution() : resolution;
    if (question.step().isPresent()) {
      series().add(key, value);
    }
    if (key.kind().equals(RequestKind.REJECTED)) {
      rejected += value.count();
      return;
    }
    total.add(key.kind(), value);
    routes.computeIfAbsent(key.kind().route(), _ -> new Accumulator()).add(value);
  }

  private StepSeries series() {
    if (series == null) {
      series = new StepSeries(question.step().orElseThrow(), start.orElseThrow());
    }
    return series;
  }

  private Optional<Series> seriesUntil(Instant to) throws UnanswerableRange {
    if (question.step().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        start.isPresent() ? series().until(to) : new Series(question.step().get(), List.of()));
  }

  private SequencedMap<String, RequestTimes> timesOfRoutes() {
    var times = new LinkedHashMap<String, RequestTimes>();
    routes.forEach((route, sum) -> times.put(route, sum.times()));
    return times;
  }
}
