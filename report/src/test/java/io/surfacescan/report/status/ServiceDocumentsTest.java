package io.surfacescan.report.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.report.status.Alternatives.NamedVm;
import io.surfacescan.report.status.ServedEnvironmentDocument.RefusedLoad;
import io.surfacescan.statistics.ProcessState;
import io.surfacescan.statistics.RangeStatistics;
import io.surfacescan.statistics.RangeStatistics.Point;
import io.surfacescan.statistics.RangeStatistics.ProcessLife;
import io.surfacescan.statistics.RangeStatistics.Series;
import io.surfacescan.statistics.Scope;
import io.surfacescan.statistics.counting.ProcessStatistics;
import io.surfacescan.statistics.counting.ProcessStatistics.RouteUse;
import io.surfacescan.statistics.counting.RequestTimes;
import io.surfacescan.statistics.counting.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The documents of the HTTP service, byte for byte.
class ServiceDocumentsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static String text(byte[] document) {
    return new String(document, StandardCharsets.UTF_8);
  }

  @Test
  void problem_ofWordsOnly() {
    var document = new ProblemDocument("unknown-vm", "No such VM", 404, "No \"é😀\".", "id-1");
    assertThat(text(document.json()))
        .isEqualTo(
            """
            {"type":"urn:surfacescan:problem:unknown-vm","title":"No such VM","status":404,\
            "detail":"No \\"é😀\\".","request_id":"id-1"}\
            """);
  }

  @Test
  void problem_withNearestIdsAndInputProblems() {
    var problem =
        new Problem(ProblemKind.EMPTY_FIELD, new Place("a.json", 3, 4), "empty", "fill it");
    var document =
        new ProblemDocument(
            "t",
            "T",
            422,
            "d",
            "r",
            new Alternatives(
                List.of(new NamedVm("a\"b", Optional.of("web"))),
                List.of("office"),
                List.of(new NamedVm("c", Optional.empty()))),
            List.of(problem),
            31);
    assertThat(text(document.json()))
        .isEqualTo(
            """
            {"type":"urn:surfacescan:problem:t","title":"T","status":422,"detail":"d",\
            "request_id":"r","nearest":["a\\"b"],"nearest_vms":[{"vm_id":"a\\"b","name":"web"}],\
            "nearest_tags":["office"],"candidates":[{"vm_id":"c","name":null}],"problem_count":31,"problems":[\
            {"severity":"error","kind":"empty-field","file":"a.json","line":3,"column":4,\
            "what":"empty","remedy":"fill it","count":1,"more":[]}]}\
            """);
  }

  @Test
  void statistics_beforeTheFirstRequest() {
    var document =
        new StatisticsDocument(
            5,
            new ProcessStatistics(
                RequestTimes.NONE,
                NOON,
                Duration.ofMillis(1500),
                new LinkedHashMap<>(),
                new TreeMap<>(),
                0,
                0));
    assertThat(text(document.json()))
        .isEqualTo(
            """
            {"vm_count":5,"request_count":0,"average_request_time":0.0,\
            "since":"2026-01-01T12:00:00Z","uptime":1500.0,"time_unit":"milliseconds",\
            "scope":"process","request_time":{"p50":0.0,"p90":0.0,"p99":0.0,"p999":0.0,"max":0.0},"routes":{},"statuses":{},\
            "aborted_count":0,"rejected_count":0}\
            """);
  }

  @Test
  void statistics_inMilliseconds() {
    var times =
        new RequestTimes(
            4,
            Duration.ofMillis(2),
            Duration.ofNanos(1_234_567),
            Duration.ofNanos(2_000_000),
            Duration.ofNanos(3_000_000),
            Duration.ofNanos(4_000_000),
            Duration.ofNanos(4_000_001));
    var routes = new LinkedHashMap<String, RouteUse>();
    routes.put("/attack", new RouteUse(3, Duration.ofNanos(1000)));
    var document =
        new StatisticsDocument(
            1,
            new ProcessStatistics(
                times,
                NOON,
                Duration.ofNanos(1),
                routes,
                new TreeMap<>(Map.of(404, 1L, 200, 3L)),
                2,
                7));
    assertThat(text(document.json()))
        .isEqualTo(
            """
            {"vm_count":1,"request_count":4,"average_request_time":0.5,\
            "since":"2026-01-01T12:00:00Z","uptime":1.0E-6,"time_unit":"milliseconds",\
            "scope":"process","request_time":{"p50":1.234567,"p90":2.0,"p99":3.0,"p999":4.0,"max":4.000001},\
            "routes":{"/attack":{"request_count":3,"average_request_time":3.33E-4}},\
            "statuses":{"200":3,"404":1},"aborted_count":2,"rejected_count":7}\
            """);
  }

  @Test
  void keptStatistics_withAProcessAndAStep() {
    var millis = Duration.ofMillis(1);
    var times = new RequestTimes(2, Duration.ofMillis(3), millis, millis, millis, millis, millis);
    var routes = new LinkedHashMap<String, RequestTimes>();
    routes.put("/path", times);
    var statuses = new TreeMap<>(Map.of(4, 1L, 2, 1L));
    var range =
        new RangeStatistics(
            Scope.FLEET,
            "postgresql",
            NOON,
            NOON.plusSeconds(60),
            NOON.plusSeconds(30),
            NOON.plusSeconds(31),
            Resolution.HOUR,
            times,
            routes,
            statuses,
            1,
            7,
            3,
            2,
            List.of(new ProcessLife("n", "i", "p", NOON, NOON.plusMillis(5), ProcessState.SILENT)),
            Optional.of(
                new Series(Duration.ofMinutes(1), List.of(new Point(NOON, times, statuses)))));
    String written =
        """
        "request_count":2,"average_request_time":1.5,\
        """;
    String percentiles =
        """
        "request_time":{"p50":1.0,"p90":1.0,"p99":1.0,"p999":1.0,"max":1.0}\
        """;
    assertThat(text(new KeptStatisticsDocument(range).json()))
        .isEqualTo(
            """
            {"scope":"fleet","store":"postgresql","from":"2026-01-01T12:00:00Z",\
            "to":"2026-01-01T12:01:00Z","complete_until":"2026-01-01T12:00:30Z",\
            "flushed_until":"2026-01-01T12:00:31Z","resolution":"1h",\
            COUNTS"time_unit":"milliseconds",TIMES,\
            "routes":{"/path":{COUNTSTIMES}},"statuses":{"2xx":1,"4xx":1},\
            "aborted_count":1,"rejected_count":7,"process_count":3,"lost_count":2,\
            "processes":[{"name":"n","instance":"i","process":"p",\
            "started_at":"2026-01-01T12:00:00Z","complete_until":"2026-01-01T12:00:00.005Z",\
            "state":"silent"}],"step_seconds":60,"series":[{"start":"2026-01-01T12:00:00Z",\
            COUNTSTIMES,"statuses":{"2xx":1,"4xx":1}}]}\
            """
                .replace("COUNTS", written)
                .replace("TIMES", percentiles));
  }

  @Test
  void servedEnvironment_withAWarningAndARefusedLoad() {
    var environment = new EnvironmentBuilder().vm("a", "t").rule("1", "t", "u").build();
    var warning =
        new Problem(ProblemKind.PHANTOM_TAG, new Place("f", 1, 2), "nobody has u", "remove it");
    var error = new Problem(ProblemKind.UNREADABLE, Place.of("f"), "gone", "bring it back");
    var document =
        new ServedEnvironmentDocument(
            "abc",
            environment,
            List.of("data"),
            NOON,
            Duration.ofMillis(12),
            new Problems(List.of(), List.of(warning), Map.of(ProblemKind.PHANTOM_TAG, 1L)),
            Optional.of(new Shrinkage(7, 0)),
            Optional.of(new RefusedLoad(NOON, List.of(error), 1)));
    assertThat(text(document.json()))
        .isEqualTo(
            """
            {"version":"abc","vm_count":1,"rule_count":1,"tag_count":2,"paths":["data"],\
            "loaded_at":"2026-01-01T12:00:00Z","load_time":12.0,"warning_count":1,\
            "warning_kinds":{"phantom-tag":1},"warnings":[{"severity":"warning",\
            "kind":"phantom-tag","file":"f","line":1,"column":2,"what":"nobody has u",\
            "remedy":"remove it","count":1,"more":[]}],\
            "shrunk":{"vm_count_before":7,"rule_count_before":0},\
            "last_refused_load":{"at":"2026-01-01T12:00:00Z",\
            "problem_count":1,"problems":[{"severity":"error","kind":"unreadable","file":"f",\
            "what":"gone","remedy":"bring it back","count":1,"more":[]}]}}\
            """);
  }

  @Test
  void servedEnvironment_whoseSourceLacksALayer_isNotComplete() {
    var document =
        new ServedEnvironmentDocument(
            "abc",
            new EnvironmentBuilder().vm("a", "t").incomplete().build(),
            List.of(),
            NOON,
            Duration.ZERO,
            new Problems(List.of(), List.of(), Map.of()),
            Optional.empty(),
            Optional.empty());
    assertThat(text(document.json())).contains("\"tag_count\":1,\"complete\":false,");
  }

  @Test
  void reload_tellsWhatIsServedNow() {
    assertThat(text(new ReloadDocument("abc", 3, 2, 1, Optional.empty()).json()))
        .isEqualTo(
            "{\"version\":\"abc\",\"vm_count\":3,\"rule_count\":2,\"warnings\":1,\"shrunk\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 2, 2, false",
    "5, 4, 2, 4, true",
    "4, 5, 4, 2, true",
    "1, 0, 0, 0, true",
    "0, 0, 0, 0, false",
    "2, 2, 9, 9, false",
  })
  void shrinkage_isAFallByMoreThanHalf(
      int vmsBefore, int rulesBefore, int vms, int rules, boolean shrank) {
    assertThat(Shrinkage.between(environment(vmsBefore, rulesBefore), environment(vms, rules)))
        .isEqualTo(shrank ? Optional.of(new Shrinkage(vmsBefore, rulesBefore)) : Optional.empty());
  }

  private static Environment environment(int vms, int rules) {
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < vms; vm++) {
      builder.vm("vm-" + vm, "t");
    }
    for (int rule = 0; rule < rules; rule++) {
      builder.rule("fw-" + rule, "t", "t");
    }
    return builder.build();
  }
}
