package io.surfacescan.report.format;

import io.surfacescan.model.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Writes answers as one JSON value: a tree as an object, a table as an array.
final class JsonWriter implements Cell {
  private final JsonGenerator json;
  private final OutputStream out;

  /// @param out what the generator writes to
  JsonWriter(JsonGenerator json, OutputStream out) {
    this.json = json;
    this.out = out;
  }

  static void write(Document document, OutputStream out) throws IOException {
    var tree = document.tree();
    Json.write(
        out,
        json -> {
          var writer = new JsonWriter(json, out);
          if (tree.isPresent()) {
            writer.tree(tree.get());
          } else {
            writer.array(document.table());
          }
        });
  }

  /// Writes an array of objects as one value of another document.
  static <R> void list(JsonGenerator json, Columns<R> columns, List<R> rows) {
    var writer = new JsonWriter(json, OutputStream.nullOutputStream());
    json.writeStartArray();
    rows.forEach(row -> writer.object(columns, row));
    json.writeEndArray();
  }

  private <R> void tree(Tree<R> tree) {
    object(tree.columns(), tree.root());
  }

  private <R> void array(Table<R> table) {
    json.writeStartArray();
    table.rows().forEach(row -> row(table, row));
    json.writeEndArray();
  }

  <R> void row(Table<R> table, R row) {
    if (table.isOfValues()) {
      content(table.columns().json().getFirst().content(), row);
    } else {
      object(table.columns(), row);
    }
  }

  private <R> void object(Columns<R> columns, R row) {
    json.writeStartObject();
    members(columns, row);
    json.writeEndObject();
  }

  private <R> void members(Columns<R> columns, R row) {
    var all = columns.json();
    for (int i = 0; i < all.size(); i++) {
      var column = all.get(i);
      if (column.isIn(row)) {
        member(column, row);
      }
    }
  }

  private <R> void member(Column<R> column, R row) {
    if (column.content() instanceof Column.Inline<R, ?> inline) {
      inline(inline, row);
    } else {
      json.writeName(column.name());
      content(column.content(), row);
    }
  }

  private <R> void content(Column.Content<R> content, R row) {
    // Most are values: a type test costs less than a switch over types.
    if (content instanceof Column.Value<R> value) {
      value.give().accept(row, this);
    } else {
      composed(content, row);
    }
  }

  private <R> void composed(Column.Content<R> content, R row) {
    switch (content) {
      case Column.One<R, ?> one -> one(one, row);
      case Column.Many<R, ?> many -> many(many, row);
      case Column.Bytes<R>(var bytes) -> bytes(bytes, row);
      case Column.Value<R> ignored -> throw new IllegalStateException("not composed");
      case Column.Inline<R, ?> ignored -> throw new IllegalStateException("not composed");
    }
  }

  private <R, E> void inline(Column.Inline<R, E> inline, R row) {
    members(inline.columns(), inline.element().apply(row));
  }

  private <R, E> void one(Column.One<R, E> one, R row) {
    var element = one.element().apply(row);
    if (element == null) {
      none();
    } else {
      object(one.columns(), element);
    }
  }

  private <R, E> void many(Column.Many<R, E> many, R row) {
    json.writeStartArray();
    Consumer<E> write = element -> object(many.columns(), element);
    many.elements().accept(row, write);
    json.writeEndArray();
  }

  private <R> void bytes(Columns.JsonBytes<R> bytes, R row) {
    // What comes before, and the colon.
    json.writeRawValue("");
    json.flush();
    try {
      bytes.write(row, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void none() {
    json.writeNull();
  }

  @Override
  public void text(String text) {
    json.writeString(text);
  }

  @Override
  public void text(Texts texts, int index) {
    json.writeUTF8String(
        texts.segment(index), texts.start(index), texts.end(index) - texts.start(index));
  }

  @Override
  public void number(long number) {
    json.writeNumber(number);
  }

  @Override
  public void number(BigDecimal number) {
    json.writeNumber(number);
  }

  @Override
  public void truth(boolean truth) {
    json.writeBoolean(truth);
  }

  @Override
  public void texts(Table.Rows<String> texts) {
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
