package io.surfacescan.cli.options;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The environment of a verb that takes no other arguments: paths need no flag there.
public final class PathArguments {
  @Mixin InputOption input = new InputOption();

  @Parameters(arity = "0..*", paramLabel = "PATH", description = "The environment, as with --data.")
  List<String> arguments = List.of();

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// The environment, however it was named.
  public InputOption input() {
    if (arguments.isEmpty()) {
      return input;
    }
    for (String argument : arguments) {
      if (!DataPaths.isPath(argument)) {
        throw new ParameterException(
            spec.commandLine(),
            "'" + argument + "' is no file or folder here, and nothing else is taken as argument");
      }
    }
    if (isFlagGiven()) {
      throw new ParameterException(
          spec.commandLine(),
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
    return spec.commandLine().getParseResult().originalArgs().stream()
        .takeWhile(argument -> !argument.equals("--"))
        .anyMatch(argument -> argument.equals("--data") || argument.startsWith("--data="));
  }
}
