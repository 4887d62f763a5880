package io.surfacescan.report.format;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// An answer as a picture, drawn from left to right.
///
/// @param name what the picture shows, a word
/// @param isRounded whether the nodes have round corners
public record Graph(String name, boolean isRounded, List<Node> nodes, List<Edge> edges) {
  /// A VM or several.
  ///
  /// @param id a word that no other node has
  /// @param isSubject whether it is the VM asked about
  public record Node(String id, List<Label> labels, boolean isSubject) {}

  /// Direct attacks from one node on another.
  public record Edge(String from, String to, List<Label> labels) {}

  /// A line of a label.
  ///
  /// @param isOurs whether no part of it comes from the environment, so that nothing is escaped
  public record Label(String text, boolean isOurs) {
    /// Text of the environment.
    public static Label text(String text) {
      return new Label(text, false);
    }

    /// Our own words.
    public static Label words(String words) {
      return new Label(words, true);
    }

    /// The lines as one text.
    static String all(List<Label> labels, String lineBreak, UnaryOperator<String> escape) {
      return labels.stream()
          .map(label -> label.isOurs ? label.text : escape.apply(label.text))
          .collect(Collectors.joining(lineBreak));
    }
  }
}
