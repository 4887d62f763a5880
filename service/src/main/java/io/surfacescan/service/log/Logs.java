package io.surfacescan.service.log;

/// What is logged and how; standard error is where.
///
/// @param access whether every request is told in a line
public record Logs(Format format, boolean access) {
  public static final Logs USUAL = new Logs(Format.TEXT, false);

  /// How a line of the log is written.
  public enum Format {
    /// For people.
    TEXT,
    /// One JSON object each.
    JSON
  }
}
