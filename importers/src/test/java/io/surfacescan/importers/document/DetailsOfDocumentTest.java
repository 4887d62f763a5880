package io.surfacescan.importers.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailsOfDocumentTest {
  private static Imported read(String vm, String... rules) {
    String document =
        "{\"vms\": [{\"vm_id\": \"a\", \"name\": \"n\", \"tags\": [\"t\"]"
            + vm
            + "}], \"fw_rules\": ["
            + String.join(
                ", ",
                List.of(rules).stream()
                    .map(rule ->
                        "{\"fw_id\": \"f"
                            + rule.length()
                            + "\", \"source_tag\": \"t\", \"dest_tag\": \"t\""
                            + rule
                            + "}")
                    .toList())
            + "]}";
    return Importers.read(
        List.of("-"), new ByteArrayInputStream(document.getBytes(UTF_8)), (_, _) -> {});
  }

  private static List<String> problems(Imported imported) {
    return Stream.of(imported.problems().errors(), imported.problems().warnings())
        .flatMap(List::stream)
        .map(Problem::toString)
        .toList();
  }

  @Test
  void fields_areKept() {
    var imported =
        read(
            ", \"kind\": \"database\", \"scope\": \"eu\", \"labels\": [\"team=x\", \"a\"],"
                + " \"addresses\": [\"10.0.0.1\", \"192.0.2.0/24\"]",
            ", \"services\": [\"udp/53\", \"tcp/22\", \"tcp/23\"], \"assumed\": \"pl-1 is empty\","
                + " \"origin\": [{\"id\": \"sgr-1\", \"gate\": \"group\", \"file\": \"a.json\","
                + " \"line\": 7, \"column\": 3, \"text\": \"allow\"}, {\"id\": \"2\"}]",
            "");
    assertThat(problems(imported)).isEmpty();
    assertThat(imported.environment().vmDetails(0))
        .isEqualTo(
            new VmDetails(
                VmKind.DATABASE,
                Optional.of("eu"),
                List.of("team=x", "a"),
                List.of("10.0.0.1", "192.0.2.0/24")));
    assertThat(imported.environment().ruleDetails(0))
        .isEqualTo(
            new RuleDetails(
                Services.union(
                    List.of(
                        Services.parse("tcp/22-23").orElseThrow(),
                        Services.parse("udp/53").orElseThrow())),
                Optional.of("pl-1 is empty"),
                List.of(
                    new Origin("sgr-1", "group", Optional.of(new Place("a.json", 7, 3)), "allow"),
                    new Origin("2", "", Optional.empty(), ""))));
    assertThat(imported.environment().ruleDetails(1)).isEqualTo(RuleDetails.NONE);
  }

  /// Rules of one tag pair and different services are different rules.
  @Test
  void sameTags_withOtherServices_areNoDuplicate() {
    assertThat(problems(read("", ", \"services\": [\"tcp/22\"]", ", \"services\": [\"tcp/443\"]")))
        .isEmpty();
    assertThat(
            problems(read("", ", \"services\": [\"tcp/22\"]", ", \"services\": [\"TCP/22-22\"]")))
        .singleElement()
        .asString()
        .contains("the rule from \"t\" to \"t\" stands twice");
  }

  private static Imported document(String text) {
    return Importers.read(
        List.of("-"), new ByteArrayInputStream(text.getBytes(UTF_8)), (_, _) -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "kind":"server" | 8: the kind "server" is not known; write one of vm, workload, load-balancer, database, function, gateway, external, external-sink
          "kind":null | 8: kind is null; write a string
          "scope":7 | 9: scope is a number (7); write it as a string, "7"
          "scope":"" | 9: scope is empty; leave it out
          "labels":"a=b" | 10: labels is a string ("a=b"); write a list, ["a=b"]
          "labels":{"a":"b"} | 10: labels is an object; write a list of strings
          "labels":["a",""] | 15: a label is empty; leave it out
          "labels":[true] | 11: a label is true; write it as a string, "true"
          "addresses":{} | 13: addresses is an object; write a list of strings
          "addresses":["::1","10.0.0.300"] | 20: "10.0.0.300" is neither an IP address nor a range of them; write an address or a CIDR, such as 10.0.0.0/8
          """)
  void detailOfAVm_thatIsNone_isAnErrorWithItsPlace(String field, String expected) {
    String before = "{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\"],";
    assertThat(problems(document("{\"fw_rules\":[],\"vms\":[\n" + before + field + "}]}")))
        .containsExactly("<stdin>:2:" + shifted(expected, before.length()));
    // In front of what shows that the document is a VM.
    assertThat(
            problems(
                    document(
                        "{\"vms\":[],\"fw_rules\":[]}\n{"
                            + field
                            + ","
                            + before.substring(1)
                            + "\"scope2\":1}"))
                .getFirst())
        .isEqualTo("<stdin>:2:" + shifted(expected, 1));
  }

  /// The column counts from the field.
  private static String shifted(String expected, int by) {
    int colon = expected.indexOf(':');
    return Integer.parseInt(expected.substring(0, colon)) + by + expected.substring(colon);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "services":["all","tcp/0"] | 19: the service "tcp/0" is not known; write all, icmp, or a protocol and ports, such as tcp/443 or udp/5000-5100
          "services":[] | 12: services is an empty list: the rule lets nothing through; take the rule out, or services if it lets everything through
          "services":"tcp/22" | 12: services is a string ("tcp/22"); write a list, ["tcp/22"]
          "services":[22] | 13: a service is a number (22); write it as a string, "22"
          "assumed":true | 11: assumed is true; write it as a string, "true"
          "assumed":"" | 11: assumed is empty; leave it out
          "origin":{} | 10: origin is an object; write a list, [{"id": …}]
          "origin":["sgr-1"] | 11: an origin is a string ("sgr-1"); write an object, {"id": …}
          "origin":[{"id":7}] | 17: the origin's id is a number (7); write it as a string, "7"
          "origin":[{"file":"f","line":"3"}] | 30: the origin's line is a string ("3"); write a number, counted from 1
          "origin":[{"file":"f","line":-3}] | 30: the origin's line is -3; write a whole number from 1 to 999999999
          "origin":[{"file":"f","line":0}] | 30: the origin's line is 0; write a whole number from 1 to 999999999
          "origin":[{"file":"f","line":3.5}] | 30: the origin's line is 3.5; write a whole number from 1 to 999999999
          "origin":[{"file":"f","line":3,"column":null}] | 41: the origin's column is null; write a number, counted from 1
          "origin":[{"id":"x","line":3}] | 11: the origin has a line and no file; name the file, or take the line out
          "origin":[{"file":"f","column":3}] | 11: the origin has a column and no line; give the line, or take the column out
          "origin":[{"id":"x","id":"y"}] | 21: the key "id" stands twice in one object; keep one of them
          "origin":[{"id":"x","row":[1]}] | 21: the origin has the unknown key "row": what it holds is ignored; take "row" out if it means nothing
          """)
  void detailOfARule_thatIsNone_isAProblemWithItsPlace(String field, String expected) {
    String before = "{\"fw_id\":\"f\",\"source_tag\":\"t\",\"dest_tag\":\"t\",";
    String vms = "{\"vms\":[{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\"]}],\"fw_rules\":[";
    assertThat(problems(document(vms + "\n" + before + field + "}]}")))
        .containsExactly("<stdin>:2:" + shifted(expected, before.length()));
    // In front of what shows that the document is a rule.
    assertThat(
            problems(
                document(
                    vms + "]}\n{" + field + "," + before.substring(1, before.length() - 1) + "}")))
        .containsExactly("<stdin>:2:" + shifted(expected, 1));
  }

  /// Other programs have such keys for other things.
  @Test
  void kindsAndLabels_ofOtherShapes_arePassedOver_ifUnknownKeysAreToBeIgnored() {
    String document =
        "{\"vms\": [{\"vm_id\": \"a\", \"name\": \"n\", \"tags\": [\"t\"], \"kind\": \"compute#instance\","
            + " \"labels\": {\"a\": \"b\"}, \"scope\": 7, \"addresses\": \"10.0.0.1\"}],"
            + " \"fw_rules\": []}";
    var imported =
        Importers.read(
            List.of("-"),
            new ByteArrayInputStream(document.getBytes(UTF_8)),
            (_, _) -> {},
            new ReadOptions(true));
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(problems(imported))
        .hasSize(4)
        .allMatch(problem -> problem.contains("has the unknown key"));
    assertThat(imported.environment().hasVmDetails()).isFalse();
  }

  /// One VM or rule a document, as NDJSON has them.
  @Test
  void details_mayStandInFrontOfWhatADocumentIs() {
    var imported =
        document(
            """
            {"kind": "gateway", "scope": "s", "vm_id": "a", "name": "n", "tags": ["t"]}
            {"addresses": ["10.0.0.1"], "name": "n", "labels": ["x=y"], "tags": ["t"], "vm_id": "b"}
            {"vm_id": "c", "name": "n", "tags": ["t"]}
            {"services": ["tcp/22"], "assumed": "why", "fw_id": "1", "source_tag": "t", "dest_tag": "t"}
            {"origin": [{"id": "r"}], "services": ["udp"], "dest_tag": "t", "source_tag": "t", "fw_id": "2"}
            {"fw_id": "3", "source_tag": "t", "dest_tag": "t"}
            """);
    assertThat(problems(imported)).isEmpty();
    var environment = imported.environment();
    assertThat(environment.vmDetails(0))
        .isEqualTo(new VmDetails(VmKind.GATEWAY, Optional.of("s"), List.of(), List.of()));
    assertThat(environment.vmDetails(1))
        .isEqualTo(new VmDetails(VmKind.VM, Optional.empty(), List.of("x=y"), List.of("10.0.0.1")));
    assertThat(environment.vmDetails(2)).isEqualTo(VmDetails.NONE);
    assertThat(environment.ruleDetails(0))
        .isEqualTo(
            new RuleDetails(Services.parse("tcp/22").orElseThrow(), Optional.of("why"), List.of()));
    assertThat(environment.ruleDetails(1).origins()).extracting(Origin::id).containsExactly("r");
    assertThat(environment.ruleDetails(2)).isEqualTo(RuleDetails.NONE);
  }

  /// The keys are then nothing that this program knows, whatever they hold.
  @Test
  void details_inFrontOfLists_areUnknownKeys() {
    assertThat(
            problems(
                document(
                    """
                    {"kind": "Environment", "labels": {"a": 1}, "services": 7, "vms": [], "fw_rules": []}
                    """)))
        .hasSize(3)
        .allMatch(problem -> problem.contains("the document has the unknown key"));
    assertThat(
            problems(document("{\"labels\": {\"a\": 1, \"a\": 2}, \"vms\": [], \"fw_rules\": []}")))
        .first()
        .isEqualTo("<stdin>:1:21: the key \"a\" stands twice in one object; keep one of them");
    assertThat(
            problems(
                document(
                    "{\"vms\": [], \"fw_rules\": []}"
                        + "{\"kind\": \"vm\", \"source_tag\": \"t\", \"dest_tag\": \"t\", \"fw_id\": \"f\"}")))
        .anyMatch(problem -> problem.contains("the firewall rule has the unknown key \"kind\""));
    assertThat(
            problems(
                document(
                    "{\"vms\": [], \"fw_rules\": []}"
                        + "{\"services\": [\"tcp\"], \"vm_id\": \"a\", \"name\": \"n\", \"tags\": [\"t\"]}")))
        .singleElement()
        .asString()
        .contains("the VM has the key \"services\", which may change its meaning");
  }

  @Test
  void detail_thatStandsTwice_isAnError() {
    assertThat(
            problems(
                document(
                    "{\"vms\": [], \"fw_rules\": []}\n"
                        + "{\"kind\": \"vm\", \"vm_id\": \"a\", \"kind\": \"vm\", \"name\": \"n\","
                        + " \"tags\": [\"t\"]}")))
        .containsExactly(
            "<stdin>:2:30: the key \"kind\" stands twice in one object; keep one of them");
  }
}
