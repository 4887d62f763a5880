package io.surfacescan.service.settings;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.statistics.StoreSettings;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// How the service was asked to run.
///
/// @param paths the input: files, directories, `-` for standard input
/// @param reading how strictly the input is read
/// @param host the address to listen on
/// @param port 0 takes any free one
/// @param allowedHosts names under which requests are answered, besides localhost and the loopback
///   addresses; `*` allows all
/// @param verbosity how much is told
/// @param answerLimits what bounds the work on answers
/// @param stores where statistics are kept
/// @param push where metrics are sent to
/// @param security who may ask
/// @param err where start-up words and the log go; standard output stays empty
/// @param progress hears how far the first load has come
public record Settings(
    List<String> paths,
    InputStream stdin,
    ReadOptions reading,
    String host,
    int port,
    Set<String> allowedHosts,
    Verbosity verbosity,
    Limits limits,
    AnswerLimits answerLimits,
    StoreSettings stores,
    MetricsPush push,
    Security security,
    PrintStream err,
    ReadProgress progress) {
  /// How much is told.
  public enum Verbosity {
    /// Errors only.
    QUIET,
    NORMAL,
    /// Every load and every request, with stack traces.
    DEBUG
  }

  /// The path that means standard input.
  public static final String STDIN = "-";

  public Settings {
    paths = List.copyOf(paths);
    allowedHosts = Set.copyOf(allowedHosts);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no path to load");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host to listen on");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
  }

  /// The same, with what is said going elsewhere and without progress, which is for terminals.
  public Settings telling(PrintStream elsewhere) {
    return new Settings(
        paths,
        stdin,
        reading,
        host,
        port,
        allowedHosts,
        verbosity,
        limits,
        answerLimits,
        stores,
        push,
        security,
        elsewhere,
        ReadProgress.NONE);
  }

  /// Whether the input can be read once only.
  public boolean readsStdin() {
    return paths.contains(STDIN);
  }
}
