package io.surfacescan.service;

import org.jspecify.annotations.Nullable;

/// What the first line of a request asks for (RFC 9112, section 3.2).
///
/// @param authority the host that an absolute form names, else null
/// @param path as it was sent, not decoded
/// @param query as it was sent, without the question mark; empty if there is none
record Target(@Nullable String authority, String path, String query) {
  /// @throws Refusal if it is neither a path nor an absolute `http` URI
  static Target of(String uri) throws Refusal {
    String authority = null;
    String rest = uri;
    if (uri.regionMatches(true, 0, "http://", 0, 7)) {
      int end = 7;
      while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
        end++;
      }
      authority = uri.substring(7, end);
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
}
