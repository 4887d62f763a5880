package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_TAG;
import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonToken;

/// Reads classes.
final class ClassReader extends ElementReader {
  private static final String NEEDS_ID = "give the class an id of its own";

  private static final int CLASS_ID = 1;
  private static final int TAGS = 1 << 1;

  private final DetailReader texts;
  private Optional<String> id = Optional.empty();
  private final Set<String> tags = new LinkedHashSet<>();
  private long idOffset;

  /// Those of the document at hand.
  private DocumentClasses classes = new DocumentClasses();

  ClassReader(JsonCursor json, ElementKeys keys) {
    super(json, keys, Holder.CLASS);
    texts = new DetailReader(json);
  }

  /// Starts a document.
  void startDocument(DocumentClasses ofDocument) {
    classes = ofDocument;
  }

  @Override
  boolean isOptional(String key) {
    return false;
  }

  @Override
  boolean isOfDocument(String key, int seen) {
    return false;
  }

  @Override
  int field(String key) {
    return switch (key) {
      case "class_id" -> CLASS_ID;
      case "tags" -> TAGS;
      default -> UNKNOWN;
    };
  }

  @Override
  void start(long offset) {
    id = Optional.empty();
    idOffset = offset;
    tags.clear();
  }

  @Override
  void readField(int field, String key, JsonToken value) {
    if (field == CLASS_ID) {
      idOffset = json.offset();
      id = texts.text(value, "class_id");
    } else if (value == JsonToken.START_ARRAY) {
      readTags();
    } else {
      json.tellWrongType("tags", "write a list, [] if the class has no tags");
      json.skipValue();
    }
  }

  private void readTags() {
    for (var each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      var tag = texts.anyText(each, "a tag");
      if (tag.isEmpty()) {
        continue;
      }
      if (tag.get().isEmpty()) {
        problems.add(
            EMPTY_FIELD, json.spot(), "a tag is empty", "name the tag, or take it out of the list");
      } else if (!tags.add(tag.get())) {
        problems.add(
            DUPLICATE_TAG,
            "tags",
            json.spot(),
            () -> "the class names the tag " + Quoted.value(tag.get()) + " twice",
            "remove one");
      }
    }
  }

  @Override
  void end(long start, int seen) {
    if ((seen & CLASS_ID) == 0) {
      problems.add(
          MISSING_FIELD,
          json.spot(start),
          "class_id is missing",
          keys.remedy("class_id", NEEDS_ID));
    }
    if ((seen & TAGS) == 0) {
      problems.add(
          MISSING_FIELD,
          json.spot(start),
          "the class has no list tags",
          keys.remedy("tags", "add \"tags\": [] if it has none"));
    }
    byte[][] all =
        tags.stream().map(tag -> tag.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    var added = new DocumentClasses.VmClass(all, json.spot(start));
    if (id.isPresent() && !classes.add(id.get(), added)) {
      problems.add(
          INVALID_VALUE,
          "class_id",
          json.spot(idOffset),
          () -> "the class_id " + Quoted.value(id.get()) + " is used twice",
          NEEDS_ID);
    }
  }
}
