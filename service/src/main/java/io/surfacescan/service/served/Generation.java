package io.surfacescan.service.served;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problems;
import io.surfacescan.questions.CompiledEnvironment.Previous;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.status.Shrinkage;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.snapshot.Reading;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that answers come from: one environment, compiled, with its version and the facts of
/// its load. Immutable but for who is reading long answers from it.
public final class Generation {
  /// How many graphs over some of the rules are kept; those asked for least often go first.
  private static final int FILTERED_MOST = 4;

  /// How long searches are rehearsed.
  private static final Duration SEARCHES = Duration.ofSeconds(1);

  private final CompiledGraph whole;

  /// The version as the value of a header, made once because every answer has it.
  private final CharSequence versionHeader;

  private final Problems problems;
  private final Instant loadedAt;
  private final Duration loadTime;
  private final Optional<Shrinkage> shrinkage;
  private final Optional<PolicyOutcome> policyOutcome;
  private final Cache<RuleFilter, CompiledGraph> filtered =
      Caffeine.newBuilder().maximumSize(FILTERED_MOST).executor(Runnable::run).build();

  /// Guarded by itself, as is `closed`.
  private final Set<Exchange> readers = new HashSet<>();

  private boolean closed;

  private Generation(
      CompiledGraph whole,
      Imported imported,
      Optional<PolicyOutcome> policyOutcome,
      Instant loadedAt,
      Duration loadTime) {
    this.whole = whole;
    this.versionHeader = HttpHeaders.createOptimized(whole.version());
    this.problems = imported.problems();
    this.policyOutcome = policyOutcome;
    this.loadedAt = loadedAt;
    this.loadTime = loadTime;
    this.shrinkage =
        whole
            .previous()
            .flatMap(
                before -> Shrinkage.between(before.graph().environment(), whole.environment()));
  }

  /// Compiles an input that was not refused.
  ///
  /// @param startedNanos when the load began, by the monotonic clock
  /// @param replaced what is served now, if anything is
  /// @param policies what it is checked against
  static Generation of(
      Reading read, long startedNanos, Optional<Generation> replaced, PolicyChecks policies) {
    var imported = read.imported();
    var previous =
        replaced.map(generation -> new Previous(generation.graph(), generation.version()));
    var whole =
        CompiledGraph.of(
            read.graph(),
            imported.version(),
            previous,
            imported.export().map(ImportedExport::lowered));
    whole.ids();
    var outcome = policies.check(whole.graph(), imported, replaced);
    var loadTime = Duration.ofNanos(System.nanoTime() - startedNanos);
    return new Generation(whole, imported, outcome, Instant.now(), loadTime);
  }

  /// The graph over the rules that a filter lets through. May take its time when it is first asked
  /// for, and calls made meanwhile wait.
  public CompiledGraph over(RuleFilter filter) {
    return filter.equals(RuleFilter.NONE) ? whole : filtered.get(filter, whole::over);
  }

  /// Whether the graph over some rules is there.
  public boolean has(RuleFilter filter) {
    return filter.equals(RuleFilter.NONE) || filtered.getIfPresent(filter) != null;
  }

  /// Makes what a search looks in, and searches a while, so that the first who does waits for
  /// neither.
  void prepareSearch() {
    long end = System.nanoTime() + SEARCHES.toNanos();
    whole.searchIndex().rehearse(environment(), () -> System.nanoTime() - end > 0);
  }

  /// Whether it is less than half of the environment before it.
  public Optional<Shrinkage> shrinkage() {
    return shrinkage;
  }

  /// What came of the check of the policy, if there is one.
  public Optional<PolicyOutcome> policyOutcome() {
    return policyOutcome;
  }

  public Environment environment() {
    return whole.environment();
  }

  /// The graph over all rules.
  public AttackGraph graph() {
    return whole.graph();
  }

  public IdArena ids() {
    return whole.ids();
  }

  public String version() {
    return whole.version();
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
