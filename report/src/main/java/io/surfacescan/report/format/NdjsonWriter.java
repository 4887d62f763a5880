package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;

/// Writes the rows of answers as one JSON value a line.
final class NdjsonWriter {
  private NdjsonWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    rows(document.table(), out);
  }

  private static <R> void rows(Table<R> table, OutputStream out) throws IOException {
    Json.write(
        out,
        json -> {
          var writer = new JsonWriter(json, out);
          table
              .rows()
              .forEach(row -> {
                writer.row(table, row);
                json.writeRaw('\n');
              });
          for (var note : table.notes()) {
            TreeDocument.value(json, note.members());
            json.writeRaw('\n');
          }
        });
  }
}
