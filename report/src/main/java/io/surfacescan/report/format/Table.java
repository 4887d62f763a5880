package io.surfacescan.report.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// An answer as rows of the same columns, each row made when its turn comes.
///
/// @param columns at least one
/// @param line writes a row as a line of text, without its end
/// @param notes what the last lines say instead of rows
/// @param isOfValues whether JSON has the value of the only column in place of an object
/// @param <R> a row
public record Table<R>(
    Columns<R> columns,
    Rows<R> rows,
    BiConsumer<TextLines, R> line,
    List<Note> notes,
    boolean isOfValues) {
  /// The rows, in order.
  @FunctionalInterface
  public interface Rows<R> {
    void forEach(Consumer<R> row);
  }

  /// A last line, which says what the rows do not show: who counts rows must not take them for all
  /// there are.
  ///
  /// @param members those of its JSON object
  /// @param fields those of its CSV row, by the name of their column
  public record Note(Map<String, Object> members, Map<String, String> fields) {
    /// One that says nothing yet.
    public Note() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    public Note member(String name, Object value) {
      members.put(name, value);
      return this;
    }

    public Note field(String column, String text) {
      fields.put(column, text);
      return this;
    }
  }

  /// Rows that text does not show as a line each.
  public Table(Columns<R> columns, Rows<R> rows) {
    this(
        columns,
        rows,
        (ignored, row) -> {
          throw new IllegalStateException("no line for " + row);
        },
        List.of(),
        false);
  }

  public Table(Columns<R> columns, Rows<R> rows, BiConsumer<TextLines, R> line) {
    this(columns, rows, line, List.of(), false);
  }

  /// The same rows, and these lines after them.
  public Table<R> with(List<Note> last) {
    return new Table<>(columns, rows, line, last, isOfValues);
  }

  /// The same rows, which JSON shows as the values of their only column.
  public Table<R> ofValues() {
    return new Table<>(columns, rows, line, notes, true);
  }

  /// Writes a line of text for each row.
  public void text(TextLines lines) {
    rows.forEach(row -> {
      line.accept(lines, row);
      lines.end();
    });
  }
}
