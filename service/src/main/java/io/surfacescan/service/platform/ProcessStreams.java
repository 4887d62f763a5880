package io.surfacescan.service.platform;

import io.surfacescan.importers.ReadProgress;
import java.io.InputStream;
import java.io.PrintStream;

/// What the process reads from and writes to.
///
/// @param in where the path `-` is read from
/// @param err where the words of the start and the log go; standard output stays empty
/// @param progress hears how far the first load has come
public record ProcessStreams(InputStream in, PrintStream err, ReadProgress progress) {
  /// The same with another place for what is written, and without progress, which is for terminals.
  public ProcessStreams writingTo(PrintStream elsewhere) {
    return new ProcessStreams(in, elsewhere, ReadProgress.NONE);
  }
}
