package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/surface` and `/rules` over HTTP: a staff VM and one of ops attack the jump host, and that the
/// database; 119 rules lead to it, one of them from nobody.
class SurfaceAndRulesTest {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    var rules = new ArrayList<String>();
    rules.add(rule("fw-0", "ops", "ssh"));
    rules.add(rule("fw-1", "staff", "ssh"));
    for (int i = 2; i <= 120; i++) {
      rules.add(rule("fw-" + i, i == 77 ? "nobody" : "jump", "db"));
    }
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "ann", "name": "", "tags": ["staff"]},
          {"vm_id": "bob", "name": "", "tags": ["ops"]},
          {"vm_id": "jump", "name": "", "tags": ["ssh", "jump"]},
          {"vm_id": "db", "name": "", "tags": ["db"]}],
         "fw_rules": [%s]}
        """
            .formatted(String.join(",\n", rules)));
    service = RunningService.of(folder);
  }

  private static String rule(String id, String source, String dest) {
    return "{\"fw_id\": \"%s\", \"source_tag\": \"%s\", \"dest_tag\": \"%s\"}"
        .formatted(id, source, dest);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void surface_drawsGroupsAndEdges_andSaysWhatIsNotListed() {
    var answer = service.get("/surface?vm_id=db");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isPresent();
    assertThat(object(answer))
        .containsEntry("total", 3L)
        .containsEntry("hops", 2L)
        .containsEntry("group_count", 3L)
        .containsEntry("truncated", true);
    assertThat(answer.text())
        .contains("{\"from\":\"1:jump\",\"to\":\"target\",\"vms\":1,\"rule_count\":118,\"rules\":[")
        .contains("{\"from\":\"2:staff\",\"to\":\"1:jump\",\"vms\":1,\"rule_count\":1,\"rules\":[");
    assertThat(answer.text().split("\"fw_id\":", -1)).hasSize(1 + 20 + 2);
  }

  @Test
  void surface_takesDirectionLimitAndMaxHops() {
    assertThat(
            service.get("/surface?vm_id=ann&direction=out&max_hops=1", "Accept: text/csv").text())
        .isEqualTo(
            """
            id,hop_from,hop_to,tag,folded_groups,vms,carrying
            1:ssh,1,1,ssh,,1,1
            """);
    assertThat(service.get("/surface?vm_id=db&limit=1", "Accept: text/csv").text())
        .isEqualTo(
            """
            id,hop_from,hop_to,tag,folded_groups,vms,carrying
            1:jump,1,1,jump,,1,1
            others-2,2,2,,2,2,2
            """);
    assertThat(service.get("/surface?vm_id=db&top=1").text())
        .isEqualTo(service.get("/surface?vm_id=db&limit=1").text());
  }

  @Test
  void surface_isDrawnOnRequest() {
    var dot = service.get("/surface?vm_id=db", "Accept: text/vnd.graphviz");
    assertThat(dot.header("Content-Type")).hasValue("text/vnd.graphviz; charset=utf-8");
    assertThat(dot.text()).startsWith("digraph surface {\n");
    assertThat(service.get("/surface?vm_id=db", "Accept: text/vnd.mermaid").text())
        .startsWith("flowchart LR\n");
  }

  @Test
  void rules_comeInPages() {
    var first = service.get("/rules", "Accept: text/plain");
    assertThat(first.header("X-Total-Count")).hasValue("121");
    assertThat(first.text().lines()).hasSize(100);
    var next = NEXT.matcher(first.header("Link").orElseThrow());
    assertThat(next.find()).isTrue();
    var second = service.get(next.group(1), "Accept: text/plain");
    assertThat(second.text().lines()).hasSize(21);
    assertThat(second.header("Link")).isEmpty();
    assertThat(second.text()).startsWith("fw-100 ").contains("fw-120 ");
    assertThat(service.get("/rules?limit=0").text()).isEqualTo("[]");
  }

  @Test
  void rules_areFilteredAndSorted() {
    assertThat(service.get("/rules?unused=true").text())
        .isEqualTo(
            "[{\"fw_id\":\"fw-77\",\"source_tag\":\"nobody\",\"dest_tag\":\"db\",\"source_vms\":0,"
                + "\"dest_vms\":1,\"used\":false,\"parallel\":0,\"direct_pairs\":0,"
                + "\"pairs_only_here\":0,\"pairs_only_by_tag_pair\":0,\"truncated\":false}]");
    assertThat(service.get("/rules?sort=only&limit=1", "Accept: text/plain").text())
        .isEqualTo("fw-0 (ops -> ssh): 1 VM to 1, 1 direct pair, 1 by no other rule\n");
    assertThat(service.get("/rules?tag=staff").header("X-Total-Count")).hasValue("1");
  }

  @ParameterizedTest
  @CsvSource({
    "/surface, missing-parameter",
    "/surface?vm_id=dbx, unknown-vm",
    "/surface?vm_id=db&limit=0, invalid-parameter",
    "/surface?vm_id=db&top=501, invalid-parameter",
    "/surface?vm_id=db&direction=up, invalid-parameter",
    "/surface?vm_id=db&limit=3&top=3, repeated-parameter",
    "/rules?tag=nothing, invalid-parameter",
    "/rules?limit=1001, invalid-parameter",
    "/rules?sort=size, invalid-parameter",
    "/rules?after=xyz, invalid-cursor",
    "/rules?vm_id=db, unknown-parameter",
  })
  void wrongQuestions_areRefused(String target, String kind) {
    assertThat(problem(service.get(target))).isEqualTo(kind);
  }
}
