package io.surfacescan.report.findings;

import io.surfacescan.model.Environment;
import io.surfacescan.policy.Finding;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What changed of the findings of an environment, as a message:
///
/// ```json
/// {"type": "findings.changed", "timestamp": "2027-01-31T12:00:00Z",
///  "data": {"version": "…", "open_count": 3, "new_count": 1, "resolved_count": 1,
///           "new": [{"rule": "office-db", …}], "resolved": [{"rule": "ssh", …}]}}
/// ```
///
/// A finding is as in the JSON of a check, without path and firewall rules.
///
/// @param version of the environment that was checked
/// @param openCount how many findings are open now
/// @param added those that were not before; the first of them are named
/// @param resolved those that were before and are not now, likewise
/// @param now what the findings that are new are about
/// @param before what those resolved are about
public record FindingsNews(
    Instant at,
    String version,
    long openCount,
    List<Finding> added,
    List<Finding> resolved,
    Environment now,
    Environment before)
    implements Document {
  /// A receiver asks for all of them.
  static final int NAMED_MOST = 20;

  public FindingsNews {
    added = List.copyOf(added);
    resolved = List.copyOf(resolved);
  }

  /// Whether there is nothing to tell.
  public boolean isEmpty() {
    return added.isEmpty() && resolved.isEmpty();
  }

  @Override
  public Table<Finding> table() {
    return new Table<>(FindingsDocument.columns(now), added::forEach);
  }

  @Override
  public Optional<Tree<?>> tree() {
    var data =
        new Columns<FindingsNews>()
            .text("version", FindingsNews::version)
            .number("open_count", FindingsNews::openCount)
            .number("new_count", news -> news.added.size())
            .number("resolved_count", news -> news.resolved.size())
            .list("new", FindingsDocument.columns(now), news -> named(news.added))
            .list("resolved", FindingsDocument.columns(before), news -> named(news.resolved));
    var message =
        new Columns<FindingsNews>()
            .text("type", ignored -> "findings.changed")
            .text("timestamp", news -> news.at.toString())
            .object("data", data, news -> news);
    return Optional.of(new Tree<>(message, this));
  }

  /// The message as JSON.
  public byte[] json() {
    var bytes = new ByteArrayOutputStream();
    try {
      write(bytes, Format.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private static List<Finding> named(List<Finding> all) {
    return all.stream().limit(NAMED_MOST).toList();
  }
}
