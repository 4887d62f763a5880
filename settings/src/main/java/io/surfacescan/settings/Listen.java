package io.surfacescan.settings;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Where the service listens.
///
/// @param host the address
/// @param port 0 takes any free one
/// @param allowedHosts names under which requests are answered, besides localhost and the loopback
///   addresses; `*` allows all
/// @param page whether the web page is served beside the questions
/// @param basePath what all paths start with: empty, or `/prefix` without a slash behind it
public record Listen(
    String host, int port, Set<String> allowedHosts, boolean page, String basePath) {
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

  public static final Flag<String> BASE_PATH =
      Flag.text(
              "--base-path",
              "PREFIX",
              "What all paths start with, such as /surfacescan behind a proxy that passes it on.")
          .or("")
          .otherwise("no prefix");

  static final List<Flag<?>> FLAGS = List.of(HOST, PORT, ALLOWED_HOST, NO_PAGE, BASE_PATH);

  /// Segments that no client or proxy rewrites.
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

  private static final int PREFIX_MOST = 200;

  public Listen {
    allowedHosts = Collections.unmodifiableSet(new LinkedHashSet<>(allowedHosts));
    PORT.checked(port);
    if (host.isBlank()) {
      throw new InvalidSetting(HOST, "it is empty");
    }
    basePath = basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
    if (!PREFIX.matcher(basePath).matches() || basePath.length() > PREFIX_MOST) {
      throw new InvalidSetting(
          BASE_PATH,
          "'" + basePath + "' is not a path of plain letters and digits like /tools/surfacescan");
    }
  }

  /// Under no prefix.
  public Listen(String host, int port, Set<String> allowedHosts, boolean page) {
    this(host, port, allowedHosts, page, "");
  }

  static Listen of(Given given) {
    return new Listen(
        given.get(HOST),
        given.get(PORT),
        new LinkedHashSet<>(given.find(ALLOWED_HOST).orElse(List.of())),
        !given.has(NO_PAGE),
        given.get(BASE_PATH));
  }
}
