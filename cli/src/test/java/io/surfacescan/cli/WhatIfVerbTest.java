package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfVerbTest {
  /// a -> m over two rules that share an id, m -> x; c:d and c can be told apart by a look only.
  private static final String BRIDGE =
      """
      {"vms": [
        {"vm_id": "a", "tags": ["a"]},
        {"vm_id": "m", "tags": ["b", "c"]},
        {"vm_id": "x", "tags": ["d"]},
        {"vm_id": "arn:n", "tags": ["t:u", "t", "u:v"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "a", "dest_tag": "b"},
        {"fw_id": "fw-1", "source_tag": "a", "dest_tag": "c"},
        {"fw_id": "fw-2", "source_tag": "c", "dest_tag": "d"},
        {"fw_id": "a:b", "source_tag": "t:u", "dest_tag": "v"},
        {"source_tag": "t", "dest_tag": "u:v"}]}
      """;

  @TempDir Path folder;

  private Trial.Outcome run(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "what-if";
    all[1] = "--data";
    all[2] = file("bridge.json", BRIDGE);
    System.arraycopy(args, 0, all, 3, args.length);
    return new Trial().run(all);
  }

  private String file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIf_ofANamedVm_saysWhoGoesAndThroughWhat() {
    var ran = run("--remove-rule", "fw-1", "x");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            without fw-1 (a -> b)
            without fw-1 (a -> c)
            x: 2 attackers before, 1 after (-1); can attack 0 before, 0 after (no change)
              - a
              lost through fw-1 (a -> b)
              lost through fw-1 (a -> c)
              lost, for one: a -> m (fw-1 and 1 more) -> x (fw-2)
            """);
  }

  @Test
  void whatIf_withoutAVm_comparesTheEnvironment() {
    var ran = run("--remove-vm", "m", "--add-rule", "a:d", "-q");
    assertThat(ran.out())
        .isEqualTo(
            """
            with a rule without id (a -> d)
            without the VM m
            attacks between two VMs: 3 before, 1 after; 0 new, 2 gone
            surfaces: 0 grew, 1 shrank
            x: 2 attackers before, 1 after (-1)
              lost through fw-2 (c -> d)
              lost, for one: m -> x (fw-2)
            """);
  }

  @Test
  void whatIf_json_hasExactCountsBesideBoundedLists() {
    var ran = run("--remove-rule", "fw-2", "--limit", "1", "-o", "json", "x", "a");
    assertThat(ran.out())
        .isEqualTo(
            """
            {"edits":{"removed_rule_count":1,\
            "removed_rules":[{"fw_id":"fw-2","source_tag":"c","dest_tag":"d"}],\
            "added_rule_count":0,"added_rules":[],"removed_tag_count":0,"removed_tags":[],\
            "added_tag_count":0,"added_tags":[],"removed_vm_count":0,"removed_vms":[],\
            "idle_rule_count":0,"idle_rules":[],"idle_tag_count":0,"idle_tags":[]},\
            "vms":[{"vm_id":"x","name":null,"removed":false,\
            "attackers":{"before":2,"after":0,"gained_count":0,"gained":[],\
            "lost_count":2,"lost":["a"]},\
            "victims":{"before":0,"after":0,"gained_count":0,"gained":[],"lost_count":0,"lost":[]},\
            "gained_through":null,\
            "lost_through":{"rule_count":1,\
            "rules":[{"fw_id":"fw-2","source_tag":"c","dest_tag":"d"}],\
            "path":{"from":"m","from_name":null,"to":"x","to_name":null,\
            "hops":[{"from":"m","from_name":null,"to":"x","to_name":null,\
            "rules":[{"fw_id":"fw-2","source_tag":"c","dest_tag":"d"}]}]}}},\
            {"vm_id":"a","name":null,"removed":false,\
            "attackers":{"before":0,"after":0,"gained_count":0,"gained":[],\
            "lost_count":0,"lost":[]},\
            "victims":{"before":2,"after":1,"gained_count":0,"gained":[],\
            "lost_count":1,"lost":["x"]},\
            "gained_through":null,"lost_through":null}],\
            "environment":null,"limit":1}\
            """);
  }

  @Test
  void whatIf_csv_hasARowPerVmAskedAbout_andPerWorstChange() {
    var ran = run("--remove-rule", "fw-2", "--environment", "-o", "csv", "a");
    assertThat(ran.out())
        .isEqualTo(
            """
            kind,vm_id,attackers_before,attackers_after,gained,lost,name
            asked,a,0,0,0,0,
            changed,x,2,0,0,2,
            """);
  }

  @Test
  void whatIf_ndjson_hasTheSameRows() {
    var ran = run("--remove-rule", "fw-2", "-o", "ndjson");
    assertThat(ran.out())
        .isEqualTo(
            """
            {"kind":"changed","vm_id":"x","name":null,"attackers_before":2,"attackers_after":0,"gained":0,"lost":2}
            """);
  }

  @Test
  void whatIf_rows_sayWhatTheyLeaveOut() {
    assertThat(run("--remove-vm", "x", "--add-rule", "b:t", "--worst", "0", "-o", "csv", "x").out())
        .isEqualTo(
            """
            kind,vm_id,attackers_before,attackers_after,gained,lost,name
            removed,x,2,0,0,2,
            """);
    String[] cut = {"--remove-rule", "fw-1", "--remove-rule", "fw-2", "--worst", "1", "-o"};
    assertThat(run(with(cut, "csv")).out())
        .isEqualTo(
            """
            kind,vm_id,attackers_before,attackers_after,gained,lost,name
            changed,x,2,0,0,2,
            truncated worst,,,,,,
            """);
    assertThat(run(with(cut, "ndjson")).out())
        .isEqualTo(
            """
            {"kind":"changed","vm_id":"x","name":null,"attackers_before":2,"attackers_after":0,"gained":0,"lost":2}
            {"kind":"truncated","incomplete":"worst","left_out":1}
            """);
  }

  private static String[] with(String[] args, String last) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = last;
    return all;
  }

  @Test
  void whatIf_json_listsWhatItUnderstood() {
    var ran =
        run(
            "--add-rule",
            "a:t:u",
            "--remove-tag",
            "arn:n:t",
            "--add-tag",
            "m:a",
            "--add-tag",
            "a:a",
            "--remove-vm",
            "x",
            "-o",
            "json",
            "m");
    assertThat(ran.out())
        .startsWith(
            """
            {"edits":{"removed_rule_count":0,"removed_rules":[],"added_rule_count":1,\
            "added_rules":[{"fw_id":null,"source_tag":"a","dest_tag":"t:u"}],\
            "removed_tag_count":1,"removed_tags":[{"vm_id":"arn:n","name":null,"tag":"t"}],\
            "added_tag_count":1,"added_tags":[{"vm_id":"m","name":null,"tag":"a"}],\
            "removed_vm_count":1,"removed_vms":["x"],"idle_rule_count":0,"idle_rules":[],\
            "idle_tag_count":1,"idle_tags":[{"vm_id":"a","name":null,"tag":"a"}]},\
            """);
  }

  @Test
  void whatIf_withoutLists_saysHowManyOfWhat() {
    assertThat(run("--remove-rule", "fw-2", "--remove-vm", "a", "--limit", "0", "x").out())
        .startsWith(
            """
            without 1 rule
            without 1 VM
            x: 2 attackers before, 0 after (-2); can attack 0 before, 0 after (no change)
              - 2 VMs
            """);
  }

  @Test
  void edits_thatChangeNothing_areSaidTo() {
    assertThat(run("--add-rule", "b:c", "--add-rule", "c:d", "--add-tag", "a:a", "x").out())
        .startsWith(
            """
            with a rule without id (b -> c)
            with a rule without id (c -> d)
            a rule without id (b -> c) allows nothing: only one VM carries its tags, and no VM \
            attacks itself
            a rule without id (c -> d) changes nothing: a rule from the one tag to the other is \
            there already
            a carries a already: adding it changes nothing
            """);
    assertThat(run("--add-rule", "a:x", "--add-rule", "a:y", "--limit", "1", "x").out())
        .startsWith(
            """
            with a rule without id (a -> x)
              and 1 more
            a rule without id (a -> x) allows nothing: no VM carries one of its tags
              and 1 more
            """);
    // A tag of one VM only, beside one that another VM carries, allows something.
    assertThat(run("--add-rule", "b:b", "--add-tag", "a:b", "-o", "json", "x").out())
        .contains("\"idle_rule_count\":0");
  }

  @Test
  void removeRule_isAnIdFirst_thenAPairOfTags() {
    assertThat(run("--remove-rule", "a:b", "x").out()).startsWith("without a:b (t:u -> v)\n");
    assertThat(run("--remove-rule", "c:d", "x").out()).startsWith("without fw-2 (c -> d)\n");
    assertThat(run("--remove-rule", "a:c", "x").out()).startsWith("without fw-1 (a -> c)\n");
  }

  @Test
  void removeRule_thatCanBeReadInTwoWays_isRefused() {
    var ran = run("--remove-rule", "t:u:v", "x");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(
            "error: --remove-rule `t:u:v`: this can be read as `t` and `u:v` or as `t:u` and `v`;"
                + " write the edits as JSON and name the file with --edits\n");
  }

  @Test
  void removeRule_unknown_isRefused() {
    var ran = run("--remove-rule", "fw-9", "x");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "error: --remove-rule `fw-9`: no rule has this id, and none leads from one such tag to"
                + " the other; name a rule by its fw_id or as SOURCE:DEST\n");
  }

  @Test
  void addRule_onATagNobodyCarries_isSaidToAllowNothing() {
    assertThat(run("--add-rule", "a:typo", "x").out())
        .startsWith(
            """
            with a rule without id (a -> typo)
            a rule without id (a -> typo) allows nothing: no VM carries one of its tags
            """);
  }

  @Test
  void addRule_isSplitWhereBothTagsAreKnown() {
    assertThat(run("--add-rule", "a:t:u", "x").out())
        .startsWith("with a rule without id (a -> t:u)\n");
    assertThat(run("--add-rule", "u:t:u", "x").exit()).isEqualTo(2);
    assertThat(run("--add-rule", "nothing", "x").exit()).isEqualTo(2);
  }

  @Test
  void tags_areSplitWhereTheVmIsKnown() {
    assertThat(run("--remove-tag", "arn:n:t:u", "--add-tag", "arn:n:a", "x").out())
        .isEqualTo(
            """
            with arn:n no longer carrying t:u
            with arn:n also carrying a
            x: 2 attackers before, 3 after (+1); can attack 0 before, 0 after (no change)
              + arn:n
              gained through fw-1 (a -> b)
              gained through fw-1 (a -> c)
              gained, for one: arn:n -> m (fw-1 and 1 more) -> x (fw-2)
            """);
  }

  @Test
  void tags_ofAnUnknownVm_areNotFound_withWhatIsNear() {
    var ran = run("--add-tag", "arn:m:a", "x");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("no VM has the id or name `arn:m`; did you mean `arn:n`?");
    assertThat(run("--remove-tag", "a:b", "x").exit()).isEqualTo(2);
    assertThat(run("--remove-tag", "a:b", "x").err())
        .contains("error: --remove-tag `a:b`: the VM does not carry this tag");
    assertThat(run("--remove-tag", "nothing", "x").exit()).isEqualTo(2);
    assertThat(run("--remove-vm", "z", "x").exit()).isEqualTo(4);
    assertThat(run("--remove-vm", "m", "z").exit()).isEqualTo(4);
  }

  @Test
  void contradiction_isRefused() {
    var ran = run("--remove-tag", "a:a", "--add-tag", "a:a", "x");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("error: `a`: one tag is both added to this VM and removed from it\n");
  }

  @Test
  void edits_areReadFromAFile_withTheQuestion() {
    String edits =
        file(
            "edits.json",
            """
            {"remove_rules": [{"source_tag": "t:u", "dest_tag": "v"}, "fw-2"], "vms": ["x"]}
            """);
    var ran = run("--edits", edits);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith(
            """
            without fw-2 (c -> d)
            without a:b (t:u -> v)
            x: 2 attackers before, 0 after (-2)\
            """);
  }

  @Test
  void edits_mayBoundTheLists_butFlagsWin() {
    String edits =
        file("edits.json", "{\"remove_rules\": [\"fw-1\", \"fw-2\"], \"limit\": 1, \"worst\": 1}");
    assertThat(run("--edits", edits).out())
        .startsWith("without fw-1 (a -> b)\n  and 2 more\n")
        .contains("the 1 that changed most of 2:");
    assertThat(run("--edits", edits, "--limit", "3", "--worst", "2").out())
        .doesNotContain("more\n", "that changed most of");
  }

  @Test
  void edits_malformed_areRefusedWithTheirPlace() {
    String edits = file("edits.json", "{\"remove_rule\": []}");
    var ran = run("--edits", edits);
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains("edits.json: line 1, column 17: there is no member \"remove_rule\"; known are");
    assertThat(run("--edits", folder.resolve("none").toString()).exit()).isEqualTo(3);
  }

  @Test
  void edits_mayBeStandardInput_ifTheEnvironmentIsNot() {
    var ran =
        new Trial()
            .in("{\"remove_rules\":[\"fw-2\"]}")
            .run("what-if", "--data", file("bridge.json", BRIDGE), "--edits", "-", "x");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("without fw-2 (c -> d)\n");
    assertThat(new Trial().in("{").run("what-if", "--data", "-", "--edits", "-").exit())
        .isEqualTo(2);
    var malformed =
        new Trial()
            .in("{")
            .run("what-if", "--data", file("bridge.json", BRIDGE), "--edits", "-", "x");
    assertThat(malformed.exit()).isEqualTo(3);
    assertThat(malformed.err())
        .contains("<stdin>: line 1, column 2: the JSON ends too early; a bracket, a quote or a");
  }

  @Test
  void addRule_withHalfAPair_isRefusedInPlainWords() {
    var ran = run("--add-rule", ":x", "x");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "error: --add-rule `:x`: this is not SOURCE:DEST; write two tags with a colon between"
                + " them\n");
  }

  @Test
  void withoutEdits_isAMisuse() {
    var ran = run("x");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("error: Nothing is to be changed: give --remove-rule or another edit");
    assertThat(run("--remove-vm", "m", "--limit", "-1").exit()).isEqualTo(2);
  }

  @Test
  void removedVm_hasNoAttackersAfter() {
    assertThat(run("--remove-vm", "x", "x").out())
        .startsWith(
            """
            without the VM x
            x (removed): 2 attackers before, 0 after (-2); can attack 0 before, 0 after\
            """);
  }
}
