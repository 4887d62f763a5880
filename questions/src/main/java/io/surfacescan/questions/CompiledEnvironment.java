package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import java.util.Optional;

/// An environment to ask questions of, and what was worked out about it for questions before.
public interface CompiledEnvironment {
  /// An environment that was replaced.
  ///
  /// @param version what names it
  record Previous(AttackGraph graph, String version) {}

  AttackGraph graph();

  /// What names it.
  String version();

  /// The order of ids. May take its time when it is first asked for.
  TextOrder idOrder();

  /// The exposure of all VMs, if it is known.
  Optional<Exposures> exposuresFound();

  /// The exposure of all VMs. May take its time when it is first asked for.
  Exposures exposures(Deadline deadline, Progress progress);

  /// The environment before this one; empty if this is the first.
  Optional<Previous> previous();

  default Environment environment() {
    return graph().environment();
  }

  /// For one question: nothing is kept.
  static CompiledEnvironment of(AttackGraph graph) {
    return new ForOneQuestion(graph);
  }

  /// A graph about which nothing is known yet.
  record ForOneQuestion(AttackGraph graph) implements CompiledEnvironment {
    @Override
    public String version() {
      return "";
    }

    @Override
    public TextOrder idOrder() {
      return TextOrder.of(environment().vmIds());
    }

    @Override
    public Optional<Exposures> exposuresFound() {
      return Optional.empty();
    }

    @Override
    public Exposures exposures(Deadline deadline, Progress progress) {
      return Exposures.of(graph, deadline, progress);
    }

    @Override
    public Optional<Previous> previous() {
      return Optional.empty();
    }
  }
}
