package io.surfacescan.cli.options;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/// The environment of a verb that takes no other arguments: paths need no flag there.
public final class PathArguments {
  private final InputOption input = new InputOption();

  private final PositionalParamSpec paths =
      PositionalParamSpec.builder()
          .index("0..*")
          .arity("0..*")
          .paramLabel("PATH")
          .description("The environment, as with --data.")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .initialValue(List.of())
          .build();

  private final CommandSpec verb;

  private PathArguments(CommandSpec verb) {
    this.verb = verb;
    input.addTo(verb);
  }

  public static PathArguments of(CommandSpec verb) {
    var arguments = new PathArguments(verb);
    verb.addPositional(arguments.paths);
    return arguments;
  }

  /// The flag alone, for a verb that takes other arguments.
  public static PathArguments flagOf(CommandSpec verb) {
    return new PathArguments(verb);
  }

  /// The environment, however it was named.
  public InputOption input() {
    List<String> arguments =
        verb.positionalParameters().contains(paths) ? paths.getValue() : List.of();
    if (arguments.isEmpty()) {
      return input;
    }
    for (String argument : arguments) {
      if (!DataPaths.isPath(argument)) {
        throw new ParameterException(
            verb.commandLine(),
            "'" + argument + "' is no file or folder here, and nothing else is taken as argument");
      }
    }
    if (isFlagGiven()) {
      throw new ParameterException(
          verb.commandLine(),
          "'" + arguments.getFirst() + "' is a path beside --data; name all paths with --data");
    }
    return InputOption.of(arguments, input.reading);
  }

  /// How it is read.
  public ReadingOptions reading() {
    return input.reading;
  }

  /// Whether the flag was given, not preset; picocli does not know of a flag with a consumer.
  private boolean isFlagGiven() {
    return verb.commandLine().getParseResult().originalArgs().stream()
        .takeWhile(argument -> !argument.equals("--"))
        .anyMatch(argument -> argument.equals("--data") || argument.startsWith("--data="));
  }
}
