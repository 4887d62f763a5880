package io.surfacescan.importers.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// How much JSON is read at most: what passes these bounds is refused.
final class JsonBounds {
  static final int DEPTH_MAX = 64;

  /// Keys are kept by the parser while it reads, so they are bounded closer than values.
  static final int KEY_BYTES_MAX = 1 << 10;

  static final int NUMBER_DIGITS_MAX = 1_000;
  static final int TEXT_BYTES_MAX = 1 << 16;

  /// Beyond this, even a text without another bound is not read.
  static final int TEXT_CHARS_MAX = 1 << 24;

  private JsonBounds() {}

  /// A factory keeps the keys that its parsers have met, so each reading has its own: what a
  /// hostile document is full of goes when its reading ends.
  static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNameLength(KEY_BYTES_MAX)
                .maxNumberLength(NUMBER_DIGITS_MAX)
                .maxStringLength(TEXT_CHARS_MAX)
                .build())
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        // The symbol table is bounded and starts afresh when full: keys with one hash are no fault.
        .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  static boolean isTooLong(String key) {
    return key.length() > KEY_BYTES_MAX / 3
        && key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX;
  }
}
