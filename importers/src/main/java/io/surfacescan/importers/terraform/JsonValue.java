package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JsonToken;

/// A value of a document: an object, a list, a text (numbers are texts too), a truth value, or
/// nothing, which `null` is. What has another type than asked for counts as absent. Immutable.
///
/// @param content a map, a list, a text, a truth value, or this class for nothing
/// @param offset where it starts in its document, in bytes
record JsonValue(Object content, long offset) {
  static final JsonValue NOTHING = new JsonValue(JsonValue.class, 0);
  static final JsonValue TRUE = new JsonValue(true, 0);

  /// The keys of a resource that are large, and of no use if its type has no place in a network.
  private static final Set<String> LARGE = Set.of("values", "sensitive_values", "instances");

  /// A number as it is written.
  private record Numeric(String digits) {}

  static JsonValue object(Map<String, JsonValue> entries) {
    return new JsonValue(entries, 0);
  }

  static JsonValue text(String text) {
    return new JsonValue(text, 0);
  }

  /// Reads the value that the cursor stands at, to its end.
  static JsonValue read(JsonCursor json) {
    long offset = json.offset();
    return switch (json.current()) {
      case START_OBJECT -> new JsonValue(entries(json), offset);
      case START_ARRAY -> {
        var list = new ArrayList<JsonValue>();
        while (json.next() != JsonToken.END_ARRAY) {
          list.add(read(json));
        }
        yield new JsonValue(List.copyOf(list), offset);
      }
      case VALUE_STRING -> new JsonValue(json.text(), offset);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue(new Numeric(json.text()), offset);
      case VALUE_TRUE -> new JsonValue(true, offset);
      case VALUE_FALSE -> new JsonValue(false, offset);
      default -> NOTHING;
    };
  }

  private static Map<String, JsonValue> entries(JsonCursor json) {
    var entries = new LinkedHashMap<String, JsonValue>();
    while (json.nextKey()) {
      String key = json.key();
      if (entries.containsKey(key)) {
        json.tellRepeated(key);
      }
      json.next();
      boolean isUnused = isUnused(entries);
      if (isUnused && LARGE.contains(key)) {
        json.skipValue();
      } else if (isUnused && key.equals("change") && json.current() == JsonToken.START_OBJECT) {
        entries.put(key, change(json));
      } else {
        entries.put(key, read(json));
      }
    }
    return entries;
  }

  /// Whether an object that starts so is a resource that says nothing about a network.
  private static boolean isUnused(Map<String, JsonValue> entries) {
    var mode = entries.get("mode");
    var type = entries.get("type");
    return mode != null
        && type != null
        && !mode.text().isEmpty()
        && !type.text().isEmpty()
        && !ResourceTypes.areValuesUsed(type.text());
  }

  /// Of a change only what is done.
  private static JsonValue change(JsonCursor json) {
    long offset = json.offset();
    var entries = new LinkedHashMap<String, JsonValue>();
    while (json.nextKey()) {
      boolean isAction = json.key().equals("actions");
      json.next();
      if (isAction) {
        entries.put("actions", read(json));
      } else {
        json.skipValue();
      }
    }
    return new JsonValue(entries, offset);
  }

  boolean isNothing() {
    return content == JsonValue.class;
  }

  boolean isObject() {
    return content instanceof Map;
  }

  boolean isList() {
    return content instanceof List;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(content) || "true".equals(content);
  }

  /// Whether it, or anything within it, is true.
  boolean hasTrue() {
    return isTrue()
        || list().stream().anyMatch(JsonValue::hasTrue)
        || map().values().stream().anyMatch(JsonValue::hasTrue);
  }

  /// The text or number; empty without one.
  String text() {
    return switch (content) {
      case String text -> text;
      case Numeric(String digits) -> digits;
      default -> "";
    };
  }

  boolean isNumber() {
    return content instanceof Numeric;
  }

  OptionalInt number() {
    try {
      return text().isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text()));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /// The entries of an object; none if it is no object.
  @SuppressWarnings("unchecked")
  Map<String, JsonValue> map() {
    return content instanceof Map<?, ?> map ? (Map<String, JsonValue>) map : Map.of();
  }

  /// The elements of a list; none if it is no list.
  @SuppressWarnings("unchecked")
  List<JsonValue> list() {
    return content instanceof List<?> list ? (List<JsonValue>) list : List.of();
  }

  /// What an object has under a key.
  JsonValue get(String key) {
    return map().getOrDefault(key, NOTHING);
  }

  JsonValue get(int index) {
    return index < list().size() ? list().get(index) : NOTHING;
  }

  /// What is there, unless it is nothing.
  Optional<JsonValue> find(String key) {
    var found = get(key);
    return found.isNothing() ? Optional.empty() : Optional.of(found);
  }

  /// Whether it holds the same as another, wherever that stands.
  boolean isLike(JsonValue other) {
    if (isList() && other.isList() && list().size() == other.list().size()) {
      for (int i = 0; i < list().size(); i++) {
        if (!get(i).isLike(other.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (isObject() && other.isObject() && map().size() == other.map().size()) {
      return map().entrySet().stream()
          .allMatch(entry -> entry.getValue().isLike(other.get(entry.getKey())));
    }
    return !isList() && !isObject() && content.equals(other.content);
  }

  /// Every text in it, however deep.
  List<String> texts() {
    var texts = new ArrayList<String>();
    addTexts(texts);
    return texts;
  }

  private void addTexts(List<String> texts) {
    if (!text().isEmpty()) {
      texts.add(text());
    }
    list().forEach(each -> each.addTexts(texts));
    map().values().forEach(each -> each.addTexts(texts));
  }

  /// Values are never shown: they may be secret.
  @Override
  public String toString() {
    return "a value at " + offset;
  }
}
