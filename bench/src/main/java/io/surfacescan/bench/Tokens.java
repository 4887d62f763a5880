package io.surfacescan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The floor of reading a file: Jackson, of which [the importer][io.surfacescan.importers.document]
/// is made, goes over it once from its bytes on, checks everything, says where each token stands,
/// and nothing is kept.
final class Tokens {
  private Tokens() {}

  /// How many texts stand in a file.
  static long strings(Path file) throws IOException {
    long strings = 0;
    try (var in = Files.newInputStream(file);
        var parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        strings += token == JsonToken.VALUE_STRING ? 1 : 0;
      }
    }
    return strings;
  }
}
