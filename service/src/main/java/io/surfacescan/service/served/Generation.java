package io.surfacescan.service.served;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.importers.Imported;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problems;
import io.surfacescan.model.TextOrder;
import io.surfacescan.questions.CompiledEnvironment;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.status.Shrinkage;
import io.surfacescan.service.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Everything that answers come from: one environment, compiled, with its version and the facts of
/// its load. Immutable but for who is reading long answers from it.
public final class Generation implements CompiledEnvironment {
  private final AttackGraph graph;
  private final IdArena ids;
  private final String version;

  /// The version as the value of a header, made once because every answer has it.
  private final CharSequence versionHeader;

  private final Problems problems;
  private final Instant loadedAt;
  private final Duration loadTime;
  private final Optional<Previous> previous;

  private final Optional<Shrinkage> shrinkage;

  /// Guarded by itself, as is `closed`.
  private final Set<Exchange> readers = new HashSet<>();

  private boolean closed;

  /// What some questions need and is worth keeping, each found when it is first asked for.
  private volatile @Nullable TextOrder idOrder;

  private volatile @Nullable Exposures exposures;
  private final Lock findingIdOrder = new ReentrantLock();
  private final Lock findingExposures = new ReentrantLock();

  private Generation(
      AttackGraph graph,
      IdArena ids,
      Imported imported,
      Instant loadedAt,
      Duration loadTime,
      Optional<Previous> previous) {
    this.graph = graph;
    this.ids = ids;
    this.version = imported.version();
    this.versionHeader = HttpHeaders.createOptimized(version);
    this.problems = imported.problems();
    this.loadedAt = loadedAt;
    this.loadTime = loadTime;
    this.previous = previous;
    this.shrinkage =
        previous.flatMap(
            before -> Shrinkage.between(before.graph().environment(), graph.environment()));
  }

  /// Compiles an input that was not refused.
  ///
  /// @param startedNanos when the load began, by the monotonic clock
  /// @param replaced what is served now, if anything is
  static Generation of(Imported imported, long startedNanos, Optional<Generation> replaced) {
    var graph = AttackGraph.of(imported.environment());
    var ids = IdArena.of(graph);
    var loadTime = Duration.ofNanos(System.nanoTime() - startedNanos);
    var previous = replaced.map(generation -> new Previous(generation.graph, generation.version));
    return new Generation(graph, ids, imported, Instant.now(), loadTime, previous);
  }

  @Override
  public Environment environment() {
    return graph.environment();
  }

  /// The order of ids. The first call finds it, and calls made meanwhile wait.
  @Override
  public TextOrder idOrder() {
    var known = idOrder;
    if (known != null) {
      return known;
    }
    findingIdOrder.lock();
    try {
      known = idOrder;
      if (known == null) {
        known = TextOrder.of(environment().vmIds());
        idOrder = known;
      }
      return known;
    } finally {
      findingIdOrder.unlock();
    }
  }

  /// The exposure of all VMs, if it was found before.
  @Override
  public Optional<Exposures> exposuresFound() {
    return Optional.ofNullable(exposures);
  }

  /// The exposure of all VMs. The first call finds it, and calls made meanwhile wait.
  @Override
  public Exposures exposures(Deadline deadline, Progress progress) {
    var known = exposures;
    if (known != null) {
      return known;
    }
    findingExposures.lock();
    try {
      known = exposures;
      if (known == null) {
        deadline.check();
        known = Exposures.of(graph, deadline, progress);
        exposures = known;
      }
      return known;
    } finally {
      findingExposures.unlock();
    }
  }

  /// The environment before this one; empty if this was the first.
  @Override
  public Optional<Previous> previous() {
    return previous;
  }

  /// Whether it is less than half of the environment before it.
  public Optional<Shrinkage> shrinkage() {
    return shrinkage;
  }

  @Override
  public AttackGraph graph() {
    return graph;
  }

  public IdArena ids() {
    return ids;
  }

  @Override
  public String version() {
    return version;
  }

  public CharSequence versionHeader() {
    return versionHeader;
  }

  /// What the input was warned about.
  public Problems problems() {
    return problems;
  }

  public Instant loadedAt() {
    return loadedAt;
  }

  public Duration loadTime() {
    return loadTime;
  }

  /// Notes that an answer is being written from this generation's memory; false if the generation
  /// was given up in the meantime and must not be read any more.
  public boolean enter(Exchange reader) {
    synchronized (readers) {
      return !closed && readers.add(reader);
    }
  }

  public void leave(Exchange reader) {
    synchronized (readers) {
      readers.remove(reader);
    }
  }

  /// Gives the generation up if nobody reads it; true if it is given up.
  boolean closeUnlessRead() {
    synchronized (readers) {
      closed = closed || readers.isEmpty();
      return closed;
    }
  }

  /// Gives the generation up and returns who was still reading.
  List<Exchange> close() {
    synchronized (readers) {
      closed = true;
      return List.copyOf(readers);
    }
  }
}
