package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.NearestWord;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Show the verbs, or the flags of one verb.")
public final class HelpVerb implements Verb {
  @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb to explain.")
  @Nullable String verb;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) {
    var program = spec.root().commandLine();
    if (verb == null) {
      program.usage(program.getOut());
      return Exit.DONE;
    }
    explained(program, verb).usage(program.getOut());
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
