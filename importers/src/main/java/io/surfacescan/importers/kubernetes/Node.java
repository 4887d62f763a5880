package io.surfacescan.importers.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A value of a document: an object, a list, a text (numbers and booleans are texts too), or
/// nothing, which `null` is. Immutable; the place does not count for equality.
final class Node {
  static final Node NOTHING = new Node(Kind.NOTHING, 0, "");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  /// What a value is.
  enum Kind {
    OBJECT,
    LIST,
    TEXT,
    NOTHING
  }

  private final Kind kind;
  private final long offset;
  private final Object content;

  private Node(Kind kind, long offset, Object content) {
    this.kind = kind;
    this.offset = offset;
    this.content = content;
  }

  static Node object(long offset, Map<String, Node> entries) {
    return new Node(Kind.OBJECT, offset, entries);
  }

  static Node list(long offset, List<Node> elements) {
    return new Node(Kind.LIST, offset, elements);
  }

  static Node text(long offset, String text) {
    return new Node(Kind.TEXT, offset, text);
  }

  Kind kind() {
    return kind;
  }

  /// Where it starts in its document, in bytes.
  long offset() {
    return offset;
  }

  boolean isNothing() {
    return kind == Kind.NOTHING;
  }

  boolean isObject() {
    return kind == Kind.OBJECT;
  }

  /// The value of a key; nothing if it has none, or this is no object.
  Node get(String key) {
    return entries().getOrDefault(key, NOTHING);
  }

  /// Whether the key stands here with a value that is not nothing.
  boolean has(String key) {
    return !get(key).isNothing();
  }

  @SuppressWarnings("unchecked") // Made by object() alone.
  Map<String, Node> entries() {
    return kind == Kind.OBJECT ? (Map<String, Node>) content : Map.of();
  }

  @SuppressWarnings("unchecked") // Made by list() alone.
  List<Node> elements() {
    return kind == Kind.LIST ? (List<Node>) content : List.of();
  }

  /// The text; empty if it is none.
  String text() {
    return kind == Kind.TEXT ? (String) content : "";
  }

  /// The text of a key, if it has one that is not empty.
  Optional<String> textOf(String key) {
    return Optional.of(get(key).text()).filter(text -> !text.isEmpty());
  }

  /// The whole number that the text is.
  OptionalInt number() {
    return NUMBER.matcher(text()).matches()
        ? OptionalInt.of(Integer.parseInt(text()))
        : OptionalInt.empty();
  }

  /// The texts of an object, by key.
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    entries().forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  /// Checks that this is an object with no keys but these, or nothing: a key that is not known may
  /// narrow what the others say.
  ///
  /// @param what it is, such as `a peer`
  void only(String what, String... known) throws InvalidValue {
    if (isNothing()) {
      return;
    }
    if (!isObject()) {
      throw new InvalidValue(
          this, what + " is no object", "write it with " + String.join(", ", known));
    }
    for (var entry : entries().entrySet()) {
      if (!entry.getValue().isNothing() && !List.of(known).contains(entry.getKey())) {
        throw new InvalidValue(
            entry.getValue(),
            what + " has the key " + InvalidValue.shown(entry.getKey()) + ", which is not known",
            "write it with " + String.join(", ", known));
      }
    }
  }

  /// Checks that at most one of the keys stands here.
  void oneOf(String what, String... keys) throws InvalidValue {
    if (Stream.of(keys).filter(this::has).count() > 1) {
      throw new InvalidValue(
          this,
          what + " has more than one of " + String.join(", ", keys),
          "write one of them, and others beside it");
    }
  }

  /// The elements of the list of a key.
  ///
  /// @throws InvalidValue if it is no list
  List<Node> list(String key) throws InvalidValue {
    var value = get(key);
    if (value.kind != Kind.LIST && !value.isNothing()) {
      throw new InvalidValue(value, key + " is no list", "write a list, [] if it is empty");
    }
    return value.elements();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Node node && kind == node.kind && content.equals(node.content));
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  /// As it was written, more or less.
  @Override
  public String toString() {
    return content.toString();
  }
}
