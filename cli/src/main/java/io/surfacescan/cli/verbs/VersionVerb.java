package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import picocli.CommandLine.Model.CommandSpec;

final class VersionVerb implements Verb {
  private final CommandSpec spec =
      Flags.verb(this, "version", "Show the version, as --version does.");

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) {
    var program = spec.root().commandLine();
    program.printVersionHelp(program.getOut());
    return Exit.DONE;
  }
}
