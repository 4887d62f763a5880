package io.surfacescan.service.program;

import io.surfacescan.model.Problem;
import io.surfacescan.report.status.ServedEnvironmentDocument.RefusedLoad;
import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.LogField;
import io.surfacescan.service.platform.OsSignals;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Loader;
import io.surfacescan.settings.Logs;
import io.surfacescan.settings.Settings;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// The life of the process between the open port and the exit code.
final class ServeUntilStopped {
  private static final int INVALID_INPUT = 3;
  private static final int VERSION_DIGITS = 12;

  private final Settings settings;
  private final Program program;
  private final PrintStream err;

  ServeUntilStopped(Program program, PrintStream err) {
    this.settings = program.settings;
    this.program = program;
    this.err = err;
  }

  /// Returns the exit code.
  ///
  /// @param stop completes when the process is asked to stop
  int run(CompletableFuture<Void> stop) {
    OsSignals.on("HUP", this::reload);

    var firstLoad = program.firstLoad();
    CompletableFuture.anyOf(stop, firstLoad).join();
    if (!stop.isDone() && firstLoad.join() instanceof Loader.Outcome.Refused(var load)) {
      tellRefused(load);
      return INVALID_INPUT;
    }
    if (!stop.isDone() && firstLoad.join() instanceof Loader.Outcome.Served(var served)) {
      tellServed(served);
    }
    stop.join();
    program.leave();
    return 0;
  }

  private void reload() {
    if (settings.input().readsStdin()) {
      err.println("warning: standard input can be read only once; restart to load new input");
    } else {
      var _ = program.loader.reload(Event.of(new LogField("by", "signal")));
    }
  }

  private void tellRefused(RefusedLoad load) {
    load.problems().forEach(problem -> err.println("error: " + problem));
    long more = load.problemCount() - Problem.total(load.problems());
    if (more > 0) {
      err.println("error: and " + more + " more problems");
    }
  }

  private void tellServed(Generation served) {
    if (settings.logs().verbosity() == Logs.Verbosity.QUIET) {
      return;
    }
    var environment = served.environment();
    err.printf(
        "Serving %d VMs and %d rules (version %s, loaded in %d ms)%n",
        environment.countedVms(),
        environment.ruleCount(),
        served.version().substring(0, VERSION_DIGITS),
        served.loadTime().toMillis());
    long warnings = served.problems().warningCount();
    if (warnings > 0) {
      err.printf("%d warnings; surfacescan validate lists them%n", warnings);
    }
    String base =
        (settings.security().tls().isPresent() ? "https://" : "http://")
            + shownHost()
            + ":"
            + program.listener.port()
            + settings.listen().basePath();
    if (settings.listen().page()) {
      err.println("  " + base + "/");
    }
    if (environment.vmCount() > 0) {
      err.println("  " + base + "/attack?vm_id=" + encoded(environment.vmId(0)));
    }
    err.println("  " + base + "/stats");
    err.println("  " + base + "/docs");
    err.flush();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /// An address that a browser on this machine can open.
  private String shownHost() {
    return switch (settings.listen().host()) {
      case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
      case String host when host.contains(":") && !host.startsWith("[") -> "[" + host + "]";
      case String host -> host;
    };
  }
}
