package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffVerbTest {
  private static final String BEFORE =
      """
      {"vms": [
        {"vm_id": "a", "name": "alpha", "tags": ["a"]},
        {"vm_id": "m", "tags": ["b", "c"]},
        {"vm_id": "x", "tags": ["d"]},
        {"vm_id": "old", "tags": ["old"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "a", "dest_tag": "b"},
        {"fw_id": "fw-2", "source_tag": "b", "dest_tag": "a"}]}
      """;

  /// m may attack x now, so a may too; old is gone, n,1 is new and attacks x.
  private static final String AFTER =
      """
      {"fw_rules": [
        {"fw_id": "fw-3", "source_tag": "c", "dest_tag": "d"},
        {"fw_id": "fw-1", "source_tag": "a", "dest_tag": "b"}],
       "vms": [
        {"vm_id": "n,1", "tags": ["c"]},
        {"vm_id": "x", "tags": ["d", "e"]},
        {"vm_id": "m", "tags": ["c", "b"]},
        {"vm_id": "a", "tags": ["a"]}]}
      """;

  @TempDir Path folder;

  private String file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Trial.Outcome run(String before, String after, String... args) {
    var all = new ArrayList<>(List.of("diff", "-q", file("a.json", before), file("b.json", after)));
    all.addAll(List.of(args));
    return new Trial().run(all.toArray(String[]::new));
  }

  @Test
  void diff_namesWhatCameAndWent_andTheRulesThatDidIt() {
    var ran = run(BEFORE, AFTER);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .isEqualTo(
            """
            + VM n,1
            - VM old
            ~ VM a was alpha, is without name
            ~ VM x: +e
            + tag e
            - tag old
            + rule fw-3 (c -> d)
            - rule fw-2 (b -> a)
            attacks between two VMs: 2 before, 4 after; 3 new, 1 gone
            surfaces: 1 grew, 1 shrank
            x: 0 attackers before, 3 after (+3)
              gained through fw-3 (c -> d)
              gained, for one: n,1 -> x (fw-3)
            a: 1 attacker before, 0 after (-1)
              lost through fw-2 (b -> a)
              lost, for one: m -> alpha (a) (fw-2)
            """);
  }

  @Test
  void diff_ofTheSameFacts_isEmpty_whateverTheirOrder() {
    var ran =
        run(
            BEFORE,
            BEFORE.replace("[\"b\", \"c\"]", "[\"c\", \"b\"]"),
            "--fail-on",
            "grew,new-direct");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            no difference in VMs, tags and rules
            attacks between two VMs: 2 before, 2 after; 0 new, 0 gone
            surfaces: 0 grew, 0 shrank
            """);
  }

  @Test
  void diff_csv_hasARowPerChange() {
    assertThat(run(BEFORE, AFTER, "-o", "csv").out())
        .isEqualTo(
            """
            change,vm_id,tag,fw_id,source_tag,dest_tag,attackers_before,attackers_after,gained,lost,name
            vm-added,"n,1",,,,,,,,,
            vm-removed,old,,,,,,,,,
            vm-renamed,a,,,,,,,,,alpha
            tag-added,x,e,,,,,,,,
            rule-added,,,fw-3,c,d,,,,,
            rule-removed,,,fw-2,b,a,,,,,
            surface,x,,,,,0,3,3,0,
            surface,a,,,,,1,0,0,1,
            """);
  }

  @Test
  void diff_ndjson_hasALinePerChange() {
    assertThat(run(BEFORE, AFTER, "-o", "ndjson").out())
        .isEqualTo(
            """
            {"change":"vm-added","vm_id":"n,1","name":null}
            {"change":"vm-removed","vm_id":"old","name":null}
            {"change":"vm-renamed","vm_id":"a","name":"alpha"}
            {"change":"tag-added","vm_id":"x","name":null,"tag":"e"}
            {"change":"rule-added","rule":{"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}}
            {"change":"rule-removed","rule":{"fw_id":"fw-2","source_tag":"b","dest_tag":"a"}}
            {"change":"surface","vm_id":"x","name":null,"attackers_before":0,"attackers_after":3,"gained":3,"lost":0}
            {"change":"surface","vm_id":"a","name":null,"attackers_before":1,"attackers_after":0,"gained":0,"lost":1}
            """);
  }

  @Test
  void diff_json_hasExactCountsBesideBoundedLists() {
    assertThat(run(BEFORE, AFTER, "-o", "json", "--limit", "0").out())
        .isEqualTo(
            "{\"before\":{\"name\":\""
                + folder.resolve("a.json")
                + "\",\"vm_count\":4,\"rule_count\":2,\"tag_count\":5},\"after\":{\"name\":\""
                + folder.resolve("b.json")
                + """
                ","vm_count":4,"rule_count":2,"tag_count":5},\
                "vms":{"added_count":1,"added":[],"removed_count":1,"removed":[],\
                "retagged_count":1,"retagged":[],"renamed_count":1,"renamed":[]},\
                "tags":{"added_count":1,"added":[],"removed_count":1,"removed":[]},\
                "rules":{"added_count":1,"added":[],"removed_count":1,"removed":[]},\
                "surfaces":{"pairs_before":2,"pairs_after":4,"pairs_gained":3,"pairs_lost":1,\
                "changed_vms":2,"grown_vms":1,"shrunk_vms":1,"worst":[],\
                "truncated":false,"vms_not_compared":0},"limit":0}\
                """);
  }

  @Test
  void failOn_grew_countsVmsInBoth() {
    var ran = run(BEFORE, AFTER, "--fail-on", "grew");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEqualTo(run(BEFORE, AFTER).out());
    assertThat(ran.err())
        .isEqualTo("error: --fail-on grew: 1 VM has attackers that could not attack before\n");
    assertThat(run(AFTER, BEFORE, "--fail-on", "grew").exit()).isEqualTo(1);
    // A new VM with attackers is no surface that grew.
    String exposed =
        BEFORE.replace("\"vms\": [", "\"vms\": [{\"vm_id\": \"n\", \"tags\": [\"b\"]},");
    assertThat(run(BEFORE, exposed, "--fail-on", "grew").err()).contains("2 VMs have attackers");
    String victim =
        exposed.replace("fw-2\", \"source_tag\": \"b\"", "fw-2\", \"source_tag\": \"c\"");
    String beforeVictim =
        BEFORE.replace("fw-2\", \"source_tag\": \"b\"", "fw-2\", \"source_tag\": \"c\"");
    assertThat(run(beforeVictim, victim, "--fail-on", "grew").exit()).isZero();
  }

  @Test
  void failOn_newDirect_namesOne() {
    var ran = run(BEFORE, AFTER, "--fail-on", "new-direct");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "error: --fail-on new-direct: `m` can attack `x` directly, which it could not"
                + " before\n");
    // Another rule that allows what was allowed is not new.
    String parallel =
        BEFORE.replace("\"fw-2\", \"source_tag\": \"b\"", "\"fw-2\", \"source_tag\": \"c\"");
    assertThat(run(BEFORE, parallel, "--fail-on", "new-direct").exit()).isZero();
  }

  @Test
  void failOn_newExposed_looksAtNewVmsOnly() {
    // n,1 is new, but nobody attacks it; x is attacked, but not new.
    assertThat(run(BEFORE, AFTER, "--fail-on", "new-exposed").exit()).isZero();
    var ran = run(BEFORE, AFTER.replace("[\"c\"]}", "[\"d\"]}"), "--fail-on", "new-exposed");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("error: --fail-on new-exposed: 1 new VM can be attacked, such as `n,1`\n");
  }

  @Test
  void diff_rows_sayHowManySurfacesTheyLeaveOut() {
    assertThat(run(BEFORE, AFTER, "-o", "csv", "--limit", "1").out())
        .endsWith("surface,x,,,,,0,3,3,0,\ntruncated worst,,,,,,,,,,\n");
    assertThat(run(BEFORE, AFTER, "-o", "ndjson", "--limit", "0").out())
        .endsWith("{\"change\":\"truncated\",\"incomplete\":\"worst\",\"left_out\":2}\n");
    assertThat(run(BEFORE, AFTER, "--worst", "0").out()).endsWith("surfaces: 1 grew, 1 shrank\n");
  }

  @Test
  void failOn_attackers_looksAtEveryVmAfter() {
    assertThat(run(BEFORE, AFTER, "--fail-on", "attackers>3").exit()).isZero();
    var ran = run(BEFORE, AFTER, "--fail-on", "attackers>2");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("error: --fail-on attackers>2: 1 VM has more attackers, `x` the most, 3\n");
  }

  @Test
  void failOn_reach_takesAnyIdWhole() {
    var ran = run(BEFORE, AFTER, "--fail-on", "reach:x", "--fail-on", "grew,attackers>9");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            """
            error: --fail-on reach:x: 3 VMs can attack it that could not before, such as `n,1`
            error: --fail-on grew: 1 VM has attackers that could not attack before
            """);
    assertThat(run(BEFORE, AFTER, "--fail-on", "reach:n,1").exit()).isZero();
    assertThat(run(BEFORE, AFTER, "--fail-on", "reach:old").exit()).isZero();
    assertThat(run(BEFORE, AFTER, "--fail-on", "attackers>9,reach:x").exit()).isEqualTo(1);
    assertThat(run(BEFORE, AFTER, "--fail-on", "reach:nobody").exit()).isEqualTo(4);
  }

  @Test
  void failOn_unknownWord_isAMisuse() {
    var ran = run(BEFORE, AFTER, "--fail-on", "grew,shrank");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(
            "'shrank' is not one of grew, new-direct, new-service, new-exposed, new-internet,"
                + " attackers>N, reach:VM");
    assertThat(run(BEFORE, AFTER, "--fail-on", "reach:").exit()).isEqualTo(2);
    assertThat(run(BEFORE, AFTER, "--fail-on", "attackers>").exit()).isEqualTo(2);
    assertThat(run(BEFORE, AFTER, "--fail-on", "attackers>99999999999999").err())
        .contains("the N of 'attackers>99999999999999' is too large; 999999999 is the most");
  }

  @Test
  void standardInput_standsForOneOfTheTwo() {
    var ran = new Trial().in(AFTER).run("diff", "-q", file("a.json", BEFORE), "-");
    assertThat(ran.out()).isEqualTo(run(BEFORE, AFTER).out());
    assertThat(new Trial().in(AFTER).run("diff", "-", "-").exit()).isEqualTo(2);
    assertThat(run(BEFORE, "{").exit()).isEqualTo(3);
  }

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: prod}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: prod}
      spec:
        selector: {matchLabels: {app: web}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: db, namespace: prod}
      spec:
        selector: {matchLabels: {app: db}}
        template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: i}]}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: to-db, namespace: prod}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress]
        ingress:
        - from: [{podSelector: {matchLabels: {app: web}}}]
          ports: [{port: 5432}]
      """;

  @Test
  void exports_areComparedByTheirRealRules_withoutWhatTheImportMakes() throws IOException {
    Files.createDirectories(folder.resolve("then"));
    Files.createDirectories(folder.resolve("now"));
    Files.writeString(folder.resolve("then/all.yaml"), CLUSTER);
    String then = folder.resolve("then").toString();
    Path now = folder.resolve("now/all.yaml");
    // The same in other lines.
    Files.writeString(now, "# again\n\n" + CLUSTER);
    var same = new Trial().run("diff", "-q", then, folder.resolve("now").toString());
    assertThat(same.out()).startsWith("no difference in VMs, tags and rules\n");
    Files.writeString(now, CLUSTER.replace("port: 5432", "port: 5433"));
    var ran =
        new Trial()
            .run(
                "diff",
                "-q",
                then,
                folder.resolve("now").toString(),
                "--fail-on",
                "new-service,new-internet");
    assertThat(ran.out())
        .contains("real rule netpol/prod/to-db at ")
        .contains("all.yaml:")
        .doesNotContain("+ tag", "~ VM", "+ rule", "- rule");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("directly over tcp/5433, over which it could not before");
  }
}
