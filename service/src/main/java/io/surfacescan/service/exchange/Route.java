package io.surfacescan.service.exchange;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.statistics.counting.CountedRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything the service answers: the only place that knows which paths and methods there are, and
/// which scope each needs. Every question has a route.
public final class Route implements CountedRoute {
  private static final List<Route> ALL = new ArrayList<>();
  private static final Map<String, Route> BY_PATH = new HashMap<>();

  static {
    Questions.ALL.forEach(Route::ofQuestion);
  }

  public static final Route STATS = get("/stats", AccessScope.READ);
  public static final Route ENVIRONMENT = get("/environment", AccessScope.READ);
  public static final Route RELOAD =
      new Route(
          "/reload",
          Method.POST,
          Optional.of(AccessScope.ADMIN),
          Optional.empty(),
          JsonRequest.EMPTY_BYTES_MOST);
  public static final Route CHECK = get("/check", AccessScope.READ);
  // The same everywhere, and nothing of the environment.
  public static final Route OPENAPI = forAll("/openapi.json");
  public static final Route DOCS = forAll("/docs");

  /// The web page with its files, at each address of a screen.
  public static final Route PAGE = forAll("/");

  public static final Route METRICS = get("/metrics", AccessScope.READ);
  public static final Route HEALTH = forAll("/health");
  public static final Route LIVE = forAll("/health/live");
  public static final Route READY = forAll("/health/ready");

  /// Every path that is none of the others, under one label so that labels stay few.
  public static final Route UNMATCHED = get("unmatched", AccessScope.READ);

  private static final String DOCS_ASSETS = DOCS.path + "/";
  private static final String PAGE_ASSETS = PAGE.path + "page/";

  /// The screen of what [#CHECK] answers, an address of the page alone.
  private static final String FINDINGS = "/findings";

  /// The questions that a screen of the page shows at their own address.
  private static final Set<String> WITH_SCREEN =
      Set.of("/vm", "/path", "/what-if", "/rules", "/changes");

  /// Whoever answers GET answers HEAD.
  private enum Method {
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

  private final int ordinal;
  private final String path;
  private final Method method;
  private final Optional<AccessScope> scope;
  private final Optional<Question> question;
  private final int bodyBytesMost;

  private Route(
      String path,
      Method method,
      Optional<AccessScope> scope,
      Optional<Question> question,
      int bodyBytesMost) {
    this.ordinal = ALL.size();
    this.path = path;
    this.method = method;
    this.scope = scope;
    this.question = question;
    this.bodyBytesMost = bodyBytesMost;
    ALL.add(this);
    if (path.startsWith("/")) {
      BY_PATH.put(path, this);
    }
  }

  private static void ofQuestion(Question question) {
    var _ =
        new Route(
            "/" + question.name(),
            question.is(Trait.WITH_EDITS) ? Method.POST : Method.GET,
            Optional.of(AccessScope.READ),
            Optional.of(question),
            question.is(Trait.WITH_EDITS)
                ? Question.EDITS_BYTES_MOST
                : JsonRequest.READ_ON_BYTES_MOST);
  }

  private static Route get(String path, AccessScope scope) {
    return new Route(
        path, Method.GET, Optional.of(scope), Optional.empty(), JsonRequest.READ_ON_BYTES_MOST);
  }

  private static Route forAll(String path) {
    return new Route(
        path, Method.GET, Optional.empty(), Optional.empty(), JsonRequest.READ_ON_BYTES_MOST);
  }

  /// All of them, at their ordinals.
  public static List<Route> all() {
    return Collections.unmodifiableList(ALL);
  }

  /// The route of a path as it was sent; of the user interface's assets, whose names are left to
  /// it, only those that cannot climb.
  public static Optional<Route> of(String path) {
    var route = path.equals(FINDINGS) ? PAGE : BY_PATH.get(path);
    if (route == null && isAsset(path)) {
      if (path.startsWith(DOCS_ASSETS)) {
        route = DOCS;
      } else if (path.startsWith(PAGE_ASSETS)) {
        route = PAGE;
      }
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

  @Override
  public int ordinal() {
    return ordinal;
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

  /// The scope that its callers need; empty if everybody may ask.
  public Optional<AccessScope> scope() {
    return scope;
  }

  /// The question that it asks; empty if it is about the service itself.
  public Optional<Question> question() {
    return question;
  }

  /// Whether a browser that opens its address is shown the page.
  public boolean hasScreen() {
    return WITH_SCREEN.contains(path);
  }

  /// How many bytes of a body are read: where none is expected it is read to reach what is behind.
  public int bodyBytesMost() {
    return bodyBytesMost;
  }

  @Override
  public String toString() {
    return path;
  }
}
