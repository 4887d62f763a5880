package io.surfacescan.report.format;

import java.util.List;
import java.util.stream.Stream;

/// What an answer can be written as: a [Format] that every document has, or a [Drawing].
public sealed interface Form permits Format, Drawing {
  /// The word for `-o`, such as `ndjson`.
  String word();

  /// The media type, without parameters.
  String mediaType();

  /// Formats and drawings, which is what a [Drawn] can be written as.
  static List<Form> all() {
    return Stream.<Form>concat(Stream.of(Format.values()), Stream.of(Drawing.values())).toList();
  }
}
