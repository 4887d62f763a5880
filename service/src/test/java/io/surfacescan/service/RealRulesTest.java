package io.surfacescan.service;

import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about the real rules of an export over HTTP.
class RealRulesTest {
  private static final String WEB_TO_DB = "from=prod/web%5BPod%5D&to=prod/db%5BPod%5D";

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("cluster.yaml"),
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: prod, labels: {app: web}}
        spec: {containers: [{name: c, image: i}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, namespace: prod, labels: {app: db}}
        spec: {containers: [{name: c, image: i}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: allow-all, namespace: prod}
        spec:
          podSelector: {}
          ingress:
          - ports: [{port: 80}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: closed, namespace: prod}
        spec:
          podSelector: {}
        """);
    service = RunningService.of(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Wire.Answer post(String target, String body) {
    try (var wire = new Wire(service.port())) {
      wire.send(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return wire.read(false);
    }
  }

  @Test
  void explain_namesGatesAndRules() {
    var answer = service.get("/explain?" + WEB_TO_DB);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"allowed\":true,\"services\":[\"tcp/80\"],\"maybe_services\":[],\"hops\":1")
        .contains("\"blocked_by\":null,\"blocking\":[]")
        .contains(
            "{\"id\":\"netpol/prod/allow-all\",\"action\":\"allow\",\"services\":[\"tcp/80\"],")
        .contains("\"line\":17,");
    var blocked = service.get("/explain?" + WEB_TO_DB + "&service=ssh");
    assertThat(blocked.text())
        .contains("\"allowed\":false,\"services\":[]")
        .contains(
            "\"blocked_by\":{\"kind\":\"ingress\",\"gate\":\"policies/ingress\","
                + "\"name\":\"ingress policies\"}");
  }

  @Test
  void path_why_hasTheGatesOfEachHop() {
    assertThat(service.get("/path?" + WEB_TO_DB + "&why=true").text())
        .contains("\"gates\":[{\"kind\":\"route\"")
        .contains("\"id\":\"netpol/prod/allow-all\"");
    assertThat(service.get("/path?" + WEB_TO_DB).text()).doesNotContain("\"gates\"");
  }

  @Test
  void whatIf_removesRealRules_alsoOfSomeServicesAlone() {
    var removed = post("/what-if", "{\"remove_rules\":[\"netpol/prod/allow-all\"],\"limit\":1}");
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.text())
        .contains("\"removed_real_rule_count\":1")
        .contains("\"pairs_before\":2,\"pairs_after\":0");
    var both =
        post(
            "/what-if",
            "{\"remove_rules\":[\"netpol/prod/allow-all\",\"netpol/prod/closed\"],\"limit\":1}");
    assertThat(both.text()).contains("\"pairs_before\":2,\"pairs_after\":2");
    var narrowed =
        post(
            "/what-if?service=http",
            "{\"narrow_rules\":[{\"rule\":\"netpol/prod/allow-all\",\"services\":[\"tcp/443\"]}]}");
    assertThat(narrowed.text())
        .contains("\"narrowed_real_rule_count\":1")
        .contains("\"pairs_before\":2,\"pairs_after\":0");
  }

  @Test
  void whatIf_ofAnUnknownRealRule_namesTheNearest() {
    var answer = post("/what-if", "{\"remove_rules\":[\"netpol/prod/allow-al\"]}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(problem(answer)).isEqualTo("edits-refused");
    assertThat(answer.text()).contains("near it are").contains("netpol/prod/allow-all");
  }

  @Test
  void chokepoints_haveRealRules() {
    assertThat(service.get("/chokepoints?vm_id=prod/db%5BPod%5D").text())
        .contains(
            "\"real_attackers\":1,\"real_rules\":[{\"rule\":{\"id\":\"netpol/prod/allow-all\"")
        .contains("\"attackers_lost\":1,\"share\":1,\"cuts_internet\":false,\"lower_bound\":false");
  }
}
