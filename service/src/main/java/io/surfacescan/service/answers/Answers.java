package io.surfacescan.service.answers;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.access.AllowedOrigins;
import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.exchange.Accepted;
import io.surfacescan.service.exchange.EntityTag;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.JsonRequest;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.platform.LowPriorityPool;
import io.surfacescan.service.send.BodyWriter;
import io.surfacescan.service.send.DocumentFlow;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Generations;
import io.surfacescan.settings.Settings;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/// What all questions have in common: from the query to a [Question] on a thread of its lane, and
/// from its answer to the response.
public class Answers {
  /// Compressing less does not pay.
  private static final long COMPRESSED_LEAST = 1024;

  private static final CharSequence TOTAL_COUNT = HttpHeaders.createOptimized("X-Total-Count");
  private static final CharSequence LINK = HttpHeaders.createOptimized("Link");
  private static final CharSequence VARY_VALUE =
      HttpHeaders.createOptimized("Accept, Accept-Encoding");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final UnknownVms unknownVms;
  private final AnswerMemos memos = new AnswerMemos();
  private final Audit audit;
  private final WorkQueue quick = new WorkQueue("quick", Math.max(2, PROCESSORS), 1_000, 1);
  private final ForkJoinPool background = LowPriorityPool.pool("long");
  private final WorkQueue slow;

  public Answers(Settings settings, UnknownVms unknownVms, Audit audit) {
    this.audit = audit;
    this.settings = settings;
    this.slow =
        new WorkQueue(
            "long",
            settings.answerLimits().longThreads(),
            settings.answerLimits().longWaiting(),
            5,
            this::runInBackground);
    this.unknownVms = unknownVms;
  }

  /// Answers a list of VMs on the event loop if that takes no time, else as any question.
  ///
  /// @param served what to answer from
  public void answerAtOnce(
      Exchange exchange, String rawQuery, VmListQuestion question, Optional<Generation> served)
      throws Refusal {
    var query = Query.of(rawQuery, question.parameters(), question.repeatable());
    var format = Accepted.format(exchange.header(HttpHeaders.ACCEPT), question.forms());
    boolean known =
        served.isPresent()
            && format.isPresent()
            && question.isImmediate(query)
            && served.get().environment().findVm(query.required(VmParameter.VM.id())).isPresent();
    if (!known) {
      answer(exchange, rawQuery, question, served);
      return;
    }
    exchange.vary(VARY_VALUE);
    var asked = asked(exchange, query, format.get(), served.get(), new byte[0], Deadline.NONE);
    send(exchange, question, asked, question.answer(asked));
  }

  /// Answers, now or later.
  ///
  /// @param served what to answer from
  public void answer(
      Exchange exchange, String rawQuery, Question question, Optional<Generation> served)
      throws Refusal {
    exchange.vary(VARY_VALUE);
    var query = Query.of(rawQuery, question.parameters(), question.repeatable());
    for (var vm : question.required()) {
      vm.check(query);
    }
    var format =
        Accepted.format(exchange.header(HttpHeaders.ACCEPT), question.forms())
            .orElseThrow(() -> notAcceptable(question.forms()));
    var generation = served.orElseThrow(Generations::notLoaded);
    if (question.bodyBytesMost() == 0) {
      var known =
          question.isLasting()
              ? memos.of(generation).find(key(exchange, query, format))
              : Optional.<Answer>empty();
      if (known.isPresent()) {
        var asked = asked(exchange, query, format, generation, new byte[0], Deadline.NONE);
        send(exchange, question, asked, known.get());
        return;
      }
      start(exchange, question, query, format, generation, new byte[0]);
      return;
    }
    JsonRequest.check(exchange);
    JsonRequest.awaitBody(
        exchange,
        question.bodyBytesMost(),
        body -> start(exchange, question, query, format, generation, body));
  }

  private static Refusal notAcceptable(List<Format> forms) {
    return new Refusal(
        Refusal.Kind.NOT_ACCEPTABLE,
        forms.stream()
            .map(Format::mediaType)
            .collect(Collectors.joining(", ", "Accept must allow one of ", ".")));
  }

  private void start(
      Exchange exchange,
      Question question,
      Query query,
      Format format,
      Generation generation,
      byte[] body)
      throws Refusal {
    lane(question.effort(query, generation))
        .run(() -> {
          if (exchange.isOver()) {
            return;
          }
          find(
              exchange,
              question,
              asked(exchange, query, format, generation, body, deadline(exchange)));
        });
  }

