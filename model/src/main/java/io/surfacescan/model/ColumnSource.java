package io.surfacescan.model;

import java.util.List;

/// Gives columns back that a [ColumnSink] took, each when it is asked for. Thread-safe.
public interface ColumnSource {
  /// Whether there is a column of this name.
  boolean has(String name);

  int[] ints(String name);

  long[] longs(String name);

  byte[] bytes(String name);

  <T> List<T> values(String name, Class<T> type);
}
