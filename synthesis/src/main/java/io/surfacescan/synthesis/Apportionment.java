package io.surfacescan.synthesis;

/// A whole number dealt out by weight, in whole shares.
final class Apportionment {
  private Apportionment() {}

  /// Where each share starts if they are laid end to end from 0; one more element ends the last.
  ///
  /// @param weights each at least 1
  /// @param most the largest share each may get; together at least the total
  static long[] starts(int total, int[] weights, int[] most) {
    int[] shares = dealt(total, weights, most);
    long[] starts = new long[shares.length + 1];
    for (int i = 0; i < shares.length; i++) {
      starts[i + 1] = starts[i] + shares[i];
    }
    return starts;
  }

  /// The share in which a place lies.
  ///
  /// @param starts as [#starts] gives them
  /// @param place from 0 to before the last start
  static int at(long[] starts, long place) {
    int low = 0;
    int high = starts.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= place) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int[] dealt(int total, int[] weights, int[] most) {
    int[] shares = new int[weights.length];
    int left = total;
    while (left > 0) {
      int dealt = dealByWeight(left, shares, weights, most);
      left -= dealt > 0 ? dealt : dealOneEach(left, shares, most);
    }
    return shares;
  }

  /// Deals what whole numbers allow, and returns how much that was.
  private static int dealByWeight(int left, int[] shares, int[] weights, int[] most) {
    long open = 0;
    for (int i = 0; i < shares.length; i++) {
      open += shares[i] < most[i] ? weights[i] : 0;
    }
    if (open == 0) {
      throw new IllegalArgumentException("no share has room for the " + left + " left");
    }
    int dealt = 0;
    for (int i = 0; i < shares.length; i++) {
      long due = (long) left * weights[i] / open;
      int more = (int) Math.min(most[i] - shares[i], due);
      shares[i] += more;
      dealt += more;
    }
    return dealt;
  }

  private static int dealOneEach(int left, int[] shares, int[] most) {
    int dealt = 0;
    for (int i = 0; i < shares.length && dealt < left; i++) {
      if (shares[i] < most[i]) {
        shares[i]++;
        dealt++;
      }
    }
    return dealt;
  }
}
