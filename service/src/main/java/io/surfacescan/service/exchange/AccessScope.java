package io.surfacescan.service.exchange;

import java.util.Locale;

/// What a caller may do. Neither holds the other.
public enum AccessScope {
  /// Ask every question.
  READ,
  /// Have the service do something, such as load its input again.
  ADMIN;

  /// The word for it in files and headers.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
