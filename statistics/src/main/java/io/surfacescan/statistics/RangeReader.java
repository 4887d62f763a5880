package io.surfacescan.statistics;

import io.surfacescan.report.status.KeptStatisticsDocument;
import io.surfacescan.report.status.KeptStatisticsDocument.Point;
import io.surfacescan.report.status.KeptStatisticsDocument.ProcessLife;
import io.surfacescan.report.status.KeptStatisticsDocument.Series;
import io.surfacescan.report.status.RequestTimes;
import io.surfacescan.statistics.Buckets.Bucket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Answers one [RangeQuestion] from the rows of a store, in the order of time, so that the answer
/// takes memory for its steps and not for their rows.
final class RangeReader {
  private static final int PROCESSES_SHOWN = 100;
  private static final int ROWS_AT_ONCE = 1_000;

  /// Processes tell every few seconds that they live.
  static final Duration SILENT = Duration.ofSeconds(30);

  /// Whoever is silent for longer is not waited for.
  private static final Duration LOST = Duration.ofDays(1);

  private final RangeQuestion question;
  private final ThisProcess self;
  private final Instant now;
  private final BooleanSupplier abandoned;

  /// Where the time begins, if that is known: earlier than asked for where only hours or days are
  /// kept.
  private Optional<Instant> from;

  private final Accumulator total = new Accumulator();
  private final SortedMap<String, Accumulator> routes = new TreeMap<>();
  private final SortedMap<String, Long> statuses = new TreeMap<>();
  private long rejected;
  private Span resolution = Span.MINUTE;
  private Optional<Instant> first = Optional.empty();
  private Instant end = Instant.MIN;

  private final List<Point> points = new ArrayList<>();
  private final Accumulator step = new Accumulator();
  private final SortedMap<String, Long> stepStatuses = new TreeMap<>();

  /// @param abandoned whether nobody waits for the answer any more
  RangeReader(RangeQuestion question, ThisProcess self, Instant now, BooleanSupplier abandoned) {
    this.question = question;
    this.self = self;
    this.now = now;
    this.abandoned = abandoned;
    this.from = question.from();
  }

  /// Reads who was there before what they did, so that it holds at least what they say it does.
  KeptStatisticsDocument read(Connection connection, String store)
      throws SQLException, UnanswerableRange {
    var processes = processes(connection);
    from = from.isPresent() ? Optional.of(widened(connection, from.get())) : from;
    readBuckets(connection);
    var begin = from.or(() -> first).orElse(RangeQuestion.floor(now, question.step()));
    var asked = question.to().orElse(Span.MINUTE.floor(now).plus(Span.MINUTE.length()));
    var to = end.isAfter(asked) ? end : asked;
    finishSeries(to);
    var there = processes.stream().filter(process -> mayHaveAnswered(process, begin, to)).toList();
    long lost =
        processes.stream()
            .filter(
                process -> state(process) == State.LOST && process.completeUntil().isBefore(begin))
            .count();
    return new KeptStatisticsDocument(
        question.scope().name().toLowerCase(Locale.ROOT),
        store,
        begin,
        to,
        completeUntil(there, begin, isUnknown(processes, to)),
        flushedUntil(there),
        switch (resolution) {
          case MINUTE -> "1m";
          case HOUR -> "1h";
          case DAY -> "1d";
        },
        total.times(),
        timesOfRoutes(),
        statuses,
        total.aborted(),
        rejected,
        there.size(),
        lost,
        shown(there),
        question.step().map(length -> new Series(length, points)).orElse(Series.NONE));
  }

