package io.surfacescan.cli.serve;

import io.surfacescan.importers.ReadProgress;
import io.surfacescan.settings.Settings;

/// The HTTP service, which this module must not know.
@FunctionalInterface
public interface Server {
  /// Serves until the process is asked to stop.
  ///
  /// @param progress hears how far the first load has come
  /// @return the exit code
  int serve(Settings settings, ReadProgress progress);
}
