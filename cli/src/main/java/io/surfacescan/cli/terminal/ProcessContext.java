package io.surfacescan.cli.terminal;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a run of the program finds around it.
///
/// @param out where data goes, and nothing else
/// @param err where all the rest goes
/// @param variables the environment variables
/// @param sample the environment that ships with the program, if it is there
public record ProcessContext(
    InputStream in,
    OutputStream out,
    boolean outIsTerminal,
    OutputStream err,
    boolean errIsTerminal,
    Map<String, String> variables,
    Optional<Path> sample) {
  public ProcessContext {
    variables = Map.copyOf(variables);
  }

  /// Where this program keeps what it can make anew; nothing if the user has no such place.
  public Optional<Path> cacheFolder() {
    return variable("XDG_CACHE_HOME")
        .filter(folder -> folder.startsWith("/"))
        .or(() -> variable("HOME").map(home -> home + "/.cache"))
        .map(folder -> Path.of(folder, "surfacescan"));
  }

  /// The variable's value; an empty variable counts as none, as container files often set it so.
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
