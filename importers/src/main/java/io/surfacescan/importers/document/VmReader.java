package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_TAG;
import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_NAME;
import static io.surfacescan.model.ProblemKind.UNTAGGED_VM;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads VMs.
final class VmReader extends ElementReader {
  private static final String NEEDS_ID = "give the VM an id of its own";
  private static final String GIVE_NAME = "add a name that people know it by";

  private static final int VM_ID = 1;
  private static final int NAME = 1 << 1;
  private static final int TAGS = 1 << 2;
  private static final int KIND = 1 << 3;
  private static final int SCOPE = 1 << 4;
  private static final int LABELS = 1 << 5;
  private static final int ADDRESSES = 1 << 6;

  private final EnvironmentBuilder environment;
  private final OffsetColumn spots;
  private final Utf8Text id = new Utf8Text();
  private final Utf8Text name = new Utf8Text();
  private final Utf8Text tag = new Utf8Text();
  private long idOffset;
  private boolean hasId;
  private boolean hasName;
  private boolean isUntagged;
  private int[] carried = new int[16];
  private int carriedCount;

  /// Per tag, the number of the last VM that named it; VMs are numbered from 1 here.
  private int[] lastNamedBy = new int[64];

  private int vmNumber;

  private final DetailReader details;
  private VmDetails described = VmDetails.NONE;

  private final KnownLists knownLists = new KnownLists();

  /// The tag list of the VM at hand, if it was met before.
  private int knownList = KnownLists.UNKNOWN;

  /// The bytes of its list, if not.
  private byte @Nullable [] writtenList;

  /// Where the last of them stands in the document.
  private long writtenListEnd;

  /// @param spots where each VM's id stands
  VmReader(JsonCursor json, ElementKeys keys, EnvironmentBuilder environment, OffsetColumn spots) {
    super(json, keys, Holder.VM);
    this.environment = environment;
    this.spots = spots;
    details = new DetailReader(json);
  }

  static boolean isField(String key) {
    return key.equals("vm_id") || key.equals("name") || key.equals("tags");
  }

  @Override
  boolean isOfDocument(String key, int seen) {
    return DocumentReader.isList(key) || ((seen & ~NAME) == 0 && RuleReader.isField(key));
  }

