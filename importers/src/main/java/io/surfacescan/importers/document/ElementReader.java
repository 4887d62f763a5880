package io.surfacescan.importers.document;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.ProblemLog;
import tools.jackson.core.JsonToken;

/// Reads objects of one kind, key by key. What is wrong with one is a problem, and reading goes on
/// behind it.
abstract sealed class ElementReader permits VmReader, RuleReader {
  static final int UNKNOWN = 0;

  final JsonCursor json;
  final ElementKeys keys;
  final ProblemLog problems;
  private final Holder holder;

  ElementReader(JsonCursor json, ElementKeys keys, Holder holder) {
    this.json = json;
    this.keys = keys;
    this.problems = json.problems();
    this.holder = holder;
  }

  /// Reads the element whose first key comes next.
  ///
  /// @param start where it starts
  /// @param isDocument whether it is a document of its own
  /// @return false if the document turned out to hold lists; the cursor then stands at the key
  final boolean read(long start, boolean isDocument) {
    int seen = 0;
    start(start);
    while (json.nextKey()) {
      String key = json.key();
      if (isDocument && isOfDocument(key, seen)) {
        return false;
      }
      int field = field(key);
      boolean isNew = isNew(key, field, seen);
      seen |= field;
      JsonToken value = json.next();
      if (!isNew) {
        json.skipValue();
      } else if (field == UNKNOWN) {
        keys.skipValue();
      } else {
        readField(field, key, value);
      }
    }
    end(start, seen);
    return true;
  }

  private boolean isNew(String key, int field, int seen) {
    if (field == UNKNOWN) {
      return keys.add(holder, key);
    }
    if ((seen & field) != 0) {
      json.tellRepeated(key);
      return false;
    }
    return true;
  }

  /// Whether the key shows that the object is a document with lists.
  ///
  /// @param seen the fields before it
  abstract boolean isOfDocument(String key, int seen);

  /// The bit of the field with this key, or [#UNKNOWN].
  abstract int field(String key);

  abstract void start(long offset);

  abstract void readField(int field, String key, JsonToken value);

  /// Adds the element, or tells what it lacks.
  ///
  /// @param seen the fields that it has
  abstract void end(long start, int seen);
}
