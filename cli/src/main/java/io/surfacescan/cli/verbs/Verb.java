package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/// One verb of the program.
public interface Verb {
  /// The verb as picocli takes it, with its flags and arguments.
  CommandSpec described();

  /// Does what the verb says.
  ///
  /// A `Failure` ends it early, for a reason that the user can act on; `StandardOutput.Closed` says
  /// that the reader of the answer went away.
  ///
  /// @throws IOException if something else cannot be written
  Exit run(Invocation run) throws IOException;
}
