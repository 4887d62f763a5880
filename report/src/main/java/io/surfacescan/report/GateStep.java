package io.surfacescan.report;

import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Explanation.Verdict;
import io.surfacescan.reachability.Link;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.RealRules;
import io.surfacescan.report.format.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A gate on the way from one interface to another, or the way itself: what it lets through, and by
/// which real rules.
///
/// @param kind what it is
/// @param id the gate's; empty for a route, which has those of its links
/// @param name for people
/// @param services what it lets through by itself
/// @param left what it and all before it let through
/// @param isExempt whether it does not see the packets
/// @param byDefault what passes, or does not, because no rule is about it
/// @param selectedBy the real rules because of which it applies
record GateStep(
    Kind kind,
    String id,
    String name,
    Services services,
    Services left,
    boolean isExempt,
    Services byDefault,
    List<Rule> rules,
    List<Origin> selectedBy) {
  private static final int RULES_SHOWN = 20;

  enum Kind {
    /// Addresses of two families, which never meet.
    ADDRESS("address"),
    ROUTE("route"),
    EGRESS("out"),
    INGRESS("in");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A real rule.
  ///
  /// @param services what it decides here
  /// @param isPart whether it is about other services too
  record Rule(
      String id,
      String action,
      Services services,
      boolean isPart,
      Optional<Place> place,
      String text) {
    static final Columns<Rule> COLUMNS =
        new Columns<Rule>()
            .text("id", Rule::id)
            .text("action", Rule::action)
            .texts("services", rule -> rule.services.texts())
            .inline(RealRules.PLACE, Rule::place)
            .text("text", Rule::text);

    static final Columns<Rule> IN_CSV =
        new Columns<Rule>()
            .text("rule", Rule::id)
            .text("action", Rule::action)
            .texts("rule_services", rule -> rule.services.texts())
            .inline(RealRules.PLACE, Rule::place)
            .text("text", Rule::text);

    private static Rule of(Explanation.Match match) {
      var rule = match.rule();
      return new Rule(
          rule.id(),
          rule.action().name().toLowerCase(Locale.ROOT),
          match.services(),
          rule.portNames().isEmpty() && !match.services().equals(rule.services()),
          rule.place(),
          rule.text());
    }

    private static Rule of(Link link) {
      return new Rule(link.id(), "allow", link.services(), false, link.place(), link.name());
    }

    /// @param withPart whether to say of which part it is, where it is about more
    private void line(TextLines lines, boolean withPart) {
      lines.text(id);
      place.ifPresent(where -> lines.words(" at ").text(where.toString()));
      lines.words(": ").text(text);
      if (isPart && withPart) {
        lines.words(" (of that ").words(services.toString()).words(")");
      }
    }
  }

  /// Those that name it.
  static final Columns<GateStep> NAMES =
      new Columns<GateStep>()
          .text("kind", step -> step.kind.code())
          .text("gate", GateStep::id)
          .text("name", GateStep::name);

  static final Columns<GateStep> COLUMNS =
      new Columns<GateStep>()
          .inline(NAMES, step -> step)
          .truth("blocks", GateStep::blocks)
          .truth("exempt", GateStep::isExempt)
          .texts("services", step -> step.services.texts())
          .texts("services_left", step -> step.left.texts())
          .texts("services_by_default", step -> step.byDefault.texts());

  /// Those of JSON, which has lists in lists.
  static final Columns<GateStep> TREE =
      new Columns<GateStep>()
          .inline(COLUMNS, step -> step)
          .list("selected_by", RealRules.COLUMNS, GateStep::selectedBy)
          .list("rules", Rule.COLUMNS, GateStep::rules);

  /// Those of a gate that lets a hop through.
  static final Columns<GateStep> GROUNDS =
      new Columns<GateStep>()
          .inline(NAMES, step -> step)
          .texts("services", step -> step.services.texts())
          .truth("exempt", GateStep::isExempt)
          .texts("services_by_default", step -> step.byDefault.texts())
          .list("rules", Rule.COLUMNS, GateStep::rules);

  /// A rule with the gate it stands in.
  record RuleOfGate(GateStep gate, Rule rule) {}

  static final Columns<RuleOfGate> RULES =
      new Columns<RuleOfGate>()
          .inline(NAMES, RuleOfGate::gate)
          .inline(Rule.IN_CSV, RuleOfGate::rule);

  /// The rules of all of them.
  static List<RuleOfGate> rules(List<GateStep> steps) {
    var rules = new ArrayList<RuleOfGate>();
    steps.forEach(step -> step.rules.forEach(rule -> rules.add(new RuleOfGate(step, rule))));
    return rules;
  }

  /// What stands between a pair of interfaces, in the order of the way.
  static List<GateStep> of(Explanation.Pair pair) {
    var steps = new ArrayList<GateStep>();
    steps.add(
        pair.isOneFamily()
            ? route(pair.links(), pair.routed(), pair.routed())
            : new GateStep(
                Kind.ADDRESS,
                "",
                "one address is of IPv4 and the other of IPv6",
                Services.NONE,
                Services.NONE,
                false,
                Services.NONE,
                List.of(),
                List.of()));
    var left = pair.routed();
    for (Verdict verdict : pair.gates()) {
      left = left.and(verdict.services());
      steps.add(of(verdict, left));
    }
    return steps;
  }

  /// What lets a pair of VMs through, whatever their interfaces.
  static List<GateStep> of(Explanation explanation) {
    var grounds = explanation.grounds();
    var services = explanation.services();
    var steps = new ArrayList<GateStep>();
    steps.add(route(grounds.links(), services, services));
    grounds.gates().forEach(verdict -> steps.add(of(verdict, services)));
    return steps;
  }

  private static GateStep route(List<Link> links, Services services, Services left) {
    return new GateStep(
        Kind.ROUTE,
        "",
        "route",
        services,
        left,
        false,
        Services.NONE,
        links.stream().map(Rule::of).toList(),
        List.of());
  }

  private static GateStep of(Verdict verdict, Services left) {
    var gate = verdict.gate();
    return new GateStep(
        gate.direction() == Direction.EGRESS ? Kind.EGRESS : Kind.INGRESS,
        gate.id(),
        gate.name(),
        verdict.services(),
        left,
        verdict.isExempt(),
        verdict.isExempt() ? Services.NONE : verdict.byDefault(),
        verdict.matches().stream().map(Rule::of).toList(),
        verdict.subjects().stream()
            .map(subject -> new Origin(subject.id(), gate.name(), subject.place(), gate.name()))
            .distinct()
            .toList());
  }

  /// Whether it lets nothing through by itself.
  boolean blocks() {
    return services.isEmpty();
  }

  /// What it is, in a line: `in, network ACL acl-1 of subnet-2`.
  void title(TextLines lines) {
    lines.words(kind.word);
    if (kind != Kind.ROUTE) {
      lines.words(", ").text(name);
    }
  }

  /// What it does, in a line, and a line for each rule.
  void text(TextLines lines, String indent) {
    lines.words(indent);
    title(lines);
    lines.words(
        isExempt
            ? ": does not see this"
            : blocks() ? ": blocks" : kind == Kind.ROUTE ? ": carries " : ": lets through ");
    if (!isExempt && !blocks()) {
      lines.words(services.toString());
    }
    lines.end();
    if (kind == Kind.ADDRESS || isExempt) {
      return;
    }
    String inner = indent + "    ";
    lines.some(
        rules.size(),
        RULES_SHOWN,
        i -> {
          lines.words(inner);
          rules.get(i).line(lines, true);
        },
        more -> inner + "and " + more + " more rules");
    whyOtherwise(lines, inner);
  }

  /// The rules that let something through, or why none has to.
  void groundsText(TextLines lines, String indent) {
    if (isExempt) {
      return;
    }
    lines.words(indent);
    title(lines);
    if (rules.isEmpty()) {
      lines.words(": no rule forbids it").end();
      return;
    }
    lines.words(":").end();
    lines.some(
        rules.size(),
        RULES_SHOWN,
        i -> {
          lines.words(indent + "  ");
          rules.get(i).line(lines, rules.size() > 1);
        },
        more -> indent + "  and " + more + " more rules");
    if (!byDefault.isEmpty()) {
      lines.words(indent + "  no rule forbids ").words(byDefault.toString()).end();
    }
  }

  /// What no rule says.
  private void whyOtherwise(TextLines lines, String indent) {
    var allowed =
        Services.union(
            rules.stream()
                .filter(rule -> rule.action.equals("allow"))
                .map(Rule::services)
                .toList());
    if (kind == Kind.ROUTE) {
      if (rules.isEmpty()) {
        lines.words(indent + "no route or link leads there").end();
      }
      return;
    }
    if (!selectedBy.isEmpty() && allowed.isEmpty()) {
      lines.words(indent + "selected by ");
      RealRules.text(lines, selectedBy);
      lines.end();
    }
    if (blocks()) {
      lines
          .words(indent + (rules.isEmpty() ? "no rule allows it" : "no other rule allows it"))
          .end();
    } else if (!allowed.contains(services)) {
      String rest = allowed.isEmpty() ? "it" : services.minus(allowed).toString();
      lines.words(indent + "no rule forbids ").words(rest).end();
    }
  }
}
