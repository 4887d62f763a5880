package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// An answer as a table and, where that is not all of it, as a tree, as text and as a graph. It is
/// written as it is worked out, and never as a whole in memory.
public interface Document {
  /// The rows of the answer: those of NDJSON and CSV.
  Table<?> table();

  /// The JSON of the answer, if it is not the array of the rows.
  default Optional<Tree<?>> tree() {
    return Optional.empty();
  }

  /// Writes the answer for people; every line is ended.
  default void text(TextLines lines) {
    table().text(lines);
  }

  /// The answer as a picture, if it can be drawn.
  default Optional<Graph> picture() {
    return Optional.empty();
  }

  /// The same as an answer of this environment: JSON objects say so if a layer is absent.
  default Document about(Environment environment) {
    return environment.isComplete() ? this : new IncompleteAnswer(this);
  }

  /// The answer as a page by itself, if it has one.
  default Optional<Page> asPage() {
    return Optional.empty();
  }

  /// Writes the document. JSON has no line end behind it; the other formats end every line.
  ///
  /// @param format one that the document has
  /// @throws IOException if the stream does
  default void write(OutputStream out, Format format) throws IOException {
    format.write(this, out);
  }
}
