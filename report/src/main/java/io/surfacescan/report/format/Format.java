package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The forms in which answers are written, always as UTF-8. Each has a writer, which knows tables,
/// trees and graphs, and no question.
public enum Format {
  /// One JSON value without white space or line end around it.
  JSON("json", "application/json", Of.ANY_ANSWER, JsonWriter::write),
  /// One JSON value per line, every line ended by `\n`.
  NDJSON("ndjson", "application/x-ndjson", Of.ANY_ANSWER, NdjsonWriter::write),
  /// A header and rows as in RFC 4180, but with lines ended by `\n`.
  CSV("csv", "text/csv", Of.ANY_ANSWER, CsvWriter::write),
  /// Lines for people and for `grep`; control characters are escaped.
  TEXT("text", "text/plain", Of.ANY_ANSWER, TextWriter::write),
  /// A drawing in the language of Graphviz.
  DOT("dot", "text/vnd.graphviz", Of.GRAPHS, DotWriter::write),
  /// A drawing as a Mermaid flowchart.
  MERMAID("mermaid", "text/vnd.mermaid", Of.GRAPHS, MermaidWriter::write),
  /// A drawing as it is looked at.
  SVG("svg", "image/svg+xml", Of.GRAPHS, SvgWriter::write),
  /// A page that is complete in one file.
  HTML("html", "text/html", Of.PAGES, HtmlWriter::write),
  /// A comment on a change, as code hosts show it.
  MARKDOWN("markdown", "text/markdown", Of.COMPARISONS, MarkdownWriter::write);

  private enum Of {
    ANY_ANSWER,
    GRAPHS,
    PAGES,
    COMPARISONS
  }

  @FunctionalInterface
  private interface Writer {
    void write(Document document, OutputStream out) throws IOException;
  }

  private static final List<Format> ALL = List.of(values());
  private static final List<Format> OF_ANY_ANSWER =
      ALL.stream().filter(format -> format.of == Of.ANY_ANSWER).toList();

  private final String word;
  private final String mediaType;
  private final Of of;

  /// A static method.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Writer writer;

  Format(String word, String mediaType, Of of, Writer writer) {
    this.word = word;
    this.mediaType = mediaType;
    this.of = of;
    this.writer = writer;
  }

  /// All formats, the usual one of HTTP first.
  public static List<Format> all() {
    return ALL;
  }

  /// The formats of every answer, in the same order.
  public static List<Format> ofAnyAnswer() {
    return OF_ANY_ANSWER;
  }

  /// The formats of a comparison on the command line.
  public static List<Format> ofComparison() {
    return ALL.stream()
        .filter(format -> format.of == Of.ANY_ANSWER || format.of == Of.COMPARISONS)
        .toList();
  }

  /// What an answer can be written as, in the same order.
  ///
  /// @param isDrawn whether it has a [Graph]
  /// @param isPage whether it has a [Page]
  public static List<Format> of(boolean isDrawn, boolean isPage) {
    return ALL.stream()
        .filter(format ->
            switch (format.of) {
              case ANY_ANSWER -> true;
              case GRAPHS -> isDrawn;
              case PAGES -> isPage;
              case COMPARISONS -> false;
            })
        .toList();
  }

  /// The format with this word.
  public static Optional<Format> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /// The word for `-o`, such as `ndjson`.
  public String word() {
    return word;
  }

  /// The media type, without parameters.
  public String mediaType() {
    return mediaType;
  }

  /// The media type as the header `Content-Type` has it.
  public String contentType() {
    return mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType;
  }

  /// @throws IOException if the stream does
  void write(Document document, OutputStream out) throws IOException {
    try {
      writer.write(document, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
