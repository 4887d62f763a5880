package io.surfacescan.cli.serve;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the user wants served, where, and how much is to be told.
///
/// @param data files and directories, or `-`; at least one
/// @param reading how strictly they are read
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param allowedHosts names besides localhost that requests may be addressed to
/// @param allowedOrigins web pages from elsewhere that may ask, as browsers name them
/// @param timeLimit how long the answer to one question may be worked on
/// @param longThreads how many questions that may take long are worked on at a time, if said
/// @param longWaiting how many more of them may wait
/// @param rateLimit how many requests each client may send in a second, if that is limited
/// @param stateDirectory where statistics are kept, if there is a place
/// @param statsUrl the database that instances share, if they do
/// @param instance what this one is called
/// @param statsd where StatsD lines of metrics are sent to, if anywhere; its name is not looked up
/// @param tokens the file of the API tokens that are taken, if callers are to have one
/// @param oidc the issuer whose access tokens are taken, if there is one
/// @param openMetrics whether metrics are told without one
/// @param tls what HTTPS is spoken with, if it is not HTTP
/// @param jsonLog whether the log is JSON objects, one a line
/// @param accessLog whether every request is told in the log
/// @param quiet whether to tell errors only
/// @param debug whether to tell every load and request, and stack traces
/// @param progress hears how far the first load has come
public record ServeSettings(
    List<String> data,
    ReadOptions reading,
    String host,
    int port,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    Duration timeLimit,
    OptionalInt longThreads,
    int longWaiting,
    OptionalInt rateLimit,
    Optional<Path> stateDirectory,
    Optional<String> statsUrl,
    String instance,
    Optional<InetSocketAddress> statsd,
    Optional<Path> tokens,
    Optional<OidcFlags> oidc,
    boolean openMetrics,
    Optional<TlsFiles> tls,
    boolean jsonLog,
    boolean accessLog,
    boolean quiet,
    boolean debug,
    ReadProgress progress) {
  public ServeSettings {
    data = List.copyOf(data);
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
  }
}
