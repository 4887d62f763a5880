package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.exchange.Route;
import io.surfacescan.settings.AnswerLimits;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestRatesTest {
  @TempDir Path folder;

  private RunningService limitedToOne(Security security) throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, "{\"vms\": [{\"vm_id\": \"x\", \"tags\": []}], \"fw_rules\": []}");
    var usual = RunningService.USUAL.answerLimits();
    var limits =
        new AnswerLimits(usual.time(), usual.longThreads(), usual.longWaiting(), OptionalInt.of(1));
    var settings = RunningService.settings(List.of(file.toString()), Limits.DEFAULT);
    return RunningService.of(RunningService.with(limits, RunningService.with(security, settings)));
  }

  private static void awaitTooMany(RunningService service, String... headers) {
    await("there are too many", () -> service.get("/attack?vm_id=x", headers).status() == 429);
  }

  @Test
  void tooMany_areRefused_counted_andToldWhenToComeAgain() throws IOException {
    try (var service = limitedToOne(RunningService.USUAL.security())) {
      await(
          "there are too many",
          () -> {
            var answer = service.get("/nowhere");
            if (answer.status() != 429) {
              return false;
            }
            assertThat(problem(answer)).isEqualTo("too-many-requests");
            assertThat(answer.header("Retry-After")).hasValue("1");
            assertThat(answer.header("Cache-Control")).hasValue("no-store");
            return true;
          });
      await("time heals it", () -> service.get("/stats").status() == 200);
      await(
          "they are counted",
          () -> {
            var stats = service.get("/stats");
            return stats.status() == 200
                && Parsed.objectOf(Object.class, object(stats).get("statuses")).containsKey("429");
          });
    }
  }

  @Test
  void health_isAlwaysTold() throws IOException {
    try (var service = limitedToOne(RunningService.USUAL.security())) {
      awaitTooMany(service);
      for (var route : List.of(Route.HEALTH, Route.LIVE, Route.READY)) {
        for (int i = 0; i < 3; i++) {
          assertThat(service.get(route.path()).status()).as(route.path()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void callers_areCountedByTheirTokens_andOthersByTheirAddress() throws Exception {
    var tokens = folder.resolve("tokens");
    Files.writeString(tokens, "one read " + hash("sfs_one") + "\ntwo read " + hash("sfs_two"));
    try (var service =
        limitedToOne(
            new Security(
                Optional.of(tokens), Optional.empty(), false, Optional.empty(), Set.of()))) {
      awaitTooMany(service, "Authorization: Bearer sfs_one");
      assertThat(service.get("/attack?vm_id=x", "Authorization: Bearer sfs_two").status())
          .isEqualTo(200);
      assertThat(service.get("/stats").status()).isEqualTo(401);
      awaitTooMany(service);
    }
  }

  private static String hash(String token) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    return "sha256:" + HexFormat.of().formatHex(digest);
  }
}
