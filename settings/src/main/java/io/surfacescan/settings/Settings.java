package io.surfacescan.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How the service is asked to run.
///
/// @param limits bounds of a request and of every wait for a client
/// @param answerLimits bounds of the work on answers
public record Settings(
    Input input,
    Listen listen,
    Security security,
    Limits limits,
    AnswerLimits answerLimits,
    StoreSettings stores,
    MetricsPush push,
    Logs logs,
    PolicySettings policy) {
  /// The flags of `serve` that no other verb has.
  public static final List<Flag<?>> FLAGS =
      Stream.of(
              Listen.FLAGS,
              Security.FLAGS,
              AnswerLimits.FLAGS,
              StoreSettings.FLAGS,
              MetricsPush.FLAGS,
              Logs.FLAGS,
              PolicySettings.FLAGS)
          .<Flag<?>>flatMap(List::stream)
          .toList();

  /// The settings that the user gave.
  ///
  /// @param input asked for when all flags are in order
  /// @throws InvalidSetting if the service cannot run with them, or if other machines would be
  ///   answered without a decision on that
  public static Settings of(Given given, Logs.Verbosity verbosity, Supplier<Input> input) {
    var listen = Listen.of(given);
    var security = Security.of(given);
    if (!given.has(Security.INSECURE)) {
      checkReach(listen, security);
    }
    var limits = AnswerLimits.of(given);
    var stores = StoreSettings.of(given);
    var push = MetricsPush.of(given);
    var logs = Logs.of(given, verbosity);
    var policy = PolicySettings.of(given);
    return new Settings(
        input.get(), listen, security, Limits.DEFAULT, limits, stores, push, logs, policy);
  }

  private static void checkReach(Listen listen, Security security) {
    if (!security.needsTokens()
        && !security.needsCertificates()
        && !Loopback.isOnly(listen.host())) {
      throw new InvalidSetting(
          "other machines reach '"
              + listen.host()
              + "', and no authentication is set; name a file of tokens with --tokens, an issuer of them with --oidc-issuer or the authority of client certificates with --tls-client-ca, or allow every client with --insecure");
    }
  }

  /// What the user should know before the service starts, if anything.
  public Optional<String> warning() {
    return security.needsTokens() && security.tls().isEmpty() && !Loopback.isOnly(listen.host())
        ? Optional.of(
            "tokens pass over plain HTTP readable; use --tls-cert and --tls-key, unless a proxy of"
                + " yours speaks HTTPS")
        : Optional.empty();
  }
}
