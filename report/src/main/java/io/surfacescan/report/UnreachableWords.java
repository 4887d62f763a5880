package io.surfacescan.report;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Unreachable;
import io.surfacescan.engine.Unreachable.IdleRule;
import io.surfacescan.engine.Unreachable.IdleRules;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/// Why there is no path, in JSON and in words.
///
/// JSON is `{"reasons": […], "target": {"vm_id", "name", "tags", "attackers", "direct_attackers",
/// "nearest", "idle_rules", "idle_rule_count"}, "source": {"vm_id", "name", "tags", "victims",
/// "most_hops", "idle_rules", "idle_rule_count"}, "hops_without_conditions"}`. The reasons are
/// `nothing_ends_at_target`, `nothing_starts_at_source` or both, else `nothing_between`.
record UnreachableWords(Environment environment, Unreachable why, Conditions conditions) {
  /// Tags named in a line of text.
  private static final int TAGS_MOST = 10;

  /// Adds the member `unreachable`.
  <R> void addTo(Columns<R> columns) {
    columns.object("unreachable", this.columns(), ignored -> why);
  }

  private Columns<Unreachable> columns() {
    var nearest =
        new Columns<AttackPath.Hop>()
            .vm(environment, AttackPath.Hop::from)
            .rules(environment, AttackPath.Hop::rules);
    var target =
        vm(Unreachable::to)
            .number("attackers", Unreachable::attackers)
            .number("direct_attackers", Unreachable::directAttackers)
            .objectOrNone("nearest", nearest, Unreachable::nearest);
    var source =
        vm(Unreachable::from)
            .number("victims", Unreachable::victims)
            .intOrNone("most_hops", Unreachable::mostHops);
    return new Columns<Unreachable>()
        .texts("reasons", ignored -> reasons())
        .object("target", target.inline(idle(), Unreachable::idleAtTarget), one -> one)
        .object("source", source.inline(idle(), Unreachable::idleAtSource), one -> one)
        .intOrNone("hops_without_conditions", Unreachable::hopsWithout);
  }

  private Columns<Unreachable> vm(ToIntFunction<Unreachable> vm) {
    return new Columns<Unreachable>()
        .vm(environment, vm)
        .texts("tags", one -> environment.vm(vm.applyAsInt(one)).tags());
  }

  private Columns<IdleRules> idle() {
    var rules =
        new Columns<IdleRule>()
            .object("rule", Rules.COLUMNS, idle -> new Rules.Rule(environment, idle.rule()))
            .text("cause", idle -> idle.cause().name().toLowerCase(Locale.ROOT));
    return new Columns<IdleRules>()
        .list("idle_rules", rules, IdleRules::first)
        .number("idle_rule_count", IdleRules::count);
  }

  private List<String> reasons() {
    if (why.attackers() > 0 && why.victims() > 0) {
      return List.of("nothing_between");
    }
    if (why.attackers() == 0 && why.victims() == 0) {
      return List.of("nothing_ends_at_target", "nothing_starts_at_source");
    }
    return List.of(why.attackers() == 0 ? "nothing_ends_at_target" : "nothing_starts_at_source");
  }

  /// The rest of the line that says that there is no path, and the lines below it.
  void text(TextLines lines) {
    if (conditions.via().isPresent()) {
      lines.words(", as ").vm(environment, why.from());
      lines.words(" cannot attack ").vm(environment, why.to());
    }
    lines.words(":").end();
    sourceText(lines);
    targetText(lines);
    if (why.attackers() > 0 && why.victims() > 0) {
      lines.words("  no VM is among both").end();
    }
    if (why.hopsWithout().isPresent()) {
      String hops = Counted.of(why.hopsWithout().getAsInt(), "hop");
      lines.words("  without these conditions there is a path of " + hops).end();
    } else if (!conditions.areNone()) {
      lines.words("  without these conditions there is no path either").end();
    }
  }

  private void sourceText(TextLines lines) {
    if (why.victims() == 0) {
      nothingText(lines, why.from(), "starts", "lets it attack another VM", why.idleAtSource());
      return;
    }
    lines.words("  ").vm(environment, why.from());
    lines.words(" can attack " + Counted.of(why.victims(), "VM"));
    if (why.mostHops().isPresent()) {
      int most = why.mostHops().getAsInt();
      lines.words(most == 1 ? ", directly" : ", the farthest in " + most + " hops");
    }
    lines.end();
  }

  private void targetText(TextLines lines) {
    if (why.nearest().isEmpty()) {
      nothingText(lines, why.to(), "ends", "lets another VM attack it", why.idleAtTarget());
      return;
    }
    lines
        .words("  " + Counted.of(why.attackers(), "VM") + " can attack ")
        .vm(environment, why.to());
    lines.words(
        why.directAttackers() == why.attackers()
            ? ", directly"
            : ", " + why.directAttackers() + " of them directly");
    AttackPath.Hop nearest = why.nearest().get();
    lines.words(why.attackers() == 1 ? ": " : ", such as ");
    lines.vm(environment, nearest.from()).words(" through ");
    Rules.text(lines, environment, nearest.rules());
    lines.end();
  }

  private void nothingText(TextLines lines, int vm, String verb, String use, IdleRules idle) {
    if (environment.vm(vm).tags().isEmpty()) {
      lines.words("  ").vm(environment, vm);
      lines.words(" has no tags, so no rule " + verb + " at it").end();
      return;
    }
    lines.words("  no rule " + (idle.count() == 0 ? "" : "that ") + verb + " at a tag of ");
    lines.vm(environment, vm).words(" (");
    tags(lines, environment.vm(vm).tags());
    lines.words(idle.count() == 0 ? ")" : ") " + use + ":").end();
    lines.some(
        idle.count(),
        idle.first().size(),
        i -> {
          var rule = idle.first().get(i);
          lines.words("    ");
          Rules.text(lines, environment, rule.rule());
          cause(lines, rule, vm);
        },
        more -> "    and " + more + " more");
  }

  private void tags(TextLines lines, List<String> tags) {
    for (int i = 0; i < Math.min(tags.size(), TAGS_MOST); i++) {
      lines.words(i == 0 ? "" : ", ").text(tags.get(i));
    }
    if (tags.size() > TAGS_MOST) {
      lines.words(" and " + (tags.size() - TAGS_MOST) + " more");
    }
  }

  private void cause(TextLines lines, IdleRule idle, int vm) {
    var rule = environment.rule(idle.rule());
    String other = vm == why.to() ? rule.sourceTag() : rule.destTag();
    switch (idle.cause()) {
      case NOT_CARRIED -> lines.words(": no VM carries ").text(other);
      case AVOIDED -> lines.words(": it or a tag of it is avoided");
      case ONLY_OUTSIDE -> lines.words(": only addresses outside carry ").text(other);
      case ONLY_ITSELF ->
          lines.words(": only ").vm(environment, vm).words(" itself carries ").text(other);
    }
  }
}
