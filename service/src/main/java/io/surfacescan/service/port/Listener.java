package io.surfacescan.service.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.FileWatch;
import io.surfacescan.service.platform.OpenFiles;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.service.tls.TlsIdentity;
import io.surfacescan.settings.Settings;
import io.surfacescan.settings.TlsFiles;
import io.surfacescan.statistics.Statistics;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The open port. What the parser would answer on its own is counted and is a problem document too,
/// and slow connections are found and closed.
public class Listener {
  private static final Logger LOG = Logger.getLogger(Listener.class);

  /// An id of 64 KiB, each byte of it percent-encoded, and room for the other parameters.
  private static final int REQUEST_LINE_BYTES = 200 * 1024;

  private static final int HEADER_BYTES = 16 * 1024;
  public static final int CONNECTIONS_MOST = 10_000;
  private static final int BACKLOG = 1024;

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /// How long answers that the process stops may take to be sent.
  private static final Duration FAREWELL = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Settings settings;
  private final Statistics statistics;
  private final FrontDoor door;
  private final OpenConnections connections;
  private final EventLog events;
  private final Audit audit;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private Optional<LiveTls> tls = Optional.empty();
  private @Nullable FileWatch tlsWatch;
  private volatile CompletableFuture<?> ready = CompletableFuture.completedFuture(null);
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
    if (settings.security().tls().isPresent()) {
      beginTls(settings.security().tls().get());
    }
    this.ready = ready;
    connections.allow(OpenFiles.connectionsMost(CONNECTIONS_MOST));
    int count = Runtime.getRuntime().availableProcessors();
    try {
      deployment =
          vertx
              .deployVerticle(Loop::new, new DeploymentOptions().setInstances(count))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      throw CannotListen.because(settings.listen().host(), settings.listen().port(), e);
    }
    countConnections();
  }

  /// Has the listening socket tell of what it accepts: Vert.x tells of connections only when their
  /// TLS handshake is done.
  private void countConnections() {
    var acceptor = acceptor();
    CompletableFuture.runAsync(
            () ->
                registered(acceptor).stream()
                    .filter(this::isOurs)
                    .forEach(port -> port.pipeline().addFirst(connections)),
            acceptor)
        .join();
  }

  /// Takes the files as they are, and as they are after each change.
  private void beginTls(TlsFiles files) throws FileRefused {
    var watch = new FileWatch(files.all(), () -> renewTls(files));
    tls = Optional.of(new LiveTls(TlsIdentity.read(files, vertx)));
    watch.start();
    tlsWatch = watch;
  }

  /// New connections see the new files; those that are open go on as they are.
  private void renewTls(TlsFiles files) {
    try {
      var renewed = TlsIdentity.read(files, vertx);
      tls.orElseThrow().renew(renewed);
      audit.certificateRenewed(files.certificate(), renewed.certificate());
    } catch (FileRefused e) {
      LOG.errorf("%s (TLS goes on with the files from before)", e.getMessage());
    }
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
    var left = closePort().thenCompose(closed -> onAll(Loop::drained));
    if (!within(settings.limits().drain(), left)) {
      onAll(Loop::dismissed).join();
      within(FAREWELL, left);
    }
  }

  private static boolean within(Duration most, CompletableFuture<?> done) {
    return done.thenApply(success -> true)
        .completeOnTimeout(false, most.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private CompletableFuture<Void> onAll(Function<Loop, Future<Void>> work) {
    return all(
        loops.stream().map(work).map(future -> future.toCompletionStage().toCompletableFuture()));
  }

  private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
  }

  /// Closes the listening socket and nothing else, which Vert.x cannot: its servers close their
  /// connections with it, and one of several that share a port leaves it open. So it is looked for
  /// where it was registered.
  ///
  /// @return completes when every connection that was accepted is known to its loop, or will be
  ///   before whatever that loop is told to do next
  private CompletableFuture<Void> closePort() {
    var acceptor = acceptor();
    return CompletableFuture.supplyAsync(() -> registered(acceptor), acceptor)
        .thenCompose(channels ->
            all(channels.stream().filter(this::isOurs).map(Channel::close).map(Listener::done)))
        .thenCompose(closed -> afterNextSelect(acceptor));
  }

  /// Java's own sockets are closed a little after they were: the kernel accepts connections, to
  /// reset them, until the loop's selector lets go of the socket, which it does when it selects
  /// next. What is scheduled on a loop waits for that at least, what is only submitted does not.
  private static CompletableFuture<Void> afterNextSelect(SingleThreadEventLoop loop) {
    var selected = new CompletableFuture<Void>();
    var _ = loop.schedule(() -> selected.complete(null), 0, TimeUnit.NANOSECONDS);
    return selected;
  }

  private SingleThreadEventLoop acceptor() {
    return (SingleThreadEventLoop) ((VertxInternal) vertx).getAcceptorEventLoopGroup().next();
  }

  private static List<Channel> registered(SingleThreadEventLoop loop) {
    var channels = new ArrayList<Channel>();
    loop.registeredChannelsIterator().forEachRemaining(channels::add);
    return channels;
  }

  private boolean isOurs(Channel channel) {
    return channel instanceof ServerChannel
        && channel.localAddress() instanceof InetSocketAddress address
        && address.getPort() == port;
  }

  private static CompletableFuture<Void> done(ChannelFuture future) {
    var done = new CompletableFuture<Void>();
    future.addListener(over -> done.complete(null));
    return done;
  }

  public void close() {
    if (tlsWatch != null) {
      tlsWatch.close();
    }
    var deployed = deployment;
    if (deployed != null) {
      deployment = null;
      closePort().join();
      vertx.undeploy(deployed).toCompletionStage().toCompletableFuture().join();
    }
  }

  private HttpServerOptions options() {
    var options = plainOptions();
    return tls.map(live -> live.in(options)).orElse(options);
  }

  private HttpServerOptions plainOptions() {
    return new HttpServerOptions()
        .setHost(settings.listen().host())
        // Event loops share a port that was chosen for one of them only if it is asked for so.
        .setPort(settings.listen().port() == 0 ? -1 : settings.listen().port())
        .setAcceptBacklog(BACKLOG)
        .setMaxInitialLineLength(REQUEST_LINE_BYTES)
        .setMaxHeaderSize(HEADER_BYTES)
        .setHandle100ContinueAutomatically(false)
        .setSslHandshakeTimeout(handshakeMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  /// No handshake is waited for longer than a request would be.
  private long handshakeMillis() {
    return Math.min(HANDSHAKE.toMillis(), settings.limits().idle().toMillis());
  }

  /// One event loop with its share of the connections.
  private final class Loop extends AbstractVerticle {
    private final Map<HttpConnection, Connection> visits = new HashMap<>();
    private @Nullable HttpServer server;

    @Override
    public void start(Promise<Void> started) {
      var opening =
          vertx
              .createHttpServer(options())
              .connectionHandler(this::connected)
              .requestHandler(this::requested)
              .invalidRequestHandler(this::rejected)
              .exceptionHandler(gone -> LOG.debugf("A connection failed: %s", gone));
      server = opening;
      opening
          .listen()
          .onSuccess(open -> {
            port = open.actualPort();
            loops.add(this);
            vertx.setPeriodic(1000, tick -> enforce());
          })
          // A server that could not open its port would otherwise be closed by the garbage
          // collector, some time after everything else is gone.
          .recover(failure -> opening.close().transform(_ -> Future.failedFuture(failure)))
          .<Void>mapEmpty()
          .onComplete(started);
    }

    @Override
    public void stop(Promise<Void> stopped) {
      loops.remove(this);
      if (server == null) {
        stopped.complete();
      } else {
        server.close().onComplete(stopped);
      }
    }

    private void connected(HttpConnection connection) {
      if (tls.isPresent() && !tls.get().believes(connection.sslSession())) {
        connection.close();
        return;
      }
      var decoder = new StrictRequestDecoder(options());
      decoder.replace((HttpServerConnection) connection);
      var visit = new Connection(connection, decoder);
      visits.put(connection, visit);
      connection.exceptionHandler(gone -> {
        LOG.debugf("A connection failed: %s", gone);
        if (gone instanceof DecoderException || gone instanceof IllegalArgumentException) {
          visit.refuse(unreadable(gone));
        }
      });
      connection.closeHandler(closed -> {
        visits.remove(connection);
      });
    }

    private void requested(HttpServerRequest request) {
      var visit = visits.get(request.connection());
      if (visit == null) {
        return;
      }
      visit.taken();
      // Vert.x hands the next of several requests on from within the end of the answer before.
      // Answered there, each would stand on the stack of all before it.
      if (visit.isEntering() || !ready.isDone()) {
        enterLater(request, visit);
      } else {
        enter(request, visit);
      }
    }

    private void enterLater(HttpServerRequest request, Connection visit) {
      request.pause();
      var eventLoop = Exchange.currentEventLoop();
      var _ =
          ready.whenComplete((_, _) ->
              eventLoop.runOnContext(turn -> {
                if (visits.containsKey(request.connection())) {
                  enter(request, visit);
                  request.resume();
                }
              }));
    }

    private void enter(HttpServerRequest request, Connection visit) {
      if (visit.isEnding()) {
        // Sent on a connection that its client was told is over: neither answered nor counted.
        return;
      }
      if (isAmbiguous(request.headers())) {
        rejected(request);
        return;
      }
      var exchange = new Exchange(request, statistics);
      tell(exchange);
      visit.begin(exchange);
      if (draining) {
        exchange.closeAfterwards();
      }
      visit.whileEntering(() -> door.enter(exchange));
    }

    private void tell(Exchange exchange) {
      if (events.tellsRequests()) {
        exchange.whenAnswered(() -> events.request(RequestFacts.asked(exchange)));
      }
    }

    /// Answers what could not be read as HTTP. It is counted apart, because a broken parser state
    /// can make one such request or many out of the same bytes.
    private void rejected(HttpServerRequest request) {
      var visit = visits.get(request.connection());
      if (visit != null && visit.isEnding()) {
        return;
      }
      statistics.reject();
      var exchange = Exchange.uncounted(request, statistics);
      tell(exchange);
      if (visit != null) {
        visit.begin(exchange);
      }
      exchange.closeAfterwards();
      exchange.refuse(unreadable(request.decoderResult().cause()));
    }

    private void enforce() {
      long now = System.nanoTime();
      List.copyOf(visits.values()).forEach(visit -> visit.enforce(settings.limits(), now));
    }

    private Future<Integer> busy() {
      Promise<Integer> busy = Promise.promise();
      context.runOnContext(count ->
          busy.complete((int) visits.values().stream().filter(Connection::isBusy).count()));
      return busy.future();
    }

    /// Succeeds when no connection is open here any more.
    private Future<Void> drained() {
      Promise<Void> drained = Promise.promise();
      context.runOnContext(begin -> {
        visits.values().forEach(Connection::end);
        drain(drained, System.nanoTime());
      });
      return drained.future();
    }

    /// For a moment connections without a request stay open: one may be on its way, and whoever
    /// opened a connection or just got an answer on it could not know.
    private void drain(Promise<Void> drained, long begun) {
      long now = System.nanoTime();
      var lastCall = settings.limits().lastCall();
      if (now - begun > lastCall.toNanos()) {
        List.copyOf(visits.values()).stream()
            .filter(visit -> visit.isQuiet(lastCall, now))
            .forEach(Connection::close);
      }
      if (visits.isEmpty()) {
        drained.tryComplete();
      } else {
        vertx.setTimer(20, again -> drain(drained, begun));
      }
    }

    /// Succeeds when every request under way was told that the process stops.
    private Future<Void> dismissed() {
      Promise<Void> dismissed = Promise.promise();
      context.runOnContext(begin -> {
        List.copyOf(visits.values()).forEach(Connection::dismiss);
        dismissed.complete();
      });
      return dismissed.future();
    }
  }

  /// Whether others on the way here might have understood other headers, or a request that ends
  /// elsewhere: Netty takes a body of any coding but `chunked` for none.
  private static boolean isAmbiguous(MultiMap headers) {
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    return (coding != null && !coding.strip().equalsIgnoreCase("chunked")) || headers.contains("");
  }

  private static Refusal unreadable(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new Refusal(
          Refusal.Kind.URI_TOO_LONG,
          "The first line of a request may have " + REQUEST_LINE_BYTES + " bytes at most.");
    }
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
      return new Refusal(
          Refusal.Kind.HEADERS_TOO_LARGE,
          "The headers of a request may have " + HEADER_BYTES + " bytes at most.");
    }
    return new Refusal(Refusal.Kind.MALFORMED_REQUEST, "This is not a valid HTTP/1.1 request.");
  }
}
