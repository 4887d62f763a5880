package io.surfacescan.report.findings;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Severity;
import io.surfacescan.report.format.TreeDocument;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Findings as [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): one
/// run, a rule for each of the policy, a result for each finding with its path as a code flow.
///
/// Places are relative to the root, `SRCROOT`, as far as they lie in it.
final class SarifLog {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String ROOT = "SRCROOT";

  private final CheckReport report;
  private final Environment environment;

  private SarifLog(CheckReport report) {
    this.report = report;
    this.environment = report.findings().environment();
  }

  static void write(CheckReport report, OutputStream out) throws IOException {
    out.write(TreeDocument.json(new SarifLog(report).log()));
    out.write('\n');
  }

  private Map<String, Object> log() {
    var run = new LinkedHashMap<String, Object>();
    var rules = report.findings().verdicts().stream().map(verdict -> rule(verdict.rule())).toList();
    run.put(
        "tool",
        object(
            "driver", object("name", "surfacescan", "version", report.version(), "rules", rules)));
    run.put("columnKind", "unicodeCodePoints");
    run.put("originalUriBaseIds", object(ROOT, object("uri", SarifUri.ofFolder(report.root()))));
    var results = new ArrayList<Object>();
    int index = 0;
    for (var verdict : report.findings().verdicts()) {
      for (var finding : verdict.findings()) {
        results.add(result(finding, index));
      }
      if (verdict.unexplained() > 0) {
        results.add(unexplained(verdict.rule(), verdict.unexplained(), verdict.unit(), index));
      }
      index++;
    }
    run.put("results", results);
    return object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
  }

  /// An object of keys and values in turn.
  private static Map<String, Object> object(Object... members) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }

  private static Map<String, Object> text(String text) {
    return object("text", text);
  }

  private static Map<String, Object> rule(PolicyRule rule) {
    String why = rule.reason().orElse("");
    var help = new StringBuilder(rule.title());
    help.append(why.isEmpty() ? "" : "\n\n" + why);
    rule.references().forEach(reference -> help.append("\n\nSee ").append(reference));
    var described =
        object(
            "id",
            rule.id(),
            "shortDescription",
            text(rule.title()),
            "fullDescription",
            text(why.isEmpty() ? rule.title() : why),
            "help",
            text(help.toString()),
            "defaultConfiguration",
            object("level", level(rule.severity())),
            "properties",
            object(
                "security-severity",
                score(rule.severity()),
                "tags",
                List.of("security", "network", rule.demand().key())));
    rule.references().stream()
        .filter(reference -> reference.startsWith("https://"))
        .findFirst()
        .ifPresent(reference -> described.put("helpUri", SarifUri.ofLink(reference)));
    return described;
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "note";
    };
  }

  /// On the scale of CVSS, by which code hosts sort.
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "3.0";
    };
  }

  private Map<String, Object> result(Finding finding, int index) {
    var result =
        object(
            "ruleId",
            finding.rule().id(),
            "ruleIndex",
            index,
            "level",
            level(finding.rule().severity()),
            "message",
            text(
                CheckReport.sentence(finding.message())
                    + " "
                    + CheckReport.sentence(finding.remedy())),
            "locations",
            List.of(location(Optional.of(CheckReport.place(finding)), finding.examples())),
            "partialFingerprints",
            object("surfacescan/v1", finding.fingerprint()));
    if (!finding.others().isEmpty()) {
      result.put(
          "relatedLocations",
          finding.others().stream()
              .map(place -> location(Optional.of(place), List.<Integer>of()))
              .filter(location -> !location.isEmpty())
              .toList());
    }
    finding.path().ifPresent(path -> result.put("codeFlows", List.of(flow(path))));
    if (report.hasBaseline()) {
      result.put("baselineState", finding.isKnown() ? "unchanged" : "new");
    }
    finding
        .waiver()
        .ifPresent(waiver ->
            result.put(
                "suppressions",
                List.of(
                    object(
                        "kind",
                        "external",
                        "status",
                        "accepted",
                        "justification",
                        waiver.reason()
                            + " ("
                            + waiver.owner()
                            + ", until "
                            + waiver.expires()
                            + ")"))));
    result.put("properties", object("count", finding.count()));
    return result;
  }

  private Map<String, Object> unexplained(PolicyRule rule, long count, String unit, int index) {
    return object(
        "ruleId",
        rule.id(),
        "ruleIndex",
        index,
        "level",
        level(rule.severity()),
        "message",
        text(
            Counted.of(count, unit)
                + " break the rule for other causes, which were not looked for."),
        "locations",
        List.of(location(Optional.of(rule.place()), List.of())));
  }

  private Map<String, Object> flow(AttackPath path) {
    var steps = new ArrayList<Object>();
    steps.add(step(path.from(), Optional.empty(), VmLabel.of(environment, path.from())));
    for (var hop : path.hops()) {
      String words = VmLabel.of(environment, hop.to()) + " by " + HopWords.rules(environment, hop);
      steps.add(step(hop.to(), HopWords.place(environment, hop), words));
    }
    return object("threadFlows", List.of(object("locations", steps)));
  }

  private Map<String, Object> step(int vm, Optional<Place> place, String words) {
    var location = location(place, List.of(vm));
    location.put("message", text(words));
    return object("location", location);
  }

  private Map<String, Object> location(Optional<Place> place, List<Integer> vms) {
    var location = new LinkedHashMap<String, Object>();
    place.flatMap(this::physical).ifPresent(known -> location.put("physicalLocation", known));
    if (!vms.isEmpty()) {
      location.put(
          "logicalLocations",
          vms.stream()
              .map(vm ->
                  object(
                      "name",
                      environment.vmName(vm).orElse(environment.vmId(vm)),
                      "fullyQualifiedName",
                      environment.vmId(vm),
                      "kind",
                      environment.vmKind(vm).code()))
              .toList());
    }
    return location;
  }

  private Optional<Object> physical(Place place) {
    var artifact = new LinkedHashMap<String, Object>();
    var file = SarifUri.of(report.root(), place.file());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    artifact.put("uri", file.get().uri());
    if (file.get().isRelative()) {
      artifact.put("uriBaseId", ROOT);
    }
    return Optional.of(
        place.line() == 0
            ? object("artifactLocation", artifact)
            : object(
                "artifactLocation",
                artifact,
                "region",
                object("startLine", place.line(), "startColumn", place.column())));
  }
}
