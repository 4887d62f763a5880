package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Quarkus serves, and the program as Quarkus puts it together.
@QuarkusTest
@QuarkusTestResource(QuarkusRoutesTest.Input.class)
class QuarkusRoutesTest {
  /// A small environment, and a free port instead of the usual one.
  public static final class Input implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      try {
        var file = Files.createTempFile("surfacescan", ".json");
        Files.writeString(
            file,
            """
            {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
                     {"vm_id": "x", "name": "x", "tags": ["x"]}],
             "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
            """);
        return Map.of("surfacescan.data", file.toString(), "surfacescan.port", "0");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {}
  }

  @Inject Listener listener;
  @Inject Generations generations;

  @BeforeEach
  void awaitLoaded() {
    RunningService.await("the input is loaded", () -> generations.ifLoaded().isPresent());
  }

  private Wire.Answer get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  private Wire.Answer ask(String method, String target, String... headers) {
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
    for (String path : List.of("/docs/", "/health", "/openapi.json")) {
      assertThat(get(path, header).status()).as(path).isEqualTo(200);
    }
    // It has several formats, none of which may be acceptable.
    assertThat(get("/metrics", header).status())
        .isEqualTo(header.startsWith("Accept:") ? 406 : 200);
  }

  @Test
  void openapi_isJson_whateverIsAccepted() {
    for (String accept : List.of("X: y", "Accept: */*", "Accept: application/yaml")) {
      var answer = get("/openapi.json", accept);
      assertThat(answer.header("Content-Type")).hasValue("application/json;charset=UTF-8");
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
    for (var route : Route.values()) {
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
    Questions.byRoute()
        .forEach((route, question) -> {
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
          assertThat(documented).as(route.path()).isEqualTo(new TreeSet<>(question.parameters()));
          // One of several names a VM, so that none of them alone is required.
          assertThat(required).as(route.path()).isEmpty();
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
    for (var route : Route.values()) {
      if (route != Route.UNMATCHED && !route.allows("POST")) {
        // There is no environment before the first one.
        var expected = route == Route.CHANGES ? List.of(404) : List.of(200, 302, 400);
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
    assertThat(page.text()).contains("url: '/openapi.json'").doesNotContain("://", "//cdn");
    var assets = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
    int found = 0;
    while (assets.find()) {
      assertThat(get("/docs/" + assets.group(1)).status()).as(assets.group(1)).isEqualTo(200);
      found++;
    }
    assertThat(found).isGreaterThan(3);
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
            "^http_server_requests_seconds_count\\{uri=\"%s\",.*} (\\d+)\\.0$"
                .formatted(Pattern.quote(route)),
            Pattern.MULTILINE)
        .matcher(metrics)
        .results()
        .mapToLong(result -> Long.parseLong(result.group(1)))
        .sum();
  }

  @Test
  void whatQuarkusServes_isCountedBeforeItIsRead() {
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
