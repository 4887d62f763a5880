package io.surfacescan.service.exchange;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the first line of a request asks for (RFC 9112, section 3.2).
///
/// @param authority the host that an absolute form names, else null
/// @param path as it was sent, not decoded
/// @param query as it was sent, without the question mark; empty if there is none
public record Target(@Nullable String authority, String path, String query) {
  private static final int SHOWN_MOST = 2_048;

  private static final List<String> SCHEMES = List.of("http://", "https://");

  /// Takes the target apart.
  ///
  /// @throws Refusal if it is neither a path nor an absolute `http` or `https` URI
  public static Target of(String uri) throws Refusal {
    String authority = null;
    String rest = uri;
    int scheme = schemeLength(uri);
    if (scheme > 0) {
      int end = scheme;
      while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
        end++;
      }
      authority = uri.substring(scheme, end);
      rest =
          end < uri.length() && uri.charAt(end) == '/'
              ? uri.substring(end)
              : "/" + uri.substring(end);
    }
    if (!rest.startsWith("/")) {
      throw new Refusal(
          Refusal.Kind.MALFORMED_REQUEST, "The request target must be a path that starts with /.");
    }
    int question = rest.indexOf('?');
    return question < 0
        ? new Target(authority, rest, "")
        : new Target(authority, rest.substring(0, question), rest.substring(question + 1));
  }

  /// The same without the prefix that all paths here have; empty if this one has another.
  ///
  /// @param basePath empty, or `/prefix` without a slash behind it
  public Optional<Target> below(String basePath) {
    boolean isBelow =
        path.startsWith(basePath)
            && (path.length() == basePath.length() || path.charAt(basePath.length()) == '/');
    return isBelow
        ? Optional.of(new Target(authority, path.substring(basePath.length()), query))
        : Optional.empty();
  }

  /// With what follows it; 0 if there is none.
  private static int schemeLength(String uri) {
    for (String scheme : SCHEMES) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return 0;
  }

  /// Path and query as they were sent, cut to a length that a line of the log can bear.
  static String shortened(String uri) {
    return uri.length() <= SHOWN_MOST ? uri : uri.substring(0, SHOWN_MOST) + "...";
  }
}
