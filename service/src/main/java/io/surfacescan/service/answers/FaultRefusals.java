package io.surfacescan.service.answers;

import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with a question, in the words of HTTP.
final class FaultRefusals {
  private FaultRefusals() {}

  /// The refusal for a fault that needs no look at the environment.
  static Refusal of(Fault fault) {
    return switch (fault) {
      case Fault.OutOfBounds outOfBounds -> outOfBounds(outOfBounds);
      case Fault.UnknownWord(Parameter parameter, String value) ->
          notOneOf(parameter.name(), value, ((Fault.UnknownWord) fault).words());
      case Fault.TwoNames(String name, String older) ->
          new Refusal(
              Refusal.Kind.REPEATED_PARAMETER,
              "The parameters " + name + " and " + older + " are one; give " + name + " alone.");
      case Fault.UnknownTag(var _, String tag) ->
          invalid("No VM and no rule has the tag " + Query.shown(tag) + "; tags are exact.");
      case Fault.UnknownScope(var _, String scope) ->
          invalid("No VM has the scope " + Query.shown(scope) + "; scopes are exact.");
      case Fault.UnknownRule(var _, String id) ->
          invalid("No rule has the fw_id " + Query.shown(id) + "; ids are exact.");
      case Fault.UnknownGroup(Parameter parameter, String group) ->
          invalid(
              "The parameter "
                  + parameter.name()
                  + " is "
                  + Query.shown(group)
                  + ", which is no group of one VM's surface; /surface has their ids, such as 2:web.");
      case Fault.UnknownService(Parameter parameter, String service) ->
          invalid(
              "The parameter "
                  + parameter.name()
                  + " names "
                  + Query.shown(service)
                  + ", which is no service; "
                  + Fault.UnknownService.REMEDY
                  + ".");
      case Fault.SameEnds(Parameter from, Parameter to) ->
          invalid(
              "The parameters "
                  + from.name()
                  + " and "
                  + to.name()
                  + " are one VM, and no VM attacks itself.");
      case Fault.ViaAnEnd(Parameter via) ->
          invalid(
              "The parameter " + via.name() + " is where every path starts or ends; leave it out.");
      case Fault.ForAllVmsOnly(Parameter parameter) ->
          invalid(
              "The parameter "
                  + parameter.name()
                  + " is for the whole environment; of a VM everything is exact.");
      case Fault.NothingBefore _ ->
          new Refusal(
              Refusal.Kind.NOTHING_BEFORE,
              "The environment that is served is the first one that was loaded; there is"
                  + " something to compare after the next load.");
      case Fault.NothingToChange _ ->
          new Refusal(
              Refusal.Kind.INVALID_BODY,
              "Nothing is to be changed; send \"remove_rules\" or another edit.");
      case Fault.UnknownRealRule(String id, var nearest) ->
          new Refusal(
              Refusal.Kind.EDITS_REFUSED,
              "The edits name "
                  + Query.shown(id)
                  + ": no rule has this id"
                  + (nearest.isEmpty()
                      ? "."
                      : nearest.stream()
                          .map(Query::shown)
                          .collect(Collectors.joining(", ", "; near it are ", "."))));
      case Fault.NeedsExport(String id) ->
          new Refusal(
              Refusal.Kind.INVALID_BODY,
              "The edits name " + Query.shown(id) + ": " + Fault.NeedsExport.REMEDY + ".");
      case Fault.EditsTooLarge(String why) ->
          new Refusal(Refusal.Kind.EDITS_REFUSED, "The edits cannot be carried out: " + why + ".");
      case Fault.BadEdits(var refused) -> {
        var first = refused.faults().getFirst();
        int more = refused.faultCount() - 1;
        yield new Refusal(
            Refusal.Kind.EDITS_REFUSED,
            "The edits name "
                + Query.shown(first.named())
                + ": "
                + first.what()
                + (more == 0
                    ? "."
                    : more == 1 ? "; and 1 more fault." : "; and " + more + " more."));
      }
      case Fault.UnknownVms _,
          Fault.NotOneVm _,
          Fault.UnknownCondition _,
          Fault.ConditionTooLarge _ ->
          throw new IllegalArgumentException("" + fault);
    };
  }

  private static Refusal outOfBounds(Fault.OutOfBounds fault) {
    int least = fault.bounds().least();
    String shown = Query.shown(Integer.toString(fault.value()));
    return invalid(
        fault.value() < least
            ? "The parameter "
                + fault.name()
                + " is "
                + shown
                + "; it must be an integer from "
                + least
                + "."
            : "The parameter "
                + fault.name()
                + " is "
                + shown
                + "; it may be "
                + fault.bounds().most(true)
                + " at most.");
  }

  /// The same, where more is on the next page.
  static Refusal pageTooLong(Fault.OutOfBounds fault) {
    return invalid(
        "The parameter "
            + fault.name()
            + " may be "
            + fault.bounds().most(true)
            + " at most here; follow the rel=next link.");
  }

  private static Refusal notOneOf(String name, String value, List<String> words) {
    return invalid(
        "The parameter "
            + name
            + " is "
            + Query.shown(value)
            + "; it must be one of "
            + String.join(", ", words)
            + ".");
  }

  private static Refusal invalid(String detail) {
    return new Refusal(Refusal.Kind.INVALID_PARAMETER, detail);
  }
}
