package io.surfacescan.app;

import static io.surfacescan.app.LoadBalancer.NONE;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.app.Fleet.Totals;
import io.surfacescan.app.SteadyLoad.Attempt;
import io.surfacescan.app.SteadyLoad.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The statistics of a fleet against what its clients saw, to the request, while instances and the
/// database stop, are killed, and come back.
@EnabledIf("io.surfacescan.testkit.Postgres#isThere")
class FleetIT {
  private static final int ONE = 0;
  private static final int OTHER = 1;

  /// What a process that is killed may lose.
  private static final Duration LOSS = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void anInstanceThatStopsAndStarts_costsNoRequestAndNoCount() throws Exception {
    try (var fleet = Fleet.start(folder);
        var load = fleet.load()) {
      load.moreOf(fleet.port(ONE), 60);
      assertThat(fleet.end(ONE, "TERM")).isZero();
      assertThat(fleet.words(ONE)).doesNotContain("WARN", "ERROR", "Exception");
      load.more(200);
      fleet.startAgain(ONE);
      load.moreOf(fleet.port(ONE), 60);
      var outcomes = load.end();
      var ended = Instant.now();

      assertThat(outcomes).hasSizeGreaterThan(400).allSatisfy(FleetIT::assertRight);
      for (int number = 0; number < Fleet.SIZE; number++) {
        assertEqual(totalsOnceComplete(fleet, number, ended), outcomes);
      }
      assertThat(fleet.totals(OTHER).lives(ONE))
          .extracting(Fleet.Life::state)
          .containsExactly("running", "stopped");
    }
  }

  @Test
  void aDatabaseThatIsCutOffAndCrashes_costsNoRequestAndNoCount() throws Exception {
    try (var fleet = Fleet.start(folder);
        var load = fleet.load()) {
      // Right after what it sent was committed, an instance loses the connection.
      var first = fleet.way(ONE).cutBeforeClientHears("COMMIT");
      var second = fleet.way(OTHER).cutBeforeServerHears("stats_bucket");
      load.more(500);
      assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
      fleet.database().crash();
      load.more(300);
      fleet.way(OTHER).stall();
      fleet.database().startAgain();
      load.more(200);
      fleet.way(OTHER).flow();
      var outcomes = load.end();
      var ended = Instant.now();

      assertThat(outcomes).allSatisfy(FleetIT::assertRight);
      for (int number = 0; number < Fleet.SIZE; number++) {
        assertEqual(totalsOnceComplete(fleet, number, ended), outcomes);
      }
    }
  }

  @Test
  void anInstanceThatIsKilled_losesWhatItAnsweredInItsLastSeconds() throws Exception {
    try (var fleet = Fleet.start(folder);
        var load = fleet.load()) {
      load.moreOf(fleet.port(ONE), 100);
      // The database knows it; asking sends what there is.
      var asked = Instant.now();
      totalsOnce(
          fleet,
          ONE,
          totals ->
              !totals.lives(ONE).isEmpty()
                  && totals.lives(ONE).getFirst().completeUntil().isAfter(asked));
      // What it answers from now on is in its file only.
      fleet.way(ONE).refuse();
      fleet.way(ONE).cut();
      var cutOff = Instant.now();
      Thread.sleep(LOSS);
      load.moreOf(fleet.port(ONE), 100);
      var killed = Instant.now();
      fleet.end(ONE, "KILL");
      load.more(300);
      var outcomes = load.end();
      var ended = Instant.now();
      assertThat(outcomes).filteredOn(Outcome::isAnswered).allSatisfy(FleetIT::assertRight);

      var before = totalsOnce(fleet, OTHER, totals -> livingAreComplete(totals, ended));
      var sent = before.lives(ONE).getFirst().completeUntil();
      assertThat(sent).isBetween(cutOff.minus(LOSS), killed);
      assertThat(before.completeUntil()).isEqualTo(sent);
      assertShortOf(before, outcomes, fleet.port(ONE), sent);
      assertThat(before.requests()).isLessThan(outcomes.size() - 50);

      fleet.way(ONE).accept();
      fleet.startAgain(ONE);
      var after =
          totalsOnce(
              fleet,
              OTHER,
              totals ->
                  totals.lives(ONE).size() == 2
                      && totals.lives(ONE).getLast().state().equals("killed"));
      var kept = after.lives(ONE).getLast().completeUntil();
      assertThat(kept).isBetween(killed.minus(LOSS), killed);
      assertThat(after.completeUntil()).isEqualTo(kept);
      assertShortOf(after, outcomes, fleet.port(ONE), kept);
      assertThat(fleet.totals(ONE).routes()).isEqualTo(after.routes());
    }
  }

