package io.surfacescan.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parsed JSON as what a test takes it for.
final class Parsed {
  private Parsed() {}

  /// An object of which every value has the type or is null.
  ///
  /// @throws ClassCastException if it is anything else
  static <T> Map<String, @Nullable T> objectOf(Class<T> type, @Nullable Object json) {
    var object = new LinkedHashMap<String, @Nullable T>();
    if (!(json instanceof Map<?, ?> map)) {
      throw new ClassCastException("not an object: " + json);
    }
    map.forEach(
        (name, value) -> object.put((String) name, value == null ? null : type.cast(value)));
    return object;
  }

  /// @throws ClassCastException if it is anything but a list of the type
  static <T> List<T> listOf(Class<T> type, @Nullable Object json) {
    if (!(json instanceof List<?> list)) {
      throw new ClassCastException("not a list: " + json);
    }
    return list.stream().<T>map(type::cast).toList();
  }

  /// The number under the name, or 0 if there is none.
  static long number(Map<String, ? extends @Nullable Object> object, String name) {
    return object.get(name) instanceof Long number ? number : 0;
  }
}
