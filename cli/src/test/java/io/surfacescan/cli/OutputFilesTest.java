package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-o FORMAT=FILE`, beside what goes to standard output.
class OutputFilesTest {
  private static final String CLOUD =
      """
      {"vms": [
        {"vm_id": "ann", "name": "", "tags": ["staff"]},
        {"vm_id": "bob", "name": "", "tags": ["staff"]},
        {"vm_id": "db", "name": "", "tags": ["db"]}],
       "fw_rules": [{"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "db"}]}
      """;

  @TempDir Path folder;

  private static Trial trial() {
    return new Trial().in(CLOUD).variable("SURFACESCAN_DATADIR", "-");
  }

  private static Trial.Outcome run(String... args) {
    return trial().run(args);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void files_haveTheBytesOfStandardOutput() throws IOException {
    var ran =
        run(
            "surface",
            "db",
            "-o",
            "csv",
            "-o",
            "json=" + file("s.json"),
            "-o",
            "svg=" + file("s.svg"));
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo(run("surface", "db", "-o", "csv").out());
    assertThat(file("s.json")).hasContent(run("surface", "db", "-o", "json").out());
    assertThat(file("s.svg")).hasContent(run("surface", "db", "-o", "svg").out());
  }

  @Test
  void standardOutput_isSilent_ifOnlyFilesAreNamed() throws IOException {
    Files.writeString(file("a"), "what was there before, and longer than what comes");
    var ran = run("attack", "db", "-o", "ndjson=" + file("a"));
    assertThat(ran.out()).isEmpty();
    assertThat(file("a")).hasContent("\"ann\"\n\"bob\"\n");
  }

  @Test
  void files_areAsInAPipe_besideATableForPeople() throws IOException {
    var ran = trial().onTerminal().run("attack", "db", "-o", "text", "-o", "text=" + file("ids"));
    assertThat(ran.out()).contains("hops");
    assertThat(file("ids")).hasContent("ann\nbob\n");
    run("attack", "db", "ann", "-o", "csv=" + file("several.csv"));
    assertThat(file("several.csv")).hasContent("target_vm_id,vm_id\ndb,ann\ndb,bob\n");
  }

  @Test
  void everyVerb_takesFiles() {
    var before = file("before.json");
    assertThat(run("validate", "-o", "json=" + file("v")).out()).isEmpty();
    assertThat(file("v")).content().startsWith("{");
    assertThat(run("report", "-o", "html=" + file("r.html")).exit()).isZero();
    assertThat(file("r.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(before).doesNotExist();
  }

  @Test
  void date_isGiven_orThatOfTheSources_orNone() {
    assertThat(run("surface", "db", "-o", "html", "--date", "2026-11-30").out())
        .contains("<dd>2026-11-30</dd>");
    assertThat(trial().variable("SOURCE_DATE_EPOCH", "0").run("surface", "db", "-o", "html").out())
        .contains("<dd>1970-01-01T00:00:00Z</dd>");
    assertThat(run("surface", "db", "-o", "html").out()).contains("<dd>none was given</dd>");
    var ran = trial().variable("SOURCE_DATE_EPOCH", "now").run("surface", "db", "-o", "html");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("SOURCE_DATE_EPOCH");
    assertThat(trial().variable("SOURCE_DATE_EPOCH", "now").run("surface", "db").exit()).isZero();
  }

  @Test
  void output_thatCannotBe_isRefused() {
    assertThat(run("attack", "db", "-o", "json", "-o", "csv").exit()).isEqualTo(2);
    assertThat(run("attack", "db", "-o", "html=" + file("x")).err())
        .contains("'html' is not one of");
    assertThat(run("attack", "db", "-o", "json=").exit()).isEqualTo(2);
    var ran = run("attack", "db", "-o", "json=" + file("no/such/folder"));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot be written (its folder does not exist)");
    assertThat(run("attack", "db", "-o", "json=" + folder).exit()).isEqualTo(2);
  }
}
