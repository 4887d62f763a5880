package io.surfacescan.service.program;

import io.surfacescan.service.log.LogStream;
import io.surfacescan.service.log.Logs;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.OsSignals;
import io.surfacescan.service.platform.TemporaryFiles;
import io.surfacescan.service.port.CannotListen;
import io.surfacescan.service.served.FirstReading;
import io.surfacescan.service.settings.Settings;
import io.surfacescan.service.tls.LiveTls;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// The service as a program: runs until it is asked to stop.
public final class SurfaceScanService {
  private static final int USAGE = 2;
  private static final int INTERNAL_ERROR = 5;

  private SurfaceScanService() {}

  /// Serves until SIGTERM or SIGINT, and returns the exit code: 0 then, 2 if it cannot listen or
  /// use its files of tokens, 3 if the first load is refused, 5 after a failure of its own. What is
  /// wrong is told in a line of [Settings#err] each.
  ///
  /// May be called once in a process.
  ///
  /// @param logging how [Settings#err] is written
  public static int run(Settings settings, Logs logging) {
    LogStream.install(settings.err(), logging.format(), settings.verbosity());
    return serve(
        switch (logging.format()) {
          case TEXT -> settings;
          case JSON -> settings.telling(LogStream.messages(settings.err()));
        },
        logging);
  }

  private static int serve(Settings settings, Logs logging) {
    var stop = new CompletableFuture<Void>();
    // Before anything else starts: a signal that Java's own handling takes would wait for a program
    // that does not stop.
    OsSignals.on("TERM", () -> stop.complete(null));
    OsSignals.on("INT", () -> stop.complete(null));
    LiveTls.refuseRenegotiation();
    var reading = FirstReading.begin(settings);
    if (!TemporaryFiles.areWritable()) {
      tellWithoutTemporaryFiles(settings);
      TemporaryFiles.doWithout(settings.stores());
    }
    try (var program = new Program(settings, logging, Optional.of(reading))) {
      program.start();
      return new ServeUntilStopped(program).run(stop);
    } catch (CannotListen | FileRefused e) {
      settings.err().println("error: " + e.getMessage());
      return USAGE;
    } catch (RuntimeException | Error e) {
      return failed(settings, e);
    }
  }

  private static void tellWithoutTemporaryFiles(Settings settings) {
    if (settings.verbosity() != Settings.Verbosity.QUIET) {
      settings
          .err()
          .println(
              "warning: "
                  + TemporaryFiles.folder()
                  + " cannot be written to: Java's own way to sockets is used, which is slower;"
                  + " mount a folder there that can");
    }
  }

  private static int failed(Settings settings, Throwable failure) {
    var first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    settings.err().println("error: the service failed: " + first);
    if (settings.verbosity() == Settings.Verbosity.DEBUG) {
      Logger.getLogger(SurfaceScanService.class).error("The service failed", failure);
    }
    return INTERNAL_ERROR;
  }
}
