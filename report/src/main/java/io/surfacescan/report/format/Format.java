package io.surfacescan.report.format;

import java.util.Optional;

/// The forms in which every answer is written, always as UTF-8.
public enum Format implements Form {
  /// One JSON value without white space or line end around it.
  JSON("json", "application/json"),
  /// One JSON value per line, every line ended by `\n`.
  NDJSON("ndjson", "application/x-ndjson"),
  /// A header and rows as in RFC 4180, but with lines ended by `\n`.
  CSV("csv", "text/csv"),
  /// Lines for people and for `grep`; control characters are escaped.
  TEXT("text", "text/plain");

  private final String word;
  private final String mediaType;

  Format(String word, String mediaType) {
    this.word = word;
    this.mediaType = mediaType;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  /// The format with this word.
  public static Optional<Format> named(String word) {
    for (var format : values()) {
      if (format.word.equals(word)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
