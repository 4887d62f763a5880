package io.surfacescan.statistics;

import io.surfacescan.statistics.ProcessRun.Ended;
import io.surfacescan.statistics.counting.Resolution;
import io.surfacescan.statistics.counting.Statistics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Keeps the statistics beyond the life of the process: in a file of the state directory, and from
/// there in the database that a fleet shares, if there is one.
///
/// Every two seconds what was recorded is written to the file, and what changed in the file is sent
/// to the database, each on a thread of its own. Requests are recorded in [Statistics] and wait for
/// none of this. After a failure, what was not written waits in memory, and what was not sent waits
/// in the file; both are tried again.
public final class DurableStatistics implements AutoCloseable {
  private static final Duration FLUSH = Duration.ofSeconds(2);

  /// How long an answer waits for the latest numbers to be written, and to be sent.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// How long the first answers wait until the stores know of this process.
  private static final Duration FIRST = Duration.ofSeconds(1);

  /// How long writing and sending may take when everything is waited for.
  private static final Duration ONE_ROUND = Duration.ofMinutes(1);

  /// How long the end of the process waits for the last numbers to be written and sent.
  private static final Duration LAST = Duration.ofSeconds(2);

  private final Statistics statistics;
  private final InstantSource clock;
  private final ThisProcess self;
  private final Optional<Local> local;
  private final Optional<Shared> shared;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("surfacescan-statistics-clock").daemon().factory());

  private record Local(LocalWriter writer, Worker worker, StoreReader reading) {}

  private record Shared(SharedSender sender, Worker worker, StoreReader reading) {}

  /// Nothing is written before [#start].
  ///
  /// @param folder the state directory; without one nothing is kept beyond the process
  /// @param sharedUrl the database that instances share, `jdbc:postgresql://…`; it needs a folder,
  ///   in which what the database does not take waits
  /// @param name what the operator calls this program
  public DurableStatistics(
      Statistics statistics,
      Optional<Path> folder,
      Optional<String> sharedUrl,
      String name,
      InstantSource clock) {
    this.statistics = statistics;
    this.clock = clock;
    this.self = new ThisProcess(UUID.randomUUID().toString(), name, clock.instant());
    var file = folder.map(LocalStore::in);
    this.shared = sharedUrl.map(url -> shared(file.orElseThrow(), url));
    this.local = file.map(this::local);
    if (local.isPresent()) {
      statistics.gather();
    }
  }

  private Local local(Store file) {
    var writer = new LocalWriter(statistics, self, new LocalStore(file), clock);
    var worker =
        new Worker(
            "surfacescan-statistics-file",
            () -> {
              if (writer.write()) {
                shared.ifPresent(database -> database.worker().soon());
              }
            });
    return new Local(writer, worker, new StoreReader(file.another()));
  }

  private Shared shared(Store file, String url) {
    var database = Store.postgresql(url);
    var sender =
        new SharedSender(self, new LocalStore(file.another()), new SharedStore(database), clock);
    return new Shared(
        sender,
        new Worker("surfacescan-statistics-database", sender::send),
        new StoreReader(database.another()));
  }

  /// Begins to write, on other threads.
  ///
  /// @return completes when the stores know of this process, so that they show that something is
  ///   missing if it is killed before it wrote what it answered; or when they cannot know of it
  ///   soon, which [#ask] shows
  public CompletableFuture<Void> start() {
    var known = new CompletableFuture<Void>();
    if (local.isPresent()) {
      local.get().worker().then(() -> local.get().writer().writeAll(null), () -> tellShared(known));
      schedule(FLUSH.toMillis());
    } else {
      known.complete(null);
    }
    return known.completeOnTimeout(null, FIRST.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tellShared(CompletableFuture<Void> known) {
    if (shared.isPresent()) {
      shared.get().worker().then(shared.get().sender()::send, () -> known.complete(null));
    } else {
      known.complete(null);
    }
  }

  /// Never late for the end of a minute: only then do the numbers of a minute end.
  private void tick() {
    try {
      statistics.rotate();
      local.ifPresent(file -> file.worker().soon());
    } finally {
      // Even if memory is short for once: otherwise nothing would ever be written again.
      long minute = Resolution.MINUTE.length().toMillis();
      long untilMinute = minute - Math.floorMod(clock.millis(), minute);
      schedule(Math.min(FLUSH.toMillis(), untilMinute));
    }
  }

  private void schedule(long millis) {
    try {
      var _ = ticks.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed in the meantime.
    }
  }

  /// Does now what else is done every two seconds, and waits for it.
  void write() {
    statistics.rotate();
    local.ifPresent(file -> file.worker().doNow(file.writer()::write, ONE_ROUND));
    shared.ifPresent(database -> database.worker().doNow(database.sender()::send, ONE_ROUND));
  }

  /// Whether anything is kept, so that it can be asked for.
  public boolean isKept() {
    return local.isPresent();
  }

  /// How the stores fare: none, the file, or the file and the database.
  public List<StoreState> stores() {
    return local
        .map(file ->
            shared
                .map(database -> List.of(file.writer().state(), database.sender().state()))
                .orElse(List.of(file.writer().state())))
        .orElse(List.of());
  }

  /// The numbers of some time, up to this moment if nothing fails. Waits for writing and reading:
  /// not for event loops.
  ///
  /// @param abandoned whether the answer is no longer waited for
  /// @throws StoreFailure if they cannot be read now
  public RangeStatistics ask(RangeQuestion question, BooleanSupplier abandoned)
      throws StoreFailure, UnanswerableRange {
    var file = local.orElseThrow(() -> new IllegalStateException("nothing is kept"));
    file.worker().doNow(() -> file.writer().writeAll(null), PATIENCE);
    var reading = file.reading();
    if (question.scope() == Scope.FLEET && shared.isPresent()) {
      var database = shared.get();
      database.worker().doNow(database.sender()::send, PATIENCE);
      reading = database.reading();
    }
    return reading.answer(new RangeReader(question, self, clock.instant(), abandoned));
  }

  /// Writes and sends what was recorded last, as far as that can be done soon, and ends.
  @Override
  public void close() {
    ticks.shutdownNow();
    long end = System.nanoTime() + LAST.toNanos();
    local.ifPresent(
        file -> file.worker().doNow(() -> file.writer().writeAll(Ended.STOPPED), left(end)));
    shared.ifPresent(database -> {
      database.worker().doNow(database.sender()::send, left(end));
      database
          .worker()
          .end(
              () -> {
                database.sender().close();
                database.reading().close();
              },
              left(end));
    });
    local.ifPresent(file ->
        file.worker()
            .end(
                () -> {
                  file.writer().close();
                  file.reading().close();
                },
                left(end)));
  }

  private static Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }
}
