package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "man",
    description = "Print the manual page of the program, or of one verb.",
    footer = {"", "Example: surfacescan man attack | man -l -"})
final class ManVerb implements Verb {
  @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb to explain.")
  @Nullable String verb;

  @Option(
      names = "--all",
      paramLabel = "DIR",
      description =
          "Write the pages of the program and of all verbs into this folder, which exists.")
  @Nullable String all;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    var program = spec.root().commandLine();
    if (all != null) {
      writeAll(program, all);
    } else {
      run.out().write(page(verb == null ? program : HelpVerb.explained(program, verb)));
    }
    return Exit.DONE;
  }

  private static void writeAll(CommandLine program, String folder) {
    try {
      var pages = Path.of(folder);
      write(program, pages);
      for (CommandLine verb : program.getSubcommands().values()) {
        write(verb, pages);
      }
    } catch (IOException | InvalidPathException e) {
      throw new Failure(
          Exit.USAGE,
          TerminalText.plain(folder)
              + ": no page can be written there; name a folder that exists with --all");
    }
  }

  private static void write(CommandLine command, Path pages) throws IOException {
    Files.write(pages.resolve(ManPage.name(command) + ".1"), page(command));
  }

  private static byte[] page(CommandLine command) {
    return ManPage.of(command).getBytes(StandardCharsets.UTF_8);
  }
}
