package io.surfacescan.snapshot;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.model.Later;

/// An input that was read, or brought back, and what is compiled of it when it is first wanted.
/// Thread-safe.
public final class Reading {
  /// What is done with it at the end.
  @FunctionalInterface
  interface Keeper {
    void keep(Reading reading);
  }

  private final Imported imported;
  private final Later<AttackGraph> graph;
  private final Keeper keeper;
  private volatile boolean isCompiled;

  /// @param keeper keeps what was compiled, if that is worth it
  Reading(Imported imported, Later<AttackGraph> graph, Keeper keeper) {
    this.imported = imported;
    this.graph = graph;
    this.keeper = keeper;
  }

  /// What is not kept.
  static Reading of(Imported imported) {
    return new Reading(
        imported, Later.of(() -> AttackGraph.of(imported.environment())), reading -> {});
  }

  public Imported imported() {
    return imported;
  }

  /// The graph over all rules.
  public AttackGraph graph() {
    var compiled = graph.get();
    isCompiled = true;
    return compiled;
  }

  /// Whether the graph was asked for.
  boolean isCompiled() {
    return isCompiled;
  }

  /// Keeps for the next look what is not kept yet. To be called when the answers are out, since it
  /// takes time; whatever goes wrong with it is no fault.
  public void keep() {
    keeper.keep(this);
  }
}
