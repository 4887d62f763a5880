package io.surfacescan.races;

import java.util.Arrays;

/// A table of two int columns: distinct rows, sorted, to be found by the first column.
record PairTable(String name, String first, String second, int[] firsts, int[] seconds) {
  /// The table of these rows, which may repeat and come in any order.
  static PairTable of(String name, String first, String second, int[] firsts, int[] seconds) {
    long[] rows = new long[firsts.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) firsts[i] << Integer.SIZE | seconds[i];
    }
    Arrays.parallelSort(rows);
    int distinct = 0;
    for (int i = 0; i < rows.length; i++) {
      if (i == 0 || rows[i] != rows[i - 1]) {
        rows[distinct++] = rows[i];
      }
    }
    int[] sortedFirsts = new int[distinct];
    int[] sortedSeconds = new int[distinct];
    for (int i = 0; i < distinct; i++) {
      sortedFirsts[i] = (int) (rows[i] >> Integer.SIZE);
      sortedSeconds[i] = (int) rows[i];
    }
    return new PairTable(name, first, second, sortedFirsts, sortedSeconds);
  }

  int rows() {
    return firsts.length;
  }
}
