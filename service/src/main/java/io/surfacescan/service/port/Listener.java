package io.surfacescan.service.port;

import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.OpenFiles;
import io.surfacescan.settings.Settings;
import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The open port, from its opening until the last connection is closed.
public class Listener {
  public static final int CONNECTIONS_MOST = 10_000;

  /// How long answers that the process stops may take to be sent.
  private static final Duration FAREWELL = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Settings settings;
  private final Statistics statistics;
  private final FrontDoor door;
  private final OpenConnections connections;
  private final EventLog events;
  private final Audit audit;
  private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
  private @Nullable TlsRenewal tls;
  private volatile @Nullable ListeningSocket socket;
  private volatile int port;
  private volatile boolean draining;
  private volatile @Nullable String deployment;

  public Listener(
      Vertx vertx,
      Settings settings,
      Statistics statistics,
      FrontDoor door,
      OpenConnections connections,
      EventLog events,
      Audit audit) {
    this.connections = connections;
    this.events = events;
    this.audit = audit;
    this.vertx = vertx;
    this.settings = settings;
    this.statistics = statistics;
    this.door = door;
  }

  /// Opens the port on one event loop per processor and returns when it answers.
  ///
  /// @param ready completes when requests may be answered; until then they wait
  /// @throws CannotListen if the port cannot be opened
  /// @throws FileRefused if it cannot be with these files for TLS
  public void open(CompletableFuture<?> ready) throws CannotListen, FileRefused {
    var files = settings.security().tls();
    if (files.isPresent()) {
      tls = TlsRenewal.start(vertx, files.get(), audit);
    }
    connections.allow(OpenFiles.connectionsMost(CONNECTIONS_MOST));
    var shared =
        new EventLoop.Shared(
            settings.limits(),
            this::options,
            Optional.ofNullable(tls).map(TlsRenewal::live),
            statistics,
            events,
            door,
            ready,
            () -> draining);
    int count = Runtime.getRuntime().availableProcessors();
    try {
      deployment =
          joined(
              vertx.deployVerticle(
                  () -> loop(shared), new DeploymentOptions().setInstances(count)));
    } catch (CompletionException e) {
      loops.clear();
      throw CannotListen.because(settings.listen().host(), settings.listen().port(), e);
    }
    port = loops.getFirst().port();
    var listening = new ListeningSocket(vertx, port);
    // Vert.x itself tells of connections only when their TLS handshake is done.
    listening.watch(connections);
    socket = listening;
  }

  private EventLoop loop(EventLoop.Shared shared) {
    var loop = new EventLoop(shared);
    loops.add(loop);
    return loop;
  }

  private HttpServerOptions options() {
    var plain = PortOptions.of(settings);
    return tls == null ? plain : tls.live().in(plain);
  }

  /// The port that is open, which is another than the one asked for if that was 0.
  public int port() {
    return port;
  }

  public int connections() {
    return connections.count();
  }

  /// How many requests are under way. Counted on the event loops, so it waits for them.
  public int busy() {
    return loops.stream().mapToInt(loop -> joined(loop.busy())).sum();
  }

  private static <T> T joined(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /// Leaves. New connections are refused from now on, requests under way are answered, and
  /// connections that wait for none are closed. Returns when none is open any more or the time is
  /// over; requests that could not be answered until then are told to ask again.
  public void drain() {
    draining = true;
    var left = closePort().thenCompose(closed -> onAll(EventLoop::drained));
    if (!within(settings.limits().drain(), left)) {
      onAll(EventLoop::dismissed).join();
      within(FAREWELL, left);
    }
  }

  private CompletableFuture<Void> closePort() {
    var open = socket;
    return open == null ? CompletableFuture.completedFuture(null) : open.close();
  }

  private static boolean within(Duration most, CompletableFuture<?> done) {
    return done.thenApply(success -> true)
        .completeOnTimeout(false, most.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private CompletableFuture<Void> onAll(Function<EventLoop, Future<Void>> work) {
    return CompletableFuture.allOf(
        loops.stream()
            .map(work)
            .map(future -> future.toCompletionStage().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  public void close() {
    if (tls != null) {
      tls.close();
    }
    var deployed = deployment;
    if (deployed != null) {
      deployment = null;
      closePort().join();
      joined(vertx.undeploy(deployed));
      loops.clear();
    }
  }
}
