package io.surfacescan.service.exchange;

import io.surfacescan.report.format.Format;
import org.jspecify.annotations.Nullable;

/// The `ETag` of an answer that depends on the environment alone: what it was computed from and how
/// it was written. The question itself is in the URL.
///
/// @param version of the environment
public record EntityTag(String version, Format format, boolean gzip) {
  /// As a header value, strong: equal tags mean equal bytes.
  @Override
  public String toString() {
    return '"' + version + '-' + format.word() + (gzip ? "-gzip" : "") + '"';
  }

  /// Whether a client that sent this `If-None-Match` has the answer already. Tags are compared
  /// weakly, as RFC 9110 demands here.
  ///
  /// @param header all values joined by commas
  public boolean matches(@Nullable String header) {
    return isIn(header, toString());
  }

  /// As [#matches], for any tag.
  public static boolean isIn(@Nullable String header, String own) {
    if (header == null) {
      return false;
    }
    for (String element : header.split(",", -1)) {
      String tag = element.strip();
      if (tag.equals("*") || own.equals(tag.startsWith("W/") ? tag.substring(2) : tag)) {
        return true;
      }
    }
    return false;
  }
}
