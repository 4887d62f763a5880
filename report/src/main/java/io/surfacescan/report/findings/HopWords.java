package io.surfacescan.report.findings;

import io.surfacescan.engine.AllowedServices;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Blame;
import java.util.List;
import java.util.Optional;

/// A hop of a path in words.
final class HopWords {
  private static final List<String> ALL = Services.ALL.texts();

  private HopWords() {}

  /// The rules that allow it, the first few, and what they let through: `fw-1 (ssh -> dev) over
  /// tcp/22`.
  static String rules(Environment environment, AttackPath.Hop hop) {
    String rules = Blame.words(environment, hop.rules(), " or ");
    var services = services(environment, hop);
    return services.equals(ALL) ? rules : rules + " over " + String.join(", ", services);
  }

  /// All services that the rules let through together.
  static List<String> services(Environment environment, AttackPath.Hop hop) {
    return AllowedServices.of(environment, hop.rules()).stream()
        .flatMap(part -> part.services().texts().stream())
        .distinct()
        .toList();
  }

  /// Where the first real rule of the hop stands.
  static Optional<Place> place(Environment environment, AttackPath.Hop hop) {
    return hop.rules().stream()
        .flatMap(rule -> Blame.origins(environment, rule).stream())
        .flatMap(origin -> origin.place().stream())
        .findFirst();
  }
}
