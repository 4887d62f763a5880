package io.surfacescan.load;

import io.gatling.app.Gatling$;
import io.surfacescan.load.LoadSimulation.Load;
import io.surfacescan.load.Server.NothingToTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.prefs.Preferences;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/// The load test as a program.
@Command(
    name = "scripts/load",
    abbreviateSynopsis = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Put load on a surfacescan service and make an HTML report of it.",
    footer = {
      "",
      "Every flag can be preset: --warm-up by $$SURFACESCAN_LOAD_WARM_UP.",
      "Exit codes: 0 done, 1 a limit was broken (failed requests are, unless allowed),",
      "2 usage, 3 no server or no VMs, 5 an error in the test itself."
    })
public final class LoadTest implements Callable<Integer> {
  @Mixin LoadFlags flags = new LoadFlags();

  /// Runs it and exits.
  public static void main(String[] args) {
    System.exit(command(Map.copyOf(System.getenv())).execute(args));
  }

  /// @param environment presets flags; an empty variable presets nothing, because Compose sets
  ///   those that it was not given to nothing
  static CommandLine command(Map<String, String> environment) {
    return new CommandLine(new LoadTest())
        .registerConverter(Duration.class, LoadFlags::time)
        .setDefaultValueProvider(flag -> {
          String name = ((OptionSpec) flag).longestName().substring(2).replace('-', '_');
          String value = environment.get("SURFACESCAN_LOAD_" + name.toUpperCase(Locale.ROOT));
          return value == null || value.isBlank() ? null : value;
        })
        .setParameterExceptionHandler(
            (e, _) -> failed(2, e.getMessage() + "; see `scripts/load --help`"))
        .setExecutionExceptionHandler((e, _, _) ->
            e instanceof NothingToTest ? failed(3, e.getMessage()) : failed(5, e.toString()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    flags.check();
    Files.createDirectories(flags.reports);
    keepGatlingFromAsking(LoadFlags.HOME.resolve(".build"));
    try (var server =
        flags.host == null
            ? Server.start(flags.data, flags.reports)
            : new Server(flags.host, Optional.empty())) {
      var vmIds = server.vmIds(flags.vms);
      String what = server.address() + ", " + vmIds.size() + " VMs; " + flags;
      System.err.println(what);
      if (!flags.warmUp.isZero()) {
        var _ = gatling(new Load(server.address(), vmIds, flags, false), what);
      }
      int exit = gatling(new Load(server.address(), vmIds, flags, true), what);
      System.out.println("by the server's clock, with the warm-up: " + server.routes());
      return exit == 0 ? 0 : failed(1, "a limit was broken");
    }
  }

  /// Gatling asks Maven Central for its newest version, unless there is a note that it did lately.
  private static void keepGatlingFromAsking(Path notes) throws IOException {
    Files.createDirectories(notes.resolve(".java/.userPrefs"));
    System.setProperty("java.util.prefs.userRoot", notes.toString());
    Preferences.userRoot()
        .node("/io/gatling/latestVersion")
        .putLong("lastCheckTimestamp", System.currentTimeMillis() + Duration.ofDays(1).toMillis());
  }

  /// Runs Gatling, whose own `main` would end the process.
  ///
  /// @return 0 if every limit was kept
  private int gatling(Load load, String what) {
    System.setProperty("gatling.conf.file", load.measured() ? "gatling.conf" : "warm-up.conf");
    String[] args = {
      "--simulation=" + LoadSimulation.class.getName(),
      "--results-folder=" + flags.reports,
      "--run-description=" + what
    };
    return ScopedValue.where(LoadSimulation.LOAD, load).call(() -> Gatling$.MODULE$.fromArgs(args));
  }

  private static int failed(int exit, @Nullable String why) {
    System.err.println("error: " + why);
    return exit;
  }
}
