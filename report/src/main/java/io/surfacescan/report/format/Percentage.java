package io.surfacescan.report.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// A part of a whole, rounded so that it never reads as nothing or as all when it is neither.
///
/// @param part in `[0, whole]`
/// @param whole at least 1
public record Percentage(long part, long whole) {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);
  private static final BigDecimal MOST_BELOW_ALL = new BigDecimal("0.9999");
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
  private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.01");

  /// A fraction of four significant digits, however small; above 0.9999 it is 0.9999, but for all.
  public BigDecimal fraction() {
    if (part == 0 || part == whole) {
      return part == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    }
    return BigDecimal.valueOf(part)
        .divide(BigDecimal.valueOf(whole), DIGITS)
        .min(MOST_BELOW_ALL)
        .stripTrailingZeros();
  }

  /// As a percentage of two decimals, such as `66.67 %`; `< 0.01 %` for less than that.
  public String percent() {
    var percent = fraction().multiply(PERCENT);
    if (percent.signum() > 0 && percent.compareTo(LEAST_PERCENT) < 0) {
      return "< " + LEAST_PERCENT + " %";
    }
    var rounded = percent.setScale(LEAST_PERCENT.scale(), RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString() + " %";
  }
}
