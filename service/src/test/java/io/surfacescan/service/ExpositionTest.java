package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.exchange.Route;
import io.surfacescan.settings.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpositionTest {
  private static final String ONE_RULE =
      """
      {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
               {"vm_id": "x", "name": "x", "tags": ["x", "y"]}],
       "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
      """;

  @TempDir Path folder;

  private Path input(String content) throws Exception {
    return Files.writeString(folder.resolve("cloud.json"), content);
  }

  /// A line of the text that Prometheus gets.
  private record Sample(String name, Map<String, String> labels, double value) {}

  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private static List<Sample> exposed(RunningService running) {
    var samples = new ArrayList<Sample>();
    running
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          var sample = SAMPLE.matcher(line);
          assertThat(sample.matches()).as(line).isTrue();
          var labels = new HashMap<String, String>();
          String inBraces = sample.group(2);
          if (inBraces != null) {
            LABEL
                .matcher(inBraces)
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
          }
          samples.add(new Sample(sample.group(1), labels, number(sample.group(3))));
        });
    return samples;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static double value(List<Sample> samples, String name, String... labels) {
    var wanted = new HashMap<String, String>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void requests_areThoseOfStats() throws Exception {
    try (var running = RunningService.of(input(ONE_RULE))) {
      for (int i = 0; i < 7; i++) {
        running.get("/attack?vm_id=x");
      }
      running.get("/attack?vm_id=none");
      running.get("/nowhere");
      running.get("/stats");
      var stats = object(running.get("/stats"));
      var exposed = exposed(running);

      assertThat(
              value(
                  exposed, "http_server_requests_seconds_count", "uri", "/attack", "status", "2xx"))
          .isEqualTo(7);
      assertThat(
              value(
                  exposed, "http_server_requests_seconds_count", "uri", "/attack", "status", "4xx"))
          .isEqualTo(1);
      var routes = Parsed.objectOf(Object.class, stats.get("routes"));
      for (var route : routes.entrySet()) {
        var use = Parsed.objectOf(Object.class, route.getValue());
        double count = 0;
        double seconds = 0;
        for (var sample : exposed) {
          if (sample.labels().containsValue(route.getKey())) {
            count += sample.name().endsWith("_count") ? sample.value() : 0;
            seconds += sample.name().endsWith("_sum") ? sample.value() : 0;
          }
        }
        // The request for the numbers itself is counted after it was answered.
        long since = route.getKey().equals("/stats") ? 1 : 0;
        long expected = Parsed.number(use, "request_count") + since;
        assertThat(count).as(route.getKey()).isEqualTo((double) expected);
        if (since == 0) {
          double average = Double.parseDouble(String.valueOf(use.get("average_request_time")));
          assertThat(seconds * 1000 / count).isCloseTo(average, Offset.offset(1e-6));
        }
      }
      assertThat(value(exposed, "http_server_responses_total", "status", "2xx")).isEqualTo(9);
      assertThat(value(exposed, "http_server_responses_total", "status", "4xx")).isEqualTo(2);
      assertThat(value(exposed, "http_server_responses_total", "status", "5xx")).isZero();
    }
  }

  @Test
  void buckets_riseToTheCount_andHoldWhatIsAsLong() throws Exception {
    try (var running = RunningService.of(input(ONE_RULE))) {
      for (long micros : List.of(40L, 900L, 1_700L, 40_000L, 7_000_000L, 100_000_000L)) {
        running.statistics.record(Route.of("/path").orElseThrow(), 200, micros * 1000, false);
      }
      var exposed = exposed(running);
      var expected =
          Map.of(
              "5.0E-5", 1.0, "5.0E-4", 1.0, "0.001", 2.0, "0.0025", 3.0, "0.025", 3.0, "0.05", 4.0,
              "5.0", 4.0, "10.0", 5.0, "60.0", 5.0, "+Inf", 6.0);
      expected.forEach((bound, count) ->
          assertThat(
                  value(
                      exposed,
                      "http_server_requests_seconds_bucket",
                      "uri",
                      "/path",
                      "status",
                      "2xx",
                      "le",
                      bound))
              .as(bound)
              .isEqualTo(count));
      var buckets =
          exposed.stream()
              .filter(sample -> sample.name().endsWith("_bucket"))
              .map(Sample::value)
              .toList();
      assertThat(buckets).hasSize(20).isSorted();
      assertThat(
              value(exposed, "http_server_requests_seconds_sum", "uri", "/path", "status", "2xx"))
          .isEqualTo(107.04264);
    }
  }

  @Test
  void environment_isDescribed_andOutcomesOfLoadsAreCounted() throws Exception {
    var input = input(ONE_RULE);
    try (var running = RunningService.of(input)) {
      var exposed = exposed(running);
      var generation = running.generations.ifLoaded().orElseThrow();
      assertThat(value(exposed, "surfacescan_vms")).isEqualTo(2);
      assertThat(value(exposed, "surfacescan_rules")).isEqualTo(1);
      assertThat(value(exposed, "surfacescan_tags")).isEqualTo(3);
      assertThat(value(exposed, "surfacescan_warnings")).isEqualTo(0);
      assertThat(value(exposed, "surfacescan_environment_info", "version", generation.version()))
          .isEqualTo(1);
      assertThat(value(exposed, "surfacescan_environment_loaded_timestamp_seconds"))
          .isEqualTo(generation.loadedAt().toEpochMilli() / 1e3);
      assertThat(value(exposed, "surfacescan_environment_load_time_seconds"))
          .isEqualTo(generation.loadTime().toNanos() / 1e9);
      assertLoads(exposed, 1, 0, 0);

      running.reload();
      assertLoads(exposed(running), 1, 1, 0);
      RunningService.write(input, "{");
      running.reload();
      assertThat(value(exposed(running), "surfacescan_last_load_refused")).isEqualTo(1);
      RunningService.write(input, ONE_RULE.replace("\"y\"", "\"z\""));
      running.reload();
      assertThat(value(exposed(running), "surfacescan_last_load_refused")).isEqualTo(0);
      assertThat(value(exposed(running), "surfacescan_loads_total", "outcome", "served"))
          .isEqualTo(2);
      assertThat(
              value(
                  exposed(running),
                  "surfacescan_environment_info",
                  "version",
                  generation.version()))
          .isNaN();
    }
  }

  private static void assertLoads(List<Sample> exposed, int served, int unchanged, int refused) {
    assertThat(value(exposed, "surfacescan_loads_total", "outcome", "served")).isEqualTo(served);
    assertThat(value(exposed, "surfacescan_loads_total", "outcome", "unchanged"))
        .isEqualTo(unchanged);
    assertThat(value(exposed, "surfacescan_loads_total", "outcome", "refused")).isEqualTo(refused);
    assertThat(value(exposed, "surfacescan_loads_total", "outcome", "failed")).isEqualTo(0);
  }

  @Test
  void beforeTheFirstLoad_thereIsNoVersionAndNoTime() throws Exception {
    var settings =
        RunningService.settings(List.of(folder.resolve("none").toString()), Limits.DEFAULT);
    try (var running = RunningService.of(settings)) {
      var exposed = exposed(running);
      assertThat(value(exposed, "surfacescan_vms")).isZero();
      assertThat(value(exposed, "surfacescan_environment_loaded_timestamp_seconds")).isNaN();
      assertThat(exposed.stream().map(Sample::name)).doesNotContain("surfacescan_environment_info");
      assertThat(value(exposed, "surfacescan_loads_total", "outcome", "refused")).isEqualTo(1);
    }
  }
}
