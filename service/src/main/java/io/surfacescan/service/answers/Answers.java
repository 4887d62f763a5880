package io.surfacescan.service.answers;

import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.questions.Cost;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.report.Documents;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.access.AllowedOrigins;
import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.exchange.Accepted;
import io.surfacescan.service.exchange.EntityTag;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.JsonRequest;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.RequestBodies;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.platform.LowPriorityPool;
import io.surfacescan.service.send.BodyWriter;
import io.surfacescan.service.send.DocumentFlow;
import io.surfacescan.service.send.WorkTime;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Generations;
import io.surfacescan.settings.Settings;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// What all questions have in common: from the query to a [QuestionRequest], to its answer in its
/// queue, and to the response.
public class Answers {
  /// Compressing less does not pay.
  private static final long COMPRESSED_LEAST = 1024;

  private static final CharSequence TOTAL_COUNT = HttpHeaders.createOptimized("X-Total-Count");
  private static final CharSequence INTERNET_HOPS = HttpHeaders.createOptimized("X-Internet-Hops");
  private static final CharSequence LINK = HttpHeaders.createOptimized("Link");
  private static final CharSequence VARY_VALUE =
      HttpHeaders.createOptimized("Accept, Accept-Encoding");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final UnknownVms unknownVms;
  private final RequestBodies bodies;
  private final Map<Question, QueryReader> readers =
      Questions.ALL.stream().collect(Collectors.toMap(question -> question, QueryReader::new));
  private final AnswerMemos memos = new AnswerMemos();
  private final Audit audit;
  private final Semaphore longOnes = new Semaphore(DocumentFlow.LONG_ONES_MOST);
  private final WorkQueue quick = new WorkQueue("quick", Math.max(2, PROCESSORS), 1_000, 1);
  private final WorkQueue slow;

  public Answers(Settings settings, UnknownVms unknownVms, RequestBodies bodies, Audit audit) {
    this.bodies = bodies;
    this.audit = audit;
    this.settings = settings;
    this.slow =
        new WorkQueue(
            "long",
            settings.answerLimits().longThreads(),
            settings.answerLimits().longWaiting(),
            5,
            LowPriorityPool.pool("long"));
    this.unknownVms = unknownVms;
  }

  /// Answers, now or later: at once on the event loop if the answer takes no time.
  ///
  /// @param question what the route of the exchange asks
  /// @param served what to answer from
  public void answer(
      Exchange exchange, String rawQuery, Question question, Optional<Generation> served)
      throws Refusal {
    exchange.head().vary(VARY_VALUE);
    var reader = Objects.requireNonNull(readers.get(question), question::name);
    var query = reader.query(rawQuery);
    var arguments = reader.arguments(query);
    var forms = Documents.formats(question);
    var format =
        Accepted.format(exchange.header(HttpHeaders.ACCEPT), forms)
            .orElseThrow(() -> notAcceptable(forms));
    var generation = served.orElseThrow(Generations::notLoaded);
    var request =
        QuestionRequest.of(
            exchange.route(), question, query, arguments, format, generation, unknownVms);
    if (question.is(Trait.WITH_EDITS)) {
      JsonRequest.check(exchange);
      bodies.await(
          exchange,
          exchange.route().bodyBytesMost(),
          body -> start(exchange, request, () -> edited(exchange, request, body)));
      return;
    }
    var reply = request.replyAtOnce();
    if (reply.isEmpty() && !question.is(Trait.FLEETING)) {
      reply = memos.of(generation).find(request.key());
    }
    if (reply.isPresent()) {
      send(exchange, request, reply.get());
    } else {
      start(exchange, request, () -> request);
    }
  }

  /// A request, read as far as that takes time.
  @FunctionalInterface
  private interface WholeRequest {
    QuestionRequest get() throws Refusal;
  }

  private QuestionRequest edited(Exchange exchange, QuestionRequest request, byte[] body)
      throws Refusal {
    var arguments = EditsReader.arguments(request.arguments(), body);
    audit.whatIf(RequestFacts.asks(exchange), arguments.edits().count());
    return request.with(arguments);
  }

  private static Refusal notAcceptable(List<Format> forms) {
    return new Refusal(
        Refusal.Kind.NOT_ACCEPTABLE,
        forms.stream()
            .map(Format::mediaType)
            .collect(Collectors.joining(", ", "Accept must allow one of ", ".")));
  }

  private void start(Exchange exchange, QuestionRequest request, WholeRequest whole)
      throws Refusal {
    var cost = request.cost();
    queue(cost)
        .run(
            place -> {
              if (!exchange.isOver()) {
                attempt(exchange, request, () -> find(exchange, request, whole, cost, place));
              }
            },
            exchange::isOver);
  }

  private WorkQueue queue(Cost cost) {
    return switch (cost) {
      case QUICK -> quick;
      case LONG -> slow;
    };
  }

  /// Where answers are written: those of long questions in their place of the queue, at its
  /// priority; others apart from it, because a reader may keep them waiting.
  private static Executor writer(Cost cost) {
    return switch (cost) {
      case QUICK -> work -> Thread.ofVirtual().name("surfacescan-write").start(work);
      case LONG -> Runnable::run;
    };
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws Refusal;
  }

