package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_NAME;
import static io.surfacescan.model.ProblemKind.UNTAGGED_VM;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.EnvironmentBuilder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonToken;

/// Reads VMs.
final class VmReader extends ElementReader {
  private static final String NEEDS_ID = "give the VM an id of its own";
  private static final String GIVE_NAME = "add a name that people know it by";
  static final String ADD_TAGS = "add its tags, if any";

  private static final int VM_ID = 1;
  private static final int NAME = 1 << 1;
  private static final int TAGS = 1 << 2;
  private static final int CLASS = 1 << 3;
  private static final int KIND = 1 << 4;
  private static final int SCOPE = 1 << 5;
  private static final int LABELS = 1 << 6;
  private static final int ADDRESSES = 1 << 7;

  /// What a rule does not have.
  private static final int OF_VM_ALONE = VM_ID | TAGS;

  private final EnvironmentBuilder environment;
  private final OffsetColumn spots;
  private final Utf8Text id = new Utf8Text();
  private final Utf8Text name = new Utf8Text();
  private long idOffset;
  private boolean hasId;
  private boolean hasName;
  private boolean isUntagged;
  private final TagListReader tags;
  private final VmClassReader classes;
  private final VmDetailsReader details;

  /// @param spots where each VM's id stands
  /// @param waitsForClasses whether another reader reads the classes
  VmReader(
      JsonCursor json,
      ElementKeys keys,
      EnvironmentBuilder environment,
      OffsetColumn spots,
      boolean waitsForClasses) {
    super(json, keys, Holder.VM);
    this.environment = environment;
    this.spots = spots;
    var values = new DetailReader(json);
    tags = new TagListReader(json, environment);
    classes = new VmClassReader(json, values, environment, waitsForClasses);
    details = new VmDetailsReader(values);
  }

  void startDocument(DocumentClasses ofDocument) {
    startDocument();
    classes.startDocument(ofDocument);
  }

  /// @param isWhole whether the document was read to its end
  void endDocument(boolean isWhole) {
    classes.endDocument(isWhole);
  }

  static boolean isField(String key) {
    return key.equals("vm_id") || key.equals("name") || key.equals("tags");
  }

  @Override
  boolean isOptional(String key) {
    return key.equals("class") || VmDetailsReader.isField(key);
  }

  @Override
  boolean isOfDocument(String key, int seen) {
    return DocumentReader.isList(key) || ((seen & OF_VM_ALONE) == 0 && RuleReader.isField(key));
  }

  @Override
  int field(String key) {
    return switch (key) {
      case "vm_id" -> VM_ID;
      case "name" -> NAME;
      case "tags" -> TAGS;
      case "class" -> CLASS;
      case "kind" -> KIND;
      case "scope" -> SCOPE;
      case "labels" -> LABELS;
      case "addresses" -> ADDRESSES;
      default -> UNKNOWN;
    };
  }

  @Override
  void start(long offset) {
    idOffset = offset;
    hasId = false;
    hasName = false;
    isUntagged = false;
    tags.start();
    details.start();
  }

  @Override
  void readField(int field, String key, JsonToken value) {
    switch (field) {
      case VM_ID -> {
        idOffset = json.offset();
        hasId = readId(value);
      }
      case NAME -> hasName = readName(value);
      case TAGS -> isUntagged = tags.read(value);
      case CLASS -> isUntagged = classes.read(value);
      default -> describe(key, value);
    }
  }

  private void describe(String key, JsonToken value) {
    String text = value == JsonToken.VALUE_STRING ? json.text() : "";
    if (keys.ignoresUnknownKeys() && !VmDetailsReader.fits(key, value, text)) {
      keys.tellUnknown(Holder.VM, key);
      json.skipValue();
    } else {
      details.read(key, value);
    }
  }

  @Override
  void end(long start, int seen) {
    if ((seen & VM_ID) == 0) {
      problems.add(
          MISSING_FIELD, json.spot(start), "vm_id is missing", keys.remedy("vm_id", NEEDS_ID));
    }
    if ((seen & TAGS) != 0 && (seen & CLASS) != 0) {
      problems.add(
          INVALID_VALUE,
          "class",
          json.spot(start),
          () -> shown() + " has both tags and a class",
          "keep the one that holds");
    }
    if ((seen & (TAGS | CLASS)) == 0) {
      problems.add(
          MISSING_FIELD,
          "tags",
          json.spot(start),
          () -> shown() + " has no list tags",
          keys.remedy("tags", "add \"tags\": [] if it has none"));
    }
    if ((seen & NAME) == 0) {
      problems.add(
          MISSING_NAME, "name", json.spot(start), () -> shown() + " has no name", GIVE_NAME);
    }
    if (isUntagged) {
      problems.add(UNTAGGED_VM, "tags", json.spot(start), () -> untagged(shown()), ADD_TAGS);
    }
    if (hasId) {
      add((seen & CLASS) != 0);
    }
  }

  static String untagged(String vm) {
    return vm + " has no tags: no rule applies to it";
  }

  private String shown() {
    return hasId
        ? "the VM " + Quoted.value(new String(id.bytes(), 0, id.length(), StandardCharsets.UTF_8))
        : "the VM";
  }

  private void add(boolean hasClass) {
    byte[] nameBytes = hasName ? name.bytes() : null;
    int nameLength = hasName ? name.length() : 0;
    int vm =
        hasClass ? classes.addVm(id, nameBytes, nameLength) : tags.addVm(id, nameBytes, nameLength);
    if (vm >= 0) {
      spots.add(json.source(), idOffset);
      if (details.isGiven()) {
        environment.details(vm, details.details());
      }
    } else {
      int first = ~vm;
      Assembly.duplicateVmId(
          problems, json.spot(idOffset), environment.vmId(first), spots.get(first));
    }
  }

  private boolean readId(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FIELD, json.spot(), "vm_id is null", NEEDS_ID);
      return false;
    }
    if (!json.readBounded(value, "vm_id", id)) {
      return false;
    }
    if (id.length() == 0) {
      problems.add(EMPTY_FIELD, json.spot(), "vm_id is empty", NEEDS_ID);
      return false;
    }
    return true;
  }

  private boolean readName(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_NAME, json.spot(), "the VM's name is null", GIVE_NAME);
      return false;
    }
    return json.readText(value, "name", name);
  }
}
