package io.surfacescan.cli.verbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The completion script for the fish shell, made from the verbs and flags themselves.
final class FishCompletion {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine program) {
    var script = new FishCompletion(program.getCommandName());
    script.lines.add("complete -c " + script.program + " -f");
    script.flags(program.getCommandSpec(), "__fish_use_subcommand");
    program.getSubcommands().forEach((name, verb) -> script.verb(name, verb.getCommandSpec()));
    return String.join("\n", script.lines) + "\n";
  }

  private void verb(String name, CommandSpec verb) {
    add(
        "__fish_use_subcommand",
        "-a " + name + " -d " + description(verb.usageMessage().description()));
    String seen = "__fish_seen_subcommand_from " + name;
    flags(verb, seen);
    for (PositionalParamSpec parameter : verb.positionalParameters()) {
      if (parameter.completionCandidates() != null) {
        add(seen, "-a " + quoted(String.join(" ", parameter.completionCandidates())));
      }
    }
  }

  private void flags(CommandSpec command, String condition) {
    for (OptionSpec option : command.options()) {
      var names = new StringBuilder();
      for (String name : option.names()) {
        names.append(
            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      }
      add(
          condition,
          names.substring(1) + value(option) + " -d " + description(option.description()));
    }
  }

  /// What follows the flag: nothing, one of a few words, a file, or something else.
  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    if (option.completionCandidates() != null) {
      return " -x -a " + quoted(String.join(" ", option.completionCandidates()));
    }
    String label = option.paramLabel().toUpperCase(Locale.ROOT);
    return label.equals("PATH") || label.equals("FILE") ? " -r -F" : " -x";
  }

  private void add(String condition, String what) {
    lines.add("complete -c " + program + " -n " + quoted(condition) + " " + what);
  }

  private static String description(String[] description) {
    return quoted(HelpText.firstSentence(description));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
