package io.surfacescan.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was wrong with an input: how often each kind occurred, exactly, and the first few of each
/// severity in the order of their places. Problems that are alike are one [Problem].
///
/// @param errors at most the limit the collector was given, by place
/// @param warnings at most the limit the collector was given, by place
/// @param counts every kind that occurred, errors and warnings alike, in the order of [ProblemKind]
public record Problems(
    List<Problem> errors, List<Problem> warnings, Map<ProblemKind, Long> counts) {
  public Problems {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    var ordered = new EnumMap<ProblemKind, Long>(ProblemKind.class);
    ordered.putAll(counts);
    counts = Collections.unmodifiableMap(ordered);
  }

  /// Whether the input must be refused.
  public boolean refused() {
    return errorCount() > 0;
  }

  public long errorCount() {
    return count(ProblemKind.Severity.ERROR);
  }

  public long warningCount() {
    return count(ProblemKind.Severity.WARNING);
  }

  /// How many errors are not among those listed.
  public long unlistedErrors() {
    return errorCount() - Problem.total(errors);
  }

  /// How many warnings are not among those listed.
  public long unlistedWarnings() {
    return warningCount() - Problem.total(warnings);
  }

  private long count(ProblemKind.Severity severity) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().severity() == severity)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
