package io.surfacescan.questions;

import java.util.Optional;

/// What a question is answered with: results of the engine and what a document of them needs.
public sealed interface Answer
    permits VmList,
        VmQuestion.Found,
        VmsQuestion.Rows,
        ReportQuestion.Report,
        SearchQuestion.Suggestions,
        SurfaceQuestion.Groups,
        RulesQuestion.Uses,
        PairsQuestion.Pairs,
        PathQuestion.Routes,
        PathQuestion.NoRoute,
        ExplainQuestion.Explained,
        ChokepointsQuestion.OfVm,
        ChokepointsQuestion.OfAll,
        Changes,
        EditsEffect {
  /// A part of a list.
  ///
  /// @param total how many elements there are in all
  /// @param start the place of the first
  /// @param size how many the part has
  record Part(int total, int start, int size) {
    static Optional<Part> of(int total, int start, int size) {
      return Optional.of(new Part(total, start, size));
    }
  }

  /// Of a list, which part of it this is.
  default Optional<Part> part() {
    return Optional.empty();
  }

  /// Whether nothing is missing in it that the same question would find with more time.
  default boolean isWhole() {
    return true;
  }
}
