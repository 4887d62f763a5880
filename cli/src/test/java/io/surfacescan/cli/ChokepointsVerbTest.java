package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChokepointsVerbTest {
  /// laptop -> bastion -> db
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

  @TempDir Path folder;
  private String office = "";

  @BeforeEach
  void write() throws IOException {
    office = Files.writeString(folder.resolve("office.json"), OFFICE).toString();
  }

  @Test
  void ofAVm_readsLikeASentence_thenTables() {
    assertThat(new Trial().run("chokepoints", "--data", office, "db"))
        .isEqualTo(
            new Trial.Outcome(
                0,
                """
                2 VMs can attack db, over 2 rules; without the best single one, 2 of them no longer \
                can (100 %)

                Rules without which the most attackers are lost:
                  2    100 %  fw-2 (jump -> db)
                  1     50 %  fw-1 (staff -> ssh)

                Tags without which the most attackers are lost:
                  2    100 %  db
                  2    100 %  jump
                  1     50 %  ssh
                  1     50 %  staff

                VMs without which the most attackers are lost:
                  1     50 %  bastion

                Pairs of rules: none found that keeps more out than the best single rule
                """,
                "",
                List.of()));
  }

  @Test
  void ofAVm_top_cutsEachList() {
    assertThat(
            new Trial()
                .run("chokepoints", "--data", office, "--limit", "1", "-o", "csv", "db")
                .out())
        .isEqualTo(
            """
            kind,number,attackers_lost,share,fw_id,source_tag,dest_tag,tag,vm_id,name
            rule,1,2,1,fw-2,jump,db,,,
            tag,1,2,1,,,,db,,
            vm,1,1,0.5,,,,,bastion,bastion
            more rules,,,,,,,,,
            more tags,,,,,,,,,
            """);
  }

  @Test
  void ofTheEnvironment_ranksRulesByPairs() {
    // laptop attacks bastion and db, bastion attacks db: three pairs, of which either rule is on
    // two.
    assertThat(new Trial().run("chokepoints", "--data", office, "-o", "json").out())
        .isEqualTo(
            """
            {"pairs":3,"rules_total":2,"exact":2,"proven":true,"rules":[\
            {"rules":[{"fw_id":"fw-2","source_tag":"jump","dest_tag":"db"}],\
            "pairs_lost":2,"share":0.6667},\
            {"rules":[{"fw_id":"fw-1","source_tag":"staff","dest_tag":"ssh"}],\
            "pairs_lost":2,"share":0.6667}],\
            "others_lose_at_most":0,"truncated":false}\
            """);
    assertThat(
            new Trial().run("chokepoints", "--data", office, "--exact", "1", "-o", "ndjson").out())
        .contains("\"pairs_lost\":2", "\"pairs_lost_at_most\":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--limit 0|Invalid value for option '--limit': 0 is not between 1 and 1000",
        "--limit 1001|Invalid value for option '--limit': 1001 is not between 1 and 1000",
        "--exact 0|Invalid value for option '--exact': 0 is not between 1 and 1000",
        "db --exact 3|--exact is for the whole environment; of a VM everything is exact"
      })
  void wrongUse_isRefused(String args, String message) {
    var ran = new Trial().run(("chokepoints --data " + office + " " + args).split(" ", -1));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: " + message);
  }

  @Test
  void unknownVm_isNotFound() {
    assertThat(new Trial().run("chokepoints", "--data", office, "dbx").exit()).isEqualTo(4);
  }
}
