package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// VMs by name, groups by tag, and what a person sees at a terminal.
class NamesAndGroupsTest {
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "vm-1", "name": "laptop-b", "tags": ["office"]},
        {"vm_id": "vm-2", "name": "laptop-a", "tags": ["office"]},
        {"vm_id": "vm-3", "name": "twin", "tags": ["jump"]},
        {"vm_id": "vm-4", "name": "twin", "tags": ["db"]},
        {"vm_id": "vm-5", "name": "vm-1", "tags": ["paper"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "office", "dest_tag": "jump"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"},
        {"fw_id": "fw-3", "source_tag": "db", "dest_tag": "nothing"}]}
      """;

  @TempDir Path folder;
  private String data = "";

  @BeforeEach
  void write() throws IOException {
    data = Files.writeString(folder.resolve("office.json"), OFFICE).toString();
  }

  private Trial.Outcome run(Trial trial, String verb, String... args) {
    var all = new ArrayList<>(List.of(verb, "-q", "--data", data));
    all.addAll(Arrays.asList(args));
    return trial.run(all.toArray(String[]::new));
  }

  private Trial.Outcome run(String verb, String... args) {
    return run(new Trial(), verb, args);
  }

  @Test
  void name_standsForItsVm_inEveryVerb() {
    assertThat(run("attack", "laptop-a")).isEqualTo(run("attack", "vm-2"));
    assertThat(run("blast-radius", "laptop-a").out()).isEqualTo("vm-3\nvm-4\n");
    assertThat(run("vm", "laptop-a").out()).startsWith("laptop-a (vm-2) carries office\n");
    assertThat(run("surface", "laptop-a").out())
        .isEqualTo("laptop-a (vm-2) can be attacked by no other VM\n");
    assertThat(run("chokepoints", "laptop-a").out())
        .isEqualTo("No VM can attack laptop-a (vm-2)\n");
    assertThat(run("path", "laptop-a", "vm-3").out())
        .isEqualTo(
            """
            laptop-a (vm-2) attacks twin (vm-3) in 1 hop:
              laptop-a (vm-2) attacks twin (vm-3) through fw-1 (office -> jump)
            """);
    assertThat(run("what-if", "--remove-vm", "laptop-b", "--add-tag", "laptop-a:db", "vm-4").out())
        .startsWith("with laptop-a (vm-2) also carrying db\nwithout the VM laptop-b (vm-1)\n");
    assertThat(run("what-if", "--remove-tag", "laptop-a:office", "laptop-a").out())
        .startsWith("with laptop-a (vm-2) no longer carrying office\n");
  }

  @Test
  void id_goesBeforeAName() {
    assertThat(run("vm", "vm-1").out()).startsWith("laptop-b (vm-1) carries office\n");
  }

  @Test
  void nameOfSeveralVms_listsThem() {
    var ran = run("attack", "twin");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "error: 2 VMs have the name `twin`; name one by its id: `twin (vm-3)`, `twin"
                + " (vm-4)`\n");
  }

  @Test
  void unknownName_isNotFound_withNearNamesAndIds() {
    var ran = run("vm", "laptop-c");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err())
        .isEqualTo(
            "error: no VM has the id or name `laptop-c`; did you mean `laptop-b (vm-1)`, `laptop-a"
                + " (vm-2)`?\n");
  }

  @Test
  void group_isTheUnionOfItsMembers() {
    assertThat(run("attack", "tag:db").out()).isEqualTo("vm-1\nvm-2\nvm-3\n");
    assertThat(run("attack", "--max-hops", "1", "tag:db").out()).isEqualTo("vm-3\n");
    assertThat(run("blast-radius", "tag:office").out()).isEqualTo("vm-3\nvm-4\n");
    assertThat(run("attack", "--why", "tag:db", "--sort", "hops").out())
        .isEqualTo(
            """
            twin (vm-3): 1 hop, by fw-2 (jump -> db)
            laptop-b (vm-1): 2 hops, first by fw-1 (office -> jump)
            laptop-a (vm-2): 2 hops, first by fw-1 (office -> jump)
            """);
    assertThat(run("attack", "tag:jump", "vm-4", "-o", "ndjson").out())
        .isEqualTo(
            """
            {"tag":"jump","attackers":["vm-1","vm-2"]}
            {"vm_id":"vm-4","name":"twin","attackers":["vm-1","vm-2","vm-3"]}
            """);
    assertThat(run("path", "tag:office", "tag:db").out())
        .startsWith("laptop-b (vm-1) of tag:office attacks twin (vm-4) of tag:db in 2 hops:\n");
  }

  @Test
  void unknownTag_isNotFound() {
    var ran = run("attack", "tag:offic");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err())
        .isEqualTo("error: no VM carries the tag `offic`; did you mean `tag:office`?\n");
    assertThat(run("path", "tag:nothing", "vm-1").exit()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vm", "surface", "chokepoints"})
  void group_whereOneVmIsAskedAbout_isRefused(String verb) {
    var ran = run(verb, "tag:office");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "error: `tag:office` is a group of 2 VMs, and this takes one VM; `surfacescan vms"
                + " --tag` lists its members, and attack, blast-radius and path take groups\n");
    assertThat(run("what-if", "--remove-rule", "fw-1", "tag:office").exit()).isEqualTo(2);
    assertThat(run("path", "vm-1", "vm-4", "--via", "tag:jump").exit()).isEqualTo(2);
  }

  @Test
  void terminal_showsATable_nearestFirst() {
    assertThat(run(new Trial().onTerminal(), "attack", "vm-4").out())
        .isEqualTo(
            """
            hops  name      id
               1  twin      vm-3
               2  laptop-a  vm-2
               2  laptop-b  vm-1
            """);
    assertThat(run(new Trial().onTerminal(), "blast-radius", "tag:office", "vm-3").out())
        .isEqualTo(
            """
            tag:office: 2 victims
            hops  name  id
               1  twin  vm-3
               2  twin  vm-4

            twin (vm-3): 1 victim
            hops  name  id
               1  twin  vm-4
            """);
    assertThat(run(new Trial().onTerminal(), "attack", "vm-4", "-o", "csv").out())
        .isEqualTo("vm_id\nvm-1\nvm-2\nvm-3\n");
    assertThat(run("attack", "vm-4").out()).isEqualTo("vm-1\nvm-2\nvm-3\n");
  }

  @Test
  void terminal_saysThatNoneCan() {
    var ran = new Trial().onTerminal().run("attack", "--data", data, "laptop-a");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith("No VM can attack laptop-a (vm-2).\n");
    assertThat(new Trial().onTerminal().run("blast-radius", "--data", data, "tag:db").err())
        .endsWith("tag:db can attack no VM.\n");
    assertThat(new Trial().run("attack", "--data", data, "laptop-a").err())
        .doesNotContain("No VM can attack");
  }

  @Test
  void attack_failsOn_attackers() {
    var ran = run("attack", "--fail-on", "any", "--limit", "1", "vm-4", "vm-1");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo("twin (vm-4): 1 attacker\nvm-1\n\nlaptop-b (vm-1): no attackers\n");
    assertThat(ran.err()).isEqualTo("error: --fail-on any: 3 VMs can attack `twin (vm-4)`\n");
    assertThat(run("attack", "--fail-on", "any", "vm-1").exit()).isZero();
    assertThat(run("attack", "--fail-on", "attackers>3", "vm-4").exit()).isZero();
    assertThat(run("attack", "--fail-on", "attackers>2", "tag:db").err())
        .isEqualTo("error: --fail-on attackers>2: 3 VMs can attack `tag:db`\n");
    assertThat(run("attack", "--fail-on", "attackers>0", "--max-hops", "1", "vm-4").err())
        .isEqualTo("error: --fail-on attackers>0: 1 VM can attack `twin (vm-4)`\n");
    assertThat(run("attack", "--fail-on", "some", "vm-4").exit()).isEqualTo(2);
    assertThat(run("attack", "--fail-on", "attackers>1000000000", "vm-4").exit()).isEqualTo(2);
  }

  @Test
  void path_failsOn_anyWay() {
    var ran = run("path", "--fail-on", "any", "tag:office", "vm-4");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("error: --fail-on any: `tag:office` can attack `twin (vm-4)`\n");
    assertThat(run("path", "--fail-on", "any", "vm-4", "tag:office").exit()).isZero();
    assertThat(run("path", "--fail-on", "grew", "vm-4", "vm-1").exit()).isEqualTo(2);
  }

  @Test
  void diff_reach_takesAName() throws IOException {
    String more = OFFICE.replace("\"dest_tag\": \"nothing\"", "\"dest_tag\": \"office\"");
    String after = Files.writeString(folder.resolve("after.json"), more).toString();
    var ran = new Trial().run("diff", "-q", data, after, "--fail-on", "reach:laptop-a");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("error: --fail-on reach:vm-2: 3 VMs can attack it");
    assertThat(new Trial().run("diff", "-q", data, after, "--fail-on", "reach:twin").exit())
        .isEqualTo(4);
  }

  @Test
  void ipAddress_standsForItsVm_andOfSeveralTheCandidatesAreListed() throws IOException {
    Files.writeString(
        Path.of(data),
        """
        {"vms": [
          {"vm_id": "internet", "tags": ["any"], "kind": "external"},
          {"vm_id": "vm-1", "tags": ["web"], "addresses": ["10.0.0.1"]},
          {"vm_id": "vm-2", "tags": ["db"], "addresses": ["10.0.0.9"]},
          {"vm_id": "vm-3", "name": "spare", "tags": [], "addresses": ["10.0.0.9"]}],
         "fw_rules": [
          {"fw_id": "fw-1", "source_tag": "any", "dest_tag": "web"},
          {"fw_id": "fw-2", "source_tag": "web", "dest_tag": "db"}]}
        """);
    assertThat(run("blast-radius", "10.0.0.1").out()).isEqualTo("vm-2\n");
    assertThat(run("path", "203.0.113.7", "10.0.0.1").out())
        .startsWith("internet attacks vm-1 in 1 hop");
    assertThat(run("attack", "10.0.0.9"))
        .isEqualTo(
            new Trial.Outcome(
                4,
                "",
                "error: 2 VMs have the address `10.0.0.9`; name one by its id: `vm-2`,"
                    + " `spare (vm-3)`\n",
                List.of()));
    var validated = new Trial().run("validate", data);
    assertThat(validated.out()).contains("valid: 3 VMs, 2 rules");
  }
}
