package io.surfacescan.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON text as plain values: `Map` and `List` in the order of the text, `String`, `Long`,
/// `Double`, `Boolean` and null.
///
/// Strict: a repeated key, text behind the value and anything else that is not exactly one JSON
/// value fail.
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /// The values that stand one behind the other, at least one.
  public static List<@Nullable Object> readAll(String json) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      var values = new ArrayList<@Nullable Object>();
      var token = parser.nextToken();
      do {
        values.add(value(parser, token));
        token = parser.nextToken();
      } while (token != null);
      return values;
    }
  }

  public static @Nullable Object read(String json) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("text after the JSON value: " + json);
      }
      return value;
    }
  }

  private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IllegalArgumentException("no JSON value: " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      object.put(key, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    var array = new ArrayList<@Nullable Object>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }

  /// The value as an object of which every value has the type.
  ///
  /// @throws ClassCastException if it is anything else
  public static <T> Map<String, T> objectOf(Class<T> type, @Nullable Object value) {
    var object = new LinkedHashMap<String, T>();
    if (!(value instanceof Map<?, ?> map)) {
      throw new ClassCastException("no JSON object: " + value);
    }
    map.forEach((key, each) -> object.put((String) key, type.cast(each)));
    return object;
  }

  /// The text under the key.
  ///
  /// @throws ClassCastException if there is anything else or nothing
  public static String text(Map<String, Object> object, String key) {
    if (object.get(key) instanceof String text) {
      return text;
    }
    throw new ClassCastException("no text under " + key + ": " + object);
  }

  /// The value as a list of which every element has the type.
  ///
  /// @throws ClassCastException if it is anything else
  public static <T> List<T> listOf(Class<T> type, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw new ClassCastException("no JSON list: " + value);
    }
    return list.stream().<T>map(type::cast).toList();
  }
}
