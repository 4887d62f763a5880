package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Show the version, as --version does.")
final class VersionVerb implements Verb {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) {
    var program = spec.root().commandLine();
    program.printVersionHelp(program.getOut());
    return Exit.DONE;
  }
}
