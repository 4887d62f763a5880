package io.surfacescan.settings;

import java.util.List;

/// What is logged and how; standard error is where.
///
/// @param access whether every request is logged in a line
public record Logs(Format format, boolean access, Verbosity verbosity) {
  /// How a line of the log is written. Named as the values of the flag are.
  public enum Format {
    /// For people.
    text,
    /// One JSON object each.
    json
  }

  /// How much is logged.
  public enum Verbosity {
    /// Errors only.
    QUIET,
    NORMAL,
    /// Every load and every request, with stack traces.
    DEBUG
  }

  public static final Flag<Format> LOG_FORMAT =
      Flag.of(
              "--log-format",
              "FORMAT",
              Format.class,
              "How the log on standard error is written: text, or json for an object a line.")
          .or(Format.text);

  public static final Flag<Boolean> ACCESS_LOG =
      Flag.yes(
          "--access-log", "Log every request in a line: caller, request, status, bytes and time.");

  static final List<Flag<?>> FLAGS = List.of(LOG_FORMAT, ACCESS_LOG);

  static Logs of(Given given, Verbosity verbosity) {
    return new Logs(given.get(LOG_FORMAT), given.has(ACCESS_LOG), verbosity);
  }
}
