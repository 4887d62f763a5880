package io.surfacescan.importers.document;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.model.ProblemKind;
import tools.jackson.core.JsonToken;

/// Reads objects of one kind, key by key. What is wrong with one is a problem, and reading goes on
/// behind it.
abstract sealed class ElementReader permits VmReader, RuleReader, ClassReader {
  static final int UNKNOWN = 0;

  final JsonCursor json;
  final ElementKeys keys;
  final ProblemLog problems;
  private final Holder holder;

  /// The optional fields that were read before the document showed what it is.
  private int early;

  /// What was wrong with them.
  private ProblemLog earlyProblems = new ProblemLog();

  ElementReader(JsonCursor json, ElementKeys keys, Holder holder) {
    this.json = json;
    this.keys = keys;
    this.problems = json.problems();
    this.holder = holder;
  }

  final Holder holder() {
    return holder;
  }

  /// Starts a document, which may turn out to be an element.
  final void startDocument() {
    if (early != 0) {
      early = 0;
      earlyProblems = new ProblemLog();
    }
  }

  /// Reads an optional field of a document that may yet turn out to be an element.
  final void readEarly(String key) {
    if (early == 0) {
      start(json.offset());
    }
    int field = field(key);
    early |= field;
    json.apart(earlyProblems, () -> readField(field, key, json.current()));
  }

  /// Ends a document. If it was no element, its fields are unknown keys, of which only the JSON
  /// must be right.
  final void endDocument() {
    problems.addAll(
        earlyProblems,
        kind -> kind == ProblemKind.REPEATED_KEY || kind == ProblemKind.LONE_SURROGATE);
    startDocument();
  }

  /// Reads the element whose first key comes next.
  ///
  /// @param start where it starts
  /// @param isDocument whether it is a document of its own
  /// @return false if the document turned out to hold lists; the cursor then stands at the key
  final boolean read(long start, boolean isDocument) {
    int seen = isDocument ? early : 0;
    if (seen == 0) {
      start(start);
    }
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
    if (isDocument) {
      problems.addAll(earlyProblems);
      startDocument();
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

  /// Whether the key is one of those that most elements do not have: it does not show what a
  /// document is.
  abstract boolean isOptional(String key);

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
