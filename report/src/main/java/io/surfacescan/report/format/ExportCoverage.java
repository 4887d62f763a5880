package io.surfacescan.report.format;

import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.Counted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How much of a real environment an export covers. A region or a namespace that is missing here
/// looks safe, because nothing in it can attack.
///
/// @param format whose export it is, such as `aws`
/// @param isComplete whether no layer is absent
/// @param scopeWord what a scope is called, such as `namespace`
/// @param scopes how many VMs each has
/// @param resources how many of each kind were read
/// @param leftOut how many of each kind were not, with the reason in its words
/// @param problems how many of each kind were found in it
public record ExportCoverage(
    String format,
    boolean isComplete,
    String scopeWord,
    SortedMap<String, Long> scopes,
    SortedMap<String, Long> resources,
    SortedMap<String, Long> leftOut,
    Map<ProblemKind, Long> problems) {
  public ExportCoverage {
    scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    problems = Map.copyOf(problems);
  }

  private long count(ProblemKind kind) {
    return problems.getOrDefault(kind, 0L);
  }

  private static Columns<ExportCoverage> numbers(Map<String, Long> numbers) {
    var columns = new Columns<ExportCoverage>();
    numbers.forEach((name, number) -> columns.number(name, ignored -> number));
    return columns;
  }

  /// The members of its object.
  Columns<ExportCoverage> columns() {
    return new Columns<ExportCoverage>()
        .text("format", ExportCoverage::format)
        .truth("complete", ExportCoverage::isComplete)
        .object("scopes", numbers(scopes), all -> all)
        .object("resources", numbers(resources), all -> all)
        .object("left_out", numbers(leftOut), all -> all)
        .number("absent_layers", all -> all.count(ProblemKind.ABSENT_LAYER))
        .number("dangling_references", all -> all.count(ProblemKind.DANGLING_REFERENCE))
        .number("unread_resources", all -> all.count(ProblemKind.UNREAD_RESOURCE))
        .number("assumptions", all -> all.count(ProblemKind.ASSUMPTION));
  }

  void text(TextLines lines) {
    lines.words("export of ").text(format);
    lines.words(isComplete ? ", with all layers:" : ", in which a layer is absent:").end();
    scopes.forEach((scope, vms) -> {
      lines.words("  " + scopeWord + " ").text(scope);
      lines.words(": " + Counted.of(vms, "VM")).end();
    });
    list(lines, "read", resources);
    list(lines, "left out", leftOut);
    var open = new LinkedHashMap<String, Long>();
    open.put("absent layer", count(ProblemKind.ABSENT_LAYER));
    open.put("dangling reference", count(ProblemKind.DANGLING_REFERENCE));
    open.put("unread resource", count(ProblemKind.UNREAD_RESOURCE));
    open.put("assumption", count(ProblemKind.ASSUMPTION));
    String some =
        open.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .map(each -> Counted.of(each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
    if (!some.isEmpty()) {
      lines.words("  to look at: " + some).end();
    }
  }

  private static void list(TextLines lines, String word, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    lines.words("  " + word + ": ");
    String between = "";
    for (var each : counts.entrySet()) {
      lines.words(between + each.getValue() + " ").text(each.getKey());
      between = ", ";
    }
    lines.end();
  }
}
