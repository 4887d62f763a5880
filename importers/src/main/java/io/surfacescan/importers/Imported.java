package io.surfacescan.importers;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of reading an input.
///
/// @param environment what was understood; to be served only if nothing [Problems#refused] it
/// @param version SHA-256 over the ordered input, 64 lowercase hexadecimal digits: replicas with
///   the same input agree
/// @param locations where the VMs and rules stand, if that was asked for, nothing is refused, and
///   the input is no export: there each rule names the places of the real ones
/// @param export the real environment, if the input is an export of one and nothing is refused
/// @param digests per file that was read, the SHA-256 of its uncompressed bytes
public record Imported(
    Environment environment,
    String version,
    Problems problems,
    Optional<Locations> locations,
    Optional<ImportedExport> export,
    Map<Path, String> digests) {
  public Imported {
    digests = Map.copyOf(digests);
  }

  /// Hands all over but the digests. Only what is not refused can be kept.
  public void write(ColumnSink sink) {
    if (problems.refused()) {
      throw new IllegalArgumentException("what is refused is not kept");
    }
    environment.write(sink);
    sink.values("version", List.of(version));
    sink.values("warnings", problems.warnings());
    sink.values("problem-kinds", List.copyOf(problems.counts().keySet()));
    sink.longs(
        "problem-counts", problems.counts().values().stream().mapToLong(Long::longValue).toArray());
    locations.ifPresent(known -> known.write(sink));
    export.ifPresent(known -> known.write(sink));
  }

  /// What was handed over. Most of it is fetched when it is first needed.
  public static Imported read(ColumnSource source) {
    var environment = Environment.read(source);
    var kinds = source.values("problem-kinds", ProblemKind.class);
    long[] counts = source.longs("problem-counts");
    var problems = new EnumMap<ProblemKind, Long>(ProblemKind.class);
    for (int i = 0; i < counts.length; i++) {
      problems.put(kinds.get(i), counts[i]);
    }
    return new Imported(
        environment,
        source.values("version", String.class).getFirst(),
        new Problems(List.of(), source.values("warnings", Problem.class), problems),
        Locations.read(source),
        ImportedExport.read(source, environment),
        Map.of());
  }
}
