package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_FW_ID;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Origin;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/// Reads firewall rules.
final class RuleReader extends ElementReader {
  private static final String GIVE_FW_ID = "add one, so that answers can name the rule";
  private static final String NEEDS_TAG = "name one tag, as a string";

  private static final int FW_ID = 1;
  private static final int SOURCE_TAG = 1 << 1;
  private static final int DEST_TAG = 1 << 2;
  private static final int SERVICES = 1 << 3;
  private static final int ASSUMED = 1 << 4;
  private static final int ORIGIN = 1 << 5;
  private static final int DETAILS = SERVICES | ASSUMED | ORIGIN;

  private static final int NO_TAG = -1;

  private final EnvironmentBuilder environment;
  private final OffsetColumn spots;
  private final Utf8Text id = new Utf8Text();
  private final Utf8Text tag = new Utf8Text();
  private boolean hasId;
  private int sourceTag;
  private int destTag;
  private final DetailReader details;
  private final OriginReader originReader;
  private Services services = Services.ALL;
  private Optional<String> assumed = Optional.empty();
  private List<Origin> origins = List.of();

  /// @param spots where each rule starts
  RuleReader(
      JsonCursor json, ElementKeys keys, EnvironmentBuilder environment, OffsetColumn spots) {
    super(json, keys, Holder.RULE);
    this.environment = environment;
    this.spots = spots;
    details = new DetailReader(json);
    originReader = new OriginReader(json, details);
  }

  static boolean isField(String key) {
    return key.equals("fw_id") || key.equals("source_tag") || key.equals("dest_tag");
  }

  @Override
  boolean isOptional(String key) {
    return (field(key) & DETAILS) != 0;
  }

  @Override
  boolean isOfDocument(String key, int seen) {
    return DocumentReader.isList(key);
  }

  @Override
  int field(String key) {
    return switch (key) {
      case "fw_id" -> FW_ID;
      case "source_tag" -> SOURCE_TAG;
      case "dest_tag" -> DEST_TAG;
      case "services" -> SERVICES;
      case "assumed" -> ASSUMED;
      case "origin" -> ORIGIN;
      default -> UNKNOWN;
    };
  }

  @Override
  void start(long offset) {
    hasId = false;
    sourceTag = NO_TAG;
    destTag = NO_TAG;
    services = Services.ALL;
    assumed = Optional.empty();
    origins = List.of();
  }

  @Override
  void readField(int field, String key, JsonToken value) {
    switch (field) {
      case FW_ID -> hasId = readId(value);
      case SOURCE_TAG -> sourceTag = readTag(value, key);
      case SERVICES -> services = details.services(value);
      case ASSUMED -> assumed = details.text(value, key);
      case ORIGIN -> origins = originReader.read(value);
      default -> destTag = readTag(value, key);
    }
  }

  @Override
  void end(long start, int seen) {
    if ((seen & FW_ID) == 0) {
      problems.add(
          MISSING_FW_ID,
          json.spot(start),
          "the firewall rule has no fw_id",
          keys.remedy("fw_id", GIVE_FW_ID));
    }
    if ((seen & SOURCE_TAG) == 0) {
      tellMissing("source_tag", start);
    }
    if ((seen & DEST_TAG) == 0) {
      tellMissing("dest_tag", start);
    }
    if (sourceTag != NO_TAG && destTag != NO_TAG) {
      int rule =
          environment.addRule(
              hasId ? id.bytes() : null, hasId ? id.length() : 0, sourceTag, destTag);
      if ((seen & DETAILS) != 0) {
        environment.details(rule, new RuleDetails(services, assumed, origins));
      }
      spots.add(json.source(), start);
    }
  }

  private void tellMissing(String field, long start) {
    problems.add(
        MISSING_FIELD, json.spot(start), field + " is missing", keys.remedy(field, NEEDS_TAG));
  }

  private boolean readId(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FW_ID, json.spot(), "fw_id is null", GIVE_FW_ID);
      return false;
    }
    if (!json.readBounded(value, "fw_id", id)) {
      return false;
    }
    if (id.length() == 0) {
      problems.add(MISSING_FW_ID, json.spot(), "fw_id is empty", GIVE_FW_ID);
      return false;
    }
    return true;
  }

  private int readTag(JsonToken value, String key) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FIELD, json.spot(), key + " is null", NEEDS_TAG);
      return NO_TAG;
    }
    if (!json.readBounded(value, key, tag)) {
      return NO_TAG;
    }
    if (tag.length() == 0) {
      problems.add(EMPTY_FIELD, json.spot(), key + " is empty", NEEDS_TAG);
      return NO_TAG;
    }
    return environment.tag(tag.bytes(), 0, tag.length());
  }
}
