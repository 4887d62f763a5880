package io.surfacescan.service.served;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.questions.arguments.Nearest;
import io.surfacescan.report.status.ServedEnvironmentDocument.RefusedLoad;
import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.log.Event;
import io.surfacescan.service.platform.InputState;
import io.surfacescan.service.platform.LowPriorityPool;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.settings.Input;
import io.surfacescan.snapshot.Reading;
import io.surfacescan.snapshot.Snapshots;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the input, builds the next generation beside the one that is served and swaps it in; bad
/// input changes nothing but what is told. One load at a time, on a thread of its own.
public class Loader {
  private static final Logger LOG = Logger.getLogger(Loader.class);

  private static final Duration WARM_UP = Duration.ofMillis(50);

  /// An input that changes under each of so many reads is refused.
  private static final int CHANGING_READS_MOST = 3;

  /// What became of a load.
  public sealed interface Outcome {
    record Served(Generation generation) implements Outcome {}

    record Refused(RefusedLoad load) implements Outcome {}

    /// The process stops; nothing was changed.
    record GivenUp() implements Outcome {}
  }

  /// How a load ended.
  public enum Ending {
    /// A new environment is served.
    SERVED,
    /// The input is the same as before.
    UNCHANGED,
    /// The input is not valid.
    REFUSED,
    /// By a bug.
    FAILED
  }

  /// A load under way and the state of the input that it reads or is about to read.
  private record Load(InputState input, CompletableFuture<Outcome> outcome) {}

