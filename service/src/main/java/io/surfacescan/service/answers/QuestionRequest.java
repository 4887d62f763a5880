package io.surfacescan.service.answers;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.questions.Answer;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Cost;
import io.surfacescan.questions.Provenance;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.service.exchange.Cursor;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.served.CompiledGraph;
import io.surfacescan.service.served.Generation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What one request asks, read once: which question with which arguments, of which environment, and
/// the form of its answer. Immutable.
///
/// @param query the query that the arguments came from
/// @param start the place in a list at which the page starts, which a cursor in `after` says
record QuestionRequest(
    Route route,
    Question question,
    Query query,
    Arguments arguments,
    RuleFilter filter,
    int start,
    Format format,
    Generation generation,
    UnknownVms unknownVms) {
  static QuestionRequest of(
      Route route,
      Question question,
      Query query,
      Arguments arguments,
      Format format,
      Generation generation,
      UnknownVms unknownVms)
      throws Refusal {
    var after = query.text(QueryReader.AFTER);
    int start = after.isPresent() ? cursor(route, query, generation).rank(after.get()) : 0;
    return new QuestionRequest(
        route,
        question,
        query,
        arguments,
        filter(arguments),
        start,
        format,
        generation,
        unknownVms);
  }

  private static RuleFilter filter(Arguments arguments) throws Refusal {
    try {
      return RuleFilter.of(arguments);
    } catch (QuestionRefused e) {
      throw FaultRefusals.of(e.fault());
    }
  }

  /// The same, with the arguments that came in the body.
  QuestionRequest with(Arguments fromBody) {
    return new QuestionRequest(
        route, question, query, fromBody, filter, start, format, generation, unknownVms);
  }

  AnswerMemo.Key key() {
    return new AnswerMemo.Key(route, query.values(), format);
  }

  /// The reply, if it is found by a look.
  Optional<Reply> replyAtOnce() {
    if (!filter.equals(RuleFilter.NONE)) {
      return Optional.empty();
    }
    var context = context(generation.over(filter), Deadline.NONE);
    return question.atOnce(context).map(answer -> reply(answer, context, generation::ids));
  }

  /// The cost of asking it now. Rules that have yet to be compiled make any question long.
  Cost cost() {
    return generation.has(filter) ? question.cost(generation.over(filter)) : Cost.LONG;
  }

  /// The reply, which may take its time, up to the deadline.
  ///
  /// @throws Refusal if it was asked wrongly
  /// @throws io.surfacescan.engine.DeadlinePassed if there is no answer in time
  Reply reply(Deadline deadline) throws Refusal {
    var compiled = generation.over(filter);
    try {
      var context = context(compiled, deadline);
      return reply(question.answer(context), context, compiled::ids);
    } catch (QuestionRefused e) {
      throw refusal(e.fault());
    }
  }

  private Reply reply(Answer answer, Context context, Supplier<IdArena> ids) {
    return Reply.of(
        answer,
        generation.environment(),
        ids,
        format,
        () -> Provenance.of(question, context, Optional.empty()));
  }

  private Context context(CompiledGraph compiled, Deadline deadline) {
    return new Context(compiled, arguments, true, start, deadline, _ -> Progress.NONE);
  }

  private Refusal refusal(Fault fault) {
    var environment = generation.environment();
    return switch (fault) {
      case Fault.UnknownVms(var resolutions) ->
          unknownVms.refusal(environment, resolutions.getFirst());
      case Fault.BadEdits(var refused)
          when refused.faults().getFirst().kind() == EditsRefused.Kind.UNKNOWN_VM ->
          unknownVms.refusal(
              environment, Resolution.ofId(environment, refused.faults().getFirst().named()));
      default -> FaultRefusals.of(fault);
    };
  }

  /// The same request for the page that starts at a place, as the path and query of a URL.
  String nextPage(int place) {
    var uri = new StringBuilder(route.path());
    char separator = '?';
    for (var parameter : query.values().entrySet()) {
      if (!parameter.getKey().equals(QueryReader.AFTER)) {
        for (String value : parameter.getValue()) {
          uri.append(separator).append(parameter.getKey()).append('=');
          uri.append(Query.encoded(value));
          separator = '&';
        }
      }
    }
    return uri.append(separator)
        .append(QueryReader.AFTER)
        .append('=')
        .append(cursor(route, query, generation).at(place))
        .toString();
  }

  /// A cursor holds for all that changes the list; the length of a page does not.
  private static Cursor cursor(Route route, Query query, Generation generation) {
    Map<String, List<String>> asked = new TreeMap<>(query.values());
    asked.remove(QueryReader.LIMIT);
    asked.remove(QueryReader.AFTER);
    return new Cursor(generation.version(), route.path(), asked);
  }
}
