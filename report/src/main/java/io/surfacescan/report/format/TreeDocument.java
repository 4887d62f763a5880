package io.surfacescan.report.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A tree of maps, lists, texts, numbers, truth values and nulls as a JSON document.
public final class TreeDocument {
  private TreeDocument() {}

  /// The object without white space around it, its members in the order of the map.
  public static byte[] json(Map<?, ?> object) {
    return JsonDocument.object(json -> members(json, object));
  }

  private static void members(JsonGenerator json, Map<?, ?> object) {
    object.forEach((name, value) -> {
      json.writeName(String.valueOf(name));
      value(json, value);
    });
  }

  static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> object -> {
        json.writeStartObject();
        members(json, object);
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        list.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      default -> throw new IllegalArgumentException("not of JSON: " + value.getClass());
    }
  }
}
