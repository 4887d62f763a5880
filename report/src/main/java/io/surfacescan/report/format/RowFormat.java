package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// How a list of rows is written, each row as it comes: an array of objects in JSON, one object a
/// line in NDJSON, a header and a row each in CSV, a line each in text.
///
/// @param <R> a row
public interface RowFormat<R> {
  /// The rows, in order.
  @FunctionalInterface
  interface Rows<R> {
    void forEach(Consumer<R> row);
  }

  /// The names of the CSV fields.
  List<String> header();

  /// Writes one JSON value.
  void json(JsonGenerator json, R row);

  /// Writes the fields of a CSV row, as many as the header has.
  void fields(TextLines line, R row);

  /// Writes a line of text, without its end.
  void text(TextLines line, R row);

  default void write(OutputStream out, Format format, Rows<R> rows) throws IOException {
    try {
      switch (format) {
        case JSON ->
            Json.write(
                out,
                json -> {
                  json.writeStartArray();
                  rows.forEach(row -> json(json, row));
                  json.writeEndArray();
                });
        case NDJSON ->
            Json.write(
                out,
                json ->
                    rows.forEach(row -> {
                      json(json, row);
                      json.writeRaw('\n');
                    }));
        case CSV -> {
          var lines = new TextLines(out);
          header().forEach(lines::field);
          lines.end();
          rows.forEach(row -> {
            fields(lines, row);
            end(lines);
          });
          lines.flush();
        }
        case TEXT -> {
          var lines = new TextLines(out);
          rows.forEach(row -> {
            text(lines, row);
            end(lines);
          });
          lines.flush();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Ends a line from within a callback.
  static void end(TextLines lines) {
    try {
      lines.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