  private final Input input;
  private final ProcessStreams streams;
  private final Generations generations;
  private final Audit audit;
  private final PolicyChecks policies;
  private final @Nullable FirstReading begun;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("surfacescan-load").daemon().factory());

  /// Where all loads but the first run; nobody is answered before that.
  private final ForkJoinPool background = LowPriorityPool.pool("load");

  /// The load that was started last, under way or done. Guarded by this.
  private @Nullable Load last;

  /// Guarded by this.
  private final List<CompletableFuture<Outcome>> underWay = new ArrayList<>();

  private volatile boolean stopped;
  private volatile boolean searchesExpected;

  private volatile @Nullable RefusedLoad lastRefused;
  private final Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);

  /// @param begun the reading of the input that was begun before, if it was
  public Loader(
      Input input,
      ProcessStreams streams,
      Generations generations,
      Audit audit,
      PolicyChecks policies,
      Optional<FirstReading> begun) {
    this.begun = begun.orElse(null);
    this.audit = audit;
    this.policies = policies;
    this.input = input;
    this.streams = streams;
    this.generations = generations;
    for (var ending : Ending.values()) {
      endings.put(ending, new LongAdder());
    }
  }

  /// Loads what the input holds now. Calls share a load that is under way unless the input changed
  /// since it began, because only then would it miss something the caller has seen.
  ///
  /// @return completes when the outcome can be seen by requests; fails only on a bug, which is
  ///   logged
  public synchronized CompletableFuture<Outcome> load() {
    if (stopped) {
      return CompletableFuture.completedFuture(new Outcome.GivenUp());
    }
    var begun = last == null ? this.begun : null;
    var state = begun != null ? begun.input() : InputState.of(input.paths());
    if (last != null && !last.outcome().isDone() && last.input().equals(state)) {
      return last.outcome();
    }
    boolean first = last == null;
    var outcome =
        CompletableFuture.supplyAsync(
            () -> first ? read(begun, true) : background.invoke(reading()), thread);
    last = new Load(state, outcome);
    underWay.add(outcome);
    return outcome.whenComplete((result, bug) -> {
      forgetDone();
      if (bug != null) {
        ended(Ending.FAILED);
        LOG.error("Loading failed in a way it should not", bug);
      }
    });
  }

  /// Loads again, and has the audit log tell for whom.
  ///
  /// @param asker who or what wants it
  public CompletableFuture<Outcome> reload(Event asker) {
    String before = generations.ifLoaded().map(Generation::version).orElse(null);
    return load()
        .whenComplete((outcome, bug) -> {
          switch (outcome) {
            case null -> audit.reload(asker, "failed", before, before, null);
            case Outcome.Served(var served) -> {
              String word = served.version().equals(before) ? "unchanged" : "served";
              audit.reload(asker, word, before, served.version(), null);
            }
            case Outcome.Refused(var load) ->
                audit.reload(asker, "refused", before, before, load.problemCount());
            case Outcome.GivenUp() -> audit.reload(asker, "given-up", before, before, null);
          }
        });
  }

  private synchronized void forgetDone() {
    underWay.removeIf(CompletableFuture::isDone);
  }

  /// Whether the input changed since the last load began, be it served or refused.
  synchronized boolean isOutdated() {
    return last != null && !last.input().equals(InputState.of(input.paths()));
  }

  /// The last refused load since the last one served.
  public Optional<RefusedLoad> lastRefused() {
    return Optional.ofNullable(lastRefused);
  }

  /// Whether nothing but the reading itself failed in the last load, which may go better next time.
  boolean lastWasUnreadable() {
    return lastRefused()
        .filter(load ->
            load.problems().stream().allMatch(problem -> problem.kind() == ProblemKind.UNREADABLE))
        .isPresent();
  }

  /// How many loads ended in which way.
  public Map<Ending, Long> endings() {
    var counts = new EnumMap<Ending, Long>(Ending.class);
    endings.forEach((ending, count) -> counts.put(ending, count.sum()));
    return counts;
  }

  private void ended(Ending ending) {
    Objects.requireNonNull(endings.get(ending)).increment();
  }

  private ForkJoinTask<Outcome> reading() {
    return ForkJoinTask.adapt(() -> read(null, false));
  }

  private Outcome read(@Nullable FirstReading begun, boolean first) {
    long started = begun != null ? begun.startedNanos() : System.nanoTime();
    try {
      var progress = first ? streams.progress() : ReadProgress.NONE;
      var stdin = first ? streams.in() : InputStream.nullInputStream();
      var read = begun != null ? begun.read() : readInput(stdin, progress);
      int readsMost = input.readsStdin() ? 1 : CHANGING_READS_MOST;
      for (int again = 1; again < readsMost && !stopped && onlyChanged(read.imported()); again++) {
        read = readInput(stdin, progress);
      }
      if (stopped) {
        return new Outcome.GivenUp();
      }
      var problems = read.imported().problems();
      return problems.refused()
          ? refused(problems.errors(), problems.errorCount())
          : served(read, started);
    } catch (OutOfMemoryError e) {
      return refused(
          List.of(
              new Problem(
                  ProblemKind.TOO_LARGE,
                  Place.of(String.join(", ", input.paths())),
                  "the environment does not fit into memory",
                  "give the program more, or load less")),
          1);
    }
  }

  private Reading readInput(InputStream stdin, ReadProgress progress) {
    return new Snapshots(input.cache())
        .read(input.paths(), stdin, progress, policies.readOptions(input), () -> stopped);
  }

  /// Whether nothing is wrong with the input but that somebody wrote to it meanwhile.
  private static boolean onlyChanged(Imported imported) {
    var problems = imported.problems();
    return problems.refused()
        && problems.errorCount()
            == problems.counts().getOrDefault(ProblemKind.CHANGED_WHILE_READ, 0L);
  }

  private Outcome served(Reading read, long started) {
    var imported = read.imported();
    var current = generations.ifLoaded();
    lastRefused = null;
    if (current.isPresent() && current.get().version().equals(imported.version())) {
      LOG.debug("The input is the same as before");
      ended(Ending.UNCHANGED);
      return new Outcome.Served(current.get());
    }
    var generation = Generation.of(read, started, current, policies);
    generations.replace(generation);
    if (searchesExpected) {
      background.execute(generation::prepareSearch);
    }
    ended(Ending.SERVED);
    current.ifPresent(before -> new Replacement(before, generation).log());
    policies.tell(current, generation);
    background.execute(read::keep);
    if (current.isEmpty()) {
      warmUp(generation);
    }
    return new Outcome.Served(generation);
  }

  /// Makes what a search looks in beside all that is answered, now and after each load from now on.
  /// Whoever opens the page is about to search; a service without such users does not pay for it.
  public void expectSearches() {
    if (!searchesExpected && !stopped) {
      searchesExpected = true;
      generations.ifLoaded().ifPresent(generation -> background.execute(generation::prepareSearch));
    }
  }

  /// Searches for ids near an unknown one, as soon as other answers are ready: in the few
  /// milliseconds that the first client to mistype an id gets, the classes could hardly be loaded.
  private static void warmUp(Generation generation) {
    long deadline = System.nanoTime() + WARM_UP.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Nearest.vms(
          generation.environment(), "warm-up", () -> () -> System.nanoTime() - deadline < 0);
    }
  }

  private Outcome refused(List<Problem> problems, long count) {
    var refused = new RefusedLoad(Instant.now(), problems, count);
    lastRefused = refused;
    ended(Ending.REFUSED);
    if (generations.ifLoaded().isPresent()) {
      LOG.errorf("Refused the new input, and go on serving the old one: %d problems", count);
      problems.forEach(LOG::error);
    }
    return new Outcome.Refused(refused);
  }

  /// Loads no more. Whoever waits for a load hears at once that it was given up. Its reading ends
  /// soon, unless it waits for an input that does not come.
  public void giveUp() {
    List<CompletableFuture<Outcome>> waiting;
    synchronized (this) {
      stopped = true;
      waiting = List.copyOf(underWay);
    }
    var first = begun;
    if (first != null) {
      first.giveUp();
    }
    waiting.forEach(outcome -> outcome.complete(new Outcome.GivenUp()));
  }

  public void stop() {
    giveUp();
    thread.shutdownNow();
    background.shutdownNow();
  }
}
