package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Inputs as people write and export them, whose keys, tags and ids do not say what they meant.
class KeysOfPeopleTest {
  private static final String TWO_VMS =
      """
      "vms": [{"vm_id": "a", "name": "A", "tags": ["x"]}, {"vm_id": "b", "name": "B", "tags": ["y"]}]\
      """;

  @TempDir private Path directory;

  static Stream<Arguments> inputs() {
    return Stream.of(
        // A misspelt list.
        input(
            """
            {%s,
             "firewall_rules": [{"fw_id": "f1", "source_tag": "x", "dest_tag": "y"}]}
            """
                .formatted(TWO_VMS),
            "similar-key a.json:2:2: the key \"firewall_rules\" is not known, and the list that it holds would be lost; write \"fw_rules\""),
        // A misspelt list that is found by what it holds.
        input(
            """
            {%s,
             "policy": [{"fw_id": "f1", "source_tag": "x", "dest_tag": "y"}]}
            """
                .formatted(TWO_VMS),
            "similar-key a.json:2:2: the key \"policy\" is not known, and the list that it holds would be lost; write \"fw_rules\""),
        input(
            """
            {"vms": [{"vm_id": "a", "name": "A", "tags": ["x"], "Tags": ["y"]}], "fw_rules": []}
            """,
            "unknown-key a.json:1:53: the VM has the unknown key \"Tags\": what it holds is ignored; write \"tags\" in place of \"Tags\" if that is meant"),
        input(
            """
            {"vms": [{"vm_id": "a", "name": "A", "tags": ["x"]},
              {"vm_id": "b", "name": "B", "tag": ["y"]},
              {"id": "c", "name": "C", "tags": []},
              {"vmId": "d", "name": "D", "tags": []}],
             "fw_rules": [{"fw_id": "f1", "source_tags": ["x"], "dest_tag": "y"},
              {"id": "f2", "source_tag": "x", "dest_tag": "y"},
              {"fw_id": "f3", "sourceTag": "x", "destTag": "y"}]}
            """,
            "missing-field a.json:2:3: the VM \"b\" has no list tags; write \"tags\" in place of \"tag\"",
            "missing-field a.json:3:3: vm_id is missing; write \"vm_id\" in place of \"id\"",
            "missing-field a.json:4:3: vm_id is missing; write \"vm_id\" in place of \"vmId\"",
            "missing-field a.json:5:15: source_tag is missing; write \"source_tag\" in place of \"source_tags\"",
            "missing-field a.json:7:3: dest_tag is missing; write \"dest_tag\" in place of \"destTag\"",
            "missing-field a.json:7:3: source_tag is missing; write \"source_tag\" in place of \"sourceTag\"",
            "unknown-key a.json:2:31: the VM has the unknown key \"tag\": what it holds is ignored; write \"tags\" in place of \"tag\" if that is meant",
            "untagged-vm a.json:3:3: the VM has no tags: no rule applies to it; add its tags, if any (untagged-vm, 2 times, also at a.json:4:3)",
            "unknown-key a.json:3:4: the VM has the unknown key \"id\": what it holds is ignored; write \"vm_id\" in place of \"id\" if that is meant",
            "unknown-key a.json:4:4: the VM has the unknown key \"vmId\": what it holds is ignored; write \"vm_id\" in place of \"vmId\" if that is meant",
            "unknown-key a.json:5:31: the firewall rule has the unknown key \"source_tags\": what it holds is ignored; write \"source_tag\" in place of \"source_tags\" if that is meant",
            "missing-fw-id a.json:6:3: the firewall rule has no fw_id; write \"fw_id\" in place of \"id\"",
            "unknown-key a.json:6:4: the firewall rule has the unknown key \"id\": what it holds is ignored; write \"fw_id\" in place of \"id\" if that is meant",
            "unknown-key a.json:7:19: the firewall rule has the unknown key \"sourceTag\": what it holds is ignored; write \"source_tag\" in place of \"sourceTag\" if that is meant",
            "unknown-key a.json:7:37: the firewall rule has the unknown key \"destTag\": what it holds is ignored; write \"dest_tag\" in place of \"destTag\" if that is meant"),
        input(
            rule("\"action\": \"deny\""),
            "unsupported-key a.json:2:67: the firewall rule has the key \"action\", which may change its meaning and is not read; take \"action\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag"),
        input(
            rule("\"disabled\": true"),
            "unsupported-key a.json:2:67: the firewall rule has the key \"disabled\", which may change its meaning and is not read; take \"disabled\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag"),
        input(
            rule("\"ports\": [22]"),
            "unsupported-key a.json:2:67: the firewall rule has the key \"ports\", which may change its meaning and is not read; take \"ports\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag"),
        input(
            rule(
                """
                "action": "deny", "enabled": false, "priority": 1000, "direction": "INGRESS", \
                "protocol": "tcp", "Expires_At": null\
                """),
            "unsupported-key a.json:2:67: the firewall rule has the key \"action\", which may change its meaning and is not read; take \"action\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag",
            "unsupported-key a.json:2:85: the firewall rule has the key \"enabled\", which may change its meaning and is not read; take \"enabled\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag",
            "unsupported-key a.json:2:103: the firewall rule has the key \"priority\", which may change its meaning and is not read; take \"priority\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag",
            "unsupported-key a.json:2:121: the firewall rule has the key \"direction\", which may change its meaning and is not read; take \"direction\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag",
            "unsupported-key a.json:2:145: the firewall rule has the key \"protocol\", which may change its meaning and is not read; take \"protocol\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag",
            "unsupported-key a.json:2:164: the firewall rule has the key \"Expires_At\", which may change its meaning and is not read; take \"Expires_At\" out, and the rule with it if it allows nothing; --ignore-unknown-keys reads the rule as one that allows everything from tag to tag"),
        input(
            """
            {"vms": [{"vm_id": "a", "name": "A", "tags": ["x"], "status": "TERMINATED"}],
             "fw_rules": []}
            """,
            "unsupported-key a.json:1:53: the VM has the key \"status\", which may change its meaning and is not read; take \"status\" out, and the VM with it if it does not run; --ignore-unknown-keys reads the VM without it"),
        // One page of an export.
        input(
            "{%s, \"fw_rules\": [],\n \"NextToken\": \"e\"}".formatted(TWO_VMS),
            "partial-export a.json:2:2: the key \"NextToken\" says that this is one page of an export, and that others follow; fetch all pages, join their lists, and take the key out"),
        input(
            "{%s, \"fw_rules\": [],\n \"nextPageToken\": \"e\"}".formatted(TWO_VMS),
            "partial-export a.json:2:2: the key \"nextPageToken\" says that this is one page of an export, and that others follow; fetch all pages, join their lists, and take the key out"),
        input(
            "{%s, \"fw_rules\": [],\n \"IsTruncated\": true}".formatted(TWO_VMS),
            "partial-export a.json:2:2: the key \"IsTruncated\" says that this is one page of an export, and that others follow; fetch all pages, join their lists, and take the key out"),
        input(
            "{%s, \"fw_rules\": [],\n \"metadata\": {\"a\": [], \"continue\": \"e\"}}"
                .formatted(TWO_VMS),
            "partial-export a.json:2:2: metadata.continue says that this is one page of an export, and that others follow; fetch all pages, join their lists, and take the key out"),
        // Tags that look alike.
        input(
            webs("web "),
            "similar-tag a.json:2:13: the tag \"web\" looks like \"web \", first at a.json:1:20; write both alike if one is meant"),
        input(
            webs("web\\u200b"),
            "similar-tag a.json:2:13: the tag \"web\" looks like \"web\\u200b\", first at a.json:1:20; write both alike if one is meant"),
        input(
            webs("WEB"),
            "similar-tag a.json:2:13: the tag \"web\" looks like \"WEB\", first at a.json:1:20; write both alike if one is meant"),
        // Ids that look alike.
        input(
            """
            {"vms": [{"vm_id": "caf\\u00e9", "name": "A", "tags": ["x"]},
              {"vm_id": "cafe\\u0301", "name": "B", "tags": ["x"]}], "fw_rules": []}
            """,
            "similar-id a.json:2:13: the vm_id \"cafe\\u0301\" looks like \"caf\\u00e9\", first at a.json:1:20; write both alike if one is meant"),
        input(
            """
            {"vms": [{"vm_id": "a", "name": "A", "tags": ["x ", "", " x"]}], "fw_rules": []}
            """,
            "empty-field a.json:1:53: a tag is empty; name the tag, or take it out of the list"),
        input(
            """
            {"$schema": "./environment.schema.json", "version": 1, "vms": [], "fw_rules": []}
            """,
            "unknown-key a.json:1:42: the document has the unknown key \"version\": what it holds is ignored; take \"version\" out if it means nothing"),
        // An element of a document of its own, its unknown keys before and behind the known ones.
        input(
            """
            {"state": 1, "vm_id": "a", "zone": {"b": 1}, "name": "A", "tags": ["x"]}
            {"vms": [], "fw_rules": []}
            """,
            "unsupported-key a.json:1:2: the VM has the key \"state\", which may change its meaning and is not read; take \"state\" out, and the VM with it if it does not run; --ignore-unknown-keys reads the VM without it",
            "unknown-key a.json:1:28: the VM has the unknown key \"zone\": what it holds is ignored; take \"zone\" out if it means nothing"),
        // The parser has met the end before it tells the last key.
        input(
            "{\"vms\": [{\"vm_id\": \"a\", \"name\": \"A\", \"tags\": [\"x\"],\n \"zone\": 7",
            "malformed-json a.json:2:11: the document ends within an object; restore the rest of the document",
            "unknown-key a.json:2:2: the VM has the unknown key \"zone\": what it holds is ignored; take \"zone\" out if it means nothing"));
  }

