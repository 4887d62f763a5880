package io.surfacescan.report.format;

import io.surfacescan.model.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the rows of answers as CSV: a header with the names of all columns, then a row each, or
/// one for each element of the list that a row has; only one list is a column.
final class CsvWriter implements Cell {
  private final TextLines lines;

  private CsvWriter(TextLines lines) {
    this.lines = lines;
  }

  static void write(Document document, OutputStream out) throws IOException {
    var lines = new TextLines(out);
    new CsvWriter(lines).table(document.table());
    lines.flush();
  }

  private <R> void table(Table<R> table) {
    var names = new ArrayList<String>();
    addNames(table.columns(), names);
    names.forEach(lines::field);
    lines.end();
    var columns = table.columns().csv();
    var list =
        columns.stream().filter(column -> column.content() instanceof Column.Many).findFirst();
    Consumer<R> one =
        row -> {
          fields(columns, row);
          lines.end();
        };
    if (list.isPresent() && list.get().content() instanceof Column.Many<R, ?> many) {
      table
          .rows()
          .forEach(row -> {
            if (list.get().isIn(row)) {
              rows(columns, many, row);
            } else {
              one.accept(row);
            }
          });
    } else {
      table.rows().forEach(one);
    }
    for (var note : table.notes()) {
      names.forEach(name -> textOrNone(note.fields().get(name)));
      lines.end();
    }
  }

  private void textOrNone(@Nullable String text) {
    if (text == null) {
      none();
    } else {
      text(text);
    }
  }

  private static <R> void addNames(Columns<R> columns, List<String> names) {
    columns
        .csv()
        .forEach(column -> {
          switch (column.content()) {
            case Column.Value<R> ignored -> names.add(column.name().getValue());
            case Column.One<R, ?> one -> addNames(one.columns(), names);
            case Column.Many<R, ?> many -> addNames(many.columns(), names);
            case Column.Inline<R, ?> inline -> addNames(inline.columns(), names);
            case Column.Bytes<R> ignored -> throw new IllegalStateException("not for CSV");
          }
        });
  }

  /// A row for each element.
  private <R, E> void rows(List<Column<R>> columns, Column.Many<R, E> list, R row) {
    var elementColumns = list.columns().csv();
    Consumer<E> write =
        element -> {
          for (var column : columns) {
            if (column.content() instanceof Column.Many) {
              fields(elementColumns, element);
            } else {
              field(column, row);
            }
          }
          lines.end();
        };
    list.elements().accept(row, write);
  }

  private <R> void fields(List<Column<R>> columns, @Nullable R row) {
    for (int i = 0; i < columns.size(); i++) {
      field(columns.get(i), row);
    }
  }

  private <R> void field(Column<R> column, @Nullable R row) {
    var shown = row != null && column.isIn(row) ? row : null;
    var content = column.content();
    // First what nearly all are.
    if (content instanceof Column.Value<R> value) {
      if (shown == null) {
        none();
      } else {
        value.give().accept(shown, this);
      }
    } else if (content instanceof Column.One<R, ?> one) {
      one(one, shown);
    } else if (content instanceof Column.Inline<R, ?> inline) {
      inline(inline, shown);
    } else if (content instanceof Column.Many<R, ?> many) {
      fields(many.columns().csv(), null);
    }
  }

  private <R, E> void one(Column.One<R, E> one, @Nullable R row) {
    fields(one.columns().csv(), row == null ? null : one.element().apply(row));
  }

  private <R, E> void inline(Column.Inline<R, E> inline, @Nullable R row) {
    fields(inline.columns().csv(), row == null ? null : inline.element().apply(row));
  }

  @Override
  public void none() {
    lines.noField();
  }

  @Override
  public void text(String text) {
    lines.field(text);
  }

  @Override
  public void text(Texts texts, int index) {
    lines.field(texts, index);
  }

  @Override
  public void number(long number) {
    lines.field(number);
  }

  @Override
  public void number(BigDecimal number) {
    lines.field(number.toPlainString());
  }

  @Override
  public void truth(boolean truth) {
    lines.field(Boolean.toString(truth));
  }

  /// As a JSON array, because a text may hold any separator.
  @Override
  public void texts(Table.Rows<String> texts) {
    var bytes = new ByteArrayOutputStream();
    try {
      Json.write(bytes, json -> new JsonWriter(json, bytes).texts(texts));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    lines.field(bytes.toString(StandardCharsets.UTF_8));
  }
}
