package io.surfacescan.cli.serve;

/// The HTTP service, which this module must not know.
@FunctionalInterface
public interface Server {
  /// Serves until the process is told to stop.
  ///
  /// @return the exit code
  int serve(ServeSettings settings);
}
