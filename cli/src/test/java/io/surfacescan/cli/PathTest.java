package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTest {
  /// laptop -> bastion (ssh) -> web, db; db is entered by two rules, and from web by a third.
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "laptop", "name": "laptop", "tags": ["staff"]},
        {"vm_id": "bastion", "name": "bastion", "tags": ["ssh", "jump"]},
        {"vm_id": "web", "name": "web", "tags": ["web"]},
        {"vm_id": "db", "name": "db", "tags": ["db"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "web"},
        {"fw_id": "fw-3", "source_tag": "jump", "dest_tag": "db"},
        {"fw_id": "fw-3", "source_tag": "ssh", "dest_tag": "db"},
        {"fw_id": "fw-4", "source_tag": "web", "dest_tag": "db"}]}
      """;

  private static Trial.Outcome run(String line) {
    return new Trial().in(OFFICE).run(("path --quiet --data - " + line).split(" "));
  }

  @Test
  void path_readsLikeASentence() {
    assertThat(run("laptop db").out())
        .isEqualTo(
            """
            laptop attacks db in 2 hops:
              laptop attacks bastion through fw-1 (staff -> ssh)
              bastion attacks db through fw-3 (jump -> db) or fw-3 (ssh -> db)
            """);
  }

  @Test
  void path_asJsonAndCsv() {
    assertThat(run("-o json laptop bastion").out())
        .isEqualTo(
            "{\"from\":\"laptop\",\"from_name\":\"laptop\",\"to\":\"bastion\",\"to_name\":\"bastion\",\"reachable\":true,\"hops\":["
                + "{\"from\":\"laptop\",\"from_name\":\"laptop\",\"to\":\"bastion\",\"to_name\":\"bastion\",\"vms\":1,\"rules\":["
                + "{\"fw_id\":\"fw-1\",\"source_tag\":\"staff\",\"dest_tag\":\"ssh\"}]}]}");
    assertThat(run("-o csv bastion db").out())
        .isEqualTo(
            """
            hop,from,to,fw_id,source_tag,dest_tag,from_name,to_name
            1,bastion,db,fw-3,jump,db,bastion,db
            1,bastion,db,fw-3,ssh,db,bastion,db
            """);
  }

  @Test
  void path_asADrawing() {
    assertThat(run("-o mermaid laptop bastion").out())
        .isEqualTo(
            """
            flowchart LR
              n0["laptop"]
              n1["bastion"]
              n0 -->|"fw-1 (staff -#62; ssh)"| n1
            """);
    assertThat(run("--output dot laptop bastion").out()).startsWith("digraph path {\n");
    assertThat(run("-o svg laptop bastion").out())
        .startsWith("<svg xmlns=")
        .contains("fw-1 (staff -&gt; ssh)");
    assertThat(run("-o png laptop bastion").err())
        .startsWith(
            "error: Invalid value for option '--output': 'png' is not one of json, ndjson, csv,"
                + " text, dot, mermaid, svg;");
  }

  @Test
  void path_withoutARule_isWithoutAllThatHaveItsId() {
    assertThat(run("bastion db --avoid-rule fw-3").out())
        .isEqualTo(
            """
            bastion attacks db in 2 hops:
              bastion attacks web through fw-2 (jump -> web)
              web attacks db through fw-4 (web -> db)
            """);
    assertThat(run("bastion db --avoid-rule fw-3 --avoid-rule fw-4").out())
        .startsWith("bastion cannot attack db:\n")
        .endsWith("  without these conditions there is a path of 1 hop\n");
  }

  @Test
  void path_withoutATagOrOverAVm() {
    assertThat(run("bastion db --avoid-tag jump").out())
        .isEqualTo("bastion attacks db in 1 hop:\n  bastion attacks db through fw-3 (ssh -> db)\n");
    assertThat(run("laptop db --via web").out())
        .startsWith("laptop attacks db over web in 3 hops:\n");
    assertThat(run("laptop db --limit 5").out())
        .startsWith("laptop attacks db in 2 hops by 1 shortest route:\nroute 1 of 1:\n");
  }

  @Test
  void path_thatIsNone_isAnAnswer() {
    assertThat(run("db laptop"))
        .isEqualTo(
            new Trial.Outcome(
                0,
                """
                db cannot attack laptop:
                  no rule starts at a tag of db (db)
                  no rule ends at a tag of laptop (staff)
                """,
                "",
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db db | FROM and TO are one VM, and no VM attacks itself; see",
        "laptop db --limit 0 | Invalid value for option '--limit': 0 is not between 1 and 100; see",
        "laptop db --limit 101 | Invalid value for option '--limit': 101 is not between 1 and 100;",
        "laptop db --via db | Invalid value for option '--via': every path starts at FROM and ends",
        "laptop db --avoid-rule fw-33 | Invalid value for option '--avoid-rule': no rule has the id"
            + " `fw-33`; did you mean `fw-3`?",
        "laptop db --avoid-tag jmp | Invalid value for option '--avoid-tag': no VM and no rule has"
            + " the tag `jmp`; did you mean `jump`?",
      })
  void path_askedWrongly_isRefused(String line, String problem) {
    var ran = run(line);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: " + problem);
  }

  @Test
  void path_overAnUnknownVm_isNotFound() {
    var ran = run("laptop db --via we");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).startsWith("error: no VM has the id or name `we`; did you mean `web`");
  }
}
