package io.surfacescan.races;

import java.util.Locale;

/// Constants as they are written in flags and tables.
final class Words {
  private Words() {}

  /// In small letters, with dashes.
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
