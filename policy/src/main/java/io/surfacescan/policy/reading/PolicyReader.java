package io.surfacescan.policy.reading;

import io.surfacescan.model.Place;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.Waiver;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads policies and waivers:
///
/// ```yaml
/// rules:
///   - id: office-db
///     title: The office must not reach the customer database
///     severity: high
///     forbid: {from: ["tag:office"], to: ["tag:customer-db"]}
/// waivers:
///   - {rule: office-db, reason: Until the move, owner: data team, expires: 2027-01-31}
/// ```
public final class PolicyReader {
  /// The most problems that are listed.
  static final int PROBLEMS_MOST = 20;

  private static final String NO_RULES =
      "write at least one rule: a policy without any passes everything";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");

  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Map<String, Place> ids = new HashMap<>();

  private PolicyReader() {}

  /// Reads a policy.
  ///
  /// @param file what names it in messages
  /// @param bytes YAML or JSON as UTF-8
  /// @throws PolicyRefused with up to 20 problems
  public static Policy read(String file, byte[] bytes) throws PolicyRefused {
    var value = YamlReader.read(file, bytes);
    var reader = new PolicyReader();
    var policy = reader.policy(value, true);
    reader.refuse();
    return policy;
  }

  /// Reads a file that has waivers alone.
  ///
  /// @throws PolicyRefused as [#read]
  public static List<Waiver> readWaivers(String file, byte[] bytes) throws PolicyRefused {
    var value = YamlReader.read(file, bytes);
    var reader = new PolicyReader();
    var policy = reader.policy(value, false);
    reader.refuse();
    return policy.waivers();
  }

  private void refuse() throws PolicyRefused {
    if (!problems.isEmpty()) {
      throw new PolicyRefused(problems.subList(0, Math.min(problems.size(), PROBLEMS_MOST)));
    }
  }

  private Policy policy(YamlValue value, boolean hasRules) {
    if (value instanceof YamlValue.Scalar scalar && scalar.isNothing()) {
      problems.add(
          new PolicyProblem(
              value.place(),
              "there is nothing in the file",
              hasRules ? NO_RULES : "write a list, which may be empty: waivers: []"));
      return new Policy(List.of(), List.of());
    }
    var read = Fields.of(value, hasRules ? "the policy" : "the document", problems);
    if (read.isEmpty()) {
      return new Policy(List.of(), List.of());
    }
    var fields = read.get();
    var rules = new ArrayList<PolicyRule>();
    if (hasRules) {
      fields.value("$schema");
      fields.text("description");
      for (var element : fields.elements("rules")) {
        Fields.of(element, "a rule", problems).flatMap(this::rule).ifPresent(rules::add);
      }
      if (fields.elements("rules").isEmpty()) {
        fields.missing("rules", NO_RULES);
      }
    } else if (fields.value("waivers").isEmpty()) {
      fields.missing("waivers", "write a list, which may be empty: waivers: []");
    }
    var waivers = new ArrayList<Waiver>();
    for (var element : fields.elements("waivers")) {
      Fields.of(element, "a waiver", problems).flatMap(this::waiver).ifPresent(waivers::add);
    }
    fields.end();
    return new Policy(rules, waivers);
  }

  private Optional<PolicyRule> rule(Fields fields) {
    String id = fields.textNeeded("id", "give each rule an id, such as office-db");
    checkId(fields, id);
    String title = fields.textNeeded("title", "say in a sentence what must hold");
    if (fields.value("severity").isEmpty()) {
      fields.missing("severity", "write one of " + String.join(", ", Severity.words()));
    }
    var severity =
        fields.word("severity", Severity.words()).flatMap(Severity::named).orElse(Severity.LOW);
    var reason = fields.text("reason");
    var references = fields.texts("references");
    boolean mayBeEmpty = fields.truth("may_be_empty");
    boolean isCertain = fields.truth("certain");
    var given = DemandReader.KEYS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      fields.problem(
          fields.place(),
          given.isEmpty()
              ? "the rule demands nothing"
              : "the rule has both `" + given.get(0) + "` and `" + given.get(1) + "`",
          "write one of " + String.join(", ", DemandReader.KEYS));
    }
    fields.end();
    Optional<Demand> demand = Optional.empty();
    for (String key : given) {
      var value = fields.value(key);
      if (value.isEmpty()) {
        fields.problem(fields.place(), "`" + key + "` is empty", "say what it is about");
      }
      demand = value.flatMap(some -> new DemandReader(problems).read(key, some));
    }
    return demand.map(demanded ->
        new PolicyRule(
            id,
            title,
            severity,
            reason,
            references,
            demanded,
            mayBeEmpty,
            isCertain,
            fields.place()));
  }

  private void checkId(Fields fields, String id) {
    if (fields.value("id").isEmpty()) {
      return;
    }
    var place = fields.value("id").get().place();
    if (!ID.matcher(id).matches()) {
      fields.problem(
          place,
          "the id is " + Fields.quoted(id),
          "use letters, digits, and . _ / - between them, 100 at most");
    }
    var first = ids.putIfAbsent(id, place);
    if (first != null) {
      fields.problem(
          place, "the id " + Fields.quoted(id) + " stands at " + first + " too", "rename one");
    }
  }

  private Optional<Waiver> waiver(Fields fields) {
    var fingerprint = fields.text("fingerprint");
    var rule = fields.text("rule");
    var subject = fields.text("subject");
    if (fingerprint.isEmpty() && rule.isEmpty()) {
      fields.missing("fingerprint", "name one finding by fingerprint, or several by rule");
    }
    if (fingerprint.isPresent() && (rule.isPresent() || subject.isPresent())) {
      fields.problem(
          fields.place(),
          "a waiver has a fingerprint and a pattern",
          "keep the fingerprint, or rule and subject");
    }
    String reason = fields.textNeeded("reason", "say why the finding is accepted");
    String owner = fields.textNeeded("owner", "name who answers for it");
    String day = fields.textNeeded("expires", "write the last day on which it holds: 2027-01-31");
    fields.end();
    return date(fields, day)
        .map(expires ->
            new Waiver(fingerprint, rule, subject, reason, owner, expires, fields.place()));
  }

  private static Optional<LocalDate> date(Fields fields, String text) {
    var value = fields.value("expires");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      fields.problem(
          value.get().place(), "`expires` is " + Fields.quoted(text), "write a day as 2027-01-31");
      return Optional.empty();
    }
  }
}
