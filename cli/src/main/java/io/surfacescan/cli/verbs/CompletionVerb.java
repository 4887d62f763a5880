package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Print a script that lets a shell complete verbs and flags.",
    footer = {
      "",
      "bash: source <(surfacescan completion bash)",
      "zsh:  source <(surfacescan completion zsh)",
      "fish: surfacescan completion fish | source",
      "PowerShell: surfacescan completion powershell | Out-String | Invoke-Expression"
    })
final class CompletionVerb implements Verb {
  enum Shell {
    bash,
    zsh,
    fish,
    powershell
  }

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.bash;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    var program = spec.root().commandLine();
    String script =
        switch (shell) {
          // The script for bash tells zsh by itself and loads zsh's own support for such scripts.
          case bash, zsh -> AutoComplete.bash(program.getCommandName(), program);
          case fish -> FishCompletion.of(program);
          case powershell -> PowerShellCompletion.of(program);
        };
    run.out().write(script.getBytes(StandardCharsets.UTF_8));
    return Exit.DONE;
  }
}
