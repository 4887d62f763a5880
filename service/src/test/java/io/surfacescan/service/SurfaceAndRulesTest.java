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
  void surface_inColumns_openedInPlace_addsUp() {
    assertThat(service.get("/surface?vm_id=db&per_hop=1&columns=2").text())
        .contains(
            """
            "columns":[\
            {"hop_from":1,"hop_to":1,"vms":1,"groups":1,"start":0,"shown":1},\
            {"hop_from":2,"hop_to":2,"vms":2,"groups":2,"start":0,"shown":2}]\
            """);
    assertThat(
            service.get("/surface?vm_id=db&per_hop=1&hop=2&hop_start=1", "Accept: text/csv").text())
        .isEqualTo(
            """
            id,hop_from,hop_to,tag,folded_groups,vms,carrying
            1:jump,1,1,jump,,1,1
            2:staff,2,2,staff,,1,1
            2:ops,2,2,ops,,1,1
            """);
    assertThat(service.get("/surface?vm_id=db&from_hop=2", "Accept: text/csv").text())
        .contains("1:jump,1,1,jump");
    assertThat(service.get("/surface?vm_id=db").text()).doesNotContain("columns");
    assertThat(problem(service.get("/surface?vm_id=db&columns=1"))).isEqualTo("invalid-parameter");
  }

  @Test
  void attack_ofOneGroup_comesInPages() {
    var page = service.get("/attack?vm_id=db&group=2:ops&hops=true");
    assertThat(page.header("X-Total-Count")).hasValue("1");
    assertThat(page.text()).isEqualTo("[{\"vm_id\":\"bob\",\"name\":\"\",\"hops\":2}]");
    assertThat(service.get("/attack?vm_id=db&group=1:ops").text()).isEqualTo("[]");
    assertThat(service.get("/attack?vm_id=db&group=2:ops&max_hops=1").text()).isEqualTo("[]");
    assertThat(service.get("/blast-radius?vm_id=ann&group=2:db").text()).isEqualTo("[\"db\"]");
    for (String group : new String[] {"ops", "0:ops", "2:nowhere", "others-2", "2"}) {
      assertThat(problem(service.get("/attack?vm_id=db&group=" + group)))
          .isEqualTo("invalid-parameter");
    }
    assertThat(problem(service.get("/attack?tag=db&group=2:ops"))).isEqualTo("invalid-parameter");
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
  void search_suggestsWhatIsClosest() {
    var answer = service.get("/search?q=DB");
    assertThat(answer.header("ETag")).isPresent();
    assertThat(answer.text())
        .isEqualTo(
            """
            [{"kind":"vm","id":"db","name":""},{"kind":"tag","id":"db","name":null,"vms":1}]\
            """);
    assertThat(service.get("/search?q=mp&kind=vm", "Accept: text/plain").text())
        .isEqualTo("vm jump\n");
    assertThat(service.get("/search?q=rule:fw-77", "Accept: text/plain").text())
        .isEqualTo("rule fw-77 (nobody -> db)\n");
    assertThat(service.get("/search?q=fw&limit=3", "Accept: text/csv").text().lines()).hasSize(4);
  }

  @Test
  void search_needsAText() {
    assertThat(problem(service.get("/search"))).isEqualTo("missing-parameter");
    assertThat(problem(service.get("/search?q="))).isEqualTo("empty-parameter");
    assertThat(problem(service.get("/search?q=a&kind=host"))).isEqualTo("invalid-parameter");
    assertThat(problem(service.get("/search?q=a&limit=101"))).isEqualTo("invalid-parameter");
  }

  @Test
  void surfaceAndReport_arePagesByThemselves() {
    var page =
        service.get("/surface?vm_id=db&date=today&service=ssh", "Accept: text/html, */*;q=0.8");
    assertThat(page.header("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.text())
        .startsWith("<!DOCTYPE html>")
        .contains("<dd>today</dd>", "<dt>service</dt><dd>ssh</dd>", "<svg ");
    assertThat(service.get("/report", "Accept: text/html").text())
        .contains("2 of 4 VMs", "</html>");
    var svg = service.get("/surface?vm_id=db", "Accept: image/svg+xml");
    assertThat(svg.header("Content-Type")).hasValue("image/svg+xml");
    assertThat(svg.text()).startsWith("<svg xmlns=");
    assertThat(service.get("/attack?vm_id=db", "Accept: text/html").status()).isEqualTo(406);
    assertThat(service.get("/surface?vm_id=db&date=a").text())
        .isEqualTo(service.get("/surface?vm_id=db").text());
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
