package io.surfacescan.snapshot;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Columns in memory, as they were handed over.
final class HeldColumns implements ColumnSink, ColumnSource {
  private final Map<String, Object> columns = new HashMap<>();

  @Override
  public void ints(String name, int[] values) {
    columns.put(name, values);
  }

  @Override
  public void longs(String name, long[] values) {
    columns.put(name, values);
  }

  @Override
  public void bytes(String name, byte[] values) {
    columns.put(name, values);
  }

  @Override
  public void values(String name, List<?> values) {
    columns.put(name, List.copyOf(values));
  }

  @Override
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  private Object column(String name) {
    var column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("no column " + name);
    }
    return column;
  }

  @Override
  public int[] ints(String name) {
    return (int[]) column(name);
  }

  @Override
  public long[] longs(String name) {
    return (long[]) column(name);
  }

  @Override
  public byte[] bytes(String name) {
    return (byte[]) column(name);
  }

  @Override
  public <T> List<T> values(String name, Class<T> type) {
    return ((List<?>) column(name)).stream().<T>map(type::cast).toList();
  }
}
