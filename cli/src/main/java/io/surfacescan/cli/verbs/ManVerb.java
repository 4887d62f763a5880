package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class ManVerb implements Verb {
  private final CommandSpec spec =
      Flags.verb(
          this,
          "man",
          "Print the manual page of the program, or of one verb.",
          "",
          "Example: surfacescan man attack | man -l -");

  private final PositionalParamSpec verb =
      Flags.argument(0, "VERB", "The verb to explain.").build();

  private final OptionSpec all =
      Flags.text(
              "DIR",
              "Write the pages of the program and of all verbs into this folder, which exists.",
              "--all")
          .build();

  ManVerb() {
    spec.addPositional(verb).addOption(all);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    var program = spec.root().commandLine();
    @Nullable String folder = all.getValue();
    @Nullable String named = verb.getValue();
    if (folder != null) {
      writeAll(program, folder);
    } else {
      run.out().write(page(named == null ? program : HelpVerb.explained(program, named)));
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
