package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.surfacescan.statistics.RangeStatistics.ProcessLife;
import io.surfacescan.statistics.counting.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statistics that are kept in a state directory.
class LocalStatisticsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private final MovedClock clock = new MovedClock(NOON);

  /// The first file of a process takes longest, and answers do not wait for all of that.
  @BeforeAll
  static void makeOneFile(@TempDir Path elsewhere) {
    try (var first = Running.on(elsewhere, Optional.empty(), new MovedClock(NOON))) {
      first.tick();
    }
  }

  private static RangeQuestion everything(Scope scope) {
    return new RangeQuestion(scope, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static RangeQuestion range(String from, String to, Optional<Duration> step) {
    return new RangeQuestion(
        Scope.INSTANCE, Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)), step);
  }

  private Running start() {
    return Running.on(folder.resolve("state"), Optional.empty(), clock);
  }

  @Test
  void ask_countsThisProcess_byRouteAndStatus() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 3);
      running.record(Way.ATTACK, 404, 2);
      running.record(Way.PATH, 200, 1);
      running.statistics().reject();

      var answer = running.ask(everything(Scope.INSTANCE));

      assertThat(answer.times().count()).isEqualTo(6);
      assertThat(answer.times().total()).isEqualTo(Duration.ofMillis(6));
      assertThat(answer.times().max()).isEqualTo(Duration.ofMillis(1));
      assertThat(answer.statuses()).isEqualTo(Map.of(2, 4L, 4, 2L));
      assertThat(answer.routes().entrySet())
          .extracting(route -> route.getKey() + " " + route.getValue().count())
          .containsExactly("/attack 5", "/path 1");
      assertThat(answer.rejected()).isEqualTo(1);
      assertThat(answer.completeUntil()).isEqualTo(NOON);
      assertThat(answer.from()).isEqualTo(NOON);
      assertThat(answer.resolution()).isEqualTo(Resolution.MINUTE);
      assertThat(answer.store()).isEqualTo("sqlite");
    }
  }

  @Test
  void restart_addsUp_whileTheProcessBeginsAnew() throws Exception {
    try (var first = start()) {
      first.record(Way.ATTACK, 200, 3);
    }
    clock.move(Duration.ofSeconds(20));
    try (var second = start()) {
      second.record(Way.ATTACK, 200, 4);

      assertThat(second.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(7);
      assertThat(second.ask(everything(Scope.FLEET)).times().count()).isEqualTo(7);
      assertThat(second.ask(everything(Scope.PROCESS)).times().count()).isEqualTo(4);
      var answer = second.ask(everything(Scope.INSTANCE));
      assertThat(answer.processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.RUNNING, ProcessState.STOPPED);
      assertThat(answer.completeUntil()).isEqualTo(clock.instant());
    }
  }

  @Test
  void twoProcesses_onOneDirectory_areBothCounted() throws Exception {
    try (var one = start();
        var other = start()) {
      for (int round = 0; round < 20; round++) {
        one.record(Way.ATTACK, 200, 1);
        other.record(Way.ATTACK, 200, 2);
        other.tick();
        assertThat(one.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(round * 3 + 3);
      }
      var _ = other.ask(everything(Scope.INSTANCE));
      var answer = one.ask(everything(Scope.INSTANCE));
      assertThat(answer.times().count()).isEqualTo(60);
      assertThat(answer.processes())
          .extracting(ProcessLife::state)
          .containsOnly(ProcessState.RUNNING);
      assertThat(answer.processes().stream().map(ProcessLife::instance).distinct()).hasSize(1);
    }
  }

  @Test
  void aKilledProcess_isSilentAndThenKilled_andCompleteUntilSaysSo() throws Exception {
    var killed = start();
    killed.record(Way.ATTACK, 200, 5);
    var _ = killed.ask(everything(Scope.INSTANCE));
    var last = clock.instant();
    killed.record(Way.ATTACK, 200, 1);
    // It is never closed: what it recorded since is lost.
    clock.move(Duration.ofSeconds(40));
    try (var next = start()) {
      next.record(Way.ATTACK, 200, 2);
      var silent = next.ask(everything(Scope.INSTANCE));
      assertThat(silent.times().count()).isEqualTo(7);
      assertThat(silent.completeUntil()).isEqualTo(last);
      assertThat(silent.flushedUntil()).isEqualTo(clock.instant());
      clock.move(Duration.ofSeconds(5));
      next.tick();
      var known = next.ask(everything(Scope.INSTANCE));
      assertThat(known.completeUntil()).isEqualTo(last);
      assertThat(known.processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.KILLED, ProcessState.RUNNING);
      var later = next.ask(range("2026-03-01T12:00:30Z", "2026-03-01T13:00:00Z", Optional.empty()));
      assertThat(later.times().count()).as("of the minute 12:00, which starts before").isEqualTo(7);
      clock.move(Duration.ofMinutes(1));
      var after = next.ask(range("2026-03-01T12:01:00Z", "2026-03-01T13:00:00Z", Optional.empty()));
      assertThat(after.processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.RUNNING);
      assertThat(after.completeUntil()).isEqualTo(clock.instant());
    }
  }

  @Test
  void aProcessThatWasOnlyAsleep_isRunningAgain() throws Exception {
    try (var asleep = start();
        var other = start()) {
      asleep.record(Way.ATTACK, 200, 1);
      var _ = asleep.ask(everything(Scope.INSTANCE));
      clock.move(Duration.ofMinutes(5));
      other.tick();
      assertThat(other.ask(everything(Scope.INSTANCE)).processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.KILLED, ProcessState.RUNNING);
      asleep.record(Way.ATTACK, 200, 1);
      var answer = asleep.ask(everything(Scope.INSTANCE));
      assertThat(answer.times().count()).isEqualTo(2);
      assertThat(answer.processes())
          .extracting(ProcessLife::state)
          .containsOnly(ProcessState.RUNNING);
    }
  }

  @Test
  void series_hasEveryStep_andRangesPartitionTheRequests() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 1);
      running.tick();
      clock.move(Duration.ofMinutes(2));
      running.record(Way.ATTACK, 200, 2);
      running.record(Way.ATTACK, 500, 1);
      running.tick();
      clock.move(Duration.ofMinutes(1));
      running.record(Way.ATTACK, 200, 4);
      running.tick();

      var answer =
          running.ask(
              range(
                  "2026-03-01T11:59:00Z",
                  "2026-03-01T12:05:00Z",
                  Optional.of(Duration.ofMinutes(1))));

      assertThat(answer.series().orElseThrow().points())
          .extracting(point -> point.start() + " " + point.times().count())
          .containsExactly(
              "2026-03-01T11:59:00Z 0",
              "2026-03-01T12:00:00Z 1",
              "2026-03-01T12:01:00Z 0",
              "2026-03-01T12:02:00Z 3",
              "2026-03-01T12:03:00Z 4",
              "2026-03-01T12:04:00Z 0");
      assertThat(answer.series().orElseThrow().points().get(3).statuses())
          .isEqualTo(Map.of(2, 2L, 5, 1L));
      assertThat(answer.times().count()).isEqualTo(8);
      long halves =
          running
                  .ask(range("2026-03-01T11:00:00Z", "2026-03-01T12:02:00Z", Optional.empty()))
                  .times()
                  .count()
              + running
                  .ask(range("2026-03-01T12:02:00Z", "2026-03-01T13:00:00Z", Optional.empty()))
                  .times()
                  .count();
      assertThat(halves).isEqualTo(8);
    }
  }

  @Test
  void age_rollsUp_andLosesNothing() throws Exception {
    try (var running = start()) {
      for (int minute = 0; minute < 90; minute++) {
        running.statistics().record(Way.ATTACK, 200, (minute + 1) * 1_000_000L, minute % 2 == 0);
        running.tick();
        clock.move(Duration.ofMinutes(1));
      }
      var fresh = running.ask(everything(Scope.INSTANCE));
      clock.move(Duration.ofDays(3));
      running.tick();
      var hours = running.ask(everything(Scope.INSTANCE));
      clock.move(Duration.ofDays(70));
      running.tick();
      var days = running.ask(everything(Scope.INSTANCE));

      assertThat(List.of(fresh, hours, days))
          .extracting(RangeStatistics::resolution)
          .containsExactly(Resolution.MINUTE, Resolution.HOUR, Resolution.DAY);
      assertThat(List.of(fresh.times(), hours.times(), days.times())).containsOnly(fresh.times());
      assertThat(days.times().count()).isEqualTo(90);
      assertThat(days.times().total()).isEqualTo(Duration.ofMillis(90 * 91 / 2));
      assertThat(days.aborted()).isEqualTo(45);
      assertThat(days.from()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    }
  }

  @Test
  void recordsOfARolledUpHour_areAddedToIt() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 1);
      running.tick();
      clock.move(Duration.ofDays(3));
      running.tick();
      clock.set(NOON.plusSeconds(90));
      running.record(Way.ATTACK, 200, 2);
      assertThat(running.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(3);
      clock.move(Duration.ofDays(4));
      running.tick();
      var answer = running.ask(everything(Scope.INSTANCE));
      assertThat(answer.times().count()).isEqualTo(3);
      assertThat(answer.resolution()).isEqualTo(Resolution.HOUR);
      assertThat(answer.from()).isEqualTo(NOON);
    }
  }

  @Test
  void aStepThatIsFinerThanWhatIsKept_isRefused() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 1);
      running.tick();
      clock.move(Duration.ofDays(3));
      running.tick();
      var question =
          range("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", Optional.of(Duration.ofMinutes(5)));
      assertThat(catchThrowable(() -> running.ask(question)))
          .isInstanceOf(UnanswerableRange.class)
          .hasMessage(
              "What was answered around 2026-03-01T12:00:00Z is kept by hour only; ask for a longer"
                  + " step or a later from.");
    }
  }

  @Test
  void from_isRoundedDownToWhatIsKept() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 7);
      running.tick();
      clock.move(Duration.ofDays(3));
      running.tick();
      var cut =
          running.ask(range("2026-03-01T12:30:00Z", "2026-03-01T12:40:00Z", Optional.empty()));
      assertThat(cut.times().count()).isEqualTo(7);
      assertThat(cut.from()).isEqualTo(NOON);
      assertThat(cut.to()).isEqualTo(NOON.plus(Duration.ofHours(1)));
      assertThat(cut.resolution()).isEqualTo(Resolution.HOUR);
      var next =
          running.ask(range("2026-03-01T13:00:00Z", "2026-03-01T14:00:00Z", Optional.empty()));
      assertThat(next.times().count()).isZero();
    }
  }

  @Test
  void aProcessThatCannotWrite_isCompleteUntilItsStart() throws Exception {
    try (var before = start()) {
      before.record(Way.ATTACK, 200, 1);
    }
    clock.move(Duration.ofMinutes(1));
    try (var connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("state").resolve(LocalStore.FILE));
        var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try (var running = start()) {
        var started = clock.instant();
        running.record(Way.ATTACK, 200, 50);
        clock.move(Duration.ofSeconds(10));
        var answer = running.ask(everything(Scope.INSTANCE));
        assertThat(answer.times().count()).isEqualTo(1);
        assertThat(answer.completeUntil()).isEqualTo(started);
        assertThat(answer.flushedUntil()).isEqualTo(started);
        statement.execute("ROLLBACK");
      }
    }
    try (var next = start()) {
      assertThat(next.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(51);
    }
  }

  @Test
  void aProcessKilledBeforeItsFirstWriting_isKnownAllTheSame() throws Exception {
    var killed = start();
    killed.durable().start().join();
    var started = clock.instant();
    killed.record(Way.ATTACK, 200, 5);
    // It is never closed, and wrote nothing of what it answered.
    clock.move(Duration.ofSeconds(40));
    try (var next = start()) {
      var answer = next.ask(everything(Scope.INSTANCE));
      assertThat(answer.times().count()).isZero();
      assertThat(answer.completeUntil()).isEqualTo(started);
      assertThat(answer.processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.SILENT, ProcessState.RUNNING);
    }
  }

  @Test
  void aProcessThatCannotWriteThatItIsThere_isCompleteUntilItsStart() throws Exception {
    start().close();
    clock.move(Duration.ofMinutes(1));
    try (var connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("state").resolve(LocalStore.FILE));
        var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try (var running = start()) {
        var started = clock.instant();
        running.durable().start().join();
        clock.move(Duration.ofSeconds(10));
        assertThat(running.ask(everything(Scope.INSTANCE)).completeUntil()).isEqualTo(started);
        statement.execute("ROLLBACK");
      }
    }
  }

  @Test
  void clockSteps_neitherLoseNorInvent() throws Exception {
    try (var running = start()) {
      for (long seconds : new long[] {5, -3600, 7200, -1, 86_400, -90_000, 30}) {
        clock.move(Duration.ofSeconds(seconds));
        running.record(Way.ATTACK, 200, 1);
        running.tick();
      }
      assertThat(running.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(7);
    }
    try (var next = start()) {
      assertThat(next.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(7);
    }
  }

  @Test
  void theDirectory_isForItsOwnerOnly() throws Exception {
    try (var running = start()) {
      var _ = running.ask(everything(Scope.INSTANCE));
      var state = folder.resolve("state");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
          .isEqualTo("rwx------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(state.resolve("statistics.db"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aDirectoryThatCannotBeMade_isTold_andCatchesUp() throws Exception {
    var inTheWay = Files.writeString(folder.resolve("state"), "");
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 3);
      running.tick();
      clock.move(Duration.ofMinutes(3));
      running.record(Way.ATTACK, 200, 4);
      running.tick();
      var state = running.durable().stores().getFirst();
      assertThat(state.isFailing()).isTrue();
      assertThat(state.failure()).endsWith("/state is not a folder");
      assertThat(state.failures()).isEqualTo(2);

      Files.delete(inTheWay);
      running.tick();

      assertThat(running.durable().stores().getFirst().isFailing()).isFalse();
      var answer =
          running.ask(
              range(
                  "2026-03-01T12:00:00Z",
                  "2026-03-01T12:04:00Z",
                  Optional.of(Duration.ofMinutes(1))));
      assertThat(answer.series().orElseThrow().points())
          .extracting(point -> point.times().count())
          .containsExactly(3L, 0L, 0L, 4L);
    }
  }

  @Test
  void aFileThatIsRemovedOrReplaced_isMadeAnew() throws Exception {
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 3);
      var _ = running.ask(everything(Scope.INSTANCE));
      try (var files = Files.list(folder.resolve("state"))) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      running.record(Way.ATTACK, 200, 4);
      assertThat(running.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(4);
    }
  }

  @Test
  void aFileThatIsNoDatabase_isLeftAloneAndTold() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    var file = folder.resolve("state").resolve("statistics.db");
    Files.writeString(file, "something else entirely, of more than a hundred bytes".repeat(4));
    byte[] before = Files.readAllBytes(file);
    try (var running = start()) {
      running.record(Way.ATTACK, 200, 3);
      running.tick();
      assertThat(running.durable().stores().getFirst().failure()).contains("not a database");
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      Files.delete(file);
      assertThat(running.ask(everything(Scope.INSTANCE)).times().count()).isEqualTo(3);
    }
  }
}
