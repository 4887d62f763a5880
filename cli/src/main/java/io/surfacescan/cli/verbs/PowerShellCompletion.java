package io.surfacescan.cli.verbs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion script for PowerShell, made from the verbs and flags themselves.
///
/// Three tables, and a block that looks up in them what fits: the verbs, the flags of each verb (of
/// none under the empty name), and the words that a flag or a verb takes.
final class PowerShellCompletion {
  private static final String LOOK_UP =
      """
        $before = @($command.CommandElements |
          Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
        $verb = [string]($before | Select-Object -Skip 1 | Where-Object { $verbs.Contains($_) } | Select-Object -First 1)
        $found = if ($words.ContainsKey("$verb $($before[-1])")) { $words["$verb $($before[-1])"] }
          elseif ($word -like '-*') { $flags[$verb] }
          elseif ($verb -eq '') { $verbs }
          elseif ($words.ContainsKey($verb)) { $words[$verb] }
          else { [ordered]@{} }
        $found.GetEnumerator() | Where-Object { $_.Key -like "$word*" } | ForEach-Object {
          [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
        }
      }
      """;

  private final List<String> verbs = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private PowerShellCompletion() {}

  static String of(CommandLine program) {
    var script = new PowerShellCompletion();
    script.command("", program.getCommandSpec());
    program.getSubcommands().forEach((name, verb) -> script.verb(name, verb.getCommandSpec()));
    String name = program.getCommandName();
    return "Register-ArgumentCompleter -Native -CommandName "
        + name
        + ", "
        + name
        + ".ps1 -ScriptBlock {\n"
        + "  param($word, $command, $cursor)\n"
        + table("$verbs = [ordered]@{", script.verbs)
        + table("$flags = @{", script.flags)
        + table("$words = @{", script.words)
        + LOOK_UP;
  }

  private static String table(String start, List<String> rows) {
    return rows.stream()
        .map(row -> "    " + row + "\n")
        .collect(Collectors.joining("", "  " + start + "\n", "  }\n"));
  }

  private void verb(String name, CommandSpec verb) {
    verbs.add(entry(name, HelpText.firstSentence(verb.usageMessage().description())));
    command(name, verb);
    verb.positionalParameters().stream()
        .filter(parameter -> parameter.completionCandidates() != null)
        .forEach(parameter -> words(name, parameter.completionCandidates()));
  }

  private void command(String name, CommandSpec command) {
    var rows = new ArrayList<String>();
    for (OptionSpec option : command.options()) {
      for (String flag : option.names()) {
        rows.add(entry(flag, HelpText.firstSentence(option.description())));
        if (option.completionCandidates() != null) {
          words(name + " " + flag, option.completionCandidates());
        }
      }
    }
    flags.add(quoted(name) + " = [ordered]@{ " + String.join("; ", rows) + " }");
  }

  private void words(String place, Iterable<String> candidates) {
    words.add(
        StreamSupport.stream(candidates.spliterator(), false)
            .map(word -> entry(word, word))
            .collect(Collectors.joining("; ", quoted(place) + " = [ordered]@{ ", " }")));
  }

  private static String entry(String key, String value) {
    return quoted(key) + " = " + quoted(value);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
