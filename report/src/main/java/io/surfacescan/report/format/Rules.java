package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.List;

/// How documents name a firewall rule: by its id, which may be missing or shared, and its tag pair.
/// In an environment whose rules have details, its services, why it is assumed and the real rules
/// that it comes from stand beside them; text then names the real rules, or the link that lets
/// through without any, in place of the tags.
public final class Rules {
  private static final String NO_ID = "a rule without id";

  /// A rule of an environment, as an index.
  public record Rule(Environment environment, int index) {
    private boolean hasDetails() {
      return environment.hasRuleDetails();
    }

    private RuleDetails details() {
      return environment.ruleDetails(index);
    }

    private boolean isAssumed() {
      return hasDetails() && details().assumed().isPresent();
    }

    private boolean hasOrigins() {
      return hasDetails() && !details().origins().isEmpty();
    }
  }

  /// Those of a rule in JSON, and in CSV if no rule has details.
  public static final Columns<Rule> COLUMNS = columns();

  private static final Columns<Rule> WITH_DETAILS =
      columns()
          .inCsv(csv ->
              csv.texts("rule_services", rule -> rule.details().services().texts())
                  .textOrNone("assumed", rule -> rule.details().assumed())
                  .eachText(
                      "origins",
                      (rule, each) ->
                          rule.details()
                              .origins()
                              .forEach(origin -> each.accept(RealRules.words(origin)))));

  private Rules() {}

  private static Columns<Rule> columns() {
    return new Columns<Rule>()
        .value("fw_id", Rules::id)
        .value(
            "source_tag", (rule, cell) -> tag(cell, rule, rule.environment.sourceTag(rule.index)))
        .value("dest_tag", (rule, cell) -> tag(cell, rule, rule.environment.destTag(rule.index)))
        .inJson(json ->
            json.only(
                    Rule::hasDetails,
                    one -> one.texts("services", rule -> rule.details().services().texts()))
                .only(
                    Rule::isAssumed,
                    one -> one.textOrNone("assumed", rule -> rule.details().assumed()))
                .only(
                    Rule::hasOrigins,
                    one ->
                        one.list("origins", RealRules.COLUMNS, rule -> rule.details().origins())));
  }

  /// Those of the rules of an environment, in JSON and in CSV.
  public static Columns<Rule> columns(Environment environment) {
    return environment.hasRuleDetails() ? WITH_DETAILS : COLUMNS;
  }

  /// The real rules that a rule comes from by their ids, else its id: `sgr-1 and acl-1`, `fw-1`.
  public static String name(Environment environment, int rule) {
    var origins =
        environment.ruleDetails(rule).origins().stream().map(Origin::id).distinct().toList();
    return origins.isEmpty()
        ? environment.rule(rule).id().map(id -> Origin.linkOf(id).orElse(id)).orElse("no id")
        : String.join(" and ", origins);
  }

  private static void id(Rule rule, Cell cell) {
    if (rule.environment.hasRuleId(rule.index)) {
      cell.text(rule.environment.ruleIds(), rule.index);
    } else {
      cell.none();
    }
  }

  private static void tag(Cell cell, Rule rule, int tag) {
    cell.text(rule.environment.tags(), tag);
  }

  /// `fw-1 (ssh -> dev)`, before anything is escaped.
  public static String words(FirewallRule rule) {
    String id = rule.id().orElse(NO_ID);
    return id + " (" + rule.sourceTag() + " -> " + rule.destTag() + ")";
  }

  /// What stands for a rule in a drawing, before anything is escaped: `fw-1 (ssh -> dev)` or `fw-1
  /// (ssh -> dev: tcp/22)`, or `sgr-1 at sg.json:4:7 (tcp/22)` for one that comes from real rules.
  public static String words(Environment environment, int rule) {
    if (!environment.hasRuleDetails()) {
      return words(environment.rule(rule));
    }
    var details = environment.ruleDetails(rule);
    String plain = words(environment.rule(rule));
    String more = details(details);
    if (details.origins().isEmpty()) {
      var link = environment.rule(rule).id().flatMap(Origin::linkOf);
      if (link.isPresent()) {
        return more.isEmpty() ? link.get() : link.get() + " (" + more + ")";
      }
      return more.isEmpty() ? plain : plain.substring(0, plain.length() - 1) + ": " + more + ")";
    }
    String origins =
        String.join(" and ", details.origins().stream().map(RealRules::words).toList());
    return more.isEmpty() ? origins : origins + " (" + more + ")";
  }

  private static String details(RuleDetails details) {
    var words = new ArrayList<String>();
    if (!details.services().equals(Services.ALL)) {
      words.add(details.services().toString());
    }
    details.assumed().ifPresent(why -> words.add("assumed: " + why));
    return String.join("; ", words);
  }

  /// The same in a line of text.
  public static void text(TextLines line, Environment environment, int rule) {
    if (environment.hasRuleDetails()) {
      line.text(words(environment, rule));
      return;
    }
    if (environment.hasRuleId(rule)) {
      line.text(environment.ruleIds(), rule);
    } else {
      line.words(NO_ID);
    }
    line.words(" (").text(environment.tags(), environment.sourceTag(rule));
    line.words(" -> ").text(environment.tags(), environment.destTag(rule)).words(")");
  }

  /// `fw-1 (ssh -> dev), fw-2 (web -> dev) or fw-3 (db -> dev)`
  public static void text(TextLines line, Environment environment, List<Integer> rules) {
    for (int i = 0; i < rules.size(); i++) {
      line.words(i == 0 ? "" : i + 1 < rules.size() ? ", " : " or ");
      text(line, environment, rules.get(i));
    }
  }

  /// `fw-1 (ssh -> dev), fw-2 (ssh -> dev)`: all of them together.
  public static void all(TextLines line, Environment environment, List<Integer> rules) {
    String before = "";
    for (int rule : rules) {
      line.words(before);
      text(line, environment, rule);
      before = ", ";
    }
  }
}
