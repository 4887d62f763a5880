package io.surfacescan.service;

import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `GET /path` over the wire.
class PathQuestionTest {
  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "laptop", "name": "n", "tags": ["staff"]},
          {"vm_id": "bastion", "name": "n", "tags": ["ssh", "a+b & c"]},
          {"vm_id": "web", "name": "n", "tags": ["web"]},
          {"vm_id": "db/1 \\"é\\"", "name": "n", "tags": ["db"]}],
         "fw_rules": [
          {"fw_id": "1", "source_tag": "staff", "dest_tag": "ssh"},
          {"fw_id": "2", "source_tag": "a+b & c", "dest_tag": "db"},
          {"fw_id": "2", "source_tag": "a+b & c", "dest_tag": "web"},
          {"fw_id": "3", "source_tag": "web", "dest_tag": "db"}]}
        """);
    service = RunningService.of(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String path(String from, String to, String... more) {
    return "/path?from="
        + URLEncoder.encode(from, StandardCharsets.UTF_8)
        + "&to="
        + URLEncoder.encode(to, StandardCharsets.UTF_8)
        + String.join("", more);
  }

  @Test
  void path_namesEachHopWithItsRules() {
    var answer = service.get(path("laptop", "db/1 \"é\""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"from":"laptop","from_name":"n","to":"db/1 \\"é\\"","to_name":"n","reachable":true,"hops":[\
            {"from":"laptop","from_name":"n","to":"bastion","to_name":"n","vms":1,"rules":[\
            {"fw_id":"1","source_tag":"staff","dest_tag":"ssh"}]},\
            {"from":"bastion","from_name":"n","to":"db/1 \\"é\\"","to_name":"n","vms":1,"rules":[\
            {"fw_id":"2","source_tag":"a+b & c","dest_tag":"db"}]}]}\
            """);
    assertThat(answer.header("ETag")).isPresent();
    assertThat(
            service
                .get(
                    path("laptop", "db/1 \"é\""),
                    "If-None-Match: " + answer.header("ETag").orElseThrow())
                .status())
        .isEqualTo(304);
  }

  @Test
  void path_underConditions() {
    assertThat(service.get(path("laptop", "web", "&limit=2")).text())
        .endsWith("\"routes_total\":1,\"more\":false,\"truncated\":false}");
    assertThat(service.get(path("laptop", "db/1 \"é\"", "&via=web")).text())
        .contains("\"via\":\"web\"")
        .endsWith("\"visited_again\":[]}");
    assertThat(service.get(path("laptop", "web", "&avoid_rule=2")).text())
        .contains("\"reachable\":false")
        .endsWith("\"hops_without_conditions\":2}}");
    assertThat(service.get(path("laptop", "web", "&avoid_tag=a%2Bb+%26+c")).text())
        .contains("\"reasons\":[\"nothing_ends_at_target\"]");
    String both = service.get(path("laptop", "web", "&avoid_rule=1&avoid_rule=2")).text();
    assertThat(both).contains("\"reachable\":false");
    assertThat(both)
        .isEqualTo(service.get(path("laptop", "web", "&avoid_rule=2&avoid_rule=1")).text());
    assertThat(problem(service.get(path("laptop", "web", "&avoid_rule=2&avoid_rule=none"))))
        .isEqualTo("invalid-parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-ndjson, application/x-ndjson, '{\"from\":\"laptop\"'",
    "text/csv, text/csv; charset=utf-8, 'hop,from,to,fw_id,source_tag,dest_tag'",
    "text/plain, text/plain; charset=utf-8, 'n (laptop) attacks n (bastion) in 1 hop:'",
    "text/vnd.graphviz, text/vnd.graphviz; charset=utf-8, digraph path {",
    "text/vnd.mermaid, text/vnd.mermaid; charset=utf-8, flowchart LR",
  })
  void path_inOtherForms(String accept, String type, String start) {
    var answer = service.get(path("laptop", "bastion"), "Accept: " + accept);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue(type);
    assertThat(answer.text()).startsWith(start).endsWith("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/path?from=laptop | 400 | missing-parameter | to is missing",
        "/path?from=laptop&to=laptop | 400 | invalid-parameter | no VM attacks itself",
        "/path?from=laptop&to=web&limit=101 | 400 | invalid-parameter | it may be 100 at most",
        "/path?from=laptop&to=web&limit=0 | 400 | invalid-parameter | an integer from 1",
        "/path?from=laptop&to=web&via=web | 400 | invalid-parameter | leave it out",
        "/path?from=laptop&to=web&avoid_rule=9 | 400 | invalid-parameter | No rule has the fw_id \"9\"",
        "/path?from=laptop&to=web&avoid_tag=x | 400 | invalid-parameter | has the tag \"x\"",
        "/path?from=laptop&to=web&avoid_rule= | 400 | empty-parameter | avoid_rule is empty",
        "/path?from=laptop&to=web&avoid=1 | 400 | unknown-parameter | There is no parameter \"avoid\"",
        "/path?from=laptop&to=we | 404 | unknown-vm | No VM has the id \"we\"",
        "/path?from=lapto&to=web | 404 | unknown-vm | No VM has the id \"lapto\"",
        "/path?from=laptop&to=web&via=x | 404 | unknown-vm | No VM has the id \"x\"",
      })
  void path_askedWrongly_isRefused(String target, int status, String type, String detail) {
    var answer = service.get(target);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(problem(answer)).isEqualTo(type);
    assertThat(answer.text()).contains(detail.replace("\"", "\\\""));
  }
}
