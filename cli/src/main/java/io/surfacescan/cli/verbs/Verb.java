package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Run;
import java.io.IOException;

/// One verb of the program, with its flags as fields.
public interface Verb {
  /// Does what the verb says.
  ///
  /// @throws Failure if the run ends early for a reason the user can act on
  /// @throws StandardOutput.Closed if the reader of the answer went away
  /// @throws IOException if something else cannot be written
  Exit run(Run run) throws IOException;
}
