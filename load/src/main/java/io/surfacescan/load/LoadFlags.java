package io.surfacescan.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The flags of `scripts/load`.
final class LoadFlags {
  /// The repository, where `./surfacescan` and the sample environment are.
  static final Path HOME = Path.of(System.getProperty("surfacescan.home", "")).toAbsolutePath();

  @Option(names = "--host", paramLabel = "URL", description = "Server to test. Default: a new one.")
  @Nullable URI host;

  @Option(names = "--any-host", description = "Allow a --host that is not this machine.")
  boolean anyHost;

  @Option(names = "--data", paramLabel = "PATH", description = "What a new server serves.")
  Path data = HOME.resolve("data");

  @Option(names = "--users", paramLabel = "N", description = "Closed model: N users at a time.")
  int users = 20;

  @Option(names = "--rate", paramLabel = "N", description = "Open model: N requests a second.")
  @Nullable Integer rate;

  @Option(names = "--duration", defaultValue = "30s", description = "Full load, as 5m or 1h.")
  Duration duration = Duration.ZERO;

  @Option(names = "--ramp", defaultValue = "0s", description = "Growing load before that.")
  Duration ramp = Duration.ZERO;

  @Option(names = "--warm-up", defaultValue = "5s", description = "Load that is not measured.")
  Duration warmUp = Duration.ZERO;

  @Option(names = "--mix", defaultValue = "10:1", split = ":", description = "/attack to /stats.")
  List<Integer> mix = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Draws the same requests.")
  long seed = 1;

  @Option(names = "--vms", paramLabel = "N", description = "Draw from the first N VMs.")
  int vms = 1_000_000;

  @Option(names = "--p99-most", paramLabel = "MS", description = "Fail if 1 in 100 takes longer.")
  @Nullable Integer p99Most;

  @Option(names = "--failed-most", paramLabel = "PERCENT", description = "Fail if more fail.")
  double failedMost;

  @Option(names = "--reports", paramLabel = "FOLDER", description = "Where reports go.")
  Path reports = HOME.resolve(".build/load");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the flags.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// Whole seconds, because Gatling starts users second by second.
  static Duration time(String text) {
    if (!text.matches("\\d{1,5}[smh]")) {
      throw new TypeConversionException("'" + text + "' is not a time such as 30s, 5m or 1h");
    }
    return Duration.parse("PT" + text);
  }

  /// Refuses what no load test can be made of. A flag counts for more than the preset of another.
  void check() {
    // As many connections as the service takes.
    checkBetween("--users", users, 1, 10_000);
    checkBetween("--rate", rate, 1, 100_000);
    checkBetween("--vms", vms, 1, Integer.MAX_VALUE);
    checkBetween("--p99-most", p99Most, 1, Integer.MAX_VALUE);
    checkBetween("--failed-most", failedMost, 0, 100);
    checkBetween("--duration", duration.toSeconds(), 1, Integer.MAX_VALUE);
    if (mix.size() != 2
        || mix.equals(List.of(0, 0))
        || mix.stream().anyMatch(n -> n < 0 || n > 1000)) {
      throw refused("--mix", "it must be two numbers up to 1000 such as 10:1");
    }
    if (rate != null && isGiven("--users")) {
      if (isGiven("--rate")) {
        throw refused("--rate", "it excludes --users");
      }
      rate = null;
    }
    if (host != null) {
      checkHost(host);
      if (isGiven("--data")) {
        throw refused("--data", "the server at --host has its own");
      }
    }
  }

  private void checkBetween(String flag, @Nullable Number value, int least, int most) {
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw refused(flag, value + " is not between " + least + " and " + most);
    }
  }

  private void checkHost(URI url) {
    if (url.getHost() == null || !url.toString().matches("https?://[^@/?#]+/?")) {
      throw refused("--host", "'" + url + "' is not a URL such as http://127.0.0.1:8001");
    }
    if (!anyHost && !url.getHost().matches("localhost|127(\\.\\d+){3}|\\[::1]")) {
      throw refused("--host", url.getHost() + " is elsewhere; add --any-host if it is yours");
    }
  }

  /// What they ask for, as the report has it.
  @Override
  public String toString() {
    return String.format(
        "%s; ramp %d s, duration %d s, warm-up %d s; attack to stats %s, seed %d",
        rate == null ? "closed model, " + users + " users" : "open model, " + rate + " requests/s",
        ramp.toSeconds(),
        duration.toSeconds(),
        warmUp.toSeconds(),
        mix.getFirst() + ":" + mix.getLast(),
        seed);
  }

  private boolean isGiven(String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }

  private ParameterException refused(String flag, String why) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '" + flag + "': " + why);
  }
}
