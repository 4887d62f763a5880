package io.surfacescan.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.synthesis.Shape;
import io.surfacescan.races.Lap.GivenAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaddockTest {
  private static final Course COURSE = new Course(Shape.LAYERED, 500, 24, 20, 1, 20, 7);
  private static final Limits LIMITS = new Limits(60, 60, 5, 1, "256m");

  @TempDir Path folder;

  @Test
  void run_answersTheWholeSample_inEveryWay() throws Exception {
    var standings = paddock(PeerKind.PLAIN_SEARCH).run(COURSE);

    assertThat(standings.performances())
        .flatExtracting(Performance::laps)
        .extracting(Lap::way)
        .containsExactly("first asked", "asked again", "");
    assertThat(standings.performances())
        .flatExtracting(Performance::laps)
        .allSatisfy(lap -> {
          assertThat(lap.answers()).hasSize(20);
          assertThat(lap.medianNanos()).hasSize(20);
          assertThat(lap.spreadNanos()).isSorted().hasSize(3);
          assertThat(lap.stop()).isEmpty();
        });
  }

  @Test
  void run_startsNoPeerBeyondItsBound() throws Exception {
    var paddock =
        new Paddock(
            List.of(PeerKind.PLAIN_SEARCH), Map.of(PeerKind.PLAIN_SEARCH, 499), LIMITS, "python3");

    assertThat(paddock.run(COURSE).markdown())
        .contains("| plain-search |  | not started with more than 499 VMs |");
  }

  @Test
  void run_saysThatThereIsNoPython() throws Exception {
    var paddock = new Paddock(List.of(PeerKind.NETWORKX), Map.of(), LIMITS, "no-such-python");

    assertThat(paddock.run(COURSE).markdown())
        .contains("| networkx |  | skipped: there is no no-such-python |");
  }

  @Test
  void run_ofAnEntrant_endsInDisagreement_whenAnAnswerIsWrong() throws Exception {
    var wrong = List.of(new GivenAnswer(1, "0"));
    var script = folder.resolve("liar");
    Files.writeString(
        script,
        """
        echo environment; read go; echo loaded 1; read go
        echo 'way '; echo answer 2 0; echo checked; read go
        """);

    try (var entrant = entrant(wrong, script)) {
      assertThatThrownBy(entrant::run)
          .isInstanceOf(Disagreement.class)
          .hasMessageContaining("plain-search")
          .hasMessageContaining("VM 0 of the sample");
    }
  }

  @Test
  void run_ofAnEntrant_saysWhereItStopped_whenAnAnswerTakesTooLong() throws Exception {
    var script = folder.resolve("sleeper");
    Files.writeString(
        script,
        """
        echo environment; read go; echo loaded 1; read go
        echo 'way '; echo answer 2 0; sleep 60
        """);

    try (var entrant = entrant(List.of(), script)) {
      var performance = entrant.run();

      assertThat(performance.stoppedWays()).containsExactly("");
      assertThat(performance.laps().getFirst().answers()).hasSize(1);
      assertThat(performance.stop()).contains("stopped answering after 1 s");
    }
  }

  private Entrant entrant(List<GivenAnswer> expected, Path script) throws Exception {
    return new Entrant(
        PeerKind.PLAIN_SEARCH,
        new Limits(10, 1, 10, 1, "1g"),
        expected,
        List.of("sh", script.toString()),
        Files.createDirectory(folder.resolve("files")),
        folder.resolve("log"));
  }

  private static Paddock paddock(PeerKind... peers) {
    return new Paddock(List.of(peers), Map.of(), LIMITS, "python3");
  }
}
