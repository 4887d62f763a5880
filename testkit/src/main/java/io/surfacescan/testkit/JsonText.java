package io.surfacescan.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plain values as JSON text. Texts hold nothing that would have to be escaped.
public final class JsonText {
  private JsonText() {}

  /// An object of keys and values by turns, in their order.
  public static Map<String, Object> object(Object... pairs) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  public static String of(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var fields = new ArrayList<String>();
        map.forEach((key, some) -> fields.add("\"" + key + "\": " + of(some)));
        yield "{" + String.join(", ", fields) + "}";
      }
      case List<?> list -> "[" + String.join(", ", list.stream().map(JsonText::of).toList()) + "]";
      case String text -> "\"" + text + "\"";
      default -> value.toString();
    };
  }
}
