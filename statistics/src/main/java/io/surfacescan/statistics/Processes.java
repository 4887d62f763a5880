package io.surfacescan.statistics;

import io.surfacescan.statistics.RangeStatistics.ProcessLife;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The processes that a store knows, and how far their requests are counted.
record Processes(List<ProcessRun> runs, Instant now) {
  private static final int SHOWN_MOST = 100;

  Processes {
    runs = List.copyOf(runs);
  }

  private ProcessState state(ProcessRun run) {
    return ProcessState.of(run, now);
  }

  /// Those that may have answered requests in the range, whether or not they were counted.
  Processes within(Instant from, Instant to) {
    return new Processes(
        runs.stream()
            .filter(run -> !isOverBefore(run, from) && run.startedAt().isBefore(to))
            .toList(),
        now);
  }

  private boolean isOverBefore(ProcessRun run, Instant from) {
    return switch (state(run)) {
      case RUNNING, SILENT -> false;
      case STOPPED, KILLED, LOST -> run.completeUntil().isBefore(from);
    };
  }

  /// How many gave no sign of life since before the moment, and for a day.
  long lostBefore(Instant moment) {
    return runs.stream()
        .filter(run -> state(run) == ProcessState.LOST && run.completeUntil().isBefore(moment))
        .count();
  }

  /// When the first of their requests may have ended that is not counted; not before the range.
  Instant completeUntil(Instant from) {
    return earliest(state -> state != ProcessState.STOPPED)
        .map(until -> until.isBefore(from) ? from : until)
        .orElse(now);
  }

  /// The same for the processes that run.
  Instant flushedUntil() {
    return earliest(state -> state == ProcessState.RUNNING).orElse(now);
  }

  private Optional<Instant> earliest(Predicate<ProcessState> states) {
    return runs.stream()
        .filter(run -> states.test(state(run)))
        .map(ProcessRun::completeUntil)
        .min(Comparator.naturalOrder());
  }

  /// Some of them, first the ones that may lack requests.
  List<ProcessLife> lives() {
    return runs.stream()
        .sorted(
            Comparator.comparing(this::state)
                .thenComparing(ProcessRun::completeUntil, Comparator.reverseOrder())
                .thenComparing(ProcessRun::id))
        .limit(SHOWN_MOST)
        .map(run ->
            new ProcessLife(
                run.name(),
                run.instance(),
                run.id(),
                run.startedAt(),
                run.completeUntil(),
                state(run)))
        .toList();
  }
}
