package io.surfacescan.report;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceCause;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.CausesOfChange;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;

/// Why the surface of a VM changed: the rules that let attackers in, those that let them in no
/// more, and an attacker of either kind with its path.
///
/// JSON has two members, `gained_through` and `lost_through`, each null or `{"rule_count", "rules":
/// […], "path": {"from", "to", "hops": […]}}`.
final class ExplainedChange {
  private ExplainedChange() {}

  /// The two members of the JSON.
  ///
  /// @param most how many rules are named
  static Columns<CausesOfChange> columns(Comparison comparison, int most) {
    var before = comparison.before().environment();
    var after = comparison.after().environment();
    return new Columns<CausesOfChange>()
        .objectOrNone("gained_through", cause(after, most), CausesOfChange::gain)
        .objectOrNone("lost_through", cause(before, most), CausesOfChange::loss);
  }

  private static Columns<SurfaceCause> cause(Environment environment, int most) {
    var hops =
        new Columns<AttackPath.Hop>()
            .vm("from", environment, AttackPath.Hop::from)
            .vm("to", environment, AttackPath.Hop::to)
            .rules(environment, AttackPath.Hop::rules);
    var path =
        new Columns<AttackPath>()
            .vm("from", environment, AttackPath::from)
            .vm("to", environment, AttackPath::to)
            .list("hops", hops, AttackPath::hops);
    return new Columns<SurfaceCause>()
        .number("rule_count", cause -> cause.rules().size())
        .rules(environment, cause -> cause.rules().subList(0, Math.min(most, cause.rules().size())))
        .object("path", path, SurfaceCause::example);
  }

  /// Says it for people.
  ///
  /// @param most how many rules are named
  static void text(TextLines lines, CausesOfChange causes, int most) {
    var comparison = causes.comparison();
    causes
        .gain()
        .ifPresent(gain -> text(lines, "gained", gain, comparison.after().environment(), most));
    causes
        .loss()
        .ifPresent(loss -> text(lines, "lost", loss, comparison.before().environment(), most));
  }

  private static void text(
      TextLines lines, String word, SurfaceCause cause, Environment environment, int most) {
    lines.some(
        cause.rules().size(),
        most,
        i -> {
          lines.words("  " + word + " through ");
          Rules.text(lines, environment, cause.rules().get(i));
        },
        more -> "  " + word + " through " + Counted.of(more, "more rule"));
    lines.words("  " + word + ", for one: ").vm(environment, cause.example().from());
    for (var hop : cause.example().hops()) {
      lines.words(" -> ").vm(environment, hop.to()).words(" (");
      int rule = hop.rules().getFirst();
      lines.text(Rules.name(environment, rule));
      lines.words(hop.rules().size() == 1 ? ")" : " and " + (hop.rules().size() - 1) + " more)");
    }
    lines.end();
  }
}
