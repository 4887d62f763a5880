package io.surfacescan.service.program;

import io.surfacescan.service.log.LogStream;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.OsSignals;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.service.platform.TemporaryFiles;
import io.surfacescan.service.port.CannotListen;
import io.surfacescan.service.served.FirstReading;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.settings.Logs;
import io.surfacescan.settings.Settings;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// The service as a program: runs until it is asked to stop.
public final class SurfaceScanService {
  private static final int USAGE = 2;
  private static final int INTERNAL_ERROR = 5;

  private SurfaceScanService() {}

  /// Serves until SIGTERM or SIGINT, and returns the exit code: 0 then, 2 if it cannot listen or
  /// use its files of tokens, 3 if the first load is refused, 5 after a failure of its own. Each
  /// fault is a line of [ProcessStreams#err].
  ///
  /// May be called once in a process.
  public static int run(Settings settings, ProcessStreams streams) {
    LogStream.install(streams.err(), settings.logs());
    return serve(
        settings,
        switch (settings.logs().format()) {
          case text -> streams;
          case json -> streams.writingTo(LogStream.messages(streams.err()));
        });
  }

  private static int serve(Settings settings, ProcessStreams streams) {
    var stop = new CompletableFuture<Void>();
    // Before anything else starts: a signal that Java's own handling takes would wait for a program
    // that does not stop.
    OsSignals.on("TERM", () -> stop.complete(null));
    OsSignals.on("INT", () -> stop.complete(null));
    LiveTls.refuseRenegotiation();
    var reading = FirstReading.begin(settings.input(), settings.policy(), streams);
    if (!TemporaryFiles.areWritable()) {
      tellWithoutTemporaryFiles(settings.logs(), streams.err());
      TemporaryFiles.doWithout(settings.stores());
    }
    try (var program = new Program(settings, streams, Optional.of(reading))) {
      program.start();
      return new ServeUntilStopped(program, streams.err()).run(stop);
    } catch (CannotListen | FileRefused e) {
      streams.err().println("error: " + e.getMessage());
      return USAGE;
    } catch (RuntimeException | Error e) {
      return failed(settings.logs(), streams.err(), e);
    }
  }

  private static void tellWithoutTemporaryFiles(Logs logs, PrintStream err) {
    if (logs.verbosity() != Logs.Verbosity.QUIET) {
      err.println(
          "warning: "
              + TemporaryFiles.folder()
              + " cannot be written to: Java's own way to sockets is used, which is slower;"
              + " mount a folder there that can");
    }
  }

  private static int failed(Logs logs, PrintStream err, Throwable failure) {
    var first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    err.println("error: the service failed: " + first);
    if (logs.verbosity() == Logs.Verbosity.DEBUG) {
      Logger.getLogger(SurfaceScanService.class).error("The service failed", failure);
    }
    return INTERNAL_ERROR;
  }
}
