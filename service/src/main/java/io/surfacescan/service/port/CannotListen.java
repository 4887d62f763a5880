package io.surfacescan.service.port;

import java.util.Locale;

/// The port could not be opened; the message says why and what to do about it.
public final class CannotListen extends Exception {
  private static final long serialVersionUID = 1;

  private CannotListen(String message, Throwable cause) {
    super(message, cause);
  }

  /// @param cause its message, or one that it was caused by, has the operating system's words
  static CannotListen because(String host, int port, Throwable cause) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String place = "cannot listen on " + host + ":" + port + ": ";
    if (reason.contains("already in use")) {
      return new CannotListen(
          place + "the port is taken; stop the program that has it or choose another with --port",
          cause);
    }
    if (reason.contains("permission denied")) {
      return new CannotListen(
          place + "ports below 1024 need special rights; choose another with --port", cause);
    }
    return new CannotListen(
        place + "this machine has no such address; choose another with --host", cause);
  }
}
