package io.surfacescan.report.format;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/// One column of a table, or one member of a tree.
///
/// @param name the member in JSON, the field in CSV
/// @param when which rows have it: to others JSON gives no such member, CSV an empty field; null if
///   all have it
record Column<R>(SerializedString name, @Nullable Predicate<R> when, Content<R> content) {
  /// The names of all columns, of which a program has few, as JSON writes them.
  private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

  static <R> Column<R> of(String name, @Nullable Predicate<R> when, Content<R> content) {
    return new Column<>(NAMES.computeIfAbsent(name, SerializedString::new), when, content);
  }

  boolean isIn(R row) {
    return when == null || when.test(row);
  }

  /// What a row has there.
  sealed interface Content<R> {}

  /// A value.
  record Value<R>(BiConsumer<R, Cell> give) implements Content<R> {}

  /// An object, or none; the fields of its columns in CSV.
  record One<R, E>(Columns<E> columns, Function<R, @Nullable E> element) implements Content<R> {}

  /// Objects; in CSV, a row for each of them.
  record Many<R, E>(Columns<E> columns, BiConsumer<R, Consumer<E>> elements)
      implements Content<R> {}

  /// More members of the same object; the name does not count.
  record Inline<R, E>(Columns<E> columns, Function<R, E> element) implements Content<R> {}

  /// JSON that is there as bytes; only for JSON.
  record Bytes<R>(Columns.JsonBytes<R> json) implements Content<R> {}
}
