package io.surfacescan.report.status;

import io.surfacescan.model.Problem;
import io.surfacescan.report.format.JsonDocument;
import java.util.List;

/// Why a request was not answered, as `application/problem+json` (RFC 9457).
///
/// @param type the stable name of the kind of failure, such as `unknown-vm`; written as the URN
///   `urn:surfacescan:problem:unknown-vm`
/// @param title the kind of failure in words, the same for each of its occurrences
/// @param status the HTTP status
/// @param detail what was wrong this time and what to do about it
/// @param requestId the `X-Request-ID` of the answer
/// @param alternatives what could have been meant
/// @param problems what was wrong with an input, by place
/// @param problemCount all that was wrong with it, shown or not
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String requestId,
    Alternatives alternatives,
    List<Problem> problems,
    long problemCount) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:surfacescan:problem:";

  public ProblemDocument {
    problems = List.copyOf(problems);
  }

  /// A failure that needs no more than words.
  public ProblemDocument(String type, String title, int status, String detail, String requestId) {
    this(type, title, status, detail, requestId, Alternatives.NONE, List.of(), 0);
  }

  /// [Alternatives] and `problems` are written only if there are any.
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("type", TYPE_PREFIX + type);
      json.writeStringProperty("title", title);
      json.writeNumberProperty("status", status);
      json.writeStringProperty("detail", detail);
      json.writeStringProperty("request_id", requestId);
      alternatives.json(json);
      if (!problems.isEmpty()) {
        json.writeNumberProperty("problem_count", problemCount);
        JsonDocument.problems(json, "problems", problems);
      }
    });
  }
}
