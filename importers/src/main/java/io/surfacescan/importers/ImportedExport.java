package io.surfacescan.importers;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Later;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The real environment that an input was an export of, before it was lowered.
///
/// @param parts what was read of each cloud, and of clusters; at least one
/// @param real the real environment and the way back to it from the VMs, as [#lowered] gives it
public record ImportedExport(List<Part> parts, Later<Lowered> real) {
  /// What was read of the files of one format.
  ///
  /// @param scopes what was read, such as accounts and namespaces, with the number of VMs of each:
  ///   one that is missing here was forgotten
  /// @param counts how many resources of each kind were read
  /// @param leftOut how many resources of each other kind were not, with the reason in its words
  /// @param problems how many of each kind were found in these files
  public record Part(
      InputFormat format,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut,
      Map<ProblemKind, Long> problems) {
    public Part {
      scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
      leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
      problems = Map.copyOf(problems);
    }
  }

  public ImportedExport {
    parts = List.copyOf(parts);
  }

  /// The real environment and the way back to it from the VMs.
  public Lowered lowered() {
    return real.get();
  }

  void write(ColumnSink sink) {
    sink.values("export", parts);
    lowered().write(sink);
  }

  /// What was handed over of an export, if it was one.
  static Optional<ImportedExport> read(ColumnSource source, Environment environment) {
    return source.has("export")
        ? Optional.of(
            new ImportedExport(
                source.values("export", Part.class),
                Later.of(() -> Lowered.read(source, environment))))
        : Optional.empty();
  }

  /// Whose exports they are.
  public List<InputFormat> formats() {
    return parts.stream().map(Part::format).toList();
  }

  /// The scopes of all parts.
  public SortedMap<String, Long> scopes() {
    return sum(Part::scopes);
  }

  /// What was read of all parts.
  public SortedMap<String, Long> counts() {
    return sum(Part::counts);
  }

  /// What was left out of all parts.
  public SortedMap<String, Long> leftOut() {
    return sum(Part::leftOut);
  }

  private SortedMap<String, Long> sum(Function<Part, SortedMap<String, Long>> some) {
    var sum = new TreeMap<String, Long>();
    for (Part part : parts) {
      some.apply(part).forEach((what, count) -> sum.merge(what, count, Long::sum));
    }
    return sum;
  }
}
