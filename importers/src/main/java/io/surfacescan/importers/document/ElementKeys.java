package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.UNKNOWN_KEY;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Keys;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The keys of the VM, rule or document at hand that are none of its fields, and what they mean for
/// it.
///
/// A document that is one VM or rule shows what it is late: until then its keys are *early*, and
/// what they mean is left open.
final class ElementKeys {
  /// So many unknown keys are remembered; a document may be full of others.
  private static final int UNKNOWN_KEPT_MAX = 1_000;

  /// Names a JSON Schema, for editors.
  private static final String SCHEMA = "$schema";

  /// An unknown key of an object that may be a document, a VM or a rule.
  private record EarlyKey(String key, SourceOffset spot, SkippedValue value) {}

  private final JsonCursor json;
  private final boolean ignoresUnknownKeys;
  private final Map<String, UnknownKey> knownInVms = new HashMap<>();
  private final Map<String, UnknownKey> knownInRules = new HashMap<>();
  private final Map<String, UnknownKey> knownInClasses = new HashMap<>();
  private final Keys keys = new Keys();
  private final List<EarlyKey> earlyKeys = new ArrayList<>();

  /// The unknown keys of the element at hand, by the fields that they may have meant.
  private final Map<String, String> near = new HashMap<>();

  /// Whether the object at hand is read as a VM or a rule and may yet turn out to hold lists.
  private boolean isUndecided;

  /// @param ignoresUnknownKeys whether keys that would change what an element means are warned of
  ///   like others, rather than refused
  ElementKeys(JsonCursor json, boolean ignoresUnknownKeys) {
    this.json = json;
    this.ignoresUnknownKeys = ignoresUnknownKeys;
  }

  boolean ignoresUnknownKeys() {
    return ignoresUnknownKeys;
  }

  /// Starts a document.
  void startDocument() {
    earlyKeys.clear();
  }

  /// Notes a key of a document, and skips the value that the cursor stands at.
  void skipOfDocument(String key, SourceOffset spot) {
    earlyKeys.add(new EarlyKey(key, spot, SkippedValue.skip(json)));
  }

  /// Notes a key of a document that is a field of an element, if the document is one.
  void addOptional(String key, SourceOffset spot) {
    earlyKeys.add(new EarlyKey(key, spot, SkippedValue.NOTHING));
  }

  /// Tells what the unknown keys of a document mean.
  ///
  /// @param isKnown whether it has a list; if not, only what refuses it is of interest
  /// @return whether anything refuses it
  boolean tellOfDocument(boolean isKnown) {
    boolean isRefused = false;
    for (EarlyKey early : earlyKeys) {
      UnknownKey unknown = UnknownKey.ofDocument(early.key, early.value);
      boolean isError = unknown.kind() != UNKNOWN_KEY;
      isRefused |= isError;
      if (isError || (isKnown && !early.key.equals(SCHEMA))) {
        tell(unknown, early.spot);
      }
    }
    return isRefused;
  }

  /// Starts an element of a list.
  void start() {
    keys.clear();
    near.clear();
  }

  /// Starts what may be an element, with the keys that the document had so far.
  void startUndecided(Holder holder, Keys keysOfDocument) {
    start();
    keysOfDocument.all().forEach(keys::add);
    earlyKeys.forEach(early -> noteNear(unknown(holder, early.key), early.key));
    isUndecided = true;
  }

  /// Ends what [#startUndecided] started.
  ///
  /// @param isElement whether it was an element
  /// @param isField whether a key before it was one of its fields
  void decide(Holder holder, boolean isElement, Predicate<String> isField) {
    isUndecided = false;
    if (isElement) {
      earlyKeys.removeIf(early -> isField.test(early.key));
      earlyKeys.forEach(early -> tell(unknown(holder, early.key), early.spot));
    }
  }

  /// Notes the key at hand of an element; one that came before is a problem.
  ///
  /// @return whether it is new
  boolean add(Holder holder, String key) {
    if (!json.addKey(keys)) {
      return false;
    }
    UnknownKey unknown = unknown(holder, key);
    noteNear(unknown, key);
    if (isUndecided) {
      earlyKeys.add(new EarlyKey(key, json.spot(), SkippedValue.NOTHING));
    } else {
      tell(unknown, json.spot());
    }
    return true;
  }

  /// Notes that a key of an element that could be a field of it is none, by its value.
  void tellUnknown(Holder holder, String key) {
    tell(unknown(holder, key), json.spot());
  }

  /// Skips the value of the key that was added last.
  void skipValue() {
    if (isUndecided) {
      EarlyKey key = earlyKeys.removeLast();
      skipOfDocument(key.key, key.spot);
    } else {
      json.skipValue();
    }
  }

  /// What to do about a missing field: there may be another key that meant it.
  String remedy(String field, String otherwise) {
    String key = near.isEmpty() ? null : near.get(field);
    return key == null
        ? otherwise
        : "write \"%s\" in place of %s".formatted(field, Quoted.value(key));
  }

  private UnknownKey unknown(Holder holder, String key) {
    var known =
        switch (holder) {
          case VM -> knownInVms;
          case RULE -> knownInRules;
          case CLASS -> knownInClasses;
        };
    UnknownKey unknown = known.get(key);
    if (unknown == null) {
      unknown = UnknownKey.of(holder, key, ignoresUnknownKeys);
      if (known.size() < UNKNOWN_KEPT_MAX) {
        known.put(key, unknown);
      }
    }
    return unknown;
  }

  private void noteNear(UnknownKey unknown, String key) {
    if (!unknown.field().isEmpty()) {
      near.putIfAbsent(unknown.field(), key);
    }
  }

  private void tell(UnknownKey unknown, SourceOffset spot) {
    json.problems().add(unknown.kind(), spot, unknown.what(), unknown.remedy());
  }
}
