package io.surfacescan.service.answers;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.questions.Resolution;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Cursor;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.served.Generation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// What one request asks, of which environment, and how long that may take.
final class QuestionRequest {
  private static final String LIMIT = "limit";
  private static final String AFTER = "after";

  private final Route route;
  private final Query query;
  private final Format format;
  private final Generation generation;
  private final UnknownVms unknownVms;
  private final byte[] body;
  private final Deadline deadline;
  private final IntConsumer edits;

  QuestionRequest(
      Route route,
      Query query,
      Format format,
      Generation generation,
      UnknownVms unknownVms,
      byte[] body,
      Deadline deadline,
      IntConsumer edits) {
    this.route = route;
    this.query = query;
    this.format = format;
    this.generation = generation;
    this.unknownVms = unknownVms;
    this.body = body;
    this.deadline = deadline;
    this.edits = edits;
  }

  Route route() {
    return route;
  }

  Query query() {
    return query;
  }

  Format format() {
    return format;
  }

  /// The tag that a parameter names exactly; empty if it is not given.
  OptionalInt tag(String parameter) throws Refusal {
    var name = query.text(parameter);
    if (name.isEmpty()) {
      return OptionalInt.empty();
    }
    var tag = generation.environment().findTag(name.get());
    if (tag.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "No VM and no rule has the tag " + Query.shown(name.get()) + "; tags are exact.");
    }
    return tag;
  }

  Generation generation() {
    return generation;
  }

  AttackGraph graph() {
    return generation.graph();
  }

  byte[] body() {
    return body;
  }

  Deadline deadline() {
    return deadline;
  }

  /// Has the audit log tell that so many edits are asked about.
  void tellEdits(int count) {
    edits.accept(count);
  }

  /// As [#deadline], but no longer than so many seconds from now.
  Deadline deadlineIn(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> deadline.passed() || System.nanoTime() - end > 0;
  }

  /// The VM with an id.
  ///
  /// @throws Refusal with the nearest ids if there is none
  int vmWithId(String id) throws Refusal {
    return found(Resolution.ofId(generation.environment(), id)).members().vm(0);
  }

  /// The VM with an id, else the only one with this name.
  ///
  /// @throws Refusal if there is none, or several
  int vmOf(String idOrName) throws Refusal {
    return found(Resolution.ofIdOrName(generation.environment(), idOrName)).members().vm(0);
  }

  /// What was found.
  ///
  /// @throws Refusal if that is no VM, or several of one name
  Subject found(Resolution resolution) throws Refusal {
    return unknownVms.found(generation.environment(), resolution);
  }

  /// The place in the list at which the page starts, which a cursor in `after` says.
  int pageStart() throws Refusal {
    var after = query.text(AFTER);
    return after.isPresent() ? cursor().rank(after.get()) : 0;
  }

  /// The most elements of a page, from `limit`.
  ///
  /// @param usual if the request does not say
  int pageLimit(int usual) throws Refusal {
    return query.natural(LIMIT).orElse(usual);
  }

  /// As [#pageLimit(int)], refusing more than the bound.
  int pageLimit(int usual, int most) throws Refusal {
    int limit = pageLimit(usual);
    if (limit > most) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The parameter limit may be " + most + " at most here; follow the rel=next link.");
    }
    return limit;
  }

  /// The same request for the page that starts at a place, as the path and query of a URL.
  String nextPage(int place) {
    var uri = new StringBuilder(route.path());
    char separator = '?';
    for (var parameter : query.values().entrySet()) {
      if (!parameter.getKey().equals(AFTER)) {
        for (String value : parameter.getValue()) {
          uri.append(separator).append(parameter.getKey()).append('=');
          uri.append(Query.encoded(value));
          separator = '&';
        }
      }
    }
    return uri.append(separator).append(AFTER + "=").append(cursor().at(place)).toString();
  }

  /// A cursor holds for all that changes the list; the length of a page does not.
  private Cursor cursor() {
    Map<String, List<String>> question = new TreeMap<>(query.values());
    question.remove(LIMIT);
    question.remove(AFTER);
    return new Cursor(generation.version(), route, question);
  }
}
