package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.metrics.StatisticsEndpoint;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Settings;
import io.surfacescan.settings.StoreSettings;
import io.surfacescan.statistics.RangeQuestion;
import io.surfacescan.statistics.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/stats` with parameters.
class StatisticsEndpointTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

  @TempDir Path folder;

  private Settings settings() throws Exception {
    var input = folder.resolve("cloud.json");
    Files.writeString(
        input,
        """
        {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
                 {"vm_id": "x", "name": "x", "tags": ["x"]}],
         "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
        """);
    return RunningService.settings(List.of(input.toString()), Limits.DEFAULT);
  }

  /// The first file of a process takes longest, and answers do not wait for all of that.
  @BeforeEach
  void makeOneFile() throws Exception {
    try (var first = keptIn("elsewhere")) {
      RunningService.await(
          "there is a file",
          () -> !List.of().equals(object(first.get("/stats?from=-1h")).get("processes")));
    }
  }

  private RunningService kept() throws Exception {
    return keptIn("state");
  }

  private RunningService keptIn(String state) throws Exception {
    return RunningService.of(
        RunningService.with(
            new StoreSettings(Optional.of(folder.resolve(state)), Optional.empty(), "one"),
            settings()));
  }

  private static long count(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return Parsed.number(object(answer), "request_count");
  }

  @Test
  void aRange_countsEveryRequestBefore_overRestarts() throws Exception {
    try (var service = kept()) {
      for (int i = 0; i < 5; i++) {
        assertThat(service.get("/attack?vm_id=x").status()).isEqualTo(200);
      }
      assertThat(service.get("/attack?vm_id=nobody").status()).isEqualTo(404);
      assertThat(count(service.get("/stats?from=-1h"))).isEqualTo(6);
      assertThat(count(service.get("/stats?scope=fleet"))).isEqualTo(7);
    }
    try (var service = kept()) {
      assertThat(count(service.get("/stats"))).as("of this process").isZero();
      assertThat(count(service.get("/stats?scope=process"))).isEqualTo(1);
      var answer = object(service.get("/stats?from=-1h&step=1h"));
      assertThat(Parsed.number(answer, "request_count")).isEqualTo(10);
      assertThat(answer.get("scope")).isEqualTo("instance");
      assertThat(answer.get("statuses")).hasToString("{2xx=9, 4xx=1}");
      assertThat(Parsed.listOf(Object.class, answer.get("series"))).hasSizeBetween(2, 3);
      assertThat(Parsed.listOf(Object.class, answer.get("processes"))).hasSize(2);
    }
  }

  @Test
  void withoutAStateDirectory_itSaysSo() throws Exception {
    try (var service = RunningService.of(settings())) {
      var answer = service.get("/stats?from=-1h");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(problem(answer)).isEqualTo("not-kept");
      assertThat(count(service.get("/stats"))).isEqualTo(1);
    }
  }

  @Test
  void aStateDirectoryThatIsNone_failsThisQuestionOnly() throws Exception {
    Files.writeString(folder.resolve("state"), "");
    try (var service = kept()) {
      var answer = service.get("/stats?scope=instance");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(problem(answer)).isEqualTo("statistics-unreadable");
      assertThat(answer.header("Retry-After")).hasValue("5");
      assertThat(service.get("/attack?vm_id=x").text()).isEqualTo("[\"a\"]");
    }
  }

  private static RangeQuestion question(String query) throws Refusal {
    return StatisticsEndpoint.question(Query.of(query, StatisticsEndpoint.PARAMETERS), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "now, 2026-03-01T12:34:00Z",
    "-30s, 2026-03-01T12:34:00Z",
    "-90m, 2026-03-01T11:04:00Z",
    "-24h, 2026-02-28T12:34:00Z",
    "-7d, 2026-02-22T12:34:00Z",
    "-1w, 2026-02-22T12:34:00Z",
    "-PT1H30M, 2026-03-01T11:04:00Z",
    "2026-02-14, 2026-02-14T00:00:00Z",
    "2026-02-14T10:00:00Z, 2026-02-14T10:00:00Z",
    "2026-02-14T10:00:59.999Z, 2026-02-14T10:00:00Z",
    "2026-02-14T10:00:00%2B02:00, 2026-02-14T08:00:00Z",
  })
  void from_isRoundedDown(String text, Instant moment) throws Refusal {
    assertThat(question("from=" + text).from()).hasValue(moment);
  }

  @Test
  void to_isRoundedUp() throws Refusal {
    assertThat(question("to=now").to()).hasValue(Instant.parse("2026-03-01T12:35:00Z"));
    assertThat(question("to=2026-02-14T10:00:00Z").to())
        .hasValue(Instant.parse("2026-02-14T10:00:00Z"));
  }

  @Test
  void step_movesFrom() throws Refusal {
    var question = question("from=-1h&step=15m&scope=fleet");
    assertThat(question.from()).hasValue(Instant.parse("2026-03-01T11:30:00Z"));
    assertThat(question.step()).hasValue(Duration.ofMinutes(15));
    assertThat(question.scope()).isEqualTo(Scope.FLEET);
    assertThat(question("step=PT2H").step()).hasValue(Duration.ofHours(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=-PT2562047788015215H",
        "to=%2B999999999-12-31T23:59:59.999999999-18:00",
        "to=9999-01-01",
        "from=0000-12-31",
        "from=now&step=PT2562047788015200H",
        "step=36526d",
      })
  void timesThatCannotBeReckonedWith_areRefused(String query) {
    assertThatThrownBy(() -> question(query))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_PARAMETER));
  }
}
