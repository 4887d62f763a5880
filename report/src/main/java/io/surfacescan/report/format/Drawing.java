package io.surfacescan.report.format;

/// The languages in which a document that is a graph can be drawn, always as UTF-8.
public enum Drawing implements Form {
  /// Graphviz.
  DOT("dot", "text/vnd.graphviz"),
  /// A Mermaid flowchart.
  MERMAID("mermaid", "text/vnd.mermaid");

  private final String word;
  private final String mediaType;

  Drawing(String word, String mediaType) {
    this.word = word;
    this.mediaType = mediaType;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }
}
