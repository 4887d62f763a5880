package io.surfacescan.report;

import io.surfacescan.questions.Answer;
import io.surfacescan.questions.Changes;
import io.surfacescan.questions.ChokepointsQuestion;
import io.surfacescan.questions.EditsEffect;
import io.surfacescan.questions.ExplainQuestion;
import io.surfacescan.questions.PairsQuestion;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Provenance;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.ReportQuestion;
import io.surfacescan.questions.RulesQuestion;
import io.surfacescan.questions.SearchQuestion;
import io.surfacescan.questions.SurfaceQuestion;
import io.surfacescan.questions.VmList;
import io.surfacescan.questions.VmQuestion;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.VmsQuestion;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The document of each answer: the only place that knows all of them.
public final class Documents {
  private Documents() {}

  /// The document of an answer. It can be drawn if the question says so.
  public static Document of(Answer answer) {
    return switch (answer) {
      case VmList list -> of(list);
      case VmQuestion.Found(var environment, var exposure, var internet) ->
          new VmFacts(environment, exposure, internet);
      case VmsQuestion.Rows rows -> new VmTable(rows.environment(), rows.collapsed(), rows.rows());
      case ReportQuestion.Report report ->
          new EnvironmentReport(
              report.exposures(), report.farthest(), report.internet(), report.vms());
      case SearchQuestion.Suggestions found -> new SuggestionTable(found);
      case SurfaceQuestion.Groups(var environment, var surface) ->
          new SurfacePicture(environment, surface);
      case RulesQuestion.Uses uses -> new RuleTable(uses.environment(), uses.rows());
      case PairsQuestion.Pairs(var environment, var from, var to, long limit) ->
          new PairTable(environment, from, to, limit);
      case PathQuestion.Routes routes -> PathHops.of(routes);
      case PathQuestion.NoRoute none -> new NoPath(none);
      case ExplainQuestion.Explained explained -> new PairExplanation(explained);
      case ChokepointsQuestion.OfVm(var environment, var chokepoints, var real) ->
          new ChokepointLists(environment, chokepoints, real);
      case ChokepointsQuestion.OfAll(var environment, var chokepoints, var real) ->
          new EnvironmentChokepointList(environment, chokepoints, real);
      case Changes changes -> new DiffAnswer(changes);
      case EditsEffect effect -> new WhatIfAnswer(effect);
    };
  }

  /// The document of an answer in a format: a page says besides what it rests on.
  public static Document of(Answer answer, Format format, Supplier<Provenance> provenance) {
    var document = of(answer);
    return format == Format.HTML ? new Evidence(document, provenance.get()) : document;
  }

  /// What the answers to a question can be written as, the usual one of HTTP first.
  public static List<Format> formats(Question question) {
    return Format.of(question.is(Trait.DRAWN), question.is(Trait.KEPT));
  }

  private static Document of(VmList list) {
    var environment = list.graph().environment();
    if (list.found().isEmpty()) {
      return new SortedVmIds(environment, list.vms());
    }
    return list.why()
        ? new FirstHops(list.graph(), list.found().get(), list.way(), list.vms())
        : new VmsWithHops(environment, list.found().get(), list.vms());
  }

  /// The bytes of an answer that only wait to be sent: ids in the engine's order.
  ///
  /// @param ids those of the environment of the answer
  public static Optional<ByteBody> ready(Answer answer, Supplier<IdArena> ids, Format format) {
    return answer instanceof VmList list
            && list.found().isEmpty()
            && list.vms() instanceof VmSequence.InEngineOrder(var ignored, var ranks)
            && VmIds.isReadyAs(format)
        ? Optional.of(VmIds.of(ids.get(), ranks, format))
        : Optional.empty();
  }
}
