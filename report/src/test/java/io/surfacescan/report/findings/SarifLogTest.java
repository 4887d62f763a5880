package io.surfacescan.report.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Place;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.Judgement;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.PolicyReader;
import io.surfacescan.testkit.OddTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SarifLogTest {
  private static final String POLICY =
      """
      rules:
        - id: office-db
          title: The office must not reach the orders
          severity: critical
          reason: They are not theirs
          references: ["https://example.org/a page", CIS 1]
          forbid: {from: "tag:office", to: "tag:db"}
        - {id: quiet, title: Quiet, severity: low, forbid: {from: "tag:db", to: any}}
        - {id: lint, title: Tidy, severity: medium, lint: [duplicate]}
      """;

  private static Environment office() {
    return new EnvironmentBuilder()
        .vm("ann", "laptop", List.of("office"))
        .vm("db", "orders", List.of("db"))
        .rule("fw-1", "office", "db")
        .rule("fw-2", "office", "db")
        .build();
  }

  private static CheckReport report(Environment environment, String policy, boolean accepted)
      throws PolicyRefused {
    var read = PolicyReader.read("rules/policy.yaml", policy.getBytes(StandardCharsets.UTF_8));
    RulePlaces places = rule -> Optional.of(new Place("envs/a b.json", 10 + rule, 3));
    var found =
        PolicyCheck.of(AttackGraph.of(environment), read, CheckOptions.USUAL.withPlaces(places));
    var known = accepted ? Set.of(found.all().getFirst().fingerprint()) : Set.<String>of();
    var judged = Judgement.of(found, read.waivers(), known, LocalDate.of(2027, 1, 1));
    return new CheckReport(judged, "1.0", Path.of(""), accepted);
  }

  private static String sarif(CheckReport report) throws IOException {
    var out = new ByteArrayOutputStream();
    FindingsFormat.SARIF.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void assertValid(String log) throws IOException {
    try (InputStream schema =
        SarifLogTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      var validator =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(schema, InputFormat.JSON);
      assertThat(validator.validate(log, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void write_isValid_andNamesTheLine() throws IOException, PolicyRefused {
    String log = sarif(report(office(), POLICY, false));
    assertValid(log);
    assertThat(log)
        .contains("\"ruleId\":\"office-db\",\"ruleIndex\":0,\"level\":\"error\"")
        .contains(
            "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"envs/a%20b.json\",\"uriBaseId\":\"SRCROOT\"},"
                + "\"region\":{\"startLine\":10,\"startColumn\":3}}")
        .contains("\"helpUri\":\"https://example.org/a%20page\"")
        .contains("\"partialFingerprints\":{\"surfacescan/v1\":\"")
        .contains("\"ruleId\":\"lint\",\"ruleIndex\":2,\"level\":\"warning\"");
  }

  @Test
  void write_tellsWhatWasThereBefore_andWhatIsWaived() throws IOException, PolicyRefused {
    String known = sarif(report(office(), POLICY, true));
    assertValid(known);
    assertThat(known)
        .contains("\"baselineState\":\"unchanged\"")
        .contains("\"baselineState\":\"new\"");
    String waived =
        sarif(
            report(
                office(),
                POLICY
                    + "waivers: [{rule: office-db, reason: Later, owner: me, expires: 2027-01-31}]\n",
                false));
    assertValid(waived);
    assertThat(waived).contains("\"justification\":\"Later (me, until 2027-01-31)\"");
  }

  @Test
  void write_isValid_whateverTheTexts() throws IOException, PolicyRefused {
    var builder = new EnvironmentBuilder();
    for (String text : OddTexts.PIECES) {
      builder.vm(text, text, List.of("shared", text)).rule(text, "shared", text);
    }
    var report =
        report(
            builder.build(),
            "rules: [{id: a, title: t, severity: high, forbid: {from: any, to: any}}]",
            false);
    assertValid(sarif(report));
    for (var format : FindingsFormat.values()) {
      var out = new ByteArrayOutputStream();
      format.write(report, out);
      assertThat(out.size()).as(format.word()).isPositive();
    }
  }
}
