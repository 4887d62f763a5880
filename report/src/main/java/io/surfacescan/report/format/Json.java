package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// JSON as all documents write it: UTF-8 without white space, characters beyond the basic plane as
/// they are.
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // An answer that broke off must not be closed and pass for a whole one.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .rootValueSeparator("")
          .build();

  private Json() {}

  /// Writes and leaves the stream open and not flushed.
  public static void write(OutputStream out, Consumer<JsonGenerator> values) throws IOException {
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      values.accept(json);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  public static void stringOrNull(JsonGenerator json, String name, Optional<String> value) {
    json.writeName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }
}