  @Override
  int field(String key) {
    return switch (key) {
      case "vm_id" -> VM_ID;
      case "name" -> NAME;
      case "tags" -> TAGS;
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
    described = VmDetails.NONE;
    carriedCount = 0;
    knownList = KnownLists.UNKNOWN;
    writtenList = null;
    vmNumber++;
  }

  @Override
  void readField(int field, String key, JsonToken value) {
    switch (field) {
      case VM_ID -> {
        idOffset = json.offset();
        hasId = readId(value);
      }
      case NAME -> hasName = readName(value);
      case KIND, SCOPE, LABELS, ADDRESSES -> describe(field, key, value);
      default -> isUntagged = readTags(value);
    }
  }

  /// Reads more about the VM. People's exports have such keys with other values, which are passed
  /// over like unknown keys.
  private void describe(int field, String key, JsonToken value) {
    var known = described;
    boolean isOurs =
        value
                == (field == LABELS || field == ADDRESSES
                    ? JsonToken.START_ARRAY
                    : JsonToken.VALUE_STRING)
            && (field != KIND || VmKind.ofCode(json.text()).isPresent());
    if (!isOurs) {
      keys.tellUnknown(Holder.VM, key);
      json.skipValue();
      return;
    }
    described =
        switch (field) {
          case KIND ->
              new VmDetails(details.kind(value), known.scope(), known.labels(), known.addresses());
          case SCOPE ->
              new VmDetails(
                  known.kind(), details.text(value, key), known.labels(), known.addresses());
          case LABELS ->
              new VmDetails(known.kind(), known.scope(), details.labels(value), known.addresses());
          default ->
              new VmDetails(known.kind(), known.scope(), known.labels(), details.addresses(value));
        };
  }

  @Override
  void end(long start, int seen) {
    if ((seen & VM_ID) == 0) {
      problems.add(
          MISSING_FIELD, json.spot(start), "vm_id is missing", keys.remedy("vm_id", NEEDS_ID));
    }
    if ((seen & TAGS) == 0) {
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
      problems.add(
          UNTAGGED_VM,
          "tags",
          json.spot(start),
          () -> shown() + " has no tags: no rule applies to it",
          "add its tags, if any");
    }
    if (hasId) {
      add();
    }
  }

  private String shown() {
    return hasId
        ? "the VM " + Quoted.value(new String(id.bytes(), 0, id.length(), StandardCharsets.UTF_8))
        : "the VM";
  }

  private void add() {
    byte[] nameBytes = hasName ? name.bytes() : null;
    int nameLength = hasName ? name.length() : 0;
    int vm =
        knownList == KnownLists.UNKNOWN
            ? environment.addVm(
                id.bytes(), id.length(), nameBytes, nameLength, carried, carriedCount)
            : environment.addVm(id.bytes(), id.length(), nameBytes, nameLength, knownList);
    if (vm >= 0) {
      if (writtenList != null) {
        knownLists.add(writtenList, environment.tagListOf(vm));
      }
      spots.add(json.source(), idOffset);
      if (!described.equals(VmDetails.NONE)) {
        environment.details(vm, described);
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

  /// Reads the tags of a VM into [#carried], each once.
  ///
  /// @return whether this is an empty list
  private boolean readTags(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      problems.add(
          value == JsonToken.VALUE_NULL ? MISSING_FIELD : WRONG_TYPE,
          "tags is " + json.typeOfValue(),
          json.spot(),
          () -> "tags is " + json.shownValue(),
          value == JsonToken.VALUE_STRING
              ? "write a list, [" + Quoted.value(json.text()) + "]"
              : "write a list, [] if the VM has no tags");
      json.skipValue();
      return false;
    }
    if (passKnownList()) {
      return false;
    }
    JsonToken element = json.next();
    if (element == JsonToken.END_ARRAY) {
      writtenList = null;
      return true;
    }
    int elements = 0;
    for (; element != JsonToken.END_ARRAY; element = json.next()) {
      if (json.readBounded(element, "a tag", tag) && isNamed()) {
        carry(environment.tag(tag.bytes(), 0, tag.length()));
      }
      elements++;
    }
    if (elements != carriedCount || json.offset() != writtenListEnd) {
      writtenList = null;
    }
    return false;
  }

  private boolean isNamed() {
    if (tag.length() == 0) {
      problems.add(
          EMPTY_FIELD, json.spot(), "a tag is empty", "name the tag, or take it out of the list");
    }
    return tag.length() > 0;
  }

  /// Whether the list that starts here was met before, and if so passes over it. If not, takes a
  /// copy of what may be the whole of it: up to the next bracket, which may yet turn out to stand
  /// within a tag.
  private boolean passKnownList() {
    writtenList = null;
    Utf8Stream stream = json.stream();
    long start = json.offset();
    int from = stream.inWindow(start);
    int end = from < 0 ? -1 : stream.next(from, ']');
    if (end < 0) {
      return false;
    }
    knownList = knownLists.find(stream.window(), from, end + 1);
    if (knownList == KnownLists.UNKNOWN) {
      if (knownLists.takes(end + 1 - from)) {
        writtenList = Arrays.copyOfRange(stream.window(), from, end + 1);
        writtenListEnd = start + end - from;
      }
      return false;
    }
    while (json.next() != JsonToken.END_ARRAY) {
      // The parser has yet to see what the list's bytes told.
    }
    return true;
  }

  private void carry(int number) {
    if (number >= lastNamedBy.length) {
      lastNamedBy = Arrays.copyOf(lastNamedBy, Math.max(number + 1, lastNamedBy.length * 2));
    }
    if (lastNamedBy[number] == vmNumber) {
      problems.add(
          DUPLICATE_TAG,
          "tags",
          json.spot(),
          () -> "the VM names the tag " + Quoted.value(json.text()) + " twice",
          "remove one");
      return;
    }
    lastNamedBy[number] = vmNumber;
    if (carriedCount == carried.length) {
      carried = Arrays.copyOf(carried, carriedCount * 2);
    }
    carried[carriedCount++] = number;
  }
}
