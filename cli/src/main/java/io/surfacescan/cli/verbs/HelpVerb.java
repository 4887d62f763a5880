package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.NearestWord;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

public final class HelpVerb implements Verb {
  private final CommandSpec spec =
      Flags.verb(this, "help", "Show the verbs, or the flags of one verb.");

  private final PositionalParamSpec verb =
      Flags.argument(0, "VERB", "The verb to explain.").build();

  HelpVerb() {
    spec.addPositional(verb);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) {
    var program = spec.root().commandLine();
    @Nullable String named = verb.getValue();
    if (named == null) {
      program.usage(program.getOut());
      return Exit.DONE;
    }
    explained(program, named).usage(program.getOut());
    return Exit.DONE;
  }

  /// The verb of that name.
  static CommandLine explained(CommandLine program, String verb) {
    var explained = program.getSubcommands().get(verb);
    if (explained == null) {
      throw new Failure(Exit.USAGE, unknown(program, verb));
    }
    return explained;
  }

  public static String unknown(CommandLine program, String word) {
    var verbs = new ArrayList<>(program.getSubcommands().keySet());
    return "unknown verb `"
        + TerminalText.plain(word)
        + "`; "
        + NearestWord.of(word, verbs)
            .map(verb -> "did you mean `" + verb + "`?")
            .orElse("there are " + String.join(", ", verbs));
  }
}
