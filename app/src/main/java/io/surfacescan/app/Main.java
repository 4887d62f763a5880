package io.surfacescan.app;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.serve.OidcFlags;
import io.surfacescan.cli.serve.ServeSettings;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.service.log.Logs;
import io.surfacescan.service.program.SurfaceScanService;
import io.surfacescan.service.settings.AnswerLimits;
import io.surfacescan.service.settings.Limits;
import io.surfacescan.service.settings.MetricsPush;
import io.surfacescan.service.settings.Oidc;
import io.surfacescan.service.settings.Security;
import io.surfacescan.service.settings.Settings;
import io.surfacescan.service.settings.TlsFiles;
import io.surfacescan.statistics.StoreSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;

/// The program's entry point.
///
/// The launcher starts it on a class path without the libraries of the service, unless the verb is
/// `serve`: nothing here but [#serve] may need more.
public final class Main {
  private Main() {}

  /// Runs one verb and ends the process with its exit code.
  public static void main(String... args) {
    var around =
        new ProcessContext(
            System.in,
            new FileOutputStream(FileDescriptor.out),
            isTerminal("out"),
            new FileOutputStream(FileDescriptor.err),
            isTerminal("err"),
            System.getenv(),
            sample());
    System.exit(Surfacescan.run(around, asked -> serve(around, asked), args));
  }

  /// The launcher knows, and Java does not tell the two apart.
  private static boolean isTerminal(String stream) {
    var terminals = System.getProperty("surfacescan.terminals", "");
    return Arrays.asList(terminals.split(",")).contains(stream);
  }

  private static Optional<Path> sample() {
    return Optional.ofNullable(System.getProperty("surfacescan.home"))
        .map(home -> Path.of(home, "data"))
        .filter(Files::isDirectory);
  }

  private static int serve(ProcessContext around, ServeSettings asked) {
    return SurfaceScanService.run(
        new Settings(
            asked.data(),
            around.in(),
            asked.reading(),
            asked.host(),
            asked.port(),
            new LinkedHashSet<>(asked.allowedHosts()),
            verbosity(asked),
            Limits.DEFAULT,
            new AnswerLimits(
                asked.timeLimit(),
                asked.longThreads().orElse(AnswerLimits.DEFAULT.longThreads()),
                asked.longWaiting(),
                asked.rateLimit()),
            new StoreSettings(asked.stateDirectory(), asked.statsUrl(), asked.instance()),
            new MetricsPush(asked.statsd(), MetricsPush.USUAL),
            new Security(
                asked.tokens(),
                asked.oidc().map(Main::oidc),
                asked.openMetrics(),
                asked.tls().map(Main::tls),
                new LinkedHashSet<>(asked.allowedOrigins())),
            new PrintStream(around.err(), true, StandardCharsets.UTF_8),
            asked.progress()),
        new Logs(asked.jsonLog() ? Logs.Format.JSON : Logs.Format.TEXT, asked.accessLog()));
  }

  private static Oidc oidc(OidcFlags asked) {
    return new Oidc(
        asked.issuer(), asked.audience(), asked.claim(), asked.readWord(), asked.adminWord());
  }

  private static TlsFiles tls(io.surfacescan.cli.serve.TlsFiles asked) {
    return new TlsFiles(asked.certificate(), asked.key(), asked.clientAuthority());
  }

  private static Settings.Verbosity verbosity(ServeSettings asked) {
    if (asked.debug()) {
      return Settings.Verbosity.DEBUG;
    }
    return asked.quiet() ? Settings.Verbosity.QUIET : Settings.Verbosity.NORMAL;
  }
}
