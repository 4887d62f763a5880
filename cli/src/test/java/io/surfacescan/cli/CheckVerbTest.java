package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckVerbTest {
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "ann", "name": "laptop", "tags": ["office"]},
        {"vm_id": "bob", "tags": ["office"]},
        {"vm_id": "jump", "tags": ["ssh", "jump"]},
        {"vm_id": "db", "name": "orders", "tags": ["db"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "office", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"}]}
      """;

  private static final String POLICY =
      """
      rules:
        - id: office-db
          title: The office must not reach the orders
          severity: high
          forbid: {from: "tag:office", to: "tag:db"}
        - {id: db-out, title: The orders reach nothing, severity: low, forbid: {from: "tag:db", to: any}}
      """;

  @TempDir Path folder;
  private String data = "";
  private String policy = "";

  @BeforeEach
  void write() throws IOException {
    data = file("prod.json", OFFICE);
    policy = file("policy.yaml", POLICY);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Trial.Outcome check(String... more) {
    var all =
        new ArrayList<>(
            List.of(
                "check", "--data", data, "--policy", policy, "--root", folder.toString(), "-q"));
    all.addAll(List.of(more));
    return new Trial().run(all.toArray(String[]::new));
  }

  /// A plan that lets the internet to a new machine, and leaves the one that was open alone.
  private static final String PLAN =
      """
      {"format_version": "1.2", "planned_values": {}, "resource_changes": [
       {"address": "aws_vpc.v", "change": {"actions": ["no-op"],
         "before": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"},
         "after": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"}}},
       {"address": "aws_internet_gateway.g", "change": {"actions": ["no-op"],
         "before": {"id": "igw-1", "vpc_id": "vpc-1"}, "after": {"id": "igw-1", "vpc_id": "vpc-1"}}},
       {"address": "aws_subnet.s", "change": {"actions": ["no-op"],
         "before": {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"},
         "after": {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"}}},
       {"address": "aws_default_route_table.t", "change": {"actions": ["no-op"],
         "before": {"id": "rtb-1", "vpc_id": "vpc-1", "default_route_table_id": "rtb-1",
           "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]},
         "after": {"id": "rtb-1", "vpc_id": "vpc-1", "default_route_table_id": "rtb-1",
           "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]}}},
       {"address": "aws_security_group.ssh", "change": {"actions": ["no-op"],
         "before": {"id": "sg-1", "vpc_id": "vpc-1", "egress": [], "ingress": [{"protocol": "tcp",
           "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]},
         "after": {"id": "sg-1", "vpc_id": "vpc-1", "egress": [], "ingress": [{"protocol": "tcp",
           "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]}}},
       {"address": "aws_instance.old", "change": {"actions": ["no-op"],
         "before": {"id": "i-1", "subnet_id": "subnet-1", "private_ip": "10.0.1.4",
           "public_ip": "198.51.100.7", "vpc_security_group_ids": ["sg-1"]},
         "after": {"id": "i-1", "subnet_id": "subnet-1", "private_ip": "10.0.1.4",
           "public_ip": "198.51.100.7", "vpc_security_group_ids": ["sg-1"]}}},
       {"address": "aws_instance.new", "change": {"actions": ["create"], "before": null,
         "after": {"subnet_id": "subnet-1", "associate_public_ip_address": true,
           "vpc_security_group_ids": ["sg-1"]}, "after_unknown": {"id": true}}}]}
      """;

  @Test
  void check_ofAPlan_looksAtWhatItLeadsTo_andAtWhatIsNew() throws IOException {
    String plan = file("plan.json", PLAN);
    String all =
        file(
            "all.yaml",
            "rules: [{id: ssh, title: No SSH, severity: high, forbid: {from: internet, to: any}}]");
    String fresh =
        file(
            "new.yaml",
            "rules: [{id: fresh, title: No news, severity: high, no-new: {what: [exposure]}}]");
    var ran = new Trial().run("check", "--plan", plan, "--policy", all, "-o", "sarif", "-q");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("aws_instance.old", "aws_instance.new", "plan.json");
    var news = new Trial().run("check", "--plan", plan, "--policy", fresh, "-o", "json", "-q");
    assertThat(news.exit()).as(news.err()).isEqualTo(1);
    assertThat(news.out()).contains("aws_instance.new").doesNotContain("aws_instance.old");
    var state =
        file(
            "state.json",
            PLAN.replace("\"create\"", "\"delete\"")
                .replace(
                    "\"before\": null,\n         \"after\"",
                    "\"after\": null,\n         \"before\""));
    assertThat(new Trial().run("check", "--plan", state, "--policy", fresh, "-q").exit()).isZero();
    assertThat(
            new Trial().run("check", "--plan", plan, "--baseline", plan, "--policy", fresh).err())
        .startsWith("error: --plan holds what there is before it; leave --baseline out");
    assertThat(new Trial().in(PLAN).run("check", "--plan", "-", "--policy", all, "-q").exit())
        .isEqualTo(1);
  }

  @Test
  void check_namesPathRuleAndPlace() {
    var ran = check();
    assertThat(ran.out())
        .isEqualTo(
            """
            high  office-db: The office must not reach the orders (1 VM)
              laptop (ann) can attack orders (db) in 2 hops
                laptop (ann)
                -> jump by fw-1 (office -> ssh)
                -> orders (db) by fw-2 (jump -> db)
                at %s:8:3
                to do: remove or narrow fw-2 (jump -> db); nothing else allows it
                fingerprint: %s

            2 rules checked: 1 broken (1 high)
            """
                .formatted(data, fingerprint(ran.out())));
    assertThat(ran.exit()).isEqualTo(1);
  }

  private static String fingerprint(String text) {
    return text.replaceFirst("(?s).*?fingerprint\"?: ?\"?([0-9a-f]{32}).*", "$1");
  }

  @Test
  void check_exitsByTheSeverityOfFailOn() {
    assertThat(check("--fail-on", "high").exit()).isEqualTo(1);
    assertThat(check("--fail-on", "critical").exit()).isZero();
    assertThat(check("--fail-on", "worst").exit()).isEqualTo(2);
    assertThat(new Trial().run("check", "--data", "nowhere.json", "--policy", policy).exit())
        .isEqualTo(3);
    assertThat(new Trial().run("check", "--data", data, "--policy", "nowhere.yaml").exit())
        .isEqualTo(2);
  }

  @Test
  void check_refusesSelectorsWithoutVm_unlessTheyMayBeEmpty() throws IOException {
    policy = file("typo.yaml", POLICY.replace("tag:office", "tag:ofice"));
    var ran = check();
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "error: "
                + policy
                + ":5:20: `tag:ofice` picks no VM; did you mean tag:office? Or correct it, or write"
                + " may_be_empty: true in the rule if that is right\n");
    policy =
        file(
            "empty.yaml",
            POLICY
                .replace("tag:office", "tag:ofice")
                .replace("severity: high", "severity: high\n    may_be_empty: true"));
    assertThat(check().out()).isEqualTo("2 rules checked: none broken, 1 about no VM\n");
    assertThat(check().exit()).isZero();
  }

  @Test
  void check_refusesUnknownKeys_withTheirPlace() throws IOException {
    policy = file("typo.yaml", POLICY.replace("severity: high", "severty: high"));
    var ran = check();
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(policy + ":4:5: a rule has the unknown key \"severty\"; did you mean severity?");
  }

  @Test
  void check_waivesUntilTheDay_andTellsOfWaiversThatDoNothing() throws IOException {
    String waivers =
        file(
            "waivers.yaml",
            """
            waivers:
              - {fingerprint: %s, reason: The move, owner: data, expires: 2027-01-31}
              - {rule: nothing, reason: Old, owner: data, expires: 2027-01-31}
            """
                .formatted(fingerprint(check().out())));
    var before = check("--waivers", waivers, "--today", "2027-01-31");
    assertThat(before.exit()).isZero();
    assertThat(before.out())
        .contains("[waived until 2027-01-31: The move]")
        .contains("unused waiver: " + waivers + ":3:5: no finding matches it; remove it");
    var after = check("--waivers", waivers, "--today", "2027-02-01");
    assertThat(after.exit()).isEqualTo(1);
    assertThat(after.out()).contains("expired waiver: " + waivers + ":2:5");
  }

  @Test
  void check_acceptsFindingsFromBefore_whateverTheirLines() throws IOException {
    for (String format : List.of("json", "sarif")) {
      String known = folder.resolve("known." + format).toString();
      assertThat(check("-o", format + "=" + known).exit()).isEqualTo(1);
      data = file("prod.json", OFFICE.replace("\"fw_rules\": [", "\"fw_rules\":\n\n[\n"));
      assertThat(check("--baseline-findings", known).exit()).isZero();
      data = file("prod.json", OFFICE.replace("fw-2", "fw-3"));
      assertThat(check("--baseline-findings", known).exit()).isEqualTo(1);
      data = file("prod.json", OFFICE);
    }
    assertThat(check("--baseline-findings", data).exit()).isEqualTo(2);
  }

  @Test
  void check_writesSeveralFormatsAtOnce() throws IOException {
    var files = new ArrayList<String>();
    for (String format :
        List.of("json", "ndjson", "csv", "sarif", "junit", "markdown", "github", "html")) {
      files.add("-o");
      files.add(format + "=" + folder.resolve("out." + format));
    }
    files.add("-o");
    files.add("text");
    var ran = check(files.toArray(String[]::new));
    assertThat(ran.out()).startsWith("high  office-db");
    assertThat(Files.readString(folder.resolve("out.github")))
        .isEqualTo(
            "::error file=prod.json,line=8,col=3,title=office-db%3A The office must not reach the"
                + " orders::Laptop (ann) can attack orders (db) in 2 hops. Remove or narrow fw-2"
                + " (jump -> db); nothing else allows it.\n");
    assertThat(Files.readString(folder.resolve("out.junit")))
        .contains("<testsuites name=\"surfacescan\" tests=\"2\" failures=\"1\" errors=\"0\">")
        .contains("name=\"db-out: The orders reach nothing\"/>");
    assertThat(Files.readString(folder.resolve("out.csv"))).hasLineCount(2);
    assertThat(Files.readString(folder.resolve("out.markdown")))
        .contains("* Laptop (ann) can attack orders (db) in 2 hops. Path: `laptop (ann) -> jump");
    assertThat(check("-o", "sarif", "-o", "json").exit()).isEqualTo(2);
    assertThat(check("-o", "sarff").exit()).isEqualTo(2);
  }

  @Test
  void check_readsTheEnvironmentFromStandardInput() {
    var ran = new Trial().in(OFFICE).run("check", "-q", "--data", "-", "--policy", policy);
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("remove or narrow fw-2 (jump -> db)").doesNotContain(" at ");
  }

  @Test
  void check_refusesSlips_withPlaceAndRemedy() throws IOException {
    assertThat(check("--today", "soon").err())
        .isEqualTo(
            "error: Invalid value for option '--today': 'soon' is no day such as 2027-01-31; see"
                + " `surfacescan help check`\n");
    assertThat(new Trial().run("check", "--data", data, "--root", "nowhere").err())
        .contains("'--root': 'nowhere' is no folder");
    assertThat(check("--baseline-findings", policy).err()).contains("these are no findings");
    assertThat(check("-o", "sarif=" + folder).exit()).isEqualTo(2);
    assertThat(
            new Trial().run("check", "--data", data, "--policy", policy, "--baseline", data).err())
        .contains("warning: --baseline is not used: no rule of the policy says no-new\n");
    policy = file("empty.yaml", "# later\n");
    assertThat(check().err())
        .isEqualTo(
            "error: %s: there is nothing in the file; write at least one rule: a policy without any passes everything\n"
                .formatted(policy));
    policy = folder.toString();
    assertThat(check().err())
        .isEqualTo("error: %s: it is a directory; name a file\n".formatted(policy));
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      Files.writeString(folder.resolve("wide.yaml"), POLICY, charset);
      policy = folder.resolve("wide.yaml").toString();
      assertThat(check().err())
          .isEqualTo("error: %s: the file is not UTF-8; save it as UTF-8\n".formatted(policy));
    }
    policy =
        file(
            "share.yaml",
            "rules: [{id: a, title: t, severity: low, limit: {of: any, attackers_share: 101%}}]");
    assertThat(check().err())
        .contains("share.yaml:1:76: `attackers_share` is \"101%\"; write a share of all VMs");
  }

  /// What `import` wrote is a baseline that is kept; what was found is none.
  @Test
  void check_takesAKeptEnvironmentAsBaseline_andNamesWhatIsNone() throws IOException {
    policy =
        file(
            "new.yaml",
            "rules: [{id: new, title: t, severity: low, no-new: {what: [direct, exposure]}}]");
    String export = "../samples/aws";
    String kept = file("kept.json", new Trial().run("import", "--data", export).out());
    var same =
        new Trial()
            .run("check", "--data", export, "--policy", policy, "--baseline", kept, "--quiet");
    assertThat(same.exit()).as(same.err()).isZero();
    for (String[] result :
        new String[][] {
          {"check", "json", "findings of a check"},
          {"check", "sarif", "findings of a check"},
          {"report", "json", "a report"}
        }) {
      String none =
          file("none.json", new Trial().run(result[0], "--data", export, "-o", result[1]).out());
      assertThat(check("--baseline", none).err())
          .isEqualTo(
              "error: %s:1:1: the document holds %s, not an environment; name the environment, or what surfacescan import wrote of it to keep it\n"
                  .formatted(none, result[2]));
    }
  }

  @Test
  void check_readsTheBaselineAsTheRest() throws IOException {
    policy =
        file("new.yaml", "rules: [{id: new, title: t, severity: low, no-new: {what: [direct]}}]");
    String before =
        file(
            "before.json",
            OFFICE.replace("\"fw_id\": \"fw-2\"", "\"action\": 1, \"fw_id\": \"fw-2\""));
    assertThat(check("--baseline", before).exit()).isEqualTo(3);
    assertThat(check("--baseline", before, "--ignore-unknown-keys").exit()).isZero();
  }
}
