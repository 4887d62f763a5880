package io.surfacescan.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A part of a whole, rounded so that it never reads as nothing or as all when it is neither.
///
/// @param part in `[0, whole]`
/// @param whole at least 1
record Share(long part, long whole) {
  private static final int DIGITS = 4;
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  /// A fraction of at most four digits; below 0.0001 it is 0.0001, above 0.9999 it is 0.9999, but
  /// for nothing and for all.
  BigDecimal fraction() {
    if (part == 0 || part == whole) {
      return part == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    }
    var least = BigDecimal.valueOf(1, DIGITS);
    return BigDecimal.valueOf(part)
        .divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.HALF_UP)
        .max(least)
        .min(BigDecimal.ONE.subtract(least))
        .stripTrailingZeros();
  }

  /// As a percentage, such as `66.67 %`.
  String percent() {
    return fraction().multiply(PERCENT).stripTrailingZeros().toPlainString() + " %";
  }
}