  private void attempt(Exchange exchange, QuestionRequest request, Attempt attempt) {
    try {
      attempt.run();
    } catch (Refusal refusal) {
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (DeadlinePassed e) {
      var refusal =
          new Refusal(
              Refusal.Kind.TIME_LIMIT,
              "The answer was not found within "
                  + settings.answerLimits().time().toMillis() / 1e3
                  + " s. "
                  + request.question().profile().smaller());
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (RuntimeException | Error bug) {
      exchange.eventLoop().runOnContext(_ -> exchange.fail(bug));
    }
  }

  /// Finds an answer and has it sent, or writes it.
  private void find(
      Exchange exchange,
      QuestionRequest request,
      WholeRequest whole,
      Cost cost,
      WorkQueue.Place place)
      throws Refusal {
    var time = new WorkTime(exchange, settings.answerLimits().time());
    var reply = whole.get().reply(time);
    boolean gzip = gzip(exchange, reply);
    if (reply.content() instanceof Reply.Written(var document)
        && !isKnown(exchange, request, reply, gzip)) {
      var course = course(exchange, request, reply, gzip, place);
      var flow = new DocumentFlow(longOnes, exchange, request.generation(), gzip, time, course);
      writer(cost)
          .execute(() -> attempt(exchange, request, () -> flow.send(document, request.format())));
    } else {
      exchange.eventLoop().runOnContext(_ -> sendSafely(exchange, request, reply));
    }
  }

  private DocumentFlow.Course course(
      Exchange exchange,
      QuestionRequest request,
      Reply reply,
      boolean gzip,
      WorkQueue.Place place) {
    return new DocumentFlow.Course() {
      @Override
      public void begin() {
        prepareHead(exchange, request, reply, gzip);
        putContentType(exchange, request);
      }

      @Override
      public void small(byte[] bytes) {
        if (mayBeKept(request, reply)) {
          memos.of(request.generation()).keep(request.key(), reply, bytes);
        }
      }

      @Override
      public void readerIsSlow() {
        place.leave();
      }
    };
  }

  private void sendSafely(Exchange exchange, QuestionRequest request, Reply reply) {
    try {
      send(exchange, request, reply);
    } catch (RuntimeException bug) {
      exchange.fail(bug);
    }
  }

  /// Sends an answer whose bytes are there. Runs on the event loop of the exchange.
  private void send(Exchange exchange, QuestionRequest request, Reply reply) {
    if (exchange.isOver()) {
      return;
    }
    boolean gzip = gzip(exchange, reply);
    prepareHead(exchange, request, reply, gzip);
    if (isKnown(exchange, request, reply, gzip)) {
      exchange.response().setStatusCode(304);
      exchange.end();
      return;
    }
    putContentType(exchange, request);
    switch (reply.content()) {
      case Reply.Ready(var body) -> BodyWriter.send(exchange, request.generation(), body, gzip);
      case Reply.Kept(byte[] bytes) ->
          BodyWriter.send(exchange, request.generation(), ByteBody.of(bytes), gzip);
      case Reply.Written _ -> throw new IllegalStateException("it is written elsewhere");
    }
  }

  private void prepareHead(Exchange exchange, QuestionRequest request, Reply reply, boolean gzip) {
    var response = exchange.response();
    reply.total().ifPresent(total -> response.putHeader(TOTAL_COUNT, Long.toString(total)));
    reply.internet().ifPresent(hops -> response.putHeader(INTERNET_HOPS, hops));
    reply
        .next()
        .ifPresent(place ->
            response.putHeader(
                LINK,
                "<" + settings.listen().basePath() + request.nextPage(place) + ">; rel=\"next\""));
    if (mayBeKept(request, reply)) {
      response.putHeader(HttpHeaders.ETAG, tag(request, gzip).toString());
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
    } else {
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
  }

  private static void putContentType(Exchange exchange, QuestionRequest request) {
    exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, request.format().contentType());
  }

  private static boolean mayBeKept(QuestionRequest request, Reply reply) {
    return !request.question().is(Trait.FLEETING) && reply.whole();
  }

  private static EntityTag tag(QuestionRequest request, boolean gzip) {
    return new EntityTag(request.generation().version(), request.format(), gzip);
  }

  /// Whether the client has the answer already.
  private static boolean isKnown(
      Exchange exchange, QuestionRequest request, Reply reply, boolean gzip) {
    return mayBeKept(request, reply)
        && tag(request, gzip).matches(exchange.header(HttpHeaders.IF_NONE_MATCH));
  }

  private static boolean gzip(Exchange exchange, Reply reply) {
    return Accepted.gzip(exchange.header(HttpHeaders.ACCEPT_ENCODING))
        && paysCompressed(reply)
        // Who had it ask may know a part of the answer, and see how much smaller it gets.
        && !AllowedOrigins.isFromForeignSite(exchange);
  }

  /// Decided before any of it is written, so that one question is coded the same in GET, HEAD and
  /// 304.
  private static boolean paysCompressed(Reply reply) {
    return !(reply.content() instanceof Reply.Ready(var body))
        || body.length().orElse(Long.MAX_VALUE) > COMPRESSED_LEAST;
  }

  public void stop() {
    quick.close();
    slow.close();
  }
}
