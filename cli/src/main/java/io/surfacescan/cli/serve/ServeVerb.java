package io.surfacescan.cli.serve;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProcessContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = "Answer over HTTP until stopped; changed files are loaded while serving.",
    footer = {"", "Example: surfacescan serve --data prod/ --port 8001"})
public final class ServeVerb {
  private static final int LAST_PORT = 65_535;

  private static final Pattern STATS_URL =
      Pattern.compile("jdbc:postgresql://[^/?#]+/[^/?#]+(\\?.*)?");

  /// As browsers send it, without a path.
  private static final Pattern ORIGIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._\\[\\]:-]+");

  /// A host name, an IPv4 address, or an IPv6 address in brackets; and a port.
  private static final Pattern RECEIVER =
      Pattern.compile("([^\\s:/\\[\\]]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");

  @Mixin PathArguments paths = new PathArguments();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on. Default: 127.0.0.1, which only this machine reaches;"
              + " 0.0.0.0 is every address.")
  String host = "127.0.0.1";

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Answer those who send a token of this file, as `surfacescan token` makes them. It may"
              + " change while serving.")
  @Nullable Path tokens;

  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description = "Answer those who send an access token of this OpenID Connect issuer.")
  @Nullable String oidcIssuer;

  @Option(
      names = "--oidc-audience",
      paramLabel = "NAME",
      description = "What the issuer calls this service; tokens for others are not taken.")
  @Nullable String oidcAudience;

  @Option(
      names = "--oidc-claim",
      paramLabel = "CLAIM",
      description =
          "Which claim holds what a caller may do; dots lead into objects. Default:"
              + " ${DEFAULT-VALUE}.")
  String oidcClaim = "scope";

  @Option(
      names = "--oidc-read",
      paramLabel = "WORD",
      description = "Scope value that grants read access. Default: ${DEFAULT-VALUE}.")
  String oidcRead = "surfacescan:read";

  @Option(
      names = "--oidc-admin",
      paramLabel = "WORD",
      description = "Scope value that grants reloads. Default: ${DEFAULT-VALUE}.")
  String oidcAdmin = "surfacescan:admin";

  @Option(
      names = "--open-metrics",
      description = "Answer /metrics without a token, too, as /health is.")
  boolean openMetrics;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Speak HTTPS with this certificate, in PEM, its authorities below it. It may be renewed"
              + " while serving, as the other files of TLS.")
  @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of the certificate.")
  @Nullable Path tlsKey;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description =
          "Let only those connect who show a certificate of one of these authorities, in PEM.")
  @Nullable Path tlsClientCa;

  @Option(
      names = "--insecure",
      description =
          "Answer every client without authentication, also on an address that other machines"
              + " reach.")
  boolean insecure;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 is any free one. Default: ${DEFAULT-VALUE}.")
  int port = 8001;

  @Option(
      names = "--allowed-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "A name besides localhost that requests may be addressed to, or * for any; may be given"
              + " again.")
  List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--allowed-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "A web page from elsewhere that may ask, such as https://dashboard.example; may be given"
              + " again. Default: none.")
  List<String> allowedOrigins = new ArrayList<>();

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      description =
          "How many requests each client may send in a second; more are refused. Default: any"
              + " number.")
  @Nullable Integer rateLimit;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description =
          "How long the answer to one question may be worked on; a longer one is refused."
              + " Default: ${DEFAULT-VALUE}.")
  int timeLimitSeconds = 60;

  @Option(
      names = "--long-threads",
      paramLabel = "N",
      description =
          "How many questions that may take long are worked on at a time. Default: half of the"
              + " processors.")
  @Nullable Integer longThreads;

  @Option(
      names = "--long-waiting",
      paramLabel = "N",
      description =
          "How many more of them may wait; others are told to come again. Default: ${DEFAULT-VALUE}.")
  int longWaiting = 16;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where statistics are kept. Default: $$XDG_STATE_HOME/surfacescan, else"
              + " ~/.local/state/surfacescan.")
  @Nullable Path stateDirectory;

  @Option(
      names = "--stats-url",
      paramLabel = "URL",
      description =
          "The PostgreSQL database that several instances keep their statistics in, as"
              + " jdbc:postgresql://HOST/DATABASE.")
  @Nullable String statsUrl;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "What this instance is called in statistics. Default: the name of the host.")
  @Nullable String instance;

  @Option(
      names = "--statsd",
      paramLabel = "HOST:PORT",
      description = "Send metrics to a StatsD receiver, too, in Datadog's form with tags.")
  @Nullable String statsd;

  /// Named as they are written.
  enum LogFormat {
    text,
    json
  }

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "How the log on standard error is written: text, or json for an object a line."
              + " Default: ${DEFAULT-VALUE}.")
  LogFormat logFormat = LogFormat.text;

  @Option(
      names = "--access-log",
      description = "Tell every request in a line of the log: who, what, status, bytes and time.")
  boolean accessLog;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Server server;

  public ServeVerb(Server server) {
    this.server = server;
  }

  /// Unlike other verbs it ends as the service does.
  ///
  /// @return the exit code
  public int serve(Invocation run) {
    if (port < 0 || port > LAST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--port': " + port + " is not between 0 and " + LAST_PORT);
    }
    checkFromOne("--time-limit", timeLimitSeconds);
    checkFromOne("--long-threads", longThreads == null ? 1 : longThreads);
    checkFromOne("--long-waiting", longWaiting);
    checkFromOne("--rate-limit", rateLimit == null ? 1 : rateLimit);
    if (host.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--host': it is empty");
    }
    checkReach();
    var tls = tls();
    if ((tokens != null || oidcIssuer != null) && tls.isEmpty() && !Loopback.isOnly(host)) {
      run.messages()
          .warning(
              "tokens pass over plain HTTP readable; use --tls-cert and --tls-key, unless a proxy"
                  + " of yours speaks HTTPS");
    }
    var state = stateDirectory(run.around());
    checkStatsUrl(state);
    return server.serve(
        new ServeSettings(
            paths.input().paths(run.around()),
            paths.reading(),
            host,
            port,
            allowedHosts,
            origins(),
            Duration.ofSeconds(timeLimitSeconds),
            longThreads == null ? OptionalInt.empty() : OptionalInt.of(longThreads),
            longWaiting,
            rateLimit == null ? OptionalInt.empty() : OptionalInt.of(rateLimit),
            state,
            Optional.ofNullable(statsUrl),
            instance == null ? HostName.of(run.around()) : instance,
            Optional.ofNullable(statsd).map(this::receiver),
            Optional.ofNullable(tokens),
            oidc(),
            openMetrics,
            tls,
            logFormat == LogFormat.json,
            accessLog,
            run.manners().quiet,
            run.manners().debug,
            InputOption.progress(run)));
  }

  /// Refuses to let other machines in without a word on who may ask.
  private void checkReach() {
    if (!insecure
        && tokens == null
        && oidcIssuer == null
        && tlsClientCa == null
        && !Loopback.isOnly(host)) {
      throw new ParameterException(
          spec.commandLine(),
          "other machines reach '"
              + host
              + "', and nothing says who may ask; name a file of tokens with --tokens, an issuer of"
              + " them with --oidc-issuer or the authority of client certificates with"
              + " --tls-client-ca, or let everybody ask with --insecure");
    }
  }

  /// There is no word for every page: it would let any page that somebody looks at ask.
  private List<String> origins() {
    for (String origin : allowedOrigins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "Invalid value for option '--allowed-origin': '"
                + origin
                + "' is not an origin; write scheme, host and perhaps port, such as"
                + " https://dashboard.example");
      }
    }
    return allowedOrigins;
  }

  private Optional<TlsFiles> tls() {
    if (tlsCert != null && tlsKey != null) {
      return Optional.of(new TlsFiles(tlsCert, tlsKey, Optional.ofNullable(tlsClientCa)));
    }
    if (tlsCert != null || tlsKey != null || tlsClientCa != null) {
      throw new ParameterException(
          spec.commandLine(), "HTTPS needs both --tls-cert and --tls-key; name the files");
    }
    return Optional.empty();
  }

  private Optional<OidcFlags> oidc() {
    if (oidcIssuer == null && oidcAudience == null) {
      return Optional.empty();
    }
    if (oidcIssuer == null || oidcAudience == null) {
      throw new ParameterException(
          spec.commandLine(), "tokens of an issuer need both --oidc-issuer and --oidc-audience");
    }
    var issuer = issuer(oidcIssuer);
    if ("http".equals(issuer.getScheme()) && !Loopback.isOnly(issuer.getHost())) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--oidc-issuer': keys that come over plain HTTP prove nothing;"
              + " it must begin with https://");
    }
    return Optional.of(new OidcFlags(issuer, oidcAudience, oidcClaim, oidcRead, oidcAdmin));
  }

  private Optional<Path> stateDirectory(ProcessContext around) {
    if (stateDirectory != null) {
      return Optional.of(stateDirectory);
    }
    return around
        .variable("XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> around.variable("HOME").map(home -> Path.of(home, ".local", "state")))
        .map(folder -> folder.resolve("surfacescan"));
  }

  private void checkStatsUrl(Optional<Path> state) {
    if (statsUrl == null) {
      return;
    }
    if (!STATS_URL.matcher(statsUrl).matches()) {
      // Not shown, because it may hold a password.
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--stats-url': it must begin with jdbc:postgresql://HOST/DATABASE");
    }
    try {
      var _ = URLDecoder.decode(statsUrl, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--stats-url': a % in it must be followed by two hexadecimal"
              + " digits; write % itself as %25");
    }
    if (state.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "'--stats-url' needs a directory in which what the database does not take can wait; name"
              + " one with --state-dir");
    }
  }

  private InetSocketAddress receiver(String address) {
    var parts = RECEIVER.matcher(address);
    int receiving = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (receiving < 1 || receiving > LAST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--statsd': '" + address + "' is not HOST:PORT");
    }
    return InetSocketAddress.createUnresolved(parts.group(1), receiving);
  }

  private URI issuer(String address) {
    try {
      var url = new URI(address);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getPort() <= LAST_PORT) {
        return url;
      }
    } catch (URISyntaxException e) {
      // It is told below.
    }
    throw new ParameterException(
        spec.commandLine(),
        "Invalid value for option '--oidc-issuer': '"
            + address
            + "' is not a URL like https://login.example/realm");
  }

  private void checkFromOne(String flag, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '" + flag + "': " + value + " is below 1");
    }
  }
}
