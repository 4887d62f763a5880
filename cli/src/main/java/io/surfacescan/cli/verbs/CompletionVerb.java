package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class CompletionVerb implements Verb {
  enum Shell {
    bash,
    zsh,
    fish,
    powershell
  }

  private final CommandSpec spec =
      Flags.verb(
          this,
          "completion",
          "Print a script that lets a shell complete verbs and flags.",
          "",
          "bash: source <(surfacescan completion bash)",
          "zsh:  source <(surfacescan completion zsh)",
          "fish: surfacescan completion fish | source",
          "PowerShell: surfacescan completion powershell | Out-String | Invoke-Expression");

  private final PositionalParamSpec shell =
      Flags.argument(0, "SHELL", "One of ${COMPLETION-CANDIDATES}.")
          .type(Shell.class)
          .arity("1")
          .required(true)
          .build();

  CompletionVerb() {
    spec.addPositional(shell);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    var program = spec.root().commandLine();
    Shell named = shell.getValue();
    String script =
        switch (named) {
          // The script for bash tells zsh by itself and loads zsh's own support for such scripts.
          case bash, zsh -> AutoComplete.bash(program.getCommandName(), program);
          case fish -> FishCompletion.of(program);
          case powershell -> PowerShellCompletion.of(program);
        };
    run.out().write(script.getBytes(StandardCharsets.UTF_8));
    return Exit.DONE;
  }
}
