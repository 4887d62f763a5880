package io.surfacescan.service.exchange;

import io.surfacescan.statistics.CountedRoute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Everything the service answers: the only place that knows which paths and methods there are.
public enum Route implements CountedRoute {
  ATTACK("/attack", Method.GET),
  BLAST_RADIUS("/blast-radius", Method.GET),
  VM("/vm", Method.GET),
  VMS("/vms", Method.GET),
  REPORT("/report", Method.GET),
  SURFACE("/surface", Method.GET),
  RULES("/rules", Method.GET),
  PAIRS("/pairs", Method.GET),
  PATH("/path", Method.GET),
  CHOKEPOINTS("/chokepoints", Method.GET),
  CHANGES("/changes", Method.GET),
  WHAT_IF("/what-if", Method.POST),
  STATS("/stats", Method.GET),
  ENVIRONMENT("/environment", Method.GET),
  RELOAD("/reload", Method.POST),
  OPENAPI("/openapi.json", Method.GET),
  DOCS("/docs", Method.GET),
  METRICS("/metrics", Method.GET),
  HEALTH("/health", Method.GET),
  LIVE("/health/live", Method.GET),
  READY("/health/ready", Method.GET),
  /// Every path that is none of the others, under one label so that labels stay few.
  UNMATCHED("unmatched", Method.GET);

  /// Whoever answers GET answers HEAD.
  enum Method {
    GET("GET, HEAD"),
    POST("POST");

    private final String allow;

    Method(String allow) {
      this.allow = allow;
    }

    private boolean covers(String name) {
      return name.equals(name()) || (this == GET && name.equals("HEAD"));
    }
  }

  private static final String DOCS_ASSETS = DOCS.path + "/";
  private static final Map<String, Route> BY_PATH = new HashMap<>();

  static {
    for (var route : values()) {
      if (route != UNMATCHED) {
        BY_PATH.put(route.path, route);
      }
    }
  }

  private final String path;
  private final Method method;

  Route(String path, Method method) {
    this.path = path;
    this.method = method;
  }

  /// The route of a path as it was sent; of the user interface's assets, whose names are left to
  /// it, only those that cannot climb.
  public static Optional<Route> of(String path) {
    var route = BY_PATH.get(path);
    if (route == null && path.startsWith(DOCS_ASSETS) && isAsset(path)) {
      route = DOCS;
    }
    return Optional.ofNullable(route);
  }

  private static boolean isAsset(String path) {
    return !path.contains("..") && path.chars().allMatch(Route::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '/'
        || c == '.'
        || c == '-'
        || c == '_';
  }

  /// The path, which is also the label in statistics and metrics.
  @Override
  public String path() {
    return path;
  }

  public boolean allows(String methodName) {
    return method.covers(methodName);
  }

  /// The value of an `Allow` header.
  public String allow() {
    return method.allow;
  }
}
