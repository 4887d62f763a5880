package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.SourceOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/// The values of a resource, or of a block within it, with what is unknown of them and how they are
/// written.
///
/// Values that must not be shown count as unknown, but for ids, which are never shown themselves.
///
/// @param written the expressions of the values, by their keys; several if it is not known which
///   block of several became this one
/// @param isShared whether the expressions are those of other blocks too
record Section(
    ResourceIds ids,
    TerraformResource of,
    JsonValue values,
    JsonValue unknown,
    JsonValue sensitive,
    List<JsonValue> written,
    boolean isShared) {
  /// What an attribute leads to.
  ///
  /// @param ids as [ResourceIds] has them
  /// @param isExact whether it leads to each of them for sure
  /// @param isWhole whether it leads to nothing else
  record Linked(List<String> ids, boolean isExact, boolean isWhole) {
    String first() {
      return ids.isEmpty() ? "" : ids.getFirst();
    }
  }

  static Section of(ResourceIds ids, TerraformResource resource) {
    return new Section(
        ids,
        resource,
        resource.values(),
        resource.unknown(),
        resource.sensitive(),
        List.of(ids.references(resource).written(resource)),
        false);
  }

  String id() {
    return ids.of(of);
  }

  SourceOffset spot() {
    return values.offset() == of.values().offset()
        ? of.spot()
        : new SourceOffset(of.source(), values.offset());
  }

  /// Whether a value, or a part of it, is known only later, or must not be shown.
  boolean isUnknown(String key) {
    return unknown.isTrue() || unknown.get(key).hasTrue() || isHidden(key);
  }

  private boolean isHidden(String key) {
    return sensitive.isTrue() || sensitive.get(key).hasTrue();
  }

  /// Whether nothing is written about a key, so that the provider decides.
  boolean isComputed(String key) {
    return ids.references(of).isWritten(of)
        && expressions(key).isEmpty()
        && !ids.isDynamic(of, key);
  }

  boolean has(String key) {
    return !values.get(key).isNothing();
  }

  /// The text or number under a key; empty if there is none or it is not known.
  String text(String key) {
    return isHidden(key) ? "" : values.get(key).text();
  }

  /// The first of these texts that is there.
  String firstText(String... keys) {
    for (String key : keys) {
      if (!text(key).isEmpty()) {
        return text(key);
      }
    }
    return "";
  }

  boolean isTrue(String key) {
    return values.get(key).isTrue();
  }

  OptionalInt number(String key) {
    return isHidden(key) ? OptionalInt.empty() : values.get(key).number();
  }

  /// The texts of a list, or the one text, as far as they are known.
  List<String> texts(String key) {
    return isHidden(key) ? List.of() : values.get(key).texts();
  }

  /// The blocks under a key, in order; none if they are not known. Of blocks that are alike in all
  /// that is known each stands for all of them: together they lead where their expressions do.
  List<Section> sections(String key) {
    var value = values.get(key);
    var blocks = value.isObject() ? List.of(value) : value.list();
    var sections = new ArrayList<Section>();
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      var unknownOf = value.isObject() ? unknown.get(key) : part(unknown, key, i);
      var fitting = fitting(key, block, unknownOf);
      long alikes = blocks.stream().filter(block::isLike).count();
      if (block.isObject()) {
        sections.add(
            new Section(
                ids,
                of,
                block,
                unknownOf,
                value.isObject() ? sensitive.get(key) : part(sensitive, key, i),
                fitting,
                isShared || fitting.size() > alikes));
      }
    }
    return sections;
  }

  /// What unknown or sensitive values have about a block.
  private static JsonValue part(JsonValue marks, String key, int index) {
    return marks.isTrue() || marks.get(key).isTrue() ? JsonValue.TRUE : marks.get(key).get(index);
  }

  /// How a block is written: the written blocks whose constants are the block's, else all.
  private List<JsonValue> fitting(String key, JsonValue block, JsonValue unknownOf) {
    var all = new ArrayList<JsonValue>();
    for (JsonValue expression : expressions(key)) {
      if (expression.isList()) {
        all.addAll(expression.list());
      } else {
        all.add(expression);
      }
    }
    var fitting = all.stream().filter(some -> fits(some, block, unknownOf)).toList();
    return fitting.isEmpty() ? all : fitting;
  }

  private static boolean fits(JsonValue written, JsonValue block, JsonValue unknownOf) {
    return written.map().entrySet().stream()
        .filter(entry -> !entry.getValue().get("constant_value").isNothing())
        .allMatch(entry ->
            !unknownOf.get(entry.getKey()).hasTrue()
                && isSame(entry.getValue().get("constant_value"), block.get(entry.getKey())));
  }

  private static boolean isSame(JsonValue constant, JsonValue value) {
    return constant.isTrue() == value.isTrue()
        && (constant.isTrue()
            || new TreeSet<>(constant.texts()).equals(new TreeSet<>(value.texts())));
  }

  /// How a value is written, in any of the places that may be its.
  private List<JsonValue> expressions(String key) {
    var found = new ArrayList<JsonValue>();
    for (JsonValue some : written) {
      // Of blocks that the provider takes as values only all names together are known.
      var expression = some.get("references").isList() ? some : some.get(key);
      if (!expression.isNothing()) {
        found.add(expression);
      }
    }
    return found;
  }

  /// What the value under a key leads to.
  Linked linked(String key, Wanted wanted) {
    var found = new LinkedHashSet<String>();
    boolean isWhole = true;
    for (String text : values.get(key).texts()) {
      var id = ids.find(text, wanted, of);
      id.ifPresent(found::add);
      if (id.isEmpty() && !text.isEmpty()) {
        if (isHidden(key)) {
          isWhole = false;
        } else {
          found.add(text);
        }
      }
    }
    if (!unknown.isTrue() && !unknown.get(key).hasTrue()) {
      return new Linked(List.copyOf(found), true, isWhole);
    }
    var expressions = expressions(key);
    if (expressions.isEmpty()) {
      return new Linked(List.copyOf(found), true, isWhole && isComputed(key));
    }
    var references = ids.references(of).find(of, expressions);
    var candidates = new LinkedHashSet<String>();
    for (TerraformResource resource : references.resources()) {
      if (wanted.types().contains(resource.type())) {
        candidates.add(ids.of(resource));
      }
    }
    for (String text : references.texts()) {
      ids.find(text, wanted, of).ifPresent(candidates::add);
    }
    boolean isFlattened =
        isShared || written.stream().anyMatch(some -> some.get("references").isList());
    found.addAll(candidates);
    return new Linked(
        List.copyOf(found),
        candidates.size() < 2 || !isFlattened,
        isWhole && references.isWhole() && !candidates.isEmpty());
  }

  /// The first that a value leads to; empty if it leads nowhere that is known.
  String link(String key, Wanted wanted) {
    return linked(key, wanted).first();
  }
}
