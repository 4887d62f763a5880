package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.exchange.Route;
import io.surfacescan.settings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service below a prefix of all paths.
class BasePathTest {
  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "a", "name": "", "tags": ["s"]},
          {"vm_id": "b", "name": "", "tags": ["s"]},
          {"vm_id": "x", "name": "", "tags": ["d"]}],
         "fw_rules": [{"fw_id": "fw-1", "source_tag": "s", "dest_tag": "d"}]}
        """);
    var settings = RunningService.settings(List.of(folder.toString()), Limits.DEFAULT);
    service = RunningService.of(RunningService.below("/tools/scan", settings));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void everyRoute_answersBelowThePrefix_andNowhereElse() {
    for (var route : Route.all()) {
      if (route != Route.UNMATCHED) {
        int status = service.get("/tools/scan" + route.path()).status();
        assertThat(status).as(route.path()).isIn(200, 302, 400, 404, 405);
        if (status == 404) {
          assertThat(problem(service.get("/tools/scan" + route.path())))
              .isIn("nothing-before", "no-policy");
        }
        assertThat(problem(service.get(route.path()))).isEqualTo("unknown-route");
      }
    }
    assertThat(service.get("http://localhost/tools/scan/stats").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tools/scanner/stats", "/tools/scan//stats", "/tools/stats", "/tools", "/", "/x"})
  void whatOnlyLooksAlike_isNothing(String path) {
    var answer = service.get(path);
    assertThat(problem(answer)).isEqualTo("unknown-route");
    assertThat(answer.text()).contains("; see /tools/scan/docs.");
  }

  @Test
  void links_leadBackBelowThePrefix() {
    String link = service.get("/tools/scan/attack?vm_id=x&limit=1").header("Link").orElseThrow();
    assertThat(link)
        .startsWith("</tools/scan/attack?vm_id=x&limit=1&after=")
        .endsWith(">; rel=\"next\"");
    String next = link.substring(1, link.indexOf('>'));
    assertThat(service.get(next).text()).isEqualTo("[\"b\"]");
  }

  @Test
  void page_standsBehindTheSlash() {
    var redirect = service.get("/tools/scan?service=ssh");
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).hasValue("/tools/scan/?service=ssh");
    var page = service.get("/tools/scan/");
    assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
    var file = Pattern.compile("href=\"(page/[^\"]+)\"").matcher(page.text());
    assertThat(file.find()).isTrue();
    assertThat(service.get("/tools/scan/" + file.group(1)).status()).isEqualTo(200);
  }

  @Test
  void docs_redirectAndDescribeWhereTheyAre() {
    assertThat(service.get("/tools/scan/docs").header("Location")).hasValue("/tools/scan/docs/");
    assertThat(service.get("/tools/scan/docs/start.js").text()).contains("\"../openapi.json\"");
    assertThat(object(service.get("/tools/scan/openapi.json")))
        .containsEntry("servers", List.of(Map.of("url", "/tools/scan")));
  }
}
