package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairsVerbTest {
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "ann", "name": "laptop", "tags": ["staff"]},
        {"vm_id": "jump", "tags": ["ssh", "jump"]},
        {"vm_id": "db", "name": "orders", "tags": ["db"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"},
        {"source_tag": "jump", "dest_tag": "db"}]}
      """;

  private static Trial.Outcome run(String... args) {
    return new Trial().in(OFFICE).variable("SURFACESCAN_DATADIR", "-").run(args);
  }

  @Test
  void pairs_comeInInputOrder_withAllRules() {
    assertThat(run("pairs").out())
        .isEqualTo(
            """
            laptop (ann) -> jump by fw-1 (staff -> ssh)
            jump -> orders (db) by fw-2 (jump -> db) or a rule without id (jump -> db)
            """);
    assertThat(run("pairs", "-o", "csv").out())
        .isEqualTo(
            """
            from,to,fw_id,source_tag,dest_tag,from_name,to_name
            ann,jump,fw-1,staff,ssh,laptop,
            jump,db,fw-2,jump,db,,orders
            jump,db,,jump,db,,orders
            """);
    assertThat(run("pairs", "-o", "ndjson").out())
        .isEqualTo(
            """
            {"from":{"vm_id":"ann","name":"laptop"},"to":{"vm_id":"jump","name":null},\
            "rules":[{"fw_id":"fw-1","source_tag":"staff","dest_tag":"ssh"}]}
            {"from":{"vm_id":"jump","name":null},"to":{"vm_id":"db","name":"orders"},\
            "rules":[{"fw_id":"fw-2","source_tag":"jump","dest_tag":"db"},\
            {"fw_id":null,"source_tag":"jump","dest_tag":"db"}]}
            """);
  }

  @Test
  void pairs_ofSome() {
    assertThat(run("pairs", "--from", "laptop").out())
        .startsWith("laptop (ann) -> jump")
        .hasLineCount(1);
    assertThat(run("pairs", "--to", "tag:db").out()).startsWith("jump -> orders").hasLineCount(1);
    assertThat(run("pairs", "--from", "ann", "--to", "db", "-o", "json").out()).isEqualTo("[]");
    assertThat(run("pairs", "--limit", "1").out()).hasLineCount(1);
    assertThat(run("pairs", "--limit", "0", "-o", "csv").out()).hasLineCount(1);
  }

  @Test
  void pairs_ofWhatIsNot_areNoEmptyAnswer() {
    assertThat(run("pairs", "--from", "anne").exit()).isEqualTo(4);
    assertThat(run("pairs", "--to", "tag:dbx").exit()).isEqualTo(4);
    assertThat(run("pairs", "--limit", "-1").exit()).isEqualTo(2);
  }
}
