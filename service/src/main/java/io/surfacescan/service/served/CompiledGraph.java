package io.surfacescan.service.served;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import io.surfacescan.questions.CompiledEnvironment;
import io.surfacescan.questions.SearchIndex;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.report.format.IdArena;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The graph over all rules of an environment, or over those that a filter lets through, and what
/// some questions need of it and is worth keeping, each found when it is first asked for.
public final class CompiledGraph implements CompiledEnvironment {
  private final AttackGraph graph;
  private final Environment whole;
  private final String version;

  /// What was served before, with all its rules.
  private final Optional<Previous> previous;

  private final Optional<Lowered> real;
  private final RuleFilter filter;
  private final Once<IdArena> ids;
  private final Once<TextOrder> idOrder;
  private final Once<TextOrder> nameOrder;
  private final Once<SearchIndex> searchIndex;
  private final Once<Exposures> exposures = new Once<>();

  /// A value that is found once, while those who want it too wait.
  private static final class Once<T> {
    private volatile @Nullable T value;
    private final Lock finding = new ReentrantLock();

    Optional<T> found() {
      return Optional.ofNullable(value);
    }

    T get(Supplier<T> find) {
      var known = value;
      if (known != null) {
        return known;
      }
      finding.lock();
      try {
        known = value;
        if (known == null) {
          known = find.get();
          value = known;
        }
        return known;
      } finally {
        finding.unlock();
      }
    }
  }

  private CompiledGraph(
      AttackGraph graph,
      Environment whole,
      String version,
      Optional<Previous> previous,
      Optional<Lowered> real,
      RuleFilter filter,
      Once<IdArena> ids,
      Once<TextOrder> idOrder,
      Once<TextOrder> nameOrder,
      Once<SearchIndex> searchIndex) {
    this.graph = graph;
    this.whole = whole;
    this.version = version;
    this.previous = previous;
    this.real = real;
    this.filter = filter;
    this.ids = ids;
    this.idOrder = idOrder;
    this.nameOrder = nameOrder;
    this.searchIndex = searchIndex;
  }

  static CompiledGraph of(
      AttackGraph graph, String version, Optional<Previous> previous, Optional<Lowered> real) {
    return new CompiledGraph(
        graph,
        graph.environment(),
        version,
        previous,
        real,
        RuleFilter.NONE,
        new Once<>(),
        new Once<>(),
        new Once<>(),
        new Once<>());
  }

  /// The graph over the rules that a filter lets through; this one if those are all.
  CompiledGraph over(RuleFilter some) {
    var filtered = some.apply(graph);
    // The order of ids depends on VMs alone, and a search finds all rules before it filters them.
    return filtered == graph
        ? this
        : new CompiledGraph(
            filtered,
            whole,
            version,
            previous,
            real,
            some,
            new Once<>(),
            idOrder,
            nameOrder,
            searchIndex);
  }

  @Override
  public AttackGraph graph() {
    return graph;
  }

  @Override
  public Environment whole() {
    return whole;
  }

  @Override
  public Optional<Lowered> real() {
    return real;
  }

  @Override
  public String version() {
    return version;
  }

  /// The ids in the order of the graph.
  public IdArena ids() {
    return ids.get(() -> IdArena.of(graph));
  }

  @Override
  public TextOrder idOrder() {
    return idOrder.get(() -> TextOrder.of(whole.vmIds()));
  }

  @Override
  public TextOrder nameOrder() {
    return nameOrder.get(() -> TextOrder.of(whole.vmNames(), whole.vmIds()));
  }

  @Override
  public SearchIndex searchIndex() {
    return searchIndex.get(() -> SearchIndex.of(whole));
  }

  @Override
  public boolean hasSearchIndex() {
    return searchIndex.found().isPresent();
  }

  @Override
  public Optional<Exposures> exposuresFound() {
    return exposures.found();
  }

  @Override
  public Exposures exposures(Deadline deadline, Progress progress) {
    return exposures.get(() -> {
      deadline.check();
      return Exposures.of(graph, deadline, progress);
    });
  }

  /// What was served before, over the same rules.
  @Override
  public Optional<Previous> previous() {
    return previous.map(before -> new Previous(filter.apply(before.graph()), before.version()));
  }
}
