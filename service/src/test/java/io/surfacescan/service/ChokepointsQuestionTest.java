package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChokepointsQuestionTest {
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "laptop", "name": "laptop", "tags": ["staff"]},
        {"vm_id": "bastion", "name": "bastion", "tags": ["ssh", "jump"]},
        {"vm_id": "db", "name": "db", "tags": ["db"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"}]}
      """;

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void serve() throws IOException {
    service = RunningService.of(Files.writeString(folder.resolve("office.json"), OFFICE));
  }

  @AfterAll
  static void close() {
    service.close();
  }

  @Test
  void ofAVm_hasEveryKind() {
    var answer = service.get("/chokepoints?vm_id=db&limit=1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"vm_id":"db","name":"db","attackers":2,"rule_pairs":2,\
            "rules":[{"rules":[{"fw_id":"fw-2","source_tag":"jump","dest_tag":"db"}],\
            "attackers_lost":2,"share":1}],"rules_total":2,\
            "tags":[{"tag":"db","attackers_lost":2,"share":1}],"tags_more":true,"tags_recomputed":0,\
            "vms":[{"vm_id":"bastion","name":"bastion","attackers_lost":1,"share":0.5}],"vms_total":1,\
            "pairs":[],"pairs_more":false,"pairs_tried":0,"truncated":false,"incomplete":[]}\
            """);
    String tag = answer.header("ETag").orElseThrow();
    assertThat(service.get("/chokepoints?vm_id=db&limit=1", "If-None-Match: " + tag).status())
        .isEqualTo(304);
  }

  @Test
  void ofTheEnvironment_ranksRules() {
    assertThat(object(service.get("/chokepoints")))
        .containsEntry("pairs", 3L)
        .containsEntry("exact", 2L)
        .containsEntry("truncated", false);
    assertThat(service.get("/chokepoints?exact=1", "Accept: text/csv").text())
        .startsWith("number,pairs_lost,pairs_lost_at_most,share,fw_id,source_tag,dest_tag\n1,2,,");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, 400, invalid-parameter",
    "top=1001, 400, invalid-parameter",
    "vm_id=db&exact=2, 400, invalid-parameter",
    "vm_id=, 400, empty-parameter",
    "vm_id=dbx, 404, unknown-vm"
  })
  void wrongUse_isRefused(String query, int status, String problem) {
    var answer = service.get("/chokepoints?" + query);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(object(answer)).containsEntry("type", "urn:surfacescan:problem:" + problem);
  }
}
