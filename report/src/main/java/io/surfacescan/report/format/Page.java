package io.surfacescan.report.format;

import io.surfacescan.report.format.Graph.Label;
import java.util.ArrayList;
import java.util.List;

/// An answer as a page for people to keep: complete in one file, with what it rests on.
///
/// @param title what is shown, such as `Attack surface of web (vm-1)`
/// @param verdicts the answer in sentences
public record Page(List<Label> title, List<List<Label>> verdicts, List<Section> sections) {
  /// A part of the page.
  public sealed interface Section {
    String heading();
  }

  public record Picture(String heading, Graph graph) implements Section {}

  /// Rows, each as many cells as there are columns. What the page has no room for is counted.
  ///
  /// @param count how many rows there are
  public record Rows(
      String heading, List<String> columns, long count, Table.Rows<List<List<Label>>> rows)
      implements Section {}

  /// Numbers as bars.
  public record Bars(String heading, List<Bar> bars) implements Section {}

  /// A number.
  ///
  /// @param label what it counts
  public record Bar(String label, long number, String words) {}

  /// What holds, name by name.
  public record Facts(String heading, List<Fact> facts) implements Section {}

  public record Fact(String name, List<Label> value) {}

  public Page {
    title = List.copyOf(title);
    verdicts = List.copyOf(verdicts);
    sections = List.copyOf(sections);
  }

  /// The same with more sections at its end.
  public Page and(List<? extends Section> more) {
    var all = new ArrayList<>(sections);
    all.addAll(more);
    return new Page(title, verdicts, all);
  }
}
