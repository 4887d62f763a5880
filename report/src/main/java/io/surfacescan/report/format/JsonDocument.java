package io.surfacescan.report.format;

import io.surfacescan.model.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Small documents that are one JSON object each, in memory.
public final class JsonDocument {
  private JsonDocument() {}

  /// One JSON object without white space around it.
  public static byte[] object(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(512);
    try {
      Json.write(
          bytes,
          json -> {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
          });
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  public static void strings(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  public static void problems(JsonGenerator json, String name, List<Problem> problems) {
    json.writeName(name);
    JsonWriter.list(json, InputProblems.COLUMNS, problems);
  }
}
