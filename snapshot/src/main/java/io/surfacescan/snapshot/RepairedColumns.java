package io.surfacescan.snapshot;

import io.surfacescan.model.ColumnSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The columns of a snapshot; once one of them is found to be damaged, those of the same input read
/// anew. Columns do not depend on who read them, so that both fit together. Thread-safe.
final class RepairedColumns implements ColumnSource {
  private final Supplier<ColumnSource> anew;
  private volatile ColumnSource columns;
  private volatile boolean isRepaired;
  private volatile boolean mayRepair;

  /// @param anew reads the input
  RepairedColumns(ColumnSource snapshot, Supplier<ColumnSource> anew) {
    this.columns = snapshot;
    this.anew = anew;
  }

  /// From now on damage is repaired. Before, it is thrown: then all is read anew, once.
  void repairFromNow() {
    mayRepair = true;
  }

  boolean isRepaired() {
    return isRepaired;
  }

  private synchronized ColumnSource repaired() {
    if (!isRepaired) {
      columns = anew.get();
      isRepaired = true;
    }
    return columns;
  }

  private <T> T get(Function<ColumnSource, T> column) {
    try {
      return column.apply(columns);
    } catch (SnapshotDamaged e) {
      if (!mayRepair) {
        throw e;
      }
      return column.apply(repaired());
    }
  }

  @Override
  public boolean has(String name) {
    return columns.has(name);
  }

  @Override
  public int[] ints(String name) {
    return get(source -> source.ints(name));
  }

  @Override
  public long[] longs(String name) {
    return get(source -> source.longs(name));
  }

  @Override
  public byte[] bytes(String name) {
    return get(source -> source.bytes(name));
  }

  @Override
  public <T> List<T> values(String name, Class<T> type) {
    return get(source -> source.values(name, type));
  }
}