  /// The database may not have heard of one at all before it was cut off.
  private static boolean knowsEveryInstance(Totals totals) {
    return IntStream.range(0, Fleet.SIZE).noneMatch(number -> totals.lives(number).isEmpty());
  }

  private static boolean livingAreComplete(Totals totals, Instant ended) {
    return totals.lives().stream()
        .filter(life -> !life.name().equals(Fleet.name(ONE)))
        .allMatch(life -> life.completeUntil().isAfter(ended));
  }

  private static void assertRight(Outcome outcome) {
    assertThat(outcome.status()).as(outcome::toString).isEqualTo(outcome.question().status);
  }

  /// Every attempt that an instance answered is counted, and no other.
  private static void assertEqual(Totals totals, List<Outcome> outcomes) {
    assertThat(totals.routes()).isEqualTo(answersByRoute(outcomes));
    assertThat(totals.statuses())
        .isEqualTo(
            outcomes.stream()
                .flatMap(outcome -> outcome.attempts().stream())
                .filter(Attempt::isAnswered)
                .collect(groupingBy(Attempt::statusClass, TreeMap::new, counting())));
  }

  private static Map<String, Long> answersByRoute(List<Outcome> outcomes) {
    var answers = new TreeMap<String, Long>();
    for (var outcome : outcomes) {
      answers.merge(outcome.question().route, answers(outcome), Long::sum);
    }
    return answers;
  }

  private static long answers(Outcome outcome) {
    return outcome.attempts().stream().filter(Attempt::isAnswered).count();
  }

  /// Nothing is missing but what the killed instance answered since it was complete, and nothing is
  /// too much but what it may have counted when its answer was cut.
  private static void assertShortOf(
      Totals totals, List<Outcome> outcomes, int killed, Instant completeUntil) {
    answersByRoute(outcomes)
        .forEach((route, answered) -> {
          var ofRoute =
              outcomes.stream().filter(outcome -> outcome.question().route.equals(route)).toList();
          long late =
              ofRoute.stream()
                  .filter(outcome -> outcome.hasAnswerOf(killed))
                  .filter(outcome -> !outcome.received().isBefore(completeUntil))
                  .count();
          long cut = ofRoute.stream().filter(outcome -> wasCut(outcome, killed)).count();
          assertThat(totals.routes().get(route))
              .as(route)
              .isBetween(answered - late, answered + cut);
        });
  }

  private static boolean wasCut(Outcome outcome, int killed) {
    return !outcome.isAnswered() || outcome.attempts().contains(new Attempt(killed, NONE));
  }

  private static Totals totalsOnceComplete(Fleet fleet, int number, Instant moment)
      throws Exception {
    return totalsOnce(
        fleet,
        number,
        totals -> knowsEveryInstance(totals) && totals.completeUntil().isAfter(moment));
  }

  private static Totals totalsOnce(Fleet fleet, int number, Predicate<Totals> holds)
      throws Exception {
    var deadline = Instant.now().plusSeconds(60);
    var totals = fleet.totals(number);
    while (!holds.test(totals)) {
      assertThat(Instant.now()).as(totals::toString).isBefore(deadline);
      Thread.sleep(200);
      totals = fleet.totals(number);
    }
    return totals;
  }
}