  private static Arguments input(String text, String... problems) {
    return arguments(text, List.of(problems));
  }

  private static String rule(String members) {
    return """
    {%s,
     "fw_rules": [{"fw_id": "f1", "source_tag": "x", "dest_tag": "y", %s}]}
    """
        .formatted(TWO_VMS, members);
  }

  /// Two VMs that carry `web`, so written and otherwise.
  private static String webs(String tag) {
    return """
    {"vms": [{"vm_id": "a", "name": "A", "tags": ["%s"]},
      {"vm_id": "a2", "name": "A2", "tags": ["web"]},
      {"vm_id": "b", "name": "B", "tags": ["db"]}],
     "fw_rules": [{"fw_id": "f1", "source_tag": "web", "dest_tag": "db"}]}
    """
        .formatted(tag);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void read_saysWhatIsNotUnderstood(String text, List<String> problems) throws IOException {
    assertThat(problems(text, ReadOptions.STRICT)).containsExactlyElementsOf(problems);
  }

  private List<String> problems(String text, ReadOptions options) throws IOException {
    var problems = new Folder(directory).with("a.json", text).read(options, "a.json").problems();
    return Stream.concat(problems.errors().stream(), problems.warnings().stream())
        .map(this::shown)
        .toList();
  }

  /// With its kind, and without the folder.
  private String shown(Problem problem) {
    return problem.kind().code() + " " + problem.toString().replace(directory + "/", "");
  }

  @Test
  void read_onlyWarnsOfKeysThatChangeMeaning_ifTheyAreToBeIgnored() throws IOException {
    assertThat(problems(rule("\"action\": \"deny\""), new ReadOptions(true)))
        .containsExactly(
            "unknown-key a.json:2:67: the firewall rule has the unknown key \"action\": what it"
                + " holds is ignored; take \"action\" out if it means nothing");
    assertThat(
            problems(
                """
                {"vms": [{"vm_id": "a", "name": "A", "tags": ["x"], "status": "TERMINATED"}],
                 "fw_rules": []}
                """,
                new ReadOptions(true)))
        .containsExactly(
            "unknown-key a.json:1:53: the VM has the unknown key \"status\": what it holds is"
                + " ignored; take \"status\" out if it means nothing");
  }
}
