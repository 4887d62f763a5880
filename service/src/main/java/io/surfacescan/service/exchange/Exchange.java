package io.surfacescan.service.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslHandler;
import io.surfacescan.report.status.ProblemDocument;
import io.surfacescan.service.log.LogField;
import io.surfacescan.settings.Limits;
import io.surfacescan.statistics.Statistics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the head of the one to the last byte of the other. It is
/// counted exactly once. Used on the event loop of its connection only, except [#cut], [#isOver],
/// [#isHead] and [#header].
public final class Exchange {
  private static final Logger LOG = Logger.getLogger(Exchange.class);

  /// What an aborted request is counted as if no status was sent: nginx's "client closed request".
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");
  private static final CharSequence ENVIRONMENT_VERSION =
      HttpHeaders.createOptimized("X-Environment-Version");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence CONTENT_POLICY =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence NO_CONTENT =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Statistics statistics;
  private final String id;
  private final Context eventLoop = currentEventLoop();
  private final long started = System.nanoTime();
  private long progressed = started;
  private Route route = Route.UNMATCHED;
  private @Nullable CharSequence environmentVersion;
  private @Nullable Caller caller;
  private boolean ofAllowedOrigin;
  private boolean variesByOrigin;

  private boolean recorded;
  private boolean aborted;
  private volatile boolean over;
  private boolean closing;

  private Runnable whenOver = () -> {};
  private Runnable whenAnswered = () -> {};

  public Exchange(HttpServerRequest request, Statistics statistics) {
    this.request = request;
    this.response = request.response();
    this.statistics = statistics;
    this.id = RequestIds.of(request.headers().get(REQUEST_ID));
    putCommonHeaders();
    response.exceptionHandler(gone -> LOG.debugf("Request %s: %s", id, gone));
    response.endHandler(ended -> finish());
    response.closeHandler(closed -> finish());
  }

  private void putCommonHeaders() {
    response.putHeader(REQUEST_ID, id);
    response.putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    response.putHeader(RESOURCE_POLICY, SAME_ORIGIN);
    response.putHeader(CONTENT_POLICY, NO_CONTENT);
  }

  /// What could not be read as HTTP and is answered all the same.
  public static Exchange uncounted(HttpServerRequest request, Statistics statistics) {
    var exchange = new Exchange(request, statistics);
    exchange.recorded = true;
    return exchange;
  }

  /// Where what runs now runs.
  public static Context currentEventLoop() {
    return Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
  }

  /// Where everything about this exchange runs.
  public Context eventLoop() {
    return eventLoop;
  }

  public HttpServerRequest request() {
    return request;
  }

  public HttpServerResponse response() {
    return response;
  }

  public HttpConnection connection() {
    return request.connection();
  }

  String id() {
    return id;
  }

  public Route route() {
    return route;
  }

  public void route(Route matched) {
    route = matched;
  }

  /// Whose token the request came with, if it needed one.
  @Nullable String user() {
    return caller == null ? null : caller.name();
  }

  /// The version of the environment that the answer is made from, if it is from one.
  @Nullable String version() {
    return environmentVersion == null ? null : environmentVersion.toString();
  }

  /// The status that was sent, or that nginx logs if none was.
  int status() {
    return aborted && !response.headWritten() ? CLIENT_CLOSED_REQUEST : response.getStatusCode();
  }

  /// Whether the client did not get the whole answer.
  boolean isAborted() {
    return aborted;
  }

  /// How many bytes of the answer went out, its head apart.
  long bytes() {
    return isHead() ? 0 : response.bytesWritten();
  }

  long elapsedNanos() {
    return System.nanoTime() - started;
  }

  /// Runs once all is known about the answer, which is when it is over.
  public void whenAnswered(Runnable action) {
    whenAnswered = action;
  }

  private void tellAnswered() {
    var action = whenAnswered;
    whenAnswered = () -> {};
    action.run();
  }

  /// Has the answer name the environment that it is made from.
  ///
  /// @param version of the environment
  public void madeFrom(CharSequence version) {
    environmentVersion = version;
    response.putHeader(ENVIRONMENT_VERSION, version);
  }

  /// Who asks, if they have shown it by a token.
  public @Nullable Caller caller() {
    return caller;
  }

  public void caller(Caller known) {
    caller = known;
  }

  /// Whether a web page asks that may.
  public boolean isOfAllowedOrigin() {
    return ofAllowedOrigin;
  }

  /// Says that the answer depends on these headers of the request.
  public void vary(CharSequence headers) {
    response.putHeader(HttpHeaders.VARY, variesByOrigin ? headers + ", Origin" : headers);
  }

  /// Says that the answer, whatever it is, depends on the page that asks.
  public void varyByOrigin() {
    variesByOrigin = true;
    response.putHeader(HttpHeaders.VARY, "Origin");
  }

  public void allowOrigin() {
    ofAllowedOrigin = true;
  }

