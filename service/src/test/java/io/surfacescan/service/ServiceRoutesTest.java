package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.service.answers.QueryReader;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.port.Listener;
import io.surfacescan.service.served.Generations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every service has beside the questions: health, metrics, the interface's description.
class ServiceRoutesTest {
  @TempDir static Path folder;

  private static RunningService service;
  private static Listener listener;
  private static Generations generations;

  @BeforeAll
  static void start() throws IOException {
    service =
        RunningService.of(
            Files.writeString(
                folder.resolve("cloud.json"),
                """
                {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
                         {"vm_id": "x", "name": "x", "tags": ["x"]}],
                 "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
                """));
    listener = service.listener;
    generations = service.generations;
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Wire.Answer get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  private static Wire.Answer ask(String method, String target, String... headers) {
    try (var wire = new Wire(listener.port())) {
      return wire.ask(method, target, headers);
    }
  }

  @Test
  void questions_areAnswered() {
    assertThat(get("/attack?vm_id=x").text()).isEqualTo("[\"a\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_isUpOnceLoaded(String path) {
    var answer = get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(object(answer)).containsEntry("status", "UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/metrics", "/openapi.json", "/docs/", "/docs/nothing"})
  void answers_nameTheEnvironment(String path) {
    assertThat(get(path).header("X-Environment-Version"))
        .hasValue(generations.ifLoaded().orElseThrow().version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/metrics", "/openapi.json", "/docs/"})
  void whatWasAnswered_isNotUnderWayAnyMore(String path) {
    try (var wire = new Wire(listener.port())) {
      assertThat(wire.get(path).status()).isEqualTo(200);
      RunningService.await("it is over", () -> listener.busy() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Range: bytes=-",
        "Range: pages=1",
        "Range: bytes=1-2,4-5",
        "If-Modified-Since: yesterday",
        "If-None-Match: \"",
        "Accept: ;;;q=x",
        "Accept: text/html;q=9",
        "Accept-Language: ;q=,",
        "Accept-Encoding: ;q=",
        "Cookie: =;=",
        "Content-Type: ;",
        "Forwarded: ;;=",
        "Origin: ::",
        "X-Forwarded-Host: ::",
        "Authorization: Basic %",
        "Connection: ,"
      })
  void headersThatMakeNoSense_areNoError(String header) {
    for (String path : List.of("/docs/", "/health", "/openapi.json", "/metrics")) {
      assertThat(get(path, header).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void openapi_isJson_whateverIsAccepted() {
    for (String accept : List.of("X: y", "Accept: */*", "Accept: application/yaml")) {
      var answer = get("/openapi.json", accept);
      assertThat(answer.header("Content-Type")).hasValue("application/json");
      assertThat(object(answer)).containsEntry("openapi", "3.1.0");
    }
  }

  @Test
  void openapi_hasEveryRouteWithItsMethods_andNoOther() {
    var paths = Parsed.objectOf(Object.class, object(get("/openapi.json")).get("paths"));
    var documented = new TreeSet<String>();
    paths.forEach((path, item) ->
        Parsed.objectOf(Object.class, item)
            .keySet()
            .forEach(method -> documented.add(method + " " + path)));
    var served = new TreeSet<String>();
    for (var route : Route.all()) {
      if (route != Route.UNMATCHED) {
        served.add((route.allows("POST") ? "post " : "get ") + route.path());
      }
    }
    assertThat(documented).isEqualTo(served);
  }

  @Test
  void openapi_hasTheParametersOfEveryQuestion() {
    var document = object(get("/openapi.json"));
    var paths = Parsed.objectOf(Object.class, document.get("paths"));
    var components = Parsed.objectOf(Object.class, document.get("components"));
    var shared = Parsed.objectOf(Object.class, components.get("parameters"));
    Route.all().stream()
        .filter(route -> route.question().isPresent())
        .forEach(route -> {
          var path = Parsed.objectOf(Object.class, paths.get(route.path()));
          var call = Parsed.objectOf(Object.class, path.get(route.allows("POST") ? "post" : "get"));
          var documented = new TreeSet<String>();
          var required = new TreeSet<String>();
          for (var parameter :
              Parsed.listOf(Object.class, call.getOrDefault("parameters", List.of()))) {
            var meant = resolved(Parsed.objectOf(Object.class, parameter), shared);
            String name = String.valueOf(meant.get("name"));
            if ("query".equals(meant.get("in")) && documented.add(name)) {
              required.addAll(Boolean.TRUE.equals(meant.get("required")) ? Set.of(name) : Set.of());
            }
          }
          assertThat(documented)
              .as(route.path())
              .isEqualTo(new TreeSet<>(new QueryReader(route.question().orElseThrow()).names()));
          // One of several names a VM, so that none of them alone is required.
          var needed =
              route.question().orElseThrow().urlParameters().stream()
                  .filter(parameter -> parameter.is(Parameter.Mark.REQUIRED))
                  .filter(parameter -> !(parameter.type() instanceof Parameter.Vm))
                  .map(Parameter::name);
          assertThat(required).as(route.path()).containsExactlyElementsOf(needed.toList());
        });
  }

  private static Map<?, ?> resolved(
      Map<?, ?> parameter, Map<String, ? extends @Nullable Object> shared) {
    var reference = parameter.get("$ref");
    return reference == null
        ? parameter
        : Parsed.objectOf(
            Object.class, shared.get(reference.toString().replace("#/components/parameters/", "")));
  }

  @Test
  void everyRoute_answers() {
    for (var route : Route.all()) {
      if (route != Route.UNMATCHED && !route.allows("POST")) {
        // There is no environment before the first one, and no policy.
        boolean isNothing = route.path().equals("/changes") || route.path().equals("/check");
        var expected = isNothing ? List.of(404) : List.of(200, 302, 400);
        assertThat(get(route.path()).status()).as(route.path()).isIn(expected);
      }
    }
  }

  @Test
  void docs_needNoOtherHost() {
    assertThat(get("/docs").header("Location")).hasValue("/docs/");
    var page = get("/docs/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .startsWith("default-src 'none'; script-src 'self'")
                .doesNotContain("unsafe"));
    assertThat(page.header("X-Frame-Options")).hasValue("DENY");
    assertThat(page.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(page.header("Permissions-Policy")).isPresent();
    assertThat(page.header("X-Request-ID")).isPresent();
    assertThat(page.text()).doesNotContain("://", "//cdn");
    assertThat(get("/docs/start.js").text()).contains("url: \"../openapi.json\"");
    var assets = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
    int found = 0;
    while (assets.find()) {
      assertThat(get("/docs/" + assets.group(1)).status()).as(assets.group(1)).isEqualTo(200);
      found++;
    }
    assertThat(found).isGreaterThan(3);
  }

  @Test
  void docs_areNotSentAgain_ifTheyAreTheSame() {
    String tag = get("/docs/start.js").header("ETag").orElseThrow();
    assertThat(get("/docs/start.js", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertThat(get("/docs/", "If-None-Match: " + tag).status()).isEqualTo(200);
  }

  @Test
  void docs_forARange_comeWhole_orNotAtAllIfItIsOutside() {
    var whole = get("/docs/start.js");
    var begun = get("/docs/start.js", "Range: bytes=5-9");
    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.text()).isEqualTo(whole.text());
    var outside = get("/docs/start.js", "Range: bytes=99999999-");
    assertThat(outside.status()).isEqualTo(416);
    assertThat(problem(outside)).isEqualTo("unsatisfiable-range");
    assertThat(outside.header("Content-Range"))
        .hasValue("bytes */" + whole.header("Content-Length").orElseThrow());
  }

  @Test
  void metrics_areOfOpenMetrics_ifThatIsAccepted() {
    var answer = get("/metrics", "Accept: application/openmetrics-text; version=1.0.0");
    assertThat(answer.header("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(answer.text()).endsWith("# EOF\n");
    assertThat(get("/metrics").header("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void docs_withoutSuchAFile_areAProblem() {
    var answer = get("/docs/nowhere.js");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(problem(answer)).isEqualTo("unknown-route");
  }

  @Test
  void metrics_tellWhatStatsTell() {
    var metrics = get("/metrics", "Accept: text/plain");
    assertThat(metrics.status()).isEqualTo(200);
    var stats = object(get("/stats"));
    var routes = Parsed.objectOf(Object.class, stats.get("routes"));
    for (var route : List.of("/health/live", "/openapi.json")) {
      get(route);
      long before =
          routes.get(route) == null
              ? 0
              : Parsed.number(Parsed.objectOf(Object.class, routes.get(route)), "request_count");
      assertThat(counted(get("/metrics").text(), route)).as(route).isEqualTo(before + 1);
    }
    assertThat(metrics.text()).contains("surfacescan_vms 2.0", "surfacescan_rules 1.0");
  }

  /// The requests of a route in metrics, of all classes of status.
  private static long counted(String metrics, String route) {
    return Pattern.compile(
            "^http_server_requests_seconds_count\\{.*uri=\"%s\"} (\\d+)(?:\\.0)?$"
                .formatted(Pattern.quote(route)),
            Pattern.MULTILINE)
        .matcher(metrics)
        .results()
        .mapToLong(result -> Long.parseLong(result.group(1)))
        .sum();
  }

  @Test
  void whatIsServed_isCountedBeforeItIsRead() {
    for (String path :
        List.of(
            "/health", "/metrics", "/openapi.json", "/docs/", "/docs/swagger-ui.css", "/docs/x")) {
      long before = Parsed.number(object(get("/stats")), "request_count");
      get(path);
      assertThat(object(get("/stats"))).as(path).containsEntry("request_count", before + 2);
    }
  }

  @Test
  void head_isTheHeadOfGet() {
    for (String path : List.of("/health", "/openapi.json", "/docs", "/docs/x")) {
      var get = get(path, "X-Request-ID: 1");
      var head = ask("HEAD", path, "X-Request-ID: 1");
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.headers()).as(path).isEqualTo(get.headers());
    }
  }

  @Test
  void otherHosts_areMisdirected() {
    for (String path : List.of("/health", "/metrics", "/openapi.json", "/docs/")) {
      assertThat(get(path, "Host: evil.example").status()).as(path).isEqualTo(421);
    }
  }

  @Test
  void otherMethods_areNotAllowed() {
    for (String path : List.of("/health", "/metrics", "/openapi.json", "/docs/")) {
      assertThat(problem(ask("DELETE", path))).as(path).isEqualTo("method-not-allowed");
    }
  }
}
