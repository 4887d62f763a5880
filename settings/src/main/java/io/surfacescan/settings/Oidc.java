package io.surfacescan.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// An OpenID Connect issuer whose access tokens are accepted, and what must stand in them.
///
/// @param issuer as it names itself in tokens; its keys are found from there
/// @param audience the service's name with the issuer
/// @param claim the claim that holds a caller's scopes; dots lead into objects
/// @param readWord the word there that gives the scope `read`
/// @param adminWord the word there that gives the scope `admin`
public record Oidc(URI issuer, String audience, String claim, String readWord, String adminWord) {
  public static final Flag<String> ISSUER =
      Flag.text(
          "--oidc-issuer",
          "URL",
          "Answer those who send an access token of this OpenID Connect issuer.");

  public static final Flag<String> AUDIENCE =
      Flag.text(
          "--oidc-audience",
          "NAME",
          "What the issuer calls this service; tokens for others are not taken.");

  public static final Flag<String> CLAIM =
      Flag.text(
              "--oidc-claim",
              "CLAIM",
              "Which claim holds what a caller may do; dots lead into objects.")
          .or("scope");

  public static final Flag<String> READ =
      Flag.text("--oidc-read", "WORD", "Scope value that grants read access.")
          .or("surfacescan:read");

  public static final Flag<String> ADMIN =
      Flag.text("--oidc-admin", "WORD", "Scope value that grants reloads.").or("surfacescan:admin");

  static final List<Flag<?>> FLAGS = List.of(ISSUER, AUDIENCE, CLAIM, READ, ADMIN);

  public Oidc {
    boolean web = "http".equals(issuer.getScheme()) || "https".equals(issuer.getScheme());
    if (!web || issuer.getHost() == null || issuer.getPort() > Listen.PORT.most()) {
      throw notUrl(issuer.toString());
    }
    if ("http".equals(issuer.getScheme()) && !Loopback.isOnly(issuer.getHost())) {
      throw new InvalidSetting(
          ISSUER, "keys that come over plain HTTP prove nothing; it must begin with https://");
    }
  }

  static Optional<Oidc> of(Given given) {
    var issuer = given.find(ISSUER);
    var audience = given.find(AUDIENCE);
    if (issuer.isEmpty() && audience.isEmpty()) {
      return Optional.empty();
    }
    if (issuer.isEmpty() || audience.isEmpty()) {
      throw new InvalidSetting("tokens of an issuer need both --oidc-issuer and --oidc-audience");
    }
    return Optional.of(
        new Oidc(
            url(issuer.get()),
            audience.get(),
            given.get(CLAIM),
            given.get(READ),
            given.get(ADMIN)));
  }

  private static URI url(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw notUrl(address);
    }
  }

  private static InvalidSetting notUrl(String address) {
    return new InvalidSetting(
        ISSUER, "'" + address + "' is not a URL like https://login.example/realm");
  }
}
