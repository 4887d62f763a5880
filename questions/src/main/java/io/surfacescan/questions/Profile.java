package io.surfacescan.questions;

import io.surfacescan.questions.arguments.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a question says of itself.
///
/// @param name the verb of the command line, and the last part of the path over HTTP
/// @param sentence what it asks, as a sentence
/// @param parameters those of this question alone
/// @param remarks more to know before one asks it, in paragraphs; the last is an example
/// @param smaller what to ask instead if the time limit was reached, as a sentence
public record Profile(
    String name,
    String sentence,
    Cost cost,
    List<Parameter> parameters,
    Set<Trait> traits,
    List<String> remarks,
    String smaller) {
  /// What is special about a question.
  public enum Trait {
    /// The answer is a list that can be asked for page by page.
    PAGED,
    /// The answer is a graph, so that it can be drawn.
    DRAWN,
    /// The answer can be a page by itself, which people keep.
    KEPT,
    /// Edits of the environment are asked about.
    WITH_EDITS,
    /// The work does not stop at a deadline.
    UNSTOPPABLE,
    /// The answer depends on more than the environment and the arguments, so that it is not kept.
    FLEETING
  }

  static Profile of(String name, String sentence, Cost cost, Parameter... parameters) {
    return new Profile(
        name,
        sentence,
        cost,
        List.of(parameters),
        Set.of(),
        List.of(),
        "Ask for less, or start the service with a larger --time-limit.");
  }

  Profile with(Trait first, Trait... more) {
    return new Profile(name, sentence, cost, parameters, EnumSet.of(first, more), remarks, smaller);
  }

  Profile remarks(String... paragraphs) {
    return new Profile(name, sentence, cost, parameters, traits, List.of(paragraphs), smaller);
  }

  Profile orElse(String other) {
    return new Profile(name, sentence, cost, parameters, traits, remarks, other);
  }
}
