package io.surfacescan.service.program;

import io.surfacescan.service.access.Access;
import io.surfacescan.service.answers.Answers;
import io.surfacescan.service.answers.CheckEndpoint;
import io.surfacescan.service.answers.UnknownVms;
import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.exchange.RequestBodies;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.metrics.HealthEndpoint;
import io.surfacescan.service.metrics.Meters;
import io.surfacescan.service.metrics.MetricsEndpoint;
import io.surfacescan.service.metrics.MetricsReader;
import io.surfacescan.service.metrics.Push;
import io.surfacescan.service.metrics.StatisticsEndpoint;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.service.port.CannotListen;
import io.surfacescan.service.port.FrontDoor;
import io.surfacescan.service.port.Listener;
import io.surfacescan.service.port.OpenConnections;
import io.surfacescan.service.served.FirstReading;
import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.InputWatch;
import io.surfacescan.service.served.Loader;
import io.surfacescan.service.served.PolicyChecks;
import io.surfacescan.settings.Settings;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The running service: all its parts, put together once.
///
/// It starts the port first, so that the process is alive, then the load, then the watch of its
/// input.
public final class Program implements AutoCloseable {
  /// A machine that gives a thread no time for seconds is no fault of the service, and no reason
  /// for a stack trace.
  private static final long BLOCKED_SECONDS = 30;

  final Settings settings;
  public final Statistics statistics;
  public final DurableStatistics durable;
  public final Generations generations = new Generations();
  public final Loader loader;
  public final Listener listener;
  public final RequestBodies bodies = new RequestBodies();
  private final Vertx vertx;
  private final EventLog events;
  private final Access access;
  private final Answers answers;
  private final PolicyChecks policies;
  private final StatisticsEndpoint kept;
  private final Meters meters;
  public final Push push;
  private final CompletableFuture<Loader.Outcome> firstLoad = new CompletableFuture<>();
  private volatile @Nullable InputWatch watch;

  /// @param begun the reading of the input that was begun before, if it was
  public Program(Settings settings, ProcessStreams streams, Optional<FirstReading> begun) {
    this(settings, streams, begun, Access.KEYS_PAUSE);
  }

  /// @param keysPause between two fetches of an issuer's keys, at least
  public Program(
      Settings settings, ProcessStreams streams, Optional<FirstReading> begun, Duration keysPause) {
    this.settings = settings;
    var clock = InstantSource.system();
    vertx = vertx();
    statistics = new Statistics(Route.all(), clock);
    var stores = settings.stores();
    durable =
        new DurableStatistics(
            statistics, stores.folder(), stores.sharedUrl(), stores.name(), clock);
    events = new EventLog(settings.logs());
    var audit = new Audit(events);
    policies = new PolicyChecks(settings.policy());
    loader = new Loader(settings.input(), streams, generations, audit, policies, begun);
    access = new Access(settings, audit, keysPause);
    answers = new Answers(settings, new UnknownVms(), bodies, audit);
    kept = new StatisticsEndpoint(durable, clock);
    var connections = new OpenConnections(Listener.CONNECTIONS_MOST);
    var readings =
        new MetricsReader(statistics, durable, generations, connections::count, loader, policies);
    meters = new Meters(readings);
    push = new Push(settings, readings, meters);
    var door =
        new FrontDoor(
            settings,
            access,
            statistics,
            kept,
            generations,
            loader,
            answers,
            bodies,
            new MetricsEndpoint(meters),
            new HealthEndpoint(generations, durable),
            new CheckEndpoint(policies));
    listener = new Listener(vertx, settings, statistics, door, connections, events, audit);
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setMaxEventLoopExecuteTime(BLOCKED_SECONDS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
            .setWarningExceptionTime(BLOCKED_SECONDS)
            .setWarningExceptionTimeUnit(TimeUnit.SECONDS)
            // It serves no files, so that it needs no folder to keep them in.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /// Opens the port and begins to load.
  public void start() throws CannotListen, FileRefused {
    policies.start();
    access.start();
    listener.open(durable.start());
    var _ =
        loader
            .load()
            .whenComplete((outcome, bug) -> {
              if (bug != null) {
                firstLoad.completeExceptionally(bug);
              } else {
                if (!(outcome instanceof Loader.Outcome.GivenUp)) {
                  watchInput();
                  meters.addMachine();
                }
                firstLoad.complete(outcome);
              }
            });
    push.start();
  }

  private void watchInput() {
    if (!settings.input().readsStdin()) {
      watch = InputWatch.start(settings.input().paths(), loader);
    }
  }

  public CompletableFuture<Loader.Outcome> firstLoad() {
    return firstLoad;
  }

  /// Leaves: loads no more, accepts no new connection, and returns when the requests under way were
  /// answered or their time is over, and the last numbers are kept and sent.
  public void leave() {
    stopWatching();
    loader.giveUp();
    policies.close();
    listener.drain();
    // Beside each other, because both may have to wait for other machines.
    var keeping = CompletableFuture.runAsync(durable::close);
    push.stop();
    keeping.join();
  }

  @Override
  public void close() {
    stopWatching();
    listener.close();
    access.stop();
    push.stop();
    meters.close();
    durable.close();
    loader.stop();
    policies.close();
    answers.stop();
    kept.stop();
    events.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void stopWatching() {
    var watching = watch;
    if (watching != null) {
      watching.close();
    }
  }
}
