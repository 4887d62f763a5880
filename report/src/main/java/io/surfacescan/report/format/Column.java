package io.surfacescan.report.format;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// One column of a table, or one member of a tree.
///
/// @param name the member in JSON, the field in CSV
/// @param when which rows have it: to others JSON gives no such member, CSV an empty field
record Column<R>(String name, Predicate<R> when, Content<R> content) {
  /// What a row has there.
  sealed interface Content<R> {}

  /// A value.
  record Value<R>(BiConsumer<R, Cell> give) implements Content<R> {}

  /// An object, or none; the fields of its columns in CSV.
  record One<R, E>(Columns<E> columns, Function<R, Optional<E>> element) implements Content<R> {}

  /// Objects; in CSV, a row for each of them.
  record Many<R, E>(Columns<E> columns, BiConsumer<R, Consumer<E>> elements)
      implements Content<R> {}

  /// More members of the same object; the name does not count.
  record Inline<R, E>(Columns<E> columns, Function<R, E> element) implements Content<R> {}

  /// JSON that is there as bytes; only for JSON.
  record Bytes<R>(Columns.JsonBytes<R> json) implements Content<R> {}
}
