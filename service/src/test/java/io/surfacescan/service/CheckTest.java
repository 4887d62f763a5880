package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.PolicySettings;
import io.surfacescan.settings.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  private static final String POLICY =
      """
      rules:
        - {id: a-x, title: A does not reach x, severity: high, forbid: {from: "tag:a", to: "tag:x"}}
        - {id: news, title: Nothing new, severity: low, no-new: {what: [direct]}}
      """;

  @TempDir Path folder;

  private static String cloud(String dest) {
    return """
    {"vms": [{"vm_id": "a", "tags": ["a"]}, {"vm_id": "x", "tags": ["x"]},
             {"vm_id": "y", "tags": ["y"]}],
     "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "%s"}]}
    """
        .formatted(dest);
  }

  private RunningService serving(String dest, String policy) throws IOException {
    return serving(dest, policy, Optional.empty());
  }

  private RunningService serving(String dest, String policy, Optional<Webhook> webhook)
      throws IOException {
    Files.writeString(folder.resolve("cloud.json"), cloud(dest));
    String file = Files.writeString(folder.resolve("policy.yaml"), policy).toString();
    var usual =
        RunningService.settings(List.of(folder.resolve("cloud.json").toString()), Limits.DEFAULT);
    return RunningService.of(
        RunningService.with(new PolicySettings(List.of(file), Optional.empty(), webhook), usual));
  }

  @Test
  void webhook_getsWhatIsNew_andWhatIsResolved() throws IOException, InterruptedException {
    var bodies = new LinkedBlockingQueue<String>();
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    var url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    var secret =
        Files.writeString(folder.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    String policy = POLICY.lines().limit(2).collect(Collectors.joining("\n"));
    try (var service = serving("y", policy, Optional.of(new Webhook(url, secret)))) {
      RunningService.write(folder.resolve("cloud.json"), cloud("x"));
      service.reload();
      assertThat(requireNonNull(bodies.poll(60, TimeUnit.SECONDS)))
          .startsWith("{\"type\":\"findings.changed\",\"timestamp\":\"")
          .contains("\"open_count\":1,\"new_count\":1,\"resolved_count\":0")
          .contains("\"new\":[{\"rule\":\"a-x\",\"severity\":\"high\",\"status\":\"open\"")
          .endsWith("\"examples\":[\"x\"]}],\"resolved\":[]}}");
      RunningService.write(folder.resolve("cloud.json"), cloud("y"));
      service.reload();
      assertThat(requireNonNull(bodies.poll(60, TimeUnit.SECONDS)))
          .contains("\"open_count\":0,\"new_count\":0,\"resolved_count\":1,\"new\":[]")
          .contains("\"resolved\":[{\"rule\":\"a-x\"");
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void check_isAnsweredFromTheLastLoad_inEveryFormat() throws IOException {
    try (var service = serving("y", POLICY)) {
      assertThat(object(service.get("/check"))).containsEntry("passed", true);
      RunningService.write(folder.resolve("cloud.json"), cloud("x"));
      service.reload();
      var answer = service.get("/check");
      assertThat(object(answer)).containsEntry("passed", false).containsEntry("worst", "high");
      assertThat(answer.text())
          .contains("\"fingerprint\":\"")
          .contains("\"line\":3,\"column\":15")
          .contains("which was not so before");
      assertThat(service.get("/check", "Accept: application/sarif+json").text())
          .startsWith("{\"$schema\":\"https://docs.oasis-open.org/sarif/");
      assertThat(service.get("/check", "Accept: text/plain").text()).startsWith("high  a-x: ");
      assertThat(service.get("/check", "Accept: image/png").status()).isEqualTo(406);
      assertThat(problem(service.get("/check?limit=1"))).isEqualTo("unknown-parameter");
      assertThat(service.get("/metrics").text())
          .contains("surfacescan_findings{rule=\"a-x\",severity=\"high\"} 1.0")
          .contains("surfacescan_findings{rule=\"news\",severity=\"low\"} 1.0")
          .contains("surfacescan_policy_unchecked 0.0");
    }
  }

  @Test
  void check_saysThatThereIsNoPolicy_orThatItDoesNotFit() throws IOException {
    try (var service = serving("x", POLICY.replace("tag:x", "tag:z"))) {
      var answer = service.get("/check");
      assertThat(answer.status()).isEqualTo(422);
      assertThat(problem(answer)).isEqualTo("policy-refused");
      assertThat(answer.text()).contains("`tag:z` picks no VM");
      assertThat(service.get("/attack?vm_id=x").status()).isEqualTo(200);
      assertThat(service.get("/metrics").text()).contains("surfacescan_policy_unchecked 1.0");
    }
    try (var service = RunningService.of(folder.resolve("cloud.json"))) {
      var answer = service.get("/check");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(problem(answer)).isEqualTo("no-policy");
      assertThat(service.get("/metrics").text()).doesNotContain("surfacescan_policy_unchecked");
    }
  }
}