  private QuestionRequest asked(
      Exchange exchange,
      Query query,
      Format format,
      Generation generation,
      byte[] body,
      Deadline deadline) {
    return new QuestionRequest(
        exchange.route(),
        query,
        format,
        generation,
        unknownVms,
        body,
        deadline,
        edits -> audit.whatIf(RequestFacts.asks(exchange), edits));
  }

  private static AnswerMemo.Key key(Exchange exchange, Query query, Format format) {
    return new AnswerMemo.Key(exchange.route(), query.values(), format);
  }

  private void runInBackground(Runnable work) {
    try {
      background.submit(work).join();
    } catch (CancellationException | RejectedExecutionException _) {
      // The service ends, and nobody waits any more.
    }
  }

  private WorkQueue lane(QueryCost effort) {
    return switch (effort) {
      case QUICK -> quick;
      case LONG -> slow;
    };
  }

  /// Passes when the time is up, or when nobody waits for the answer any more.
  private Deadline deadline(Exchange exchange) {
    long end = System.nanoTime() + settings.answerLimits().time().toNanos();
    return () -> exchange.isOver() || System.nanoTime() - end > 0;
  }

  private void find(Exchange exchange, Question question, QuestionRequest asked) {
    try {
      var answer = question.answer(asked);
      exchange.eventLoop().runOnContext(_ -> sendSafely(exchange, question, asked, answer));
    } catch (Refusal refusal) {
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (DeadlinePassed e) {
      var refusal =
          new Refusal(
              Refusal.Kind.TIME_LIMIT,
              "The answer was not found within "
                  + settings.answerLimits().time().toMillis() / 1e3
                  + " s. "
                  + question.smaller());
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (RuntimeException | Error bug) {
      exchange.eventLoop().runOnContext(_ -> exchange.fail(bug));
    }
  }

  private void sendSafely(
      Exchange exchange, Question question, QuestionRequest asked, Answer answer) {
    try {
      send(exchange, question, asked, answer);
    } catch (RuntimeException bug) {
      exchange.fail(bug);
    }
  }

  /// Sends an answer. Runs on the event loop of the exchange.
  private void send(Exchange exchange, Question question, QuestionRequest asked, Answer answer) {
    if (exchange.isOver()) {
      return;
    }
    boolean gzip =
        Accepted.gzip(exchange.header(HttpHeaders.ACCEPT_ENCODING))
            && paysCompressed(answer)
            // Who had it ask may know a part of the answer, and see how much smaller it gets.
            && !AllowedOrigins.isFromForeignSite(exchange);
    var response = exchange.response();
    answer.total().ifPresent(total -> response.putHeader(TOTAL_COUNT, Long.toString(total)));
    answer
        .next()
        .ifPresent(
            place -> response.putHeader(LINK, "<" + asked.nextPage(place) + ">; rel=\"next\""));
    if (question.isLasting() && answer.whole()) {
      var tag = new EntityTag(asked.generation().version(), asked.format(), gzip);
      response.putHeader(HttpHeaders.ETAG, tag.toString());
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
      if (tag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH))) {
        response.setStatusCode(304);
        exchange.end();
        return;
      }
    } else {
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asked.format().contentType());
    switch (answer.content()) {
      case Answer.Ready(var body) -> BodyWriter.send(exchange, asked.generation(), body, gzip);
      case Answer.Kept(byte[] bytes) ->
          BodyWriter.send(exchange, asked.generation(), ByteBody.of(bytes), gzip);
      case Answer.Written(var document) -> {
        DocumentFlow.WhenSmall keep =
            question.isLasting() && question.bodyBytesMost() == 0 && answer.whole()
                ? bytes ->
                    memos
                        .of(asked.generation())
                        .keep(key(exchange, asked.query(), asked.format()), answer, bytes)
                : bytes -> {};
        DocumentFlow.send(exchange, asked.generation(), document, asked.format(), gzip, keep);
      }
    }
  }

  /// Decided before any of it is written, so that one question is coded the same in GET, HEAD and
  /// 304.
  private static boolean paysCompressed(Answer answer) {
    return !(answer.content() instanceof Answer.Ready(var body))
        || body.length().orElse(Long.MAX_VALUE) > COMPRESSED_LEAST;
  }

  public void stop() {
    quick.close();
    slow.close();
    background.shutdownNow();
  }
}
