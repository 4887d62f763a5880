package io.surfacescan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A column of values that most rows share, or leave at the first value: four bytes a row, and each
/// value once. Immutable.
///
/// @param numbers per row, the number of its value; rows behind the end have value 0
/// @param values the distinct values, by number
record DetailColumn<T>(int[] numbers, List<T> values) {
  /// Hands the column over, under names that start with this one.
  void write(ColumnSink sink, String name) {
    sink.ints(name + ".numbers", numbers);
    sink.values(name + ".values", values);
  }

  /// What [#write] handed over, fetched when it is first needed; null if that was nothing.
  static <T> @Nullable Later<DetailColumn<T>> read(
      ColumnSource source, String name, Class<T> type) {
    return source.has(name + ".numbers")
        ? Later.of(() ->
            new DetailColumn<>(
                source.ints(name + ".numbers"), source.values(name + ".values", type)))
        : null;
  }

  T get(int row) {
    return values.get(row < numbers.length ? numbers[row] : 0);
  }

  /// The value of a row of a column that may not be there.
  static <T> T get(@Nullable Later<DetailColumn<T>> column, int row, T absent) {
    return column == null ? absent : column.get().get(row);
  }

  /// How many rows have a value of some kind, to which the absent one does not belong.
  int count(Predicate<T> kind) {
    var wanted = new BitSet();
    for (int number = 0; number < values.size(); number++) {
      wanted.set(number, kind.test(values.get(number)));
    }
    return wanted.isEmpty() ? 0 : (int) Arrays.stream(numbers).filter(wanted::get).count();
  }

  /// Collects values by row. Not thread-safe.
  static final class Builder<T> {
    private final Map<T, Integer> numberOf = new HashMap<>();
    private final List<T> values = new ArrayList<>();
    private int[] numbers = new int[0];
    private int rows;

    /// @param absent the value of rows that get none
    Builder(T absent) {
      number(absent);
    }

    private int number(T value) {
      return numberOf.computeIfAbsent(
          value,
          ignored -> {
            values.add(value);
            return values.size() - 1;
          });
    }

    /// Gives a row its value. A row that gets the absent one costs nothing.
    void set(int row, T value) {
      int number = number(value);
      if (number == 0 && row >= rows) {
        return;
      }
      numbers = Growth.room(numbers, row + 1);
      numbers[row] = number;
      rows = Math.max(rows, row + 1);
    }

    T get(int row) {
      return values.get(row < rows ? numbers[row] : 0);
    }

    /// Whether all rows have the absent value.
    boolean isEmpty() {
      return rows == 0;
    }

    /// Ends this builder.
    ///
    /// @return null if all rows have the absent value
    @Nullable Later<DetailColumn<T>> build() {
      return isEmpty()
          ? null
          : Later.known(new DetailColumn<>(Growth.trimmed(numbers, rows), List.copyOf(values)));
    }
  }
}
