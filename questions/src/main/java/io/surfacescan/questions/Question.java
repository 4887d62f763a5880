package io.surfacescan.questions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A question about an environment: what it asks for, as data, and its answer. Command line, HTTP,
/// the description of that interface and the tables in the docs all come from it.
public interface Question {
  /// The most bytes of edits that are read.
  int EDITS_BYTES_MOST = 4 * 1024 * 1024;

  /// What every question takes.
  List<Parameter> COMMON = List.of();

  /// The verb of the command line, and the last part of the path over HTTP.
  String name();

  /// What it asks, as a sentence.
  String sentence();

  /// The parameters of this question alone.
  List<Parameter> parameters();

  /// All parameters.
  default List<Parameter> allParameters() {
    return Stream.concat(parameters().stream(), COMMON.stream()).toList();
  }

  /// More to know before one asks it, in paragraphs; the last is an example.
  List<String> remarks();

  Cost cost();

  /// The cost of asking it now, where that depends on what is known.
  default Cost cost(CompiledEnvironment compiled) {
    return cost();
  }

  /// Whether the work stops at a deadline.
  default boolean isStoppable() {
    return true;
  }

  /// Whether the answer is a graph, so that it can be drawn.
  default boolean isDrawn() {
    return false;
  }

  /// Whether the answer is a list that can be asked for page by page.
  default boolean isPaged() {
    return false;
  }

  /// Whether edits of the environment are asked about.
  default boolean hasEdits() {
    return false;
  }

  /// Whether the answer depends on the environment and the arguments alone, so that it may be kept.
  default boolean isLasting() {
    return true;
  }

  /// What to ask instead if the time limit was reached, as a sentence.
  default String smaller() {
    return "Ask for less, or start the service with a larger --time-limit.";
  }

  /// The answer, if it is found by a look: so fast that it is not worth changing the thread.
  default Optional<Answer> atOnce(Context context) {
    return Optional.empty();
  }

  /// Finds the answer. May take its time, up to the deadline.
  ///
  /// @throws QuestionRefused if it was asked wrongly
  /// @throws io.surfacescan.engine.DeadlinePassed if there is no answer in time
  Answer answer(Context context) throws QuestionRefused;
}
