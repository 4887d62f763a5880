package io.surfacescan.service.exchange;

import io.netty.buffer.Unpooled;
import io.surfacescan.report.status.ProblemDocument;
import io.surfacescan.service.log.LogField;
import io.surfacescan.settings.Limits;
import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the head of the one to the last byte of the other. Used on the
/// event loop of its connection only, except [#cut], [#isOver], [#isHead] and [#header].
///
/// What goes on in it has a type each: [AnswerHead], [AnswerBody], [Pace], [RequestCount].
public final class Exchange {
  private static final Logger LOG = Logger.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String id;
  private final Context eventLoop = currentEventLoop();
  private final AnswerHead head;
  private final AnswerBody body;
  private final Pace pace;
  private final RequestCount count;
  private Route route = Route.UNMATCHED;
  private @Nullable Caller caller;
  private boolean ofAllowedOrigin;
  private volatile boolean over;

  private Runnable whenOver = () -> {};
  private Runnable whenAnswered = () -> {};

  public Exchange(HttpServerRequest request, Statistics statistics) {
    this.request = request;
    this.response = request.response();
    this.id = RequestIds.of(request.headers().get(AnswerHead.REQUEST_ID));
    this.head = new AnswerHead(response, id);
    this.pace = new Pace(request);
    this.count = new RequestCount(request, statistics, pace);
    this.body = new AnswerBody(request, pace, () -> count.answered(route));
    response.exceptionHandler(gone -> LOG.debugf("Request %s: %s", id, gone));
    response.endHandler(ended -> finish());
    response.closeHandler(closed -> finish());
  }

  /// What could not be read as HTTP and is answered all the same. It is counted elsewhere.
  public static Exchange uncounted(HttpServerRequest request, Statistics statistics) {
    var exchange = new Exchange(request, statistics);
    exchange.count.leaveOut();
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

  /// The headers that all answers have in common.
  public AnswerHead head() {
    return head;
  }

  /// Where the bytes of an answer go that is no small document.
  public AnswerBody body() {
    return body;
  }

  public Pace pace() {
    return pace;
  }

  RequestCount count() {
    return count;
  }

  public Route route() {
    return route;
  }

  public void route(Route matched) {
    route = matched;
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

  /// How many bytes of the answer went out, its head apart.
  long bytes() {
    return isHead() ? 0 : response.bytesWritten();
  }

  /// Runs once all is known about the answer, which is when it is over.
  public void whenAnswered(Runnable action) {
    whenAnswered = action;
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

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    pace.progress();
    count.over(route);
    whenAnswered.run();
    whenOver.run();
  }

  /// The connection closes once this answer is written, if its head can still say so.
  public void closeAfterwards() {
    body.closeAfterwards();
  }

  /// Whether the connection closes after this answer.
  public boolean isLast() {
    return body.isLast();
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
      body.end(Unpooled.wrappedBuffer(document), () -> {});
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
    answer(refusal.kind().status(), ProblemDocument.MEDIA_TYPE, refusal.document(id).json());
  }

  /// Answers that something failed here, and logs what; clients learn the request's id only.
  public void fail(Throwable bug) {
    LOG.errorf(bug, "Request %s to %s failed", new LogField("request_id", id), route.path());
    refuse(
        new Refusal(
            Refusal.Kind.INTERNAL,
            "The request failed because of an error in surfacescan; its log has more under this request id."));
  }

  /// Ends an answer without a body, such as 304 or to HEAD.
  public void end() {
    body.end();
  }

  /// Closes the connection if the client kept the service waiting for longer than it may.
  public void enforce(Limits limits, long now) {
    if (pace.exceeds(limits, now)) {
      LOG.debugf("Request %s took too long, its connection is closed", id);
      cut();
    }
  }

  /// Closes the connection, whatever was sent. May be called from any thread.
  public void cut() {
    Disconnection.of(connection());
  }
}
