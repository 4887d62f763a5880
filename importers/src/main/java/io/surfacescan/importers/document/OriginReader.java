package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.UNKNOWN_KEY;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Keys;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonToken;

/// Reads the real rules that a rule comes from.
final class OriginReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private final JsonCursor json;
  private final DetailReader texts;

  /// Of the origin at hand.
  private final Keys keys = new Keys();

  private final Map<String, String> read = new HashMap<>();
  private int line;
  private int column;

  OriginReader(JsonCursor json, DetailReader texts) {
    this.json = json;
    this.texts = texts;
  }

  List<Origin> read(JsonToken value) {
    var origins = new ArrayList<Origin>();
    if (value != JsonToken.START_ARRAY) {
      json.tellWrongType("origin", "write a list, [{\"id\": …}]");
      json.skipValue();
      return origins;
    }
    for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      if (each == JsonToken.START_OBJECT) {
        origins.add(origin());
      } else {
        json.tellWrongType("an origin", "write an object, {\"id\": …}");
        json.skipValue();
      }
    }
    return origins;
  }

  private Origin origin() {
    var start = json.spot();
    keys.clear();
    read.clear();
    line = 0;
    column = 0;
    while (json.nextKey()) {
      String key = json.key();
      SourceOffset spot = json.spot();
      boolean isNew = json.addKey(keys);
      JsonToken value = json.next();
      if (isNew) {
        readField(key, spot, value);
      } else {
        json.skipValue();
      }
    }
    checkPlace(start);
    var place = Optional.ofNullable(read.get("file")).map(file -> new Place(file, line, column));
    return new Origin(
        read.getOrDefault("id", ""),
        read.getOrDefault("gate", ""),
        place,
        read.getOrDefault("text", ""));
  }

  private void readField(String key, SourceOffset spot, JsonToken value) {
    switch (key) {
      case "id", "gate", "file", "text" ->
          texts.anyText(value, "the origin's " + key).ifPresent(text -> read.put(key, text));
      case "line" -> line = number(value, "the origin's line");
      case "column" -> column = number(value, "the origin's column");
      default -> {
        json.problems()
            .add(
                UNKNOWN_KEY,
                spot,
                "the origin has the unknown key "
                    + Quoted.value(key)
                    + ": what it holds is ignored",
                "take " + Quoted.value(key) + " out if it means nothing");
        json.skipValue();
      }
    }
  }

  /// The number, counted from 1; 0 if it is none, which is a problem.
  private int number(JsonToken value, String what) {
    if (value != JsonToken.VALUE_NUMBER_INT && value != JsonToken.VALUE_NUMBER_FLOAT) {
      json.tellWrongType(what, "write a number, counted from 1");
      json.skipValue();
      return 0;
    }
    String digits = json.text();
    if (NUMBER.matcher(digits).matches()) {
      return Integer.parseInt(digits);
    }
    json.problems()
        .add(
            INVALID_VALUE,
            json.spot(),
            what + " is " + Quoted.bare(digits),
            "write a whole number from 1 to 999999999");
    return 0;
  }

  /// A place that is not whole would be lost.
  private void checkPlace(SourceOffset start) {
    if (keys.all().contains("line") && !keys.all().contains("file")) {
      json.problems()
          .add(
              MISSING_FIELD,
              start,
              "the origin has a line and no file",
              "name the file, or take the line out");
    }
    if (keys.all().contains("column") && !keys.all().contains("line")) {
      json.problems()
          .add(
              MISSING_FIELD,
              start,
              "the origin has a column and no line",
              "give the line, or take the column out");
    }
  }
}
