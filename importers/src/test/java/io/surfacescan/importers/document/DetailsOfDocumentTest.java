package io.surfacescan.importers.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
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
                + " \"line\": 7, \"column\": 3, \"text\": \"allow\", \"x\": [1]}, {\"id\": \"2\"}]",
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

  @Test
  void services_thatAreNone_areErrors() {
    assertThat(problems(read("", ", \"services\": [\"tcp/99999\"]")))
        .containsExactly(
            "<stdin>:1:133: the service \"tcp/99999\" is not known; write all, icmp, or a protocol and"
                + " ports, such as tcp/443 or udp/5000-5100");
    assertThat(problems(read("", ", \"services\": []")))
        .containsExactly(
            "<stdin>:1:133: services is an empty list: the rule lets nothing through; take the rule"
                + " out, or services if it lets everything through");
  }

  /// Other programs have such keys for other things.
  @Test
  void kindsAndLabels_ofOtherShapes_arePassedOver() {
    var imported =
        read(
            ", \"kind\": \"compute#instance\", \"labels\": {\"a\": \"b\"}, \"scope\": 7,"
                + " \"addresses\": \"10.0.0.1\"");
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(problems(imported))
        .hasSize(4)
        .allMatch(problem -> problem.contains("has the unknown key"));
    assertThat(imported.environment().hasVmDetails()).isFalse();
  }

  @Test
  void address_thatIsNone_isAnError() {
    assertThat(problems(read(", \"addresses\": [\"10.0.0\"]")))
        .singleElement()
        .asString()
        .contains("\"10.0.0\" is neither an IP address nor a range of them");
  }
}
