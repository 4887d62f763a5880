package io.surfacescan.service;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The service as a program: runs until it is asked to stop.
public final class SurfaceScanService {
  private static final int USAGE = 2;
  private static final int INTERNAL_ERROR = 5;

  /// How this process was asked to serve; null where Quarkus was started by something else, as in
  /// tests.
  private static volatile @Nullable Settings asked;

  private static volatile Logs logs = Logs.USUAL;

  /// Null where Quarkus was started by something else.
  private static volatile @Nullable FirstReading firstReading;

  /// Completes when the process is asked to stop.
  private static final CompletableFuture<Void> STOP = new CompletableFuture<>();

  private SurfaceScanService() {}

  /// Serves until SIGTERM or SIGINT, and returns the exit code: 0 then, 2 if it cannot listen or
  /// use its files of tokens, 3 if the first load is refused, 5 after a failure of its own. What is
  /// wrong is told in a line of [Settings#err] each.
  ///
  /// May be called once in a process.
  ///
  /// @param logging how [Settings#err] is written
  public static int run(Settings settings, Logs logging) {
    logs = logging;
    LogStream.install(settings.err(), logging.format());
    return run(
        switch (logging.format()) {
          case TEXT -> settings;
          case JSON -> settings.telling(LogStream.messages(settings.err()));
        });
  }

  private static int run(Settings settings) {
    asked = settings;
    // Before anything else starts: a signal that Java's own handling takes would wait for a program
    // that nobody told to stop.
    Signals.on("TERM", () -> STOP.complete(null));
    Signals.on("INT", () -> STOP.complete(null));
    LiveTls.refuseRenegotiation();
    firstReading = FirstReading.begin(settings);
    if (!TemporaryFiles.areWritable()) {
      tellWithoutTemporaryFiles(settings);
      TemporaryFiles.doWithout(settings.stores());
    }
    System.setProperty("quarkus.log.category.\"io.surfacescan\".level", level(settings));
    // Nobody speaks it here, and for its sake Vert.x would answer unknown versions of HTTP itself.
    System.setProperty("vertx.disableWebsockets", "true");
    var exitCode = new AtomicInteger(INTERNAL_ERROR);
    Quarkus.run(
        ServeUntilStopped.class,
        (code, failure) -> exitCode.set(failure == null ? code : failed(settings, failure)));
    return exitCode.get();
  }

  private static void tellWithoutTemporaryFiles(Settings settings) {
    if (settings.verbosity() != Settings.Verbosity.QUIET) {
      settings
          .err()
          .println(
              "warning: "
                  + TemporaryFiles.folder()
                  + " cannot be written to: /docs is not served, and Java's own way to sockets is"
                  + " used; mount a folder there that can");
    }
  }

  private static String level(Settings settings) {
    return switch (settings.verbosity()) {
      case QUIET -> "ERROR";
      case NORMAL -> "INFO";
      case DEBUG -> "DEBUG";
    };
  }

  private static int failed(Settings settings, Throwable failure) {
    var first = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotListen || cause instanceof FileRefused) {
        settings.err().println("error: " + cause.getMessage());
        return USAGE;
      }
      first = cause;
    }
    settings.err().println("error: the service failed to start: " + first);
    if (settings.verbosity() == Settings.Verbosity.DEBUG) {
      Logger.getLogger(SurfaceScanService.class).error("The service failed to start", failure);
    }
    return INTERNAL_ERROR;
  }

  static @Nullable FirstReading firstReading() {
    return firstReading;
  }

  static CompletableFuture<Void> stop() {
    return STOP;
  }

  static Logs logs() {
    return logs;
  }

  static @Nullable Settings asked() {
    return asked;
  }
}
