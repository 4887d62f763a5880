package io.surfacescan.service.exchange;

import io.surfacescan.model.Problem;
import io.surfacescan.report.status.Alternatives;
import io.surfacescan.report.status.ProblemDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A request that is not answered, and why: the one type that becomes a problem document.
///
/// Thrown as control flow for requests that clients get wrong, so it carries no stack trace.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /// Every kind of failure there is; `docs/http.md` lists them.
  public enum Kind {
    MALFORMED_REQUEST(400, "The request is malformed"),
    MALFORMED_QUERY(400, "The query is malformed"),
    MISSING_PARAMETER(400, "A parameter is missing"),
    EMPTY_PARAMETER(400, "A parameter is empty"),
    REPEATED_PARAMETER(400, "A parameter is repeated"),
    UNKNOWN_PARAMETER(400, "A parameter is unknown"),
    INVALID_PARAMETER(400, "A parameter has an invalid value"),
    INVALID_CURSOR(400, "The cursor is invalid"),
    UNEXPECTED_BODY(400, "The request body is unexpected"),
    INVALID_BODY(400, "The request body is invalid"),
    UNAUTHENTICATED(401, "Authentication required"),
    FORBIDDEN(403, "The token does not allow this"),
    FOREIGN_ORIGIN(403, "The request comes from a foreign web page"),
    UNKNOWN_ROUTE(404, "There is nothing at this path"),
    UNKNOWN_VM(404, "There is no such VM"),
    UNKNOWN_TAG(404, "No VM carries the tag"),
    NOTHING_BEFORE(404, "There is no earlier environment"),
    NO_POLICY(404, "No policy is checked"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable format"),
    AMBIGUOUS_NAME(409, "Several VMs have the name"),
    AMBIGUOUS_ADDRESS(409, "Several VMs have the address"),
    NOT_RELOADABLE(409, "The input cannot be read again"),
    STALE_CURSOR(410, "The cursor is stale"),
    BODY_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The request target is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request body has an unsupported type"),
    UNSATISFIABLE_RANGE(416, "The range is not within the content"),
    MISDIRECTED(421, "The host is not served here"),
    INPUT_REFUSED(422, "The input was refused"),
    EDITS_REFUSED(422, "The edits do not fit the environment"),
    POLICY_REFUSED(422, "The policy does not fit the environment"),
    TIME_LIMIT(422, "The question takes longer than it may"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    TOO_MANY_ATTEMPTS(429, "Too many attempts failed"),
    HEADERS_TOO_LARGE(431, "The request headers are too large"),
    INTERNAL(500, "Something went wrong here"),
    NOT_KEPT(503, "Statistics are not kept"),
    STATISTICS_UNREADABLE(503, "The statistics cannot be read"),
    ISSUER_UNREACHABLE(503, "The issuer of tokens cannot be reached"),
    BUSY(503, "Too much is asked at once"),
    NOT_LOADED(503, "The environment is not loaded yet"),
    STOPPING(503, "The process stops");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    /// The stable name, such as `unknown-vm`.
    String type() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final transient Map<String, String> headers;
  private final transient Alternatives alternatives;
  private final transient List<Problem> problems;
  private final long problemCount;

  private Refusal(
      Kind kind,
      String detail,
      Map<String, String> headers,
      Alternatives alternatives,
      List<Problem> problems,
      long problemCount) {
    super(detail, null, false, false);
    this.kind = kind;
    this.headers = headers;
    this.alternatives = alternatives;
    this.problems = problems;
    this.problemCount = problemCount;
  }

  /// @param detail what was wrong this time and what to do about it, as a sentence
  public Refusal(Kind kind, String detail) {
    this(kind, detail, Map.of(), Alternatives.NONE, List.of(), 0);
  }

  /// What those are told who waited for something that does not end before the process does.
  static Refusal stopping() {
    return new Refusal(
            Kind.STOPPING, "This process stops and will not answer; ask again in a moment.")
        .with("Retry-After", "5");
  }

  public Refusal with(String header, String value) {
    return new Refusal(kind, detail(), Map.of(header, value), alternatives, problems, problemCount);
  }

  public Refusal withAlternatives(Alternatives found) {
    return new Refusal(kind, detail(), headers, found, problems, problemCount);
  }

  public Refusal withProblems(List<Problem> shown, long count) {
    return new Refusal(kind, detail(), headers, alternatives, List.copyOf(shown), count);
  }

  public Kind kind() {
    return kind;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, String> headers() {
    return headers;
  }

  /// What the client gets.
  ///
  /// @param requestId by which the log knows the request
  ProblemDocument document(String requestId) {
    return new ProblemDocument(
        kind.type(),
        kind.title,
        kind.status(),
        detail(),
        requestId,
        alternatives,
        problems,
        problemCount);
  }
}
