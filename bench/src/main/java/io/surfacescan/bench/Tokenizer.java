package io.surfacescan.bench;

import com.alibaba.fastjson2.JSONReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.simdjson.SimdJsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON library that goes over a file once, from the file's bytes on, and keeps nothing: the
/// floor of whoever reads the file with it.
public enum Tokenizer {
  /// Streams, checks everything, says where each token stands. What [the
  /// importer][io.surfacescan.importers.document] is made of.
  JACKSON {
    @Override
    long pass(Path file) throws IOException {
      long strings = 0;
      try (InputStream in = Files.newInputStream(file);
          var parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
          strings += token == JsonToken.VALUE_STRING ? 1 : 0;
        }
      }
      return strings;
    }
  },

  /// The same from an array that holds the whole file.
  JACKSON_ARRAY {
    @Override
    long pass(Path file) throws IOException {
      long strings = 0;
      try (var parser =
          new JsonFactory().createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
          strings += token == JsonToken.VALUE_STRING ? 1 : 0;
        }
      }
      return strings;
    }
  },

  /// Needs the whole file in an array. Each string is found, not checked to be UTF-8.
  FASTJSON2 {
    @Override
    long pass(Path file) throws IOException {
      try (var reader = JSONReader.of(Files.readAllBytes(file))) {
        return walk(reader);
      }
    }

    private long walk(JSONReader reader) {
      if (reader.nextIfObjectStart()) {
        long strings = 0;
        while (!reader.nextIfObjectEnd()) {
          reader.readFieldNameHashCode();
          strings += walk(reader);
        }
        reader.nextIfComma();
        return strings;
      }
      if (reader.nextIfArrayStart()) {
        long strings = 0;
        while (!reader.nextIfArrayEnd()) {
          strings += walk(reader);
        }
        reader.nextIfComma();
        return strings;
      }
      boolean isString = reader.isString();
      reader.skipValue();
      return isString ? 1 : 0;
    }
  },

  /// Needs the whole file in an array, and makes a tape of it: vector instructions.
  SIMDJSON {
    @Override
    long pass(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      return new SimdJsonParser(bytes.length + 64, 64).parse(bytes, bytes.length).isObject()
          ? 1
          : 0;
    }
  };

  abstract long pass(Path file) throws IOException;
}
