package io.surfacescan.cli.options;

import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// The flags and arguments of a verb that are made of the parameters of its question.
///
/// Every start asks for them. A switch over types takes its time the first time, so that there is
/// none here.
public final class QuestionOptions {
  private record Given(Parameter parameter, String name, ArgSpec spec) {}

  private final List<Given> all = new ArrayList<>();

  /// Adds flags and arguments to a verb.
  public QuestionOptions(CommandSpec verb, List<Parameter> parameters) {
    int index = 0;
    for (var parameter : parameters) {
      if (parameter.isArgument()) {
        boolean several = parameter.type() instanceof Parameter.Vm vm && vm.several();
        var argument = argument(parameter, several, index++);
        verb.addPositional(argument);
        all.add(new Given(parameter, parameter.name(), argument));
        continue;
      }
      add(verb, parameter, parameter.name(), parameter.is(Mark.HIDDEN));
      parameter.olderNames().forEach(older -> add(verb, parameter, older, true));
    }
  }

  private void add(CommandSpec verb, Parameter parameter, String name, boolean hidden) {
    var flag = flag(parameter, name, hidden);
    verb.addOption(flag);
    all.add(new Given(parameter, name, flag));
  }

  private static PositionalParamSpec argument(Parameter parameter, boolean several, int index) {
    String arity = (parameter.is(Mark.REQUIRED) ? "1" : "0") + (several ? "..*" : "..1");
    var argument =
        PositionalParamSpec.builder()
            .index(several ? index + "..*" : Integer.toString(index))
            .arity(arity)
            .required(parameter.is(Mark.REQUIRED))
            .paramLabel(parameter.label())
            .description(description(parameter))
            .initialValue(null);
    return (several
            ? argument.type(List.class).auxiliaryTypes(String.class)
            : argument.type(String.class))
        .build();
  }

  private static OptionSpec flag(Parameter parameter, String name, boolean hidden) {
    var flag =
        OptionSpec.builder(Parameter.flag(name))
            .hidden(hidden)
            .paramLabel(parameter.label())
            .description(description(parameter))
            .initialValue(null);
    var type = parameter.type();
    if (type instanceof Parameter.Flag) {
      flag.type(boolean.class).arity("0").initialValue(false);
    } else if (type instanceof Parameter.Count) {
      flag.type(Integer.class).arity("1");
    } else if (parameter.is(Mark.REPEATABLE)) {
      flag.type(List.class).auxiliaryTypes(String.class).arity("1");
    } else {
      flag.type(String.class).arity("1");
    }
    if (type instanceof Parameter.Choice choice) {
      flag.completionCandidates(choice.shown()).converters(word -> word(choice, word));
    }
    return flag.build();
  }

  private static String word(Parameter.Choice choice, String word) {
    if (choice.meant(word).isEmpty()) {
      throw new TypeConversionException(
          "'" + word + "' is not one of " + String.join(", ", choice.shown()));
    }
    return word;
  }

  /// What help says of a parameter.
  public static String description(Parameter parameter) {
    String detail =
        parameter.type() instanceof Parameter.Vm vm
            ? vm.byTag().isPresent()
                ? ": its id, name or IP address, or a group as tag:NAME"
                : ": its id, name or IP address"
            : "";
    return parameter.meaning(detail, false);
  }

  /// The arguments as they were given.
  ///
  /// @throws QuestionRefused if one is out of its bounds
  public Arguments arguments() throws QuestionRefused {
    var arguments = new Arguments.Builder(false);
    for (var given : all) {
      @Nullable Object value = given.spec().getValue();
      if (value != null) {
        read(given, value, arguments);
      }
    }
    return arguments.build();
  }

  private static void read(Given given, Object value, Arguments.Builder arguments)
      throws QuestionRefused {
    var parameter = given.parameter();
    var type = parameter.type();
    if (type instanceof Parameter.Flag) {
      if (Boolean.TRUE.equals(value)) {
        arguments.flag(parameter, true);
      }
    } else if (type instanceof Parameter.Count) {
      arguments.count(parameter, given.name(), (Integer) value);
    } else if (type instanceof Parameter.Choice) {
      arguments.word(parameter, (String) value);
    } else if (type instanceof Parameter.Vm) {
      arguments.vms(
          parameter,
          texts(value).stream().map(text -> new VmName(VmName.By.ARGUMENT, text)).toList());
    } else {
      arguments.texts(parameter, texts(value));
    }
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of((String) value);
  }
}
