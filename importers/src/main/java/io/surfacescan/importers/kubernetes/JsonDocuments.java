package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/// Reads JSON documents, one after the other. The depth is bounded by the cursor.
final class JsonDocuments {
  private final JsonCursor json;
  private final NodeSink sink;

  private JsonDocuments(JsonCursor json, NodeSink sink) {
    this.json = json;
    this.sink = sink;
  }

  /// Reads all documents.
  ///
  /// @return whether all of it is JSON
  static boolean read(JsonCursor json, NodeSink sink) {
    var documents = new JsonDocuments(json, sink);
    return json.walk(documents::readAll);
  }

  private void readAll() {
    for (JsonToken token = json.nextDocument(); token != null; token = json.nextDocument()) {
      switch (token) {
        case START_OBJECT -> sink.document(object("", true));
        case START_ARRAY -> {
          for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
            sink.document(value(each, ""));
          }
        }
        default -> sink.document(value(token, ""));
      }
    }
  }

  private Node value(JsonToken token, String key) {
    return switch (token) {
      case START_OBJECT -> object(key, false);
      case START_ARRAY -> list(key);
      case VALUE_NULL -> Node.NOTHING;
      case VALUE_TRUE -> Node.text(0, "true");
      case VALUE_FALSE -> Node.text(0, "false");
      default -> Node.text(json.offset(), json.text());
    };
  }

  private Node list(String key) {
    long offset = json.offset();
    var elements = new ArrayList<Node>();
    for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      elements.add(value(each, key));
    }
    return Node.list(offset, List.copyOf(elements));
  }

  private Node object(String holder, boolean isTop) {
    long offset = json.offset();
    Map<String, Node> entries = new LinkedHashMap<>();
    while (json.nextKey()) {
      String key = json.key();
      if (entries.containsKey(key)) {
        json.tellRepeated(key);
      }
      JsonToken token = json.next();
      if (Skipped.is(key, holder)) {
        json.skipValue();
        entries.put(key, Node.NOTHING);
      } else if (isTop && key.equals("items") && token == JsonToken.START_ARRAY) {
        for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
          sink.item(value(each, ""));
        }
        entries.put(key, Node.list(offset, List.of()));
      } else {
        entries.put(key, value(token, key));
      }
    }
    return Node.object(offset, entries);
  }
}
