package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.Optional;

/// An environment to ask questions of, and what was worked out about it for questions before. A
/// graph alone is one for a single question: nothing is kept.
@FunctionalInterface
public interface CompiledEnvironment {
  /// An environment that was replaced.
  ///
  /// @param version what names it
  record Previous(AttackGraph graph, String version) {}

  AttackGraph graph();

  default Environment environment() {
    return graph().environment();
  }

  /// The environment with all its rules, if [#environment] has only those that a filter lets
  /// through.
  default Environment whole() {
    return environment();
  }

  /// The real environment that the whole one was lowered from; empty if it was read as a document.
  default Optional<Lowered> real() {
    return Optional.empty();
  }

  /// What names it.
  default String version() {
    return "";
  }

  /// The order of ids. May take its time when it is first asked for.
  default TextOrder idOrder() {
    return TextOrder.of(environment().vmIds());
  }

  /// The order of names, VMs without one last, those of one name by their ids. May take its time
  /// when it is first asked for.
  default TextOrder nameOrder() {
    return TextOrder.of(environment().vmNames(), environment().vmIds());
  }

  /// What a search looks in. May take its time when it is first asked for.
  default SearchIndex searchIndex() {
    return SearchIndex.of(whole());
  }

  /// Whether what a search looks in is there.
  default boolean hasSearchIndex() {
    return false;
  }

  /// The exposure of all VMs, if it is known.
  default Optional<Exposures> exposuresFound() {
    return Optional.empty();
  }

  /// The exposure of all VMs. May take its time when it is first asked for.
  default Exposures exposures(Deadline deadline, Progress progress) {
    return Exposures.of(graph(), deadline, progress);
  }

  /// The environment before this one; empty if this is the first.
  default Optional<Previous> previous() {
    return Optional.empty();
  }
}
