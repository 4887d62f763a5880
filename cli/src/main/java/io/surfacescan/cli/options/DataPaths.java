package io.surfacescan.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Takes what a shell makes of `--data *.json`: a path, and as many of the arguments behind it as
/// are files or folders here, or `-`.
final class DataPaths implements IParameterConsumer {
  /// A path of `--data`.
  ///
  /// @param follows whether it stands behind another path, not behind the flag, so that it may have
  ///   been meant for something else
  record DataPath(String text, boolean follows) {}

  static final String STDIN = "-";

  // The type of the parameter is picocli's.
  @SuppressWarnings("JdkObsolete")
  @Override
  public void consumeParameters(Stack<String> arguments, ArgSpec flag, CommandSpec command) {
    if (arguments.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "Missing required parameter for option '--data' (PATH)", flag, "");
    }
    List<DataPath> before = flag.getValue();
    // The list before may be the one that the next parse starts from.
    var paths = new ArrayList<DataPath>(before);
    paths.add(new DataPath(arguments.pop(), false));
    while (!arguments.isEmpty() && isPath(arguments.peek())) {
      paths.add(new DataPath(arguments.pop(), true));
    }
    flag.setValue(paths);
  }

  static boolean isPath(String argument) {
    return argument.equals(STDIN) || exists(argument);
  }

  static boolean exists(String argument) {
    try {
      return !argument.isEmpty() && Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
