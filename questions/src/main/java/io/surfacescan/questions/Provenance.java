package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What an answer rests on, for those who keep it as evidence.
///
/// @param environment as far as the question saw it
/// @param version of the input; empty if it is not known
/// @param arguments the parameters that were given, with their values as text
/// @param date as it was given
public record Provenance(
    Environment environment,
    String version,
    String question,
    Map<String, String> arguments,
    Optional<String> date) {
  /// The date that a page names.
  public static final Parameter DATE =
      new Parameter(
              "date", new Parameter.Text(), "The date that html names; nothing else depends on it")
          .labelled("DATE")
          .unless("none, so that the same input gives the same bytes");

  /// Where the answer to a question comes from.
  ///
  /// @param usualDate what holds where no date was given
  public static Provenance of(Question question, Context context, Optional<String> usualDate) {
    var given = context.arguments();
    var arguments = new LinkedHashMap<String, String>();
    for (var parameter : question.parameters()) {
      if (!parameter.name().equals(DATE.name())) {
        given.shown(parameter).ifPresent(value -> arguments.put(parameter.name(), value));
      }
    }
    return new Provenance(
        context.environment(),
        context.compiled().version(),
        question.name(),
        arguments,
        given.text(DATE).or(() -> usualDate));
  }
}
