package io.surfacescan.importers.document;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Keys;
import tools.jackson.core.JsonToken;

/// What a value that is not read turned out to be.
///
/// @param says whether it holds anything: null, false, "", [] and {} do not
/// @param isList whether it is a list, be it empty
/// @param list the list that it is by the keys of its objects: `vms`, `fw_rules`, or empty
/// @param goesOn whether it is an object with a key `continue` that holds something
record SkippedValue(boolean says, boolean isList, String list, boolean goesOn) {
  /// Before it is skipped.
  static final SkippedValue NOTHING = new SkippedValue(false, false, "", false);

  /// Behind so many tokens, what a list holds is known.
  private static final int TOKENS_LOOKED_AT = 10_000;

  /// Skips the current value to its last token, and says what it was.
  static SkippedValue skip(JsonCursor json) {
    JsonToken outer = json.current();
    boolean says = outer != JsonToken.VALUE_NULL && outer != JsonToken.VALUE_FALSE;
    if (outer == JsonToken.VALUE_STRING) {
      says = !json.text().isEmpty();
    }
    var keys = new Keys();
    boolean goesOn = false;
    boolean isContinue = false;
    int tokens = 1;
    int depth = json.skipToken(0);
    for (; depth > 0; tokens++) {
      JsonToken token = json.next();
      if (depth == 1 && isContinue && token != JsonToken.PROPERTY_NAME) {
        goesOn |= token == JsonToken.VALUE_STRING && !json.text().isEmpty();
        isContinue = false;
      }
      depth = json.skipToken(depth);
      if (token == JsonToken.PROPERTY_NAME) {
        isContinue = depth == 1 && json.key().equals("continue");
        if (depth == 2 && outer == JsonToken.START_ARRAY && tokens < TOKENS_LOOKED_AT) {
          keys.add(json.key());
        }
      }
    }
    boolean isEmpty = tokens == 2 && outer.isStructStart();
    return new SkippedValue(says && !isEmpty, outer == JsonToken.START_ARRAY, list(keys), goesOn);
  }

  /// The list that objects with these keys stand in.
  private static String list(Keys keys) {
    if (keys.all().contains("vm_id")) {
      return DocumentReader.VMS;
    }
    return keys.all().contains("source_tag") && keys.all().contains("dest_tag")
        ? DocumentReader.FW_RULES
        : "";
  }
}
