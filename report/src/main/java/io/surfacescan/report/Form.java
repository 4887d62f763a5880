package io.surfacescan.report;

/// What an answer can be written as: a [Format] that every document has, or a [Drawing].
public sealed interface Form permits Format, Drawing {
  /// The word for `-o`, such as `ndjson`.
  String word();

  /// The media type, without parameters.
  String mediaType();
}
