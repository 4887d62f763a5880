package io.surfacescan.model;

import java.util.List;

/// Takes columns that are to be kept, each under a name of its own.
///
/// What is handed over is not changed by either side.
public interface ColumnSink {
  void ints(String name, int[] values);

  void longs(String name, long[] values);

  void bytes(String name, byte[] values);

  /// Takes facts of the model, or of what is built on it: records, enums, texts, and lists of such.
  void values(String name, List<?> values);
}
