package io.surfacescan.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The flags of every verb.
public final class GlobalOptions {
  enum Color {
    auto,
    always,
    never
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "Colour: ${COMPLETION-CANDIDATES}. Default: auto, which is on a terminal only.")
  Color color = Color.auto;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No warnings and no progress; errors only.")
  public boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  public boolean debug;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Defaults of flags, one `flag = value` a line. Default: surfacescan/config.properties"
              + " in $$XDG_CONFIG_HOME or ~/.config.")
  public @Nullable String config;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show the flags.")
  boolean help;

  /// Whether to colour what goes to a stream.
  public boolean colored(ProcessContext around, boolean terminal) {
    return switch (color) {
      case always -> true;
      case never -> false;
      case auto ->
          terminal
              && around.variable("NO_COLOR").isEmpty()
              && !around.variable("TERM").equals(java.util.Optional.of("dumb"));
    };
  }
}
