package io.surfacescan.service.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names under which the service answers. A web page can make a browser send requests to
/// loopback, even under a name of its own that it lets point there (DNS rebinding); the `Host` that
/// the browser then sends gives it away.
public final class AllowedHosts {
  private static final String ANY = "*";
  private static final Pattern HOST =
      Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253}");

  /// RFC 3986, section 3.2.2; the grammar lets a host be empty.
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(\\[[0-9A-Za-z:.~_!$&'()*+,;=-]+]|([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+)(:[0-9]*+)?");

  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  private final Set<String> names;

  /// Allowed when it was checked last: most requests name the same one.
  private volatile String allowedBefore = "localhost";

  /// @param names besides localhost and the loopback addresses, without ports; `*` allows every
  ///   name
  public AllowedHosts(Collection<String> names) {
    this.names =
        names.stream().map(name -> withoutBrackets(lowered(name))).collect(Collectors.toSet());
  }

  /// Whether a request for this authority is answered, whatever its port.
  ///
  /// @param authority `host` or `host:port`, or null if the request names none
  public boolean allow(@Nullable String authority) {
    if (authority == null || authority.equals(allowedBefore)) {
      return authority != null;
    }
    String host = host(authority);
    boolean allowed =
        host != null
            && (names.contains(ANY) || isLoopback(host) || names.contains(withoutBrackets(host)));
    if (allowed) {
      allowedBefore = authority;
    }
    return allowed;
  }

  /// Whether it is a host and perhaps a port by the grammar, so that it is at most the wrong one.
  public static boolean isHost(String authority) {
    return HOST_AND_PORT.matcher(authority).matches();
  }

  /// Whether an authority is this machine's own, which is not one that others know.
  public static boolean isOwn(String authority) {
    String host = host(authority);
    return host != null && isLoopback(host);
  }

  /// The host of an authority, in lower case and without the root's dot, or null if it is none.
  private static @Nullable String host(String authority) {
    int colon = authority.startsWith("[") ? authority.indexOf("]:") + 1 : authority.indexOf(':');
    boolean hasPort = authority.startsWith("[") ? colon > 0 : colon >= 0;
    String host = hasPort ? authority.substring(0, colon) : authority;
    String port = hasPort ? authority.substring(colon + 1) : "";
    if (!port.chars().allMatch(c -> c >= '0' && c <= '9') || port.length() > 5) {
      return null;
    }
    if (!HOST.matcher(host).matches()) {
      return null;
    }
    return lowered(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || isLoopbackV4(host);
  }

  private static boolean isLoopbackV4(String host) {
    return LOOPBACK_V4.matcher(host).matches();
  }

  private static String lowered(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
