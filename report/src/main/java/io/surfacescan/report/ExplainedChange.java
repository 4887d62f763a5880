package io.surfacescan.report;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceCause;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Why the surface of a VM changed: the rules that let attackers in, those that let them in no
/// more, and an attacker of either kind with its path.
///
/// JSON has two members, `gained_through` and `lost_through`, each null or `{"rule_count", "rules":
/// […], "path": {"from", "to", "hops": […]}}`.
record ExplainedChange(
    Comparison comparison, Optional<SurfaceCause> gain, Optional<SurfaceCause> loss) {
  static ExplainedChange of(Comparison comparison, ComparedVm vm) {
    return new ExplainedChange(
        comparison, SurfaceCause.ofGain(comparison, vm), SurfaceCause.ofLoss(comparison, vm));
  }

  /// @param most how many rules are named
  void json(JsonGenerator json, int most) {
    json(json, "gained_through", gain, after(), most);
    json(json, "lost_through", loss, before(), most);
  }

  private Environment before() {
    return comparison.before().environment();
  }

  private Environment after() {
    return comparison.after().environment();
  }

  private static void json(
      JsonGenerator json,
      String name,
      Optional<SurfaceCause> cause,
      Environment environment,
      int most) {
    if (cause.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    List<Integer> rules = cause.get().rules();
    json.writeNumberProperty("rule_count", rules.size());
    json.writeArrayPropertyStart("rules");
    rules.stream().limit(most).forEach(rule -> Rules.json(json, environment.rule(rule)));
    json.writeEndArray();
    json.writeObjectPropertyStart("path");
    path(json, environment, cause.get().example());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void path(JsonGenerator json, Environment environment, AttackPath path) {
    Json.vm(json, "from", environment, path.from());
    Json.vm(json, "to", environment, path.to());
    json.writeArrayPropertyStart("hops");
    for (var hop : path.hops()) {
      json.writeStartObject();
      Json.vm(json, "from", environment, hop.from());
      Json.vm(json, "to", environment, hop.to());
      json.writeArrayPropertyStart("rules");
      hop.rules().forEach(rule -> Rules.json(json, environment.rule(rule)));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// @param most how many rules are named
  void text(TextLines lines, int most) throws IOException {
    if (gain.isPresent()) {
      text(lines, "gained", gain.get(), after(), most);
    }
    if (loss.isPresent()) {
      text(lines, "lost", loss.get(), before(), most);
    }
  }

  private static void text(
      TextLines lines, String word, SurfaceCause cause, Environment environment, int most)
      throws IOException {
    for (int i = 0; i < Math.min(most, cause.rules().size()); i++) {
      lines.words("  " + word + " through ");
      Rules.text(lines, environment.rule(cause.rules().get(i)));
      lines.end();
    }
    int more = cause.rules().size() - most;
    if (more > 0) {
      lines
          .words("  " + word + " through " + more + (more == 1 ? " more rule" : " more rules"))
          .end();
    }
    lines.words("  " + word + ", for one: ").vm(environment, cause.example().from());
    for (var hop : cause.example().hops()) {
      lines.words(" -> ").vm(environment, hop.to()).words(" (");
      int rule = hop.rules().getFirst();
      lines.text(environment.rule(rule).id().orElse("no id"));
      lines.words(hop.rules().size() == 1 ? ")" : " and " + (hop.rules().size() - 1) + " more)");
    }
    lines.end();
  }
}
