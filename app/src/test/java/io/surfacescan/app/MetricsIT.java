package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of metrics elsewhere, in the documentation, the dashboard and the alerts, is what
/// the packaged service tells.
class MetricsIT {
  /// What Prometheus adds.
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

  private static final Set<String> METRICS_OF_THE_SCRAPE = Set.of("up");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\w+)");

  @TempDir static Path folder;

  /// The labels of each sample, by the metric's name.
  private static final Map<String, List<Map<String, String>>> SAMPLES = new TreeMap<>();

  private static final Map<String, String> TYPES = new TreeMap<>();

  @BeforeAll
  static void fetch() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var served =
            ServedProgram.start(
                folder,
                Repository.root(),
                "--data",
                "data",
                "--port",
                "0",
                "--policy",
                "pack:baseline")) {
      int port = served.port();
      for (String target : List.of("/attack?vm_id=vm-b126aa", "/attack?vm_id=none", "/vms")) {
        get(client, port, target);
      }
      for (String line : get(client, port, "/metrics").lines().toList()) {
        var type = TYPE.matcher(line);
        var sample = SAMPLE.matcher(line);
        if (type.matches()) {
          TYPES.put(type.group(1), type.group(2));
        } else if (sample.matches()) {
          SAMPLES
              .computeIfAbsent(sample.group(1), _ -> new ArrayList<>())
              .add(labels(sample.group(2)));
        } else {
          assertThat(line).startsWith("# HELP ");
        }
      }
    }
  }

  @AfterAll
  static void forget() {
    SAMPLES.clear();
    TYPES.clear();
  }

  private static String get(HttpClient client, int port, String target) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Accept", "text/plain")
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Map<String, String> labels(@Nullable String text) {
    var labels = new TreeMap<String, String>();
    var found = LABEL.matcher(text == null ? "" : text);
    while (found.find()) {
      labels.put(found.group(1), found.group(2));
    }
    return labels;
  }

  private static List<Map<String, String>> samples(String metric) {
    return SAMPLES.getOrDefault(metric, List.of());
  }

  private static Set<String> labelNames(String metric) {
    var names = new TreeSet<String>();
    samples(metric).forEach(labels -> names.addAll(labels.keySet()));
    return names;
  }

  /// There only where statistics go to a shared database.
  private static final Set<String> OF_A_DATABASE =
      Set.of(
          "surfacescan_statistics_database_failing", "surfacescan_statistics_database_age_seconds");

  private static void assertTold(String expression) {
    var named = PromQl.of(expression);
    assertThat(named.selectors()).as(expression).isNotEmpty();
    var labels = new HashSet<>(OF_THE_SCRAPE);
    for (var selector : named.selectors()) {
      if (METRICS_OF_THE_SCRAPE.contains(selector.metric())) {
        continue;
      }
      // What is optional may have no value now.
      if (!OF_A_DATABASE.contains(selector.metric())
          && !TYPES.getOrDefault(selector.metric(), "").equals("gauge")) {
        assertThat(SAMPLES).as(expression).containsKey(selector.metric());
      }
      labels.addAll(labelNames(selector.metric()));
      for (var matcher : selector.matchers()) {
        assertTold(selector.metric(), matcher, expression);
      }
    }
    assertThat(labels).as(expression).containsAll(named.grouping());
  }

  private static void assertTold(String metric, PromQl.Matcher matcher, String expression) {
    if (OF_THE_SCRAPE.contains(matcher.label())) {
      return;
    }
    assertThat(labelNames(metric)).as(expression).contains(matcher.label());
    boolean classOfStatus = matcher.label().equals("status");
    if (matcher.operator().equals("=") && !matcher.value().contains("$")) {
      // A kind of request is told of after the first of it.
      var metrics = classOfStatus ? "http_server_responses_total" : metric;
      assertThat(samples(metrics).stream().map(labels -> labels.get(matcher.label())))
          .as(expression)
          .contains(matcher.value());
    }
  }

  @Test
  void expressions_areTakenApart() {
    var named =
        PromQl.of(
            "histogram_quantile(0.9, sum by (a, le) (rate(m_bucket{a=\"b\", c=~\"$d\"}[5m])))"
                + " / on (x) up > bool 1e3 and time() - n{} offset 5m");
    assertThat(named.grouping()).containsExactly("a", "le", "x");
    assertThat(named.selectors())
        .containsExactly(
            new PromQl.Selector(
                "m_bucket",
                List.of(new PromQl.Matcher("a", "=", "b"), new PromQl.Matcher("c", "=~", "$d"))),
            new PromQl.Selector("up", List.of()),
            new PromQl.Selector("n", List.of()));
  }

  @Test
  void alerts_nameWhatThereIs_andWhatToDo() throws Exception {
    var file = Repository.root().resolve("deploy/prometheus/alerts.yml");
    var groups = list(object(Yaml.read(Files.readString(file))).get("groups"));
    String runbook = Files.readString(Repository.root().resolve("docs/metrics.md"));
    var names = new TreeSet<String>();
    for (var group : groups) {
      for (var entry : list(object(group).get("rules"))) {
        var rule = object(entry);
        String name = text(rule, "alert");
        assertThat(names.add(name)).as(name).isTrue();
        assertTold(text(rule, "expr"));
        assertThat(text(object(rule.get("labels")), "severity")).isIn("critical", "warning");
        var annotations = object(rule.get("annotations"));
        assertThat(text(annotations, "summary")).isNotBlank();
        assertThat(text(annotations, "description")).isNotBlank();
        assertThat(text(annotations, "runbook"))
            .isEqualTo("docs/metrics.md#" + name.toLowerCase(Locale.ROOT));
        assertThat(runbook).contains("\n### " + name + "\n");
      }
    }
    assertThat(names).hasSizeGreaterThan(5);
  }

  @Test
  void dashboard_namesWhatThereIs() throws Exception {
    var dashboard = dashboard();
    var expressions = new ArrayList<String>();
    collect(dashboard, "expr", expressions);
    assertThat(expressions).hasSizeGreaterThan(20);
    expressions.forEach(MetricsIT::assertTold);

    var queries = new ArrayList<String>();
    collect(dashboard, "definition", queries);
    for (String query : queries) {
      var values = Pattern.compile("label_values\\((.*), (\\w+)\\)").matcher(query);
      assertThat(values.matches()).as(query).isTrue();
      assertTold("sum by (" + values.group(2) + ") (" + values.group(1) + ")");
    }
    assertThat(queries).hasSize(3);
  }

  @Test
  void dashboard_isWellFormed() throws Exception {
    var dashboard = dashboard();
    var ids = new HashSet<Object>();
    var places = new HashSet<String>();
    for (var entry : list(dashboard.get("panels"))) {
      var panel = object(entry);
      String title = text(panel, "title");
      assertThat(ids.add(panel.getOrDefault("id", ""))).as(title).isTrue();
      var grid = object(panel.get("gridPos"));
      for (long x = number(grid, "x"); x < number(grid, "x") + number(grid, "w"); x++) {
        assertThat(x).as(title).isBetween(0L, 23L);
        for (long y = number(grid, "y"); y < number(grid, "y") + number(grid, "h"); y++) {
          assertThat(places.add(x + "," + y)).as(title).isTrue();
        }
      }
      if (!text(panel, "type").equals("row")) {
        assertThat(text(object(panel.get("datasource")), "uid")).isEqualTo("${datasource}");
        assertThat(text(panel, "description")).as(title).isNotBlank();
        assertThat(list(panel.get("targets"))).as(title).isNotEmpty();
      }
    }
    var variables =
        list(object(dashboard.get("templating")).get("list")).stream()
            .map(variable -> text(object(variable), "name"))
            .toList();
    assertThat(variables).containsExactly("datasource", "job", "instance", "route");
    var used = Pattern.compile("\\$\\{?(\\w+)").matcher(dashboardText());
    while (used.find()) {
      assertThat(used.group(1))
          .isIn("datasource", "job", "instance", "route", "__rate_interval", "__all");
    }
  }

  private static String dashboardText() throws Exception {
    return Files.readString(Repository.root().resolve("deploy/grafana/surfacescan.json"));
  }

  /// JSON is YAML.
  private static Map<String, Object> dashboard() throws Exception {
    return object(Yaml.read(dashboardText()));
  }

  /// The texts under a key, however deep.
  private static void collect(@Nullable Object json, String key, List<String> found) {
    if (json instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (key.equals(name)) {
          found.add(String.valueOf(value));
        }
        collect(value, key, found);
      });
    } else if (json instanceof List<?> values) {
      values.forEach(value -> collect(value, key, found));
    }
  }

  @Test
  void documentation_isComplete() throws Exception {
    var row = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|([^|]*)\\| [^|]+ \\|");
    var documented = new TreeMap<String, String>();
    String page = Files.readString(Repository.root().resolve("docs/metrics.md"));
    for (String line : page.lines().toList()) {
      var found = row.matcher(line);
      if (found.matches()) {
        var labels = new TreeSet<String>();
        for (String label : List.of(found.group(3).replace("`", "").trim().split("[, ]+"))) {
          labels.add(label);
        }
        labels.remove("");
        documented.put(found.group(1), found.group(2) + " " + labels);
      }
    }
    var told = new TreeMap<String, String>();
    TYPES.forEach((name, type) -> {
      var labels = labelNames(type.equals("histogram") ? name + "_count" : name);
      told.put(name, type + " " + labels);
    });
    documented.keySet().removeAll(OF_A_DATABASE);
    assertThat(told).containsAllEntriesOf(documented);
    assertThat(documented.keySet())
        .containsAll(
            told.keySet().stream()
                .filter(name -> name.startsWith("http_server_") || name.startsWith("surfacescan_"))
                .toList());
    assertThat(documented).hasSizeGreaterThan(20);
  }

  private static Map<String, Object> object(@Nullable Object value) {
    var object = new TreeMap<String, Object>();
    assertThat(value).isInstanceOf(Map.class);
    ((Map<?, ?>) Objects.requireNonNull(value))
        .forEach((key, part) -> object.put(String.valueOf(key), part == null ? "" : part));
    return object;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(Map<String, Object> object, String key) {
    return String.valueOf(object.getOrDefault(key, ""));
  }

  private static long number(Map<String, Object> object, String key) {
    return Long.parseLong(text(object, key));
  }
}
