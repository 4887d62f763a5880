package io.surfacescan.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/// The flags of every verb.
public final class GlobalOptions {
  enum Color {
    auto,
    always,
    never
  }

  private final OptionSpec color =
      Flags.value(
              Color.class,
              "WHEN",
              "Colour: ${COMPLETION-CANDIDATES}. Default: auto, which is on a terminal only.",
              "--color")
          .scopeType(ScopeType.INHERIT)
          .initialValue(Color.auto)
          .build();

  private final OptionSpec quiet =
      Flags.toggle("No warnings and no progress; errors only.", "-q", "--quiet")
          .scopeType(ScopeType.INHERIT)
          .build();

  private final OptionSpec debug =
      Flags.toggle("Show the stack trace of an error.", "--debug")
          .scopeType(ScopeType.INHERIT)
          .build();

  private final OptionSpec config =
      Flags.text(
              "FILE",
              "Defaults of flags, one `flag = value` a line. Default: surfacescan/config.properties"
                  + " in $$XDG_CONFIG_HOME or ~/.config.",
              "--config")
          .scopeType(ScopeType.INHERIT)
          .build();

  private final OptionSpec help =
      Flags.toggle("Show the flags.", "-h", "--help")
          .scopeType(ScopeType.INHERIT)
          .usageHelp(true)
          .build();

  /// Adds them to the program, and so to all its verbs.
  public void addTo(CommandSpec program) {
    program.addOption(color).addOption(quiet).addOption(debug).addOption(config).addOption(help);
  }

  public boolean quiet() {
    return Flags.isOn(quiet);
  }

  public boolean debug() {
    return Flags.isOn(debug);
  }

  /// The configuration file that is named, if one is.
  public @Nullable String config() {
    return config.getValue();
  }

  private Color color() {
    Color chosen = color.getValue();
    return chosen == null ? Color.auto : chosen;
  }

  /// Whether to colour what goes to a stream.
  public boolean colored(ProcessContext around, boolean terminal) {
    return switch (color()) {
      case always -> true;
      case never -> false;
      case auto ->
          terminal
              && around.variable("NO_COLOR").isEmpty()
              && !around.variable("TERM").equals(java.util.Optional.of("dumb"));
    };
  }
}
