package io.surfacescan.service.port;

import io.netty.handler.codec.DecoderException;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.settings.Limits;
import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One event loop with its share of the connections. What the parser would answer on its own is
/// counted and is a problem document too, and slow connections are found and closed.
final class EventLoop extends AbstractVerticle {
  private static final Logger LOG = Logger.getLogger(EventLoop.class);

  /// What all event loops of a port share.
  ///
  /// @param options how to open the port; asked for each connection, too
  /// @param ready completes when requests may be answered; until then they wait
  /// @param draining whether every answer is the last of its connection
  record Shared(
      Limits limits,
      Supplier<HttpServerOptions> options,
      Optional<LiveTls> tls,
      Statistics statistics,
      EventLog events,
      FrontDoor door,
      CompletableFuture<?> ready,
      BooleanSupplier draining) {}

  private final Shared shared;
  private final Map<HttpConnection, Connection> connections = new HashMap<>();
  private volatile int port;
  private @Nullable HttpServer server;

  EventLoop(Shared shared) {
    this.shared = shared;
  }

  /// The port that is open.
  int port() {
    return port;
  }

  @Override
  public void start(Promise<Void> started) {
    var opening =
        vertx
            .createHttpServer(shared.options.get())
            .connectionHandler(this::connected)
            .requestHandler(this::requested)
            .invalidRequestHandler(this::rejected)
            .exceptionHandler(gone -> LOG.debugf("A connection failed: %s", gone));
    server = opening;
    opening
        .listen()
        .onSuccess(open -> {
          port = open.actualPort();
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
    if (server == null) {
      stopped.complete();
    } else {
      server.close().onComplete(stopped);
    }
  }

  private void connected(HttpConnection connection) {
    if (shared.tls.isPresent() && !shared.tls.get().believes(connection.sslSession())) {
      connection.close();
      return;
    }
    var decoder = new StrictRequestDecoder(shared.options.get());
    decoder.replace((HttpServerConnection) connection);
    var known = new Connection(connection, decoder);
    connections.put(connection, known);
    connection.exceptionHandler(gone -> {
      LOG.debugf("A connection failed: %s", gone);
      if (gone instanceof DecoderException || gone instanceof IllegalArgumentException) {
        known.refuse(ParserFaults.refusal(gone));
      }
    });
    connection.closeHandler(closed -> {
      connections.remove(connection);
    });
  }

  private void requested(HttpServerRequest request) {
    var known = connections.get(request.connection());
    if (known == null) {
      return;
    }
    known.taken();
    // Vert.x hands the next of several requests on from within the end of the answer before.
    // Answered there, each would stand on the stack of all before it.
    if (known.isEntering() || !shared.ready.isDone()) {
      enterLater(request, known);
    } else {
      enter(request, known);
    }
  }

  private void enterLater(HttpServerRequest request, Connection known) {
    request.pause();
    var eventLoop = Exchange.currentEventLoop();
    var _ =
        shared.ready.whenComplete((_, _) ->
            eventLoop.runOnContext(turn -> {
              if (connections.containsKey(request.connection())) {
                enter(request, known);
                request.resume();
              }
            }));
  }

  private void enter(HttpServerRequest request, Connection known) {
    if (known.isEnding()) {
      // Sent on a connection that its client was told is over: neither answered nor counted.
      return;
    }
    if (ParserFaults.isAmbiguous(request.headers())) {
      rejected(request);
      return;
    }
    var exchange = new Exchange(request, shared.statistics);
    tell(exchange);
    known.begin(exchange);
    if (shared.draining.getAsBoolean()) {
      exchange.closeAfterwards();
    }
    known.whileEntering(() -> shared.door.enter(exchange));
  }

  private void tell(Exchange exchange) {
    if (shared.events.tellsRequests()) {
      exchange.whenAnswered(() -> shared.events.request(RequestFacts.asked(exchange)));
    }
  }

  /// Answers what could not be read as HTTP. It is counted apart, because a broken parser state can
  /// make one such request or many out of the same bytes.
  private void rejected(HttpServerRequest request) {
    var known = connections.get(request.connection());
    if (known != null && known.isEnding()) {
      return;
    }
    shared.statistics.reject();
    var exchange = Exchange.uncounted(request, shared.statistics);
    tell(exchange);
    if (known != null) {
      known.begin(exchange);
    }
    exchange.closeAfterwards();
    exchange.refuse(ParserFaults.refusal(request.decoderResult().cause()));
  }

  private void enforce() {
    long now = System.nanoTime();
    List.copyOf(connections.values()).forEach(known -> known.enforce(shared.limits, now));
  }

  /// How many requests are under way.
  Future<Integer> busy() {
    Promise<Integer> busy = Promise.promise();
    context.runOnContext(count ->
        busy.complete((int) connections.values().stream().filter(Connection::isBusy).count()));
    return busy.future();
  }

  /// Succeeds when no connection is open here any more.
  Future<Void> drained() {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(begin -> {
      connections.values().forEach(Connection::end);
      drain(drained, System.nanoTime());
    });
    return drained.future();
  }

  /// For a moment connections without a request stay open: one may be on its way, and whoever
  /// opened a connection or just got an answer on it could not know.
  private void drain(Promise<Void> drained, long begun) {
    long now = System.nanoTime();
    var lastCall = shared.limits.lastCall();
    if (now - begun > lastCall.toNanos()) {
      List.copyOf(connections.values()).stream()
          .filter(known -> known.isQuiet(lastCall, now))
          .forEach(Connection::close);
    }
    if (connections.isEmpty()) {
      drained.tryComplete();
    } else {
      vertx.setTimer(20, again -> drain(drained, begun));
    }
  }

  /// Succeeds when every request under way was told that the process stops.
  Future<Void> dismissed() {
    Promise<Void> dismissed = Promise.promise();
    context.runOnContext(begin -> {
      List.copyOf(connections.values()).forEach(Connection::dismiss);
      dismissed.complete();
    });
    return dismissed.future();
  }
}
