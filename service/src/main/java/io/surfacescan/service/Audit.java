package io.surfacescan.service;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Who had the service do something, and who was let in: always logged, without a token, a body or
/// an answer.
class Audit {
  private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(1);

  /// Beyond that all are forgotten and told again, so that nobody can fill the memory.
  private static final int USES_MOST = 10_000;

  private record Use(String event, String user, String address) {}

  private final EventLog log;
  private final LongSupplier nanoClock;
  private final ConcurrentHashMap<Use, Long> told = new ConcurrentHashMap<>();

  Audit(EventLog log) {
    this(log, System::nanoTime);
  }

  Audit(EventLog log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /// A load after the first and what became of it.
  ///
  /// @param asker who or what wanted it
  /// @param outcome null if it failed by a bug
  void reload(Event asker, Optional<Generation> before, Loader.@Nullable Outcome outcome) {
    String was = before.map(Generation::version).orElse(null);
    String is = outcome instanceof Loader.Outcome.Served(var served) ? served.version() : was;
    log.audit(
        event("reload")
            .and(asker)
            .and(
                new Fact("outcome", word(outcome, was)),
                new Fact("version_before", was),
                new Fact("version_after", is),
                new Fact(
                    "problems",
                    outcome instanceof Loader.Outcome.Refused(var load)
                        ? load.problemCount()
                        : null)));
  }

  private static String word(Loader.@Nullable Outcome outcome, @Nullable String was) {
    return switch (outcome) {
      case null -> "failed";
      case Loader.Outcome.Served(var served) ->
          served.version().equals(was) ? "unchanged" : "served";
      case Loader.Outcome.Refused _ -> "refused";
      case Loader.Outcome.GivenUp _ -> "given-up";
    };
  }

  void whatIf(Event who, int edits) {
    log.audit(event("what-if").and(who).and(new Fact("edits", edits)));
  }

  /// A token was taken: told when it comes from an address for the first time in an hour.
  void tokenUsed(Exchange exchange, Caller caller) {
    if (isNews("token-used", exchange, caller)) {
      log.audit(event("token-used").and(Who.asks(exchange)));
    }
  }

  /// A token was not enough for a route; told as often as its use.
  void scopeMissing(Exchange exchange, Caller caller, AccessScope needed) {
    if (isNews("scope-missing", exchange, caller)) {
      log.audit(
          event("scope-missing")
              .and(Who.asks(exchange))
              .and(new Fact("scope", needed.word()), new Fact("route", exchange.route().path())));
    }
  }

  void tokenRefused(Exchange exchange) {
    log.audit(event("token-refused").and(Who.asks(exchange)));
  }

  private boolean isNews(String event, Exchange exchange, Caller caller) {
    var use = new Use(event, caller.name(), Who.address(exchange));
    long now = nanoClock.getAsLong();
    Long before = told.get(use);
    if (before != null && now - before < TOLD_AGAIN_AFTER.toNanos()) {
      return false;
    }
    if (told.size() >= USES_MOST) {
      told.clear();
    }
    told.put(use, now);
    return true;
  }

  void tokensChanged(Path file, Tokens before, Tokens after) {
    log.audit(
        event("tokens-changed")
            .and(
                new Fact("file", file.toString()),
                new Fact("count", after.count()),
                new Fact("added", after.namesWithout(before)),
                new Fact("removed", before.namesWithout(after)),
                new Fact("changed", after.namesChangedFrom(before))));
  }

  void certificateRenewed(Path file, X509Certificate certificate) {
    log.audit(
        event("certificate-renewed")
            .and(
                new Fact("file", file.toString()),
                new Fact("subject", certificate.getSubjectX500Principal().getName()),
                new Fact("serial", certificate.getSerialNumber().toString(16)),
                new Fact("ends", certificate.getNotAfter().toInstant().toString())));
  }

  private static Event event(String name) {
    return Event.of(new Fact("event", name));
  }
}
