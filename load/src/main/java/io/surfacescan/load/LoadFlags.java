package io.surfacescan.load;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The flags of `scripts/load`, checked.
@Command(
    name = "scripts/load",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Put load on a surfacescan service and make an HTML report of it.",
      "Requests ask about VMs that are drawn at random from those the server has. Without --host a"
          + " server is started for the test on the sample environment, or on --data, and stopped"
          + " after it."
    },
    optionListHeading = "%nFlags:%n",
    footer = {
      "",
      "Every flag can be preset: --warm-up by $$SURFACESCAN_LOAD_WARM_UP.",
      "Exit codes: 0 done, 1 a limit was broken (failed requests are, unless allowed), 2 usage,",
      "3 no server or no VMs, 5 an error in the test itself."
    })
final class LoadFlags {
  /// As many connections as the service takes.
  private static final int MOST_USERS = 10_000;

  private static final int MOST_RATE = 100_000;
  private static final int USUAL_USERS = 20;

  @Option(
      names = "--host",
      paramLabel = "URL",
      description = "The server to test, such as http://127.0.0.1:8001. Default: one of its own.")
  @Nullable String host;

  @Option(
      names = "--any-host",
      description = "Allow a --host that is not this machine. Only for servers of your own.")
  boolean anyHost;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "What a server of its own serves. Default: the sample environment.")
  @Nullable Path data;

  @Option(
      names = "--users",
      paramLabel = "N",
      description =
          "Closed model: N users, each of whom asks again as soon as it is answered. Default: "
              + USUAL_USERS
              + ".")
  @Nullable Integer users;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Open model, instead of --users: N requests a second, whether earlier ones are answered"
              + " or not.")
  @Nullable Integer rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long to measure at full load: 30s, 5m, 1h. Default: 30s.")
  Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--ramp",
      paramLabel = "TIME",
      description = "Let the load grow from nothing for so long first, measured too. Default: 0s.")
  Duration ramp = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "Load before anything is measured, while Java compiles. Default: 5s.")
  Duration warmUp = Duration.ofSeconds(5);

  @Option(
      names = "--mix",
      paramLabel = "A:S",
      description = "A requests to /attack for S requests to /stats, at random. Default: 10:1.")
  Mix mix = new Mix(10, 1);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed draws the same requests in the same order. Default: 1.")
  long seed = 1;

  @Option(
      names = "--vms",
      paramLabel = "N",
      description = "Draw from the first N VMs of the server. Default: 1000000.")
  int vms = 1_000_000;

  @Option(
      names = "--p99-most",
      paramLabel = "MS",
      description = "Fail if 99 % of the requests take longer than this. Default: no limit.")
  @Nullable Integer p99Most;

  @Option(
      names = "--failed-most",
      paramLabel = "PERCENT",
      description = "Fail if more of the requests fail than this. Default: 0.")
  double failedMost = 0;

  @Option(
      names = "--reports",
      paramLabel = "FOLDER",
      description = "Where reports go, each in a folder of its own. Default: .build/load.")
  @Nullable Path reports;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the flags.")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine command(Map<String, String> environment) {
    return new CommandLine(new LoadFlags())
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .registerConverter(Duration.class, orUsageError(Span::of))
        .registerConverter(Mix.class, orUsageError(Mix::of));
  }

  private static <T> ITypeConverter<T> orUsageError(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /// Refuses what no load test can be made of.
  ///
  /// @throws ParameterException saying what is wrong with which flag
  void check() {
    checkBetween("--users", users, 1, MOST_USERS);
    checkBetween("--rate", rate, 1, MOST_RATE);
    checkBetween("--vms", vms, 1, Integer.MAX_VALUE);
    checkBetween("--p99-most", p99Most, 1, Integer.MAX_VALUE);
    if (!(failedMost >= 0 && failedMost <= 100)) {
      throw refused("--failed-most", failedMost + " is not between 0 and 100");
    }
    if (duration.isZero()) {
      throw refused("--duration", "there is nothing to measure in no time");
    }
    if (users != null && rate != null && isGiven("--users") == isGiven("--rate")) {
      throw refused("--rate", "it cannot be had together with --users");
    }
    if (host != null && data != null && isGiven("--data")) {
      throw refused("--data", "the server at --host has its own");
    }
    server();
  }

  private void checkBetween(String flag, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw refused(flag, value + " is not between " + least + " and " + most);
    }
  }

  /// The server to test, or none if one is to be started.
  Optional<URI> server() {
    if (host == null) {
      return Optional.empty();
    }
    var url = url(host);
    if (!anyHost && !isThisMachine(url.getHost())) {
      throw refused(
          "--host",
          url.getHost() + " is not this machine; add --any-host if it is yours to put load on");
    }
    return Optional.of(url);
  }

  private URI url(String text) {
    try {
      var url = new URI(text);
      boolean ours =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
      if (ours) {
        return new URI(url.getScheme() + "://" + url.getRawAuthority());
      }
    } catch (URISyntaxException e) {
      // Refused below with the others.
    }
    throw refused("--host", "'" + text + "' is not a URL such as http://127.0.0.1:8001");
  }

  private static boolean isThisMachine(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// A flag counts for more than the preset of the other one.
  private Volume volume() {
    if (rate != null && (users == null || isGiven("--rate"))) {
      return new Volume.Rate(rate);
    }
    return new Volume.Users(users == null ? USUAL_USERS : users);
  }

  Plan plan(URI server) {
    return new Plan(
        server,
        volume(),
        warmUp,
        ramp,
        duration,
        mix,
        seed,
        p99Most == null ? 0 : p99Most,
        failedMost);
  }

  private boolean isGiven(String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }

  private ParameterException refused(String flag, String why) {
    OptionSpec option = spec.findOption(flag);
    return new ParameterException(
        spec.commandLine(),
        "Invalid value for option '" + flag + "' (" + option.paramLabel() + "): " + why);
  }
}