  private List<ProcessRun> processes(Connection connection) throws SQLException {
    boolean own = question.scope() == Scope.PROCESS;
    try (var statement =
        connection.prepareStatement(
            "SELECT "
                + ProcessRun.COLUMNS
                + " FROM stats_process"
                + (own ? " WHERE id = ?" : ""))) {
      if (own) {
        statement.setString(1, self.id());
      }
      var processes = new ArrayList<ProcessRun>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          processes.add(ProcessRun.of(rows));
        }
      }
      if (processes.stream().noneMatch(process -> process.id().equals(self.id()))) {
        processes.add(nothingWritten());
      }
      return processes;
    }
  }

  /// This process, of which the store knows nothing yet.
  private ProcessRun nothingWritten() {
    return new ProcessRun(
        self.id(), "", self.name(), self.startedAt(), self.startedAt(), null, 0, 0);
  }

  /// The start of the longest bucket that a moment is in: its requests cannot be told apart.
  private static Instant widened(Connection connection, Instant moment) throws SQLException {
    var start = moment;
    for (var span : new Span[] {Span.DAY, Span.HOUR}) {
      try (var statement =
          connection.prepareStatement(
              "SELECT MIN(start_at) FROM stats_bucket"
                  + " WHERE span = ? AND start_at > ? AND start_at < ?")) {
        statement.setLong(1, span.seconds());
        statement.setLong(2, start.getEpochSecond() - span.seconds());
        statement.setLong(3, start.getEpochSecond());
        try (var rows = statement.executeQuery()) {
          if (rows.next() && rows.getObject(1) != null) {
            start = Instant.ofEpochSecond(rows.getLong(1));
          }
        }
      }
    }
    return start;
  }

  private void readBuckets(Connection connection) throws SQLException, UnanswerableRange {
    boolean own = question.scope() == Scope.PROCESS;
    try (var statement =
        connection.prepareStatement(
            "SELECT "
                + Buckets.COLUMNS
                + " FROM stats_bucket WHERE start_at >= ? AND start_at < ?"
                + (own ? " AND process = ?" : "")
                + " ORDER BY start_at")) {
      statement.setLong(1, from.map(Instant::getEpochSecond).orElse(Long.MIN_VALUE));
      statement.setLong(2, question.to().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE));
      if (own) {
        statement.setString(3, self.id());
      }
      statement.setFetchSize(ROWS_AT_ONCE);
      try (var rows = statement.executeQuery()) {
        for (long row = 0; rows.next(); row++) {
          if (row % ROWS_AT_ONCE == 0 && abandoned.getAsBoolean()) {
            throw new SQLException("nobody waits for the answer any more");
          }
          add(Buckets.bucket(rows));
        }
      }
    }
  }

  private void add(Bucket bucket) throws UnanswerableRange {
    var slot = bucket.slot();
    if (first.isEmpty()) {
      first = Optional.of(RangeQuestion.floor(slot.start(), question.step()));
    }
    var slotEnd = slot.start().plus(slot.span().length());
    end = slotEnd.isAfter(end) ? slotEnd : end;
    resolution = slot.span().compareTo(resolution) > 0 ? slot.span() : resolution;
    if (question.step().isPresent()) {
      checkStep(slot);
      stepTo(slot.start());
    }
    if (slot.cell().equals(RequestKind.REJECTED)) {
      rejected += bucket.tally().count();
      return;
    }
    total.add(bucket.tally());
    routes.computeIfAbsent(slot.cell().route(), _ -> new Accumulator()).add(bucket.tally());
    String status = slot.cell().statusClass() + "xx";
    statuses.merge(status, bucket.tally().count(), Long::sum);
    if (question.step().isPresent()) {
      step.add(bucket.tally());
      stepStatuses.merge(status, bucket.tally().count(), Long::sum);
    }
  }

  private void checkStep(BucketKey slot) throws UnanswerableRange {
    if (question.step().orElseThrow().compareTo(slot.span().length()) < 0) {
      throw new UnanswerableRange(
          "What was answered around "
              + slot.start()
              + " is kept by "
              + slot.span().name().toLowerCase(Locale.ROOT)
              + " only; ask for a longer step or a later from.");
    }
  }

  /// Ends the steps before the one that a moment is in.
  private void stepTo(Instant moment) throws UnanswerableRange {
    long length = question.step().orElseThrow().toSeconds();
    long start = from.or(() -> first).orElseThrow().getEpochSecond();
    while (start + (points.size() + 1) * length <= moment.getEpochSecond()) {
      endStep(Instant.ofEpochSecond(start + points.size() * length));
    }
  }

  private void endStep(Instant start) throws UnanswerableRange {
    if (points.size() == RangeQuestion.STEPS_MOST) {
      throw new UnanswerableRange(
          "The answer would have more than "
              + RangeQuestion.STEPS_MOST
              + " steps; ask for a longer step or a shorter time.");
    }
    points.add(new Point(start, step.times(), new TreeMap<>(stepStatuses)));
    step.clear();
    stepStatuses.clear();
  }

  /// Ends all steps that begin before the end of the time.
  private void finishSeries(Instant to) throws UnanswerableRange {
    if (question.step().isEmpty()) {
      return;
    }
    long length = question.step().get().toSeconds();
    var start = from.or(() -> first);
    if (start.isEmpty()) {
      return;
    }
    for (var next = start.get().plusSeconds(points.size() * length);
        next.isBefore(to);
        next = next.plusSeconds(length)) {
      endStep(next);
    }
  }

  private SequencedMap<String, RequestTimes> timesOfRoutes() {
    var times = new LinkedHashMap<String, RequestTimes>();
    routes.forEach((route, sum) -> times.put(route, sum.times()));
    return times;
  }

  /// What is known of a process at the moment.
  private enum State {
    SILENT,
    LOST,
    KILLED,
    RUNNING,
    STOPPED
  }

  private State state(ProcessRun process) {
    if (process.ended() != null) {
      return switch (process.ended()) {
        case STOPPED -> State.STOPPED;
        case KILLED -> State.KILLED;
      };
    }
    // The clocks of others, and this one, may have been put back.
    var silence = Duration.between(process.completeUntil(), now).abs();
    if (silence.compareTo(SILENT) <= 0) {
      return State.RUNNING;
    }
    return silence.compareTo(LOST) <= 0 ? State.SILENT : State.LOST;
  }

  /// Whether the process may have answered requests in the range, whether or not they were counted.
  private boolean mayHaveAnswered(ProcessRun process, Instant from, Instant to) {
    boolean overBefore =
        switch (state(process)) {
          case RUNNING, SILENT -> false;
          case STOPPED, KILLED, LOST -> process.completeUntil().isBefore(from);
        };
    return !overBefore && process.startedAt().isBefore(to);
  }

  /// Whether this process may have answered in the time and could not write that it is there.
  private boolean isUnknown(List<ProcessRun> processes, Instant to) {
    return self.startedAt().isBefore(to)
        && processes.stream().noneMatch(process -> process.id().equals(self.id()));
  }

  private Instant completeUntil(List<ProcessRun> there, Instant from, boolean withoutSelf) {
    var known =
        there.stream()
            .filter(process -> state(process) != State.STOPPED)
            .map(ProcessRun::completeUntil);
    return Stream.concat(known, withoutSelf ? Stream.of(self.startedAt()) : Stream.empty())
        .min(Comparator.naturalOrder())
        .map(until -> until.isBefore(from) ? from : until)
        .orElse(now);
  }

  private Instant flushedUntil(List<ProcessRun> there) {
    return there.stream()
        .filter(process -> state(process) == State.RUNNING)
        .map(ProcessRun::completeUntil)
        .min(Comparator.naturalOrder())
        .orElse(now);
  }

  private List<ProcessLife> shown(List<ProcessRun> there) {
    return there.stream()
        .sorted(
            Comparator.comparing(this::state)
                .thenComparing(ProcessRun::completeUntil, Comparator.reverseOrder())
                .thenComparing(ProcessRun::id))
        .limit(PROCESSES_SHOWN)
        .map(process ->
            new ProcessLife(
                process.name(),
                process.instance(),
                process.id(),
                process.startedAt(),
                process.completeUntil(),
                state(process).name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
