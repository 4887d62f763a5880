package io.surfacescan.report.status;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.model.Problems;
import io.surfacescan.report.format.JsonDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is being served, how it got there, and the last input that was refused since.
///
/// @param version SHA-256 over the ordered input
/// @param paths the input as the user named it
/// @param loadTime from the first byte read to the swap
/// @param problems what the input was warned about
/// @param shrinkage compared with the environment served before
public record ServedEnvironmentDocument(
    String version,
    Environment environment,
    List<String> paths,
    Instant loadedAt,
    Duration loadTime,
    Problems problems,
    Optional<Shrinkage> shrinkage,
    Optional<RefusedLoad> lastRefused) {
  /// An input that was not served.
  public record RefusedLoad(Instant at, List<Problem> problems, long problemCount) {
    public RefusedLoad {
      problems = List.copyOf(problems);
    }
  }

  public ServedEnvironmentDocument {
    paths = List.copyOf(paths);
  }

  /// `complete` is there, and false, if the export that was loaded lacks a layer.
  /// `last_refused_load` is null if none was refused since the environment was loaded.
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("version", version);
      json.writeNumberProperty("vm_count", environment.countedVms());
      json.writeNumberProperty("rule_count", environment.ruleCount());
      json.writeNumberProperty("tag_count", environment.tagCount());
      if (!environment.isComplete()) {
        json.writeBooleanProperty("complete", false);
      }
      JsonDocument.strings(json, "paths", paths);
      json.writeStringProperty("loaded_at", loadedAt.toString());
      json.writeNumberProperty("load_time", loadTime.toNanos() / 1e6);
      json.writeNumberProperty("warning_count", problems.warningCount());
      json.writeObjectPropertyStart("warning_kinds");
      problems.counts().forEach((kind, count) -> json.writeNumberProperty(kind.code(), count));
      json.writeEndObject();
      JsonDocument.problems(json, "warnings", problems.warnings());
      Shrinkage.property(json, shrinkage);
      if (lastRefused.isEmpty()) {
        json.writeNullProperty("last_refused_load");
      } else {
        json.writeObjectPropertyStart("last_refused_load");
        json.writeStringProperty("at", lastRefused.get().at().toString());
        json.writeNumberProperty("problem_count", lastRefused.get().problemCount());
        JsonDocument.problems(json, "problems", lastRefused.get().problems());
        json.writeEndObject();
      }
    });
  }
}
