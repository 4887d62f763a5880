package io.surfacescan.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Writes the plan that leads from some resources to others, as `terraform show -json` does. What
/// is created has its ids only later, and so has what names it by them.
public final class TerraformChanges {
  private final Map<String, Map<String, Object>> before;
  private final Map<String, Map<String, Object>> after;

  /// By what will identify them, the addresses of what is created.
  private final Map<String, String> later = new HashMap<>();

  private TerraformChanges(
      Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> after) {
    this.before = before;
    this.after = after;
    after.forEach((address, values) -> {
      if (!before.containsKey(address)) {
        for (String key : List.of("id", "self_link")) {
          if (values.get(key) instanceof String text) {
            later.put(text, address);
          }
        }
      }
    });
  }

  /// The text of the plan.
  ///
  /// @param before values with their ids, by addresses
  /// @param after likewise
  public static String text(
      Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> after) {
    return new TerraformChanges(before, after).text();
  }

  private String text() {
    var addresses = new TreeSet<>(before.keySet());
    addresses.addAll(after.keySet());
    var changes = new ArrayList<String>();
    var prior = new ArrayList<String>();
    var written = new ArrayList<String>();
    for (String address : addresses) {
      var old = before.get(address);
      var now = after.get(address);
      String[] name = address.split("\\.", 2);
      String head =
          "{\"address\": \"%s\", \"mode\": \"managed\", \"type\": \"%s\", \"name\": \"%s\", "
              .formatted(address, name[0], name[1]);
      String action =
          old == null ? "create" : now == null ? "delete" : old.equals(now) ? "no-op" : "update";
      changes.add(
          head
              + "\"change\": {\"actions\": [\"%s\"], \"before\": %s, \"after\": %s, \"after_unknown\": %s}}"
                  .formatted(
                      action,
                      old == null ? "null" : JsonText.of(old),
                      now == null ? "null" : JsonText.of(known(now)),
                      now == null ? "{}" : JsonText.of(unknown(now))));
      if (old != null) {
        prior.add(head + "\"values\": " + JsonText.of(old) + "}");
      }
      if (now != null) {
        written.add(head + "\"expressions\": " + JsonText.of(expressions(now)) + "}");
      }
    }
    return "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {}},\n"
        + "\"resource_changes\": ["
        + String.join(",\n", changes)
        + "],\n\"prior_state\": {\"values\": {\"root_module\": {\"resources\": ["
        + String.join(",\n", prior)
        + "]}}},\n\"configuration\": {\"root_module\": {\"resources\": ["
        + String.join(",\n", written)
        + "]}}}";
  }

  private boolean isLater(Object value) {
    return value instanceof List<?> list
        ? list.stream().anyMatch(this::isLater)
        : value instanceof String text && later.containsKey(text);
  }

  private static boolean hasBlocks(Object value) {
    return value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
  }

  private Object known(Object value) {
    if (value instanceof Map<?, ?> map) {
      var known = new LinkedHashMap<String, Object>();
      map.forEach((key, some) -> {
        if (!isLater(some)) {
          known.put((String) key, known(some));
        }
      });
      return known;
    }
    return hasBlocks(value) ? ((List<?>) value).stream().map(this::known).toList() : value;
  }

  private Object unknown(Object value) {
    var unknown = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, some) -> {
        if (isLater(some)) {
          unknown.put((String) key, true);
        } else if (hasBlocks(some)) {
          unknown.put((String) key, ((List<?>) some).stream().map(this::unknown).toList());
        }
      });
    }
    return unknown;
  }

  private Object expressions(Object value) {
    if (hasBlocks(value)) {
      return ((List<?>) value).stream().map(this::expressions).toList();
    }
    if (value instanceof Map<?, ?> map) {
      var expressions = new LinkedHashMap<String, Object>();
      map.forEach((key, some) -> {
        if (!key.equals("id") && !key.equals("self_link")) {
          expressions.put((String) key, expressions(some));
        }
      });
      return expressions;
    }
    var references = new LinkedHashSet<String>();
    for (Object some : value instanceof List<?> list ? list : List.of(value)) {
      String address = some instanceof String text ? later.getOrDefault(text, "") : "";
      if (!address.isEmpty()) {
        references.add(address + ".id");
        references.add(address);
      }
    }
    return references.isEmpty()
        ? Map.of("constant_value", value)
        : Map.of("references", List.copyOf(references));
  }
}