  public boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  /// All values of a header of the request, joined by commas, or null if there is none.
  public @Nullable String header(CharSequence name) {
    var values = request.headers().getAll(name);
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.getFirst();
      default -> String.join(",", values);
    };
  }

  /// Whether the answer was ended or the connection is gone.
  public boolean isOver() {
    return over;
  }

  /// Runs once the exchange is over, at once if it is; several actions run in the order given.
  public void whenOver(Runnable action) {
    if (over) {
      action.run();
      return;
    }
    var before = whenOver;
    whenOver =
        () -> {
          before.run();
          action.run();
        };
  }

  /// The connection closes once this answer is written, if its head can still say so.
  public void closeAfterwards() {
    if (!response.headWritten()) {
      closing = true;
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /// Whether the connection closes after this answer.
  public boolean isLast() {
    return closing;
  }

  /// Answers that the process stops, unless the answer has begun.
  public void dismiss() {
    if (!response.headWritten()) {
      closeAfterwards();
      refuse(Refusal.stopping());
    }
  }

  /// Answers with a small JSON document that is not to be kept.
  public void json(byte[] document) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    answer(200, "application/json", document);
  }

  /// Answers with a small document.
  public void answer(int status, String mediaType, byte[] document) {
    if (over) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(document.length));
    if (isHead()) {
      end();
    } else {
      end(Unpooled.wrappedBuffer(document), () -> {});
    }
  }

  /// Answers with a problem document, whatever went before, unless the answer has begun.
  public void refuse(Refusal refusal) {
    if (over) {
      return;
    }
    if (response.headWritten()) {
      LOG.errorf(
          "Request %s failed within its answer: %s",
          new LogField("request_id", id), refusal.detail());
      cut();
      return;
    }
    for (var header : refusal.headers().entrySet()) {
      response.putHeader(header.getKey(), header.getValue());
    }
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var kind = refusal.kind();
    var document =
        new ProblemDocument(
            kind.type(),
            kind.title(),
            kind.status(),
            refusal.detail(),
            id,
            refusal.alternatives(),
            refusal.problems(),
            refusal.problemCount());
    answer(kind.status(), ProblemDocument.MEDIA_TYPE, document.json());
  }

  /// Answers that something failed here, and logs what; clients learn the request's id only.
  public void fail(Throwable bug) {
    LOG.errorf(bug, "Request %s to %s failed", new LogField("request_id", id), route.path());
    refuse(
        new Refusal(
            Refusal.Kind.INTERNAL,
            "The request failed because of an error in surfacescan; its log tells more under this request id."));
  }

  /// Ends an answer without a body, such as 304 or to HEAD.
  public void end() {
    record();
    closeIfAsked(response.end());
  }

  /// Writes some bytes, and releases them when the kernel has them or never will.
  public Future<Void> write(ByteBuf bytes) {
    return response
        .write(buffer(bytes))
        .onSuccess(_ -> progress())
        .onComplete(_ -> bytes.release());
  }

  /// Writes the last bytes, and releases them when the kernel has them or never will.
  ///
  /// @param gone runs then
  public void end(ByteBuf last, Runnable gone) {
    record();
    var written = response.end(buffer(last));
    written.onComplete(_ -> {
      last.release();
      gone.run();
    });
    closeIfAsked(written);
  }

  /// Vert.x neither releases nor changes what it did not allocate.
  ///
  /// This way into Vert.x is deprecated only because Vert.x 5 has moved it to another type.
  @SuppressWarnings("deprecation")
  private static Buffer buffer(ByteBuf bytes) {
    return Buffer.buffer(bytes);
  }

  /// Where memory for the answer comes from.
  public ByteBufAllocator memory() {
    return ((HttpServerConnection) connection()).channelHandlerContext().alloc();
  }

  private void closeIfAsked(Future<Void> written) {
    if (closing) {
      written.onComplete(done -> connection().close());
    }
  }

  /// Counts the request now. Called before its last byte is handed to the socket, so that whoever
  /// has read the answer finds it counted.
  void record() {
    record(response.getStatusCode(), false);
  }

  private void record(int status, boolean aborted) {
    if (!recorded) {
      recorded = true;
      this.aborted = aborted;
      long nanos = System.nanoTime() - started;
      statistics.record(route, status, nanos, aborted);
      LOG.debugf(
          "%s %s: %d in %d us",
          request.method(), Target.shortened(request.uri()), status, nanos / 1000);
    }
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    progress();
    record(response.headWritten() ? response.getStatusCode() : CLIENT_CLOSED_REQUEST, true);
    tellAnswered();
    whenOver.run();
  }

  /// The reader took something of the answer.
  void progress() {
    progressed = System.nanoTime();
  }

  /// When the reader last took something, or the exchange was over, by the monotonic clock.
  public long progressedNanos() {
    return progressed;
  }

  /// Closes the connection if the client kept the service waiting for longer than it may.
  public void enforce(Limits limits, long now) {
    if (now - started > limits.answer().toNanos()
        || (response.headWritten() && now - progressed > limits.stall().toNanos())
        || (!request.isEnded() && now - started > limits.body().toNanos())) {
      LOG.debugf("Request %s took too long, its connection is closed", id);
      cut();
    }
  }

  /// Closes the connection, whatever was sent. May be called from any thread.
  public void cut() {
    cut(connection());
  }

  /// Closes a connection at once. Its own close, and its channel's, wait for what was written, and
  /// a client that takes nothing could keep them waiting for ever. May be called from any thread.
  public static void cut(HttpConnection connection) {
    var handler = ((HttpServerConnection) connection).channelHandlerContext();
    // TLS would wait for its own farewell.
    var tls = handler.pipeline().context(SslHandler.class);
    var _ = (tls == null ? handler : tls).close();
  }
}
