package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.NearestWord;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.NamedServices;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.conditions.AttackCondition;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What is wrong with a question, in the words of the command line.
public final class FaultMessages {
  private FaultMessages() {}

  /// What ends the run for a fault that needs no look at an environment.
  public static RuntimeException of(Fault fault, CommandSpec verb) {
    return new ParameterException(verb.commandLine(), misuse(fault));
  }

  /// What ends the run.
  ///
  /// @param environment what was asked about
  public static RuntimeException of(Fault fault, Environment environment, CommandSpec verb) {
    return switch (fault) {
      case Fault.UnknownVms(var resolutions) -> VmArguments.unknown(environment, resolutions);
      case Fault.NotOneVm(var group) -> VmArguments.notOne(environment, group);
      case Fault.BadEdits(var refused) -> badEdits(refused);
      case Fault.UnknownTag(Parameter flag, String tag) when flag.is(Mark.REPEATABLE) ->
          new ParameterException(
              verb.commandLine(),
              invalid(flag, "no VM and no rule has the tag " + quoted(tag))
                  + nearest(
                      tag,
                      IntStream.range(0, environment.tagCount())
                          .mapToObj(environment::tag)
                          .toList()));
      case Fault.UnknownRule(Parameter flag, String id) ->
          new ParameterException(
              verb.commandLine(),
              invalid(flag, "no rule has the id " + quoted(id))
                  + nearest(
                      id,
                      IntStream.range(0, environment.ruleCount())
                          .mapToObj(environment.ruleIds()::get)
                          .toList()));
      default -> of(fault, verb);
    };
  }

  private static String misuse(Fault fault) {
    return switch (fault) {
      case Fault.OutOfBounds(var _, String name, int value, boolean served) -> {
        var bounds = ((Fault.OutOfBounds) fault).bounds();
        int most = bounds.most(served);
        yield "Invalid value for option '"
            + Parameter.flag(name)
            + "': "
            + value
            + (most == Integer.MAX_VALUE
                ? " is below " + bounds.least()
                : " is not between " + bounds.least() + " and " + most);
      }
      case Fault.UnknownWord unknown ->
          invalid(
              unknown.parameter(),
              quoted(unknown.value()) + " is not one of " + String.join(", ", unknown.words()));
      case Fault.TwoNames(String name, String older) ->
          Parameter.flag(name)
              + " and "
              + Parameter.flag(older)
              + " are one; give "
              + Parameter.flag(name)
              + " alone";
      case Fault.UnknownTag(var _, String tag) ->
          "no VM and no rule has the tag " + quoted(tag) + "; tags are exact";
      case Fault.UnknownScope(Parameter parameter, String scope) ->
          invalid(parameter, "no VM has the scope " + quoted(scope));
      case Fault.UnknownGroup(Parameter parameter, String group) ->
          invalid(
              parameter,
              quoted(group) + " is no group of one VM's surface; `surface` has their ids");
      case Fault.UnknownService(Parameter parameter, String service) ->
          invalid(parameter, quoted(service) + " is no service")
              + nearest(service, NamedServices.names())
              + "; "
              + Fault.UnknownService.REMEDY;
      case Fault.SameEnds(Parameter from, Parameter to) ->
          from.label() + " and " + to.label() + " are one VM, and no VM attacks itself";
      case Fault.ViaAnEnd(Parameter via) ->
          invalid(via, "every path starts at FROM and ends at TO");
      case Fault.ForAllVmsOnly(Parameter parameter) ->
          parameter.flag() + " is for the whole environment; of a VM everything is exact";
      case Fault.NothingToChange _ ->
          "Nothing is to be changed: give --remove-rule or another edit";
      case Fault.UnknownCondition(String word, String known) ->
          "Invalid value for option '--fail-on': '"
              + TerminalText.plain(word)
              + "' is not one of "
              + known;
      case Fault.ConditionTooLarge(String word) ->
          "Invalid value for option '--fail-on': the N of '"
              + TerminalText.plain(word)
              + "' is too large; "
              + AttackCondition.MOST
              + " is the most";
      case Fault.UnknownRealRule(String id, var nearest) ->
          quoted(id)
              + ": no rule has this id"
              + (nearest.isEmpty()
                  ? ""
                  : nearest.stream()
                      .map(FaultMessages::quoted)
                      .collect(Collectors.joining(", ", "; did you mean ", "?")));
      case Fault.NeedsExport(String id) -> quoted(id) + ": " + Fault.NeedsExport.REMEDY;
      case Fault.EditsTooLarge(String why) -> "the edits cannot be carried out: " + why;
      case Fault.NothingBefore _,
          Fault.UnknownVms _,
          Fault.NotOneVm _,
          Fault.UnknownRule _,
          Fault.BadEdits _ ->
          throw new IllegalArgumentException(fault.toString());
    };
  }

  private static Failure badEdits(EditsRefused refused) {
    boolean unknownVm = refused.faults().getFirst().kind() == EditsRefused.Kind.UNKNOWN_VM;
    var messages = new ArrayList<String>();
    refused.faults().forEach(fault -> messages.add(quoted(fault.named()) + ": " + fault.what()));
    return new Failure(unknownVm ? Exit.VM_NOT_FOUND : Exit.USAGE, messages);
  }

  private static String nearest(String word, List<String> known) {
    return NearestWord.of(word, known)
        .map(near -> "; did you mean " + quoted(near) + "?")
        .orElse("");
  }

  private static String invalid(Parameter parameter, String problem) {
    return "Invalid value for option '" + parameter.flag() + "': " + problem;
  }

  private static String quoted(String text) {
    return "`" + TerminalText.plain(text) + "`";
  }
}
