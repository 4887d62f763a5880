package io.surfacescan.settings;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where the service listens.
///
/// @param host the address
/// @param port 0 takes any free one
/// @param allowedHosts names under which requests are answered, besides localhost and the loopback
///   addresses; `*` allows all
/// @param page whether the web page is served beside the questions
public record Listen(String host, int port, Set<String> allowedHosts, boolean page) {
  public static final Flag<String> HOST =
      Flag.text("--host", "ADDRESS", "The address to listen on.")
          .or("127.0.0.1")
          .otherwise("127.0.0.1, which only this machine reaches; 0.0.0.0 is every address");

  public static final Flag<Integer> PORT =
      Flag.number("--port", "PORT", 0, 65_535, "The port to listen on; 0 is any free one.")
          .or(8001);

  public static final Flag<List<String>> ALLOWED_HOST =
      Flag.list(
          "--allowed-host",
          "NAME",
          "A name besides localhost that requests may be addressed to, or * for any; may be given"
              + " again.");

  public static final Flag<Boolean> NO_PAGE =
      Flag.yes("--no-page", "Answer programs only: without the web page at /.");

  static final List<Flag<?>> FLAGS = List.of(HOST, PORT, ALLOWED_HOST, NO_PAGE);

  public Listen {
    allowedHosts = Collections.unmodifiableSet(new LinkedHashSet<>(allowedHosts));
    PORT.checked(port);
    if (host.isBlank()) {
      throw new InvalidSetting(HOST, "it is empty");
    }
  }

  static Listen of(Given given) {
    return new Listen(
        given.get(HOST),
        given.get(PORT),
        new LinkedHashSet<>(given.find(ALLOWED_HOST).orElse(List.of())),
        !given.has(NO_PAGE));
  }
}
