package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceAndRulesTest {
  /// Two staff VMs come over the jump host; fw-4 repeats fw-2 and fw-3 allows nothing.
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "ann", "name": "", "tags": ["staff"]},
        {"vm_id": "bob", "name": "", "tags": ["staff"]},
        {"vm_id": "jump", "name": "", "tags": ["ssh", "jump"]},
        {"vm_id": "db", "name": "", "tags": ["db"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"},
        {"fw_id": "fw-3", "source_tag": "db", "dest_tag": "db"},
        {"fw_id": "fw-4", "source_tag": "jump", "dest_tag": "db"}]}
      """;

  private static Trial.Outcome run(String... args) {
    return new Trial().in(OFFICE).variable("SURFACESCAN_DATADIR", "-").run(args);
  }

  @Test
  void surface_goesHopByHop() {
    assertThat(run("surface", "db").out())
        .isEqualTo(
            """
            db can be attacked by 3 VMs over at most 2 hops, in 2 groups
            1 hop away
              1:jump: 1 VM: jump
                to db: 1 VM through fw-2 (jump -> db) or fw-4 (jump -> db)
            2 hops away
              2:staff: 2 VMs: ann, bob
                to 1:jump: 2 VMs through fw-1 (staff -> ssh)
            """);
  }

  @Test
  void surface_outwards_boundedByHops() {
    assertThat(run("surface", "ann", "--direction", "out", "--max-hops", "1", "-o", "csv").out())
        .isEqualTo(
            """
            id,hop_from,hop_to,tag,folded_groups,vms,carrying
            1:ssh,1,1,ssh,,1,1
            """);
  }

  @Test
  void surface_isDrawn() {
    assertThat(run("surface", "db", "--limit", "1", "-o", "mermaid").out())
        .isEqualTo(
            """
            flowchart LR
              vm(["db"])
              g0["1:jump<br/>1 VM"]
              g1["2:staff<br/>2 VMs"]
              g0 -->|"1 VM, 2 rules"| vm
              g1 -->|"2 VMs, 1 rule"| g0
            """);
    assertThat(run("surface", "db", "--top", "1").out())
        .isEqualTo(run("surface", "db", "--limit", "1").out());
    assertThat(run("surface", "db", "-o", "dot").out()).startsWith("digraph surface {\n");
  }

  @Test
  void surface_ofAnUnknownVm_isNotFound() {
    var ran = run("surface", "dc");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("error: no VM has the id or name `dc`; did you mean `db`?\n");
  }

  @Test
  void rules_tellWhatEachAllows() {
    assertThat(run("rules").out())
        .isEqualTo(
            """
            fw-1 (staff -> ssh): 2 VMs to 1, 2 direct pairs, 2 by no other rule
            fw-2 (jump -> db): 1 VM to 1, 1 direct pair, 0 by no other rule, 1 parallel rule (1 by these together)
            fw-3 (db -> db): unused, 1 VM to 1
            fw-4 (jump -> db): 1 VM to 1, 1 direct pair, 0 by no other rule, 1 parallel rule (1 by these together)
            """);
  }

  @Test
  void rules_areFilteredSortedAndCut() {
    assertThat(run("rules", "--unused").out()).isEqualTo("fw-3 (db -> db): unused, 1 VM to 1\n");
    assertThat(run("rules", "--tag", "db", "--sort", "pairs", "-o", "csv", "--limit", "2").out())
        .isEqualTo(
            """
            fw_id,source_tag,dest_tag,source_vms,dest_vms,used,parallel,direct_pairs,\
            pairs_only_here,pairs_only_by_tag_pair,truncated
            fw-2,jump,db,1,1,true,1,1,0,1,false
            fw-4,jump,db,1,1,true,1,1,0,1,false
            """);
    assertThat(run("rules", "--sort", "only", "--limit", "1").out()).startsWith("fw-1 ");
    assertThat(run("rules", "--limit", "0").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "surface db --limit 0, Invalid value for option '--limit': 0 is not between 1 and 500",
    "surface db --limit 501, Invalid value for option '--limit': 501 is not between 1 and 500",
    "surface db --max-hops 0, Invalid value for option '--max-hops': 0 is below 1",
    "surface db -o sarif, is not one of",
    "rules --limit -1, Invalid value for option '--limit': -1 is below 0",
    "rules --tag dbx, no VM and no rule has the tag `dbx`; tags are exact",
  })
  void flags_outOfRange_areRefused(String line, String message) {
    var ran = run(line.split(" "));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
  }
}
