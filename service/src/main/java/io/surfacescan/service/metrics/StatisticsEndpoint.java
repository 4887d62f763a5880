package io.surfacescan.service.metrics;

import io.surfacescan.report.status.KeptStatisticsDocument;
import io.surfacescan.service.answers.WorkQueue;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.RangeQuestion;
import io.surfacescan.statistics.Scope;
import io.surfacescan.statistics.StoreFailure;
import io.surfacescan.statistics.UnanswerableRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// `/stats` with parameters: what was answered in some time, over restarts and by a fleet.
public class StatisticsEndpoint {
  private static final Logger LOG = Logger.getLogger(StatisticsEndpoint.class);

  static final String FROM = "from";
  static final String TO = "to";
  static final String STEP = "step";
  static final String SCOPE = "scope";
  public static final Set<String> PARAMETERS = Set.of(FROM, TO, STEP, SCOPE);

  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})([smhdw])");

  /// Bounds within which moments and steps can be added and rounded. Nothing was counted outside.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration STEP_MOST = Duration.ofDays(36_525);

  private static final String TIMES =
      "a time such as 2026-03-01T12:00:00Z, a day such as 2026-03-01, or a time before now such as"
          + " -24h";

  private final DurableStatistics statistics;
  private final InstantSource clock;

  /// One at a time for each store, and apart from questions about the environment: a slow database
  /// shall keep nobody waiting but those who ask it.
  private final WorkQueue local = new WorkQueue("statistics", 1, 16, 1);

  private final WorkQueue shared = new WorkQueue("fleet statistics", 1, 16, 5);

  public StatisticsEndpoint(DurableStatistics statistics, InstantSource clock) {
    this.statistics = statistics;
    this.clock = clock;
  }

  /// Answers, later.
  public void answer(Exchange exchange, Query query) throws Refusal {
    var question = question(query, clock.instant());
    if (!statistics.isKept()) {
      throw new Refusal(
          Refusal.Kind.NOT_KEPT,
          "Statistics are not kept beyond this process, because no state directory is known; set"
              + " SURFACESCAN_STATE_DIR. What this process answered is at /stats.");
    }
    var queue = question.scope() == Scope.FLEET ? shared : local;
    queue.run(
        _ -> {
          if (!exchange.isOver()) {
            find(exchange, question);
          }
        },
        exchange::isOver);
  }

  private void find(Exchange exchange, RangeQuestion question) {
    try {
      var range = statistics.ask(question, exchange::isOver);
      byte[] document = new KeptStatisticsDocument(range).json();
      exchange.eventLoop().runOnContext(_ -> exchange.json(document));
    } catch (UnanswerableRange e) {
      var refusal = new Refusal(Refusal.Kind.INVALID_PARAMETER, String.valueOf(e.getMessage()));
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (StoreFailure e) {
      LOG.debugf(e, "Statistics cannot be read");
      var refusal =
          new Refusal(
                  Refusal.Kind.STATISTICS_UNREADABLE,
                  "The statistics cannot be read now: " + e.getMessage())
              .with("Retry-After", "5");
      exchange.eventLoop().runOnContext(_ -> exchange.refuse(refusal));
    } catch (RuntimeException | Error bug) {
      exchange.eventLoop().runOnContext(_ -> exchange.fail(bug));
    }
  }

  public static RangeQuestion question(Query query, Instant now) throws Refusal {
    var scope = query.word(SCOPE, Scope.class).orElse(Scope.INSTANCE);
    var step = step(query);
    var from = moment(query, FROM, now);
    var to = moment(query, TO, now);
    var question = new RangeQuestion(scope, from, to, step);
    if (question.from().isPresent()) {
      checkOrder(query, question.from().get(), question.to().orElse(now));
    }
    return question;
  }

  private static void checkOrder(Query query, Instant from, Instant to) throws Refusal {
    if (from.isAfter(to) || (query.has(TO) && from.equals(to))) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The time from "
              + Query.shown(query.required(FROM))
              + " to "
              + Query.shown(query.text(TO).orElse("now"))
              + " is empty; from must be before to.");
    }
  }

  private static Optional<Duration> step(Query query) throws Refusal {
    var text = query.text(STEP);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var length = length(text.get());
    if (length.isEmpty()
        || length.get().isZero()
        || length.get().toSeconds() % 60 != 0
        || length.get().compareTo(STEP_MOST) > 0) {
      throw invalid(STEP, text.get(), "full minutes, hours, days or weeks, such as 5m or 1h");
    }
    return length;
  }

  private static Optional<Instant> moment(Query query, String name, Instant now) throws Refusal {
    var text = query.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        moment(text.get(), now)
            .filter(moment -> !moment.isBefore(EARLIEST) && moment.isBefore(LATEST))
            .orElseThrow(() -> invalid(name, text.get(), TIMES)));
  }

  private static Optional<Instant> moment(String text, Instant now) {
    if (text.equals("now")) {
      return Optional.of(now);
    }
    try {
      if (text.startsWith("-")) {
        return length(text.substring(1)).map(now::minus);
      }
      if (text.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /// A length such as `24h`, or one of ISO 8601 such as `PT24H`.
  private static Optional<Duration> length(String text) {
    var parts = LENGTH.matcher(text);
    if (parts.matches()) {
      long count = Long.parseLong(parts.group(1));
      return Optional.of(
          switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
          });
    }
    try {
      return Optional.of(Duration.parse(text)).filter(length -> !length.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Refusal invalid(String name, String value, String wanted) {
    return new Refusal(
        Refusal.Kind.INVALID_PARAMETER,
        "The parameter " + name + " is " + Query.shown(value) + "; it must be " + wanted + ".");
  }

  public void stop() {
    local.close();
    shared.close();
  }
}
