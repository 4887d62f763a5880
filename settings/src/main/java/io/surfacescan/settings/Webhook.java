package io.surfacescan.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where new and resolved findings are sent.
///
/// @param url of HTTPS; HTTP only on this machine, since findings name weaknesses
/// @param secret the file of the key that signs messages
public record Webhook(URI url, Path secret) {
  public static final Flag<String> URL =
      Flag.text(
          "--webhook",
          "URL",
          "Post new and resolved findings here after each load, signed as Standard Webhooks are.");

  public static final Flag<Path> SECRET =
      Flag.path(
          "--webhook-secret",
          "FILE",
          "The key that signs messages: whsec_ and 24 to 64 bytes in Base64.");

  static final List<Flag<?>> FLAGS = List.of(URL, SECRET);

  public Webhook {
    boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isWeb
        || url.getHost() == null
        || url.getPort() > Listen.PORT.most()
        || url.getFragment() != null) {
      throw notUrl(url.toString());
    }
    if (url.getUserInfo() != null) {
      throw new InvalidSetting(URL, "a user or a password in it would be in logs; leave it out");
    }
    if ("http".equals(url.getScheme()) && !Loopback.isOnly(url.getHost())) {
      throw new InvalidSetting(
          URL, "findings pass over plain HTTP readable; it must begin with https://");
    }
  }

  static Optional<Webhook> of(Given given) {
    var url = given.find(URL);
    var secret = given.find(SECRET);
    if (url.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    if (url.isEmpty() || secret.isEmpty()) {
      throw new InvalidSetting("a webhook needs both --webhook and --webhook-secret");
    }
    return Optional.of(new Webhook(parsed(url.get()), secret.get()));
  }

  private static URI parsed(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw notUrl(address);
    }
  }

  private static InvalidSetting notUrl(String address) {
    return new InvalidSetting(
        URL, "'" + address + "' is not a URL like https://alerts.example/surfacescan");
  }
}
