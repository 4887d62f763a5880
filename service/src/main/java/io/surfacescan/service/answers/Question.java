package io.surfacescan.service.answers;

import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.served.Generation;
import java.util.List;
import java.util.Set;

/// A question about an environment, as one route asks it. What all of them have in common (formats,
/// validators, compression, limits, how the answer gets to its reader) is done by [Answers].
public interface Question {
  /// The names of all parameters that may stand in the query.
  Set<String> parameters();

  /// Those of them that may be given several times.
  default Set<String> repeatable() {
    return Set.of();
  }

  /// The VMs without which there is no question, whatever is served.
  default List<VmParameter> required() {
    return List.of();
  }

  QueryCost effort();

  /// The effort of one request, where it depends on what is asked of what.
  default QueryCost effort(Query query, Generation generation) {
    return effort();
  }

  /// What the answer can be written as, the usual one first.
  default List<Format> forms() {
    return Format.ofAnyAnswer();
  }

  /// The most bytes of a body that it takes; 0 if it is asked without one.
  default int bodyBytesMost() {
    return 0;
  }

  /// Whether the answer depends on the environment and the URL alone, so that clients may keep it.
  default boolean isLasting() {
    return true;
  }

  /// What to ask instead if the time limit was reached, as a sentence.
  default String smaller() {
    return "Ask for less, or have the service started with a larger --time-limit.";
  }

  /// Finds the answer. Runs on a thread of the lane, so it may take its time, up to the deadline of
  /// what was asked.
  ///
  /// @throws Refusal if it was asked wrongly
  /// @throws io.surfacescan.engine.DeadlinePassed if there is no answer in time
  Answer answer(QuestionRequest asked) throws Refusal;
}
