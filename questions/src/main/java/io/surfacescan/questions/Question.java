package io.surfacescan.questions;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A question about an environment: what it asks for, as data, and its answer. Command line, HTTP,
/// the description of that interface and the tables in the docs all come from it.
public abstract class Question {
  /// The most bytes of edits that are read.
  public static final int EDITS_BYTES_MOST = 4 * 1024 * 1024;

  /// What every question takes.
  static final List<Parameter> COMMON = List.of(RuleFilter.SERVICE, RuleFilter.CERTAIN);

  private final Profile profile;

  Question(Profile profile) {
    this.profile = profile;
  }

  public final Profile profile() {
    return profile;
  }

  public final String name() {
    return profile.name();
  }

  /// All parameters.
  public final List<Parameter> parameters() {
    return Stream.concat(profile.parameters().stream(), COMMON.stream()).toList();
  }

  /// Those that stand in a URL; the others of a question about edits come in the body.
  public final List<Parameter> urlParameters() {
    return is(Trait.WITH_EDITS) ? COMMON : parameters();
  }

  public final boolean is(Trait trait) {
    return profile.traits().contains(trait);
  }

  /// The cost of asking it now, where that depends on what is known.
  public Cost cost(CompiledEnvironment compiled) {
    return profile.cost();
  }

  /// The answer, if it is found by a look: so fast that it is not worth changing the thread.
  public Optional<Answer> atOnce(Context context) {
    return Optional.empty();
  }

  /// Finds the answer. May take its time, up to the deadline.
  ///
  /// @throws QuestionRefused if it was asked wrongly
  /// @throws io.surfacescan.engine.DeadlinePassed if there is no answer in time
  public abstract Answer answer(Context context) throws QuestionRefused;
}
