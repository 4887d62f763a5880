package io.surfacescan.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The flags that say how much of a comparison is shown.
final class ChangeLimits {
  @Option(
      names = "--worst",
      paramLabel = "N",
      description = "How many of the VMs that changed most to show. Default: 20.")
  int worst = 20;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most ids or rules in a list; counts are exact anyway. Default: 100.")
  int limit = 100;

  void check(CommandSpec spec) {
    if (worst < 0 || limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--worst' or '--limit': it is below 0");
    }
  }
}
