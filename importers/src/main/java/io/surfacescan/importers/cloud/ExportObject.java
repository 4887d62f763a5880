package io.surfacescan.importers.cloud;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.SourceOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// An object of an export with those of its keys that some reader asks for. What has another type
/// than asked for counts as absent: other services may use the same key for something else.
public final class ExportObject {
  /// Keys whose objects have keys that people choose.
  private static final Set<String> MAPS = Set.of("labels", "tags");

  private final SourceOffset spot;
  private final Map<String, Object> fields = new HashMap<>(16);
  private List<SimilarKey> similar = List.of();

  private ExportObject(SourceOffset spot) {
    this.spot = spot;
  }

  /// Reads the object whose start the cursor stands at, to its end.
  ///
  /// @param keys of the document
  public static ExportObject read(JsonCursor json, ExportKeys keys) {
    return read(json, keys, false, ignored -> Optional.empty());
  }

  /// As the other, but for values that are taken on the way.
  ///
  /// @param taker is asked for each key of this object, with the cursor at the value; if it reads
  ///   the value to its end it returns the texts that are kept of it, else nothing
  public static ExportObject read(
      JsonCursor json, ExportKeys keys, Function<String, Optional<List<String>>> taker) {
    return read(json, keys, false, taker);
  }

  /// @param isMap whether people choose the keys, so that each is kept
  private static ExportObject read(
      JsonCursor json,
      ExportKeys keys,
      boolean isMap,
      Function<String, Optional<List<String>>> taker) {
    var object = new ExportObject(json.spot());
    while (json.nextKey()) {
      String key = json.key();
      if (object.fields.containsKey(key)) {
        json.tellRepeated(key);
      }
      json.next();
      var taken = taker.apply(key);
      if (taken.isPresent()) {
        object.fields.put(key, taken.get());
      } else if (isMap || keys.isKept(key)) {
        Object value = value(json, keys, isMap || MAPS.contains(key));
        if (value != null) {
          object.fields.put(key, value);
        }
      } else {
        object.addSimilar(key, keys.meant(key), json);
        json.skipValue();
      }
    }
    return object;
  }

  private void addSimilar(String key, String meant, JsonCursor json) {
    if (!meant.isEmpty()) {
      if (similar.isEmpty()) {
        similar = new ArrayList<>(1);
      }
      similar.add(new SimilarKey(key, meant, json.spot()));
    }
  }

  /// The keys here and in all that it holds which nobody reads, and which look like one that does
  /// not stand beside them.
  public List<SimilarKey> similarKeys() {
    var found = new ArrayList<SimilarKey>(0);
    addSimilarTo(found);
    return found;
  }

  private void addSimilarTo(List<SimilarKey> found) {
    for (SimilarKey some : similar) {
      if (!fields.containsKey(some.meant())) {
        found.add(some);
      }
    }
    for (Object value : fields.values()) {
      if (value instanceof ExportObject object) {
        object.addSimilarTo(found);
      } else if (value instanceof List<?> list) {
        for (Object element : list) {
          if (element instanceof ExportObject object) {
            object.addSimilarTo(found);
          }
        }
      }
    }
  }

  /// The current value: an object, a list without its nulls, or a text; null if it is null.
  private static @Nullable Object value(JsonCursor json, ExportKeys keys, boolean isMap) {
    return switch (json.current()) {
      case START_OBJECT -> read(json, keys, isMap, ignored -> Optional.empty());
      case START_ARRAY -> list(json, keys, isMap);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.text();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> null;
    };
  }

  private static List<Object> list(JsonCursor json, ExportKeys keys, boolean isMap) {
    if (json.next() == JsonToken.END_ARRAY) {
      return List.of();
    }
    var list = new ArrayList<Object>(2);
    do {
      Object value = value(json, keys, isMap);
      if (value != null) {
        list.add(value);
      }
    } while (json.next() != JsonToken.END_ARRAY);
    return list;
  }

  /// Where it starts.
  public SourceOffset spot() {
    return spot;
  }

  /// The text, number or truth value under the key, as text; empty without one.
  public String text(String key) {
    return fields.get(key) instanceof String text ? text : "";
  }

  /// Whether the key has a value that is not null.
  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /// The first of these texts that is there.
  public String firstText(String... keys) {
    for (String key : keys) {
      if (!text(key).isEmpty()) {
        return text(key);
      }
    }
    return "";
  }

  /// Whether the value under the key is true.
  public boolean isTrue(String key) {
    return text(key).equalsIgnoreCase("true");
  }

  /// The whole number under the key; empty without one.
  public OptionalInt number(String key) {
    try {
      return text(key).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(text(key)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /// The object under the key; empty without one.
  public Optional<ExportObject> object(String key) {
    return fields.get(key) instanceof ExportObject object ? Optional.of(object) : Optional.empty();
  }

  /// A text of an object; empty if either is not there.
  public String text(String object, String key) {
    return object(object).map(some -> some.text(key)).orElse("");
  }

  /// The keys with texts, each with its text, in no order.
  public Map<String, String> texts() {
    var texts = new HashMap<String, String>();
    fields.forEach((key, value) -> {
      if (value instanceof String text) {
        texts.put(key, text);
      }
    });
    return texts;
  }

  /// The objects of a list; none if there is no list.
  public List<ExportObject> objects(String key) {
    return of(key, ExportObject.class);
  }

  /// The texts of a list; none if there is no list.
  public List<String> texts(String key) {
    return of(key, String.class);
  }

  private <T> List<T> of(String key, Class<T> type) {
    if (!(fields.get(key) instanceof List<?> list) || list.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<T>(list.size());
    for (Object some : list) {
      if (type.isInstance(some)) {
        found.add(type.cast(some));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The texts under one key in the objects of a list, without empty ones.
  public List<String> textsIn(String list, String key) {
    var texts = new ArrayList<String>(2);
    for (ExportObject object : objects(list)) {
      String text = object.text(key);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }
}
