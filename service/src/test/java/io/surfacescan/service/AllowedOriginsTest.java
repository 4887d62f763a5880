package io.surfacescan.service;

import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  private static final String PAGE = "Origin: https://dashboard.example";
  private static final String ASKS = "Access-Control-Request-Method: GET";

  @TempDir Path folder;

  private RunningService allowing(Security security) throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, "{\"vms\": [{\"vm_id\": \"x\", \"tags\": []}], \"fw_rules\": []}");
    return RunningService.of(
        RunningService.with(
            security, RunningService.settings(List.of(file.toString()), Limits.DEFAULT)));
  }

  private static Security origins(Optional<Path> tokens) {
    return new Security(
        tokens, Optional.empty(), false, Optional.empty(), Set.of("https://Dashboard.example"));
  }

  @Test
  void anAllowedPage_mayReadEveryAnswer() throws IOException {
    try (var service = allowing(origins(Optional.empty()))) {
      for (String target : List.of("/attack?vm_id=x", "/attack?vm_id=nobody", "/stats", "/no")) {
        var answer = service.get(target, PAGE, "Sec-Fetch-Site: cross-site");
        assertThat(answer.header("Access-Control-Allow-Origin"))
            .as(target)
            .hasValue("https://dashboard.example");
        assertThat(answer.header("Access-Control-Expose-Headers"))
            .hasValueSatisfying(names -> assertThat(names).contains("X-Total-Count", "Link"));
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(answer.header("Vary"))
            .hasValueSatisfying(names -> assertThat(names).contains("Origin"));
      }
      var reload =
          service.ask(
              "POST", "/reload", PAGE, "Content-Type: application/json", "Content-Length: 0");
      assertThat(reload.status()).isEqualTo(200);
    }
  }

  @Test
  void aPreflight_needsNoToken_andTellsWhatMayBeSent() throws IOException {
    var tokens = Files.writeString(folder.resolve("tokens"), "");
    try (var service = allowing(origins(Optional.of(tokens)))) {
      var answer = service.ask("OPTIONS", "/attack?vm_id=x", PAGE, ASKS);
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Access-Control-Allow-Origin"))
          .hasValue("https://dashboard.example");
      assertThat(answer.header("Access-Control-Allow-Methods")).hasValue("GET, HEAD");
      assertThat(answer.header("Access-Control-Allow-Headers"))
          .hasValueSatisfying(names -> assertThat(names).contains("Authorization", "Content-Type"));
      assertThat(answer.headers()).doesNotContainKey("X-Environment-Version");
      assertThat(
              service.ask("OPTIONS", "/reload", PAGE, ASKS).header("Access-Control-Allow-Methods"))
          .hasValue("POST");
      assertThat(service.ask("OPTIONS", "/no", PAGE, ASKS).status()).isEqualTo(401);
      assertThat(service.get("/stats", PAGE).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://dashboard.example.evil.example",
        "http://dashboard.example",
        "https://dashboard.example:8443",
        "null",
        "*",
      })
  void otherPages_areToldNothing_butThatOriginsDiffer(String origin) throws IOException {
    try (var service = allowing(origins(Optional.empty()))) {
      var answer = service.get("/attack?vm_id=x", "Origin: " + origin);
      assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
      assertThat(answer.header("Vary")).hasValue("Accept, Accept-Encoding, Origin");
      assertThat(service.ask("OPTIONS", "/stats", "Origin: " + origin, ASKS).status())
          .isEqualTo(405);
      var reload =
          service.ask(
              "POST",
              "/reload",
              "Origin: " + origin,
              "Content-Type: application/json",
              "Content-Length: 0");
      assertThat(problem(reload)).isEqualTo("foreign-origin");
    }
  }

  @Test
  void withoutAllowedOrigins_nothingIsSaidOfThem() throws IOException {
    try (var service = allowing(RunningService.USUAL.security())) {
      var answer = service.get("/attack?vm_id=x", PAGE);
      assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
      assertThat(answer.header("Vary")).hasValue("Accept, Accept-Encoding");
      assertThat(service.ask("OPTIONS", "/stats", PAGE, ASKS).status()).isEqualTo(405);
    }
  }

  @Test
  void foreignPages_getNoAnswers_exceptByALinkThatIsFollowed() throws IOException {
    try (var service = allowing(RunningService.USUAL.security())) {
      for (String site : List.of("cross-site", "same-site")) {
        for (String kind : List.of("empty", "image", "script", "iframe")) {
          var answer =
              service.get("/attack?vm_id=x", "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: " + kind);
          assertThat(answer.status()).as(site).isEqualTo(403);
          assertThat(problem(answer)).isEqualTo("foreign-origin");
          assertThat(answer.headers()).doesNotContainKey("X-Environment-Version");
        }
        var link = service.get("/stats", "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: document");
        assertThat(link.status()).isEqualTo(200);
      }
      for (String site : List.of("none", "same-origin")) {
        assertThat(service.get("/attack?vm_id=x", "Sec-Fetch-Site: " + site).status())
            .isEqualTo(200);
      }
    }
  }
}
