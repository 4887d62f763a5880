package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_TAG;
import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.LONE_SURROGATE;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_FW_ID;
import static io.surfacescan.model.ProblemKind.MISSING_NAME;
import static io.surfacescan.model.ProblemKind.NOT_UTF8;
import static io.surfacescan.model.ProblemKind.REPEATED_KEY;
import static io.surfacescan.model.ProblemKind.TOO_LONG;
import static io.surfacescan.model.ProblemKind.UNKNOWN_KEY;
import static io.surfacescan.model.ProblemKind.UNTAGGED_VM;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;
import static java.util.Objects.requireNonNull;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.model.EnvironmentBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads the documents of one source, or one piece of them, token by token into columns. Usually
/// there is one document; where several follow each other, each holds lists, or is one VM or rule.
///
/// What is wrong with the meaning of an element is a problem, and reading goes on behind it. What
/// is wrong with the JSON ends the document; what came before stays.
final class DocumentReader {
  static final String VMS = "vms";
  static final String FW_RULES = "fw_rules";

  static final int DEPTH_MAX = 64;

  /// Keys are kept by the parser while it reads, so they are bounded closer than values.
  static final int KEY_BYTES_MAX = 1 << 10;

  static final int NUMBER_DIGITS_MAX = 1_000;
  private static final int TEXT_BYTES_MAX = 1 << 16;

  /// Beyond this, even a name, which has no other bound, is not read.
  private static final int TEXT_CHARS_MAX = 1 << 24;

  private static final String NEEDS_ID = "give the VM an id of its own";
  private static final String GIVE_NAME = "add a name that people know it by";
  private static final String GIVE_FW_ID = "add one, so that answers can name the rule";
  private static final String RULE_NEEDS_TAG = "name one tag, as a string";

  private static final int UNKNOWN = 0;
  private static final int VM_ID = 1;
  private static final int NAME = 1 << 1;
  private static final int TAGS = 1 << 2;
  private static final int FW_ID = 1;
  private static final int SOURCE_TAG = 1 << 1;
  private static final int DEST_TAG = 1 << 2;

  private static final int NO_TAG = -1;

  /// Behind so many tokens, what a list holds is known.
  private static final int TOKENS_LOOKED_AT = 10_000;

  /// So many unknown keys are remembered; a document may be full of others.
  private static final int UNKNOWN_KEPT_MAX = 1_000;

  /// Names a JSON Schema, for editors.
  private static final String SCHEMA = "$schema";

  /// An unknown key of an object that may be a document, a VM or a rule.
  private record EarlyKey(String key, Spot spot, SkippedValue value) {}

  /// A factory keeps the keys that its parsers have met, so each reading has its own: what a
  /// hostile document is full of goes when its reading ends.
  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNameLength(KEY_BYTES_MAX)
                .maxNumberLength(NUMBER_DIGITS_MAX)
                .maxStringLength(TEXT_CHARS_MAX)
                .build())
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        // The symbol table is bounded and starts afresh when full: keys with one hash are no fault.
        .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  /// Ends the reading of a document whose fault is already told or marked.
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super(null, null, false, false);
    }
  }

  private final int source;
  private final Utf8Stream stream;
  private final JsonParser parser;

  private final EnvironmentBuilder environment = new EnvironmentBuilder();
  private final Spots vmSpots = new Spots();
  private final Spots ruleSpots = new Spots();
  private final ProblemLog problems = new ProblemLog();
  private final ReadOptions options;
  private final Map<String, UnknownKey> unknownInVms = new HashMap<>();
  private final Map<String, UnknownKey> unknownInRules = new HashMap<>();
  private final List<EarlyKey> earlyKeys = new ArrayList<>();

  /// Whether the object at hand is read as a VM or a rule and may yet turn out to hold lists.
  private boolean isUndecided;

  /// The unknown keys of the element at hand, by the fields that they may have meant.
  private final Map<String, String> near = new HashMap<>();

  private final Keys topKeys = new Keys();

  /// The keys of all documents; `vms` and `fw_rules` also stand for single VMs and rules.
  private final Set<String> allTopKeys = new LinkedHashSet<>();

  private int documents;

  private boolean notJson;
  private Part.ListEnd lastList = Part.ListEnd.NONE;

  /// Whether the parser already stands at the next key.
  private boolean keyIsRead;

  private final Keys elementKeys = new Keys();
  private final List<Keys> skippedKeys = new ArrayList<>();
  private final Utf8Text id = new Utf8Text();
  private final Utf8Text name = new Utf8Text();
  private final Utf8Text tag = new Utf8Text();
  private int[] carried = new int[16];
  private int carriedCount;

  /// Per tag, the number of the last VM that named it; VMs are numbered from 1 here.
  private int[] lastNamedBy = new int[64];

  private int vmNumber;

  private final KnownLists knownLists = new KnownLists();

  /// The tag list of the VM at hand, if it was met before.
  private int knownList = KnownLists.UNKNOWN;

  /// The bytes of its list, if not.
  private byte @Nullable [] writtenList;

  /// Where the last of them stands in the document.
  private long writtenListEnd;

  private DocumentReader(int source, Utf8Stream stream, ReadOptions options) {
    this.source = source;
    this.options = options;
    this.stream = stream;
    // Looks at the stream's prefix only, and so cannot fail.
    this.parser = factory().createParser(ObjectReadContext.empty(), stream);
  }

  /// Reads a document to its end or to the first thing that is not JSON. Does not close the stream.
  ///
  /// @param source the number of the source among all
  static Part read(int source, Utf8Stream stream, ReadOptions options) {
    return new DocumentReader(source, stream, options).read();
  }

  private Part read() {
    try (parser) {
      readDocument();
    } catch (Ended e) {
      // Its problem is told, or notJson is set.
    } catch (JacksonIOException e) {
      tell(requireNonNull(e.getCause()));
    } catch (JacksonException e) {
      notJson = true;
    }
    return new Part(
        environment,
        vmSpots,
        ruleSpots,
        problems,
        notJson,
        List.copyOf(allTopKeys),
        documents,
        lastList);
  }

  private void tell(IOException e) {
    if (e instanceof Utf8Stream.NotUtf8 fault) {
      problems.add(NOT_UTF8, new Spot(source, fault.offset()), fault.what(), fault.remedy());
    } else {
      problems.add(
          Unreadable.kind(e), Spot.whole(source), Unreadable.what(e), Unreadable.remedy(e));
    }
  }

  private void readDocument() {
    JsonToken first = parser.nextToken();
    if (first != null && first != JsonToken.START_OBJECT) {
      problems.add(
          WRONG_TYPE,
          spot(),
          "the document is " + shownValue(),
          "write an object, {\"vms\": [], \"fw_rules\": []}");
      skipValue();
      notJson = parser.nextToken() != null;
      return;
    }
    JsonToken next = first;
    while (next == JsonToken.START_OBJECT) {
      documents++;
      topKeys.clear();
      readTopObject();
      next = parser.nextToken();
    }
    notJson = first == null || next != null;
  }

  private void readTopObject() {
    Spot start = spot();
    earlyKeys.clear();
    boolean isKnown = false;
    while (isAtKey()) {
      String key = parser.currentName();
      if (!isKnown && (isKeyOfVm(key) || isKeyOfRule(key))) {
        if (readTopElement(key, start.offset())) {
          return;
        }
        continue;
      }
      Spot keySpot = spot();
      boolean isNew = addKey(topKeys, key);
      allTopKeys.add(key);
      parser.nextToken();
      if (!isList(key)) {
        earlyKeys.add(new EarlyKey(key, keySpot, skipTopValue()));
        continue;
      }
      isKnown = true;
      if (!isNew) {
        skipValue();
        continue;
      }
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        readList(key);
      } else {
        problems.add(
            WRONG_TYPE,
            spot(),
            key + " is " + shownValue(),
            key.equals(VMS)
                ? "write a list, [{\"vm_id\": …, \"tags\": […]}]"
                : "write a list, [{\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}]");
        skipValue();
      }
    }
    boolean isRefused = addUnknownOfDocument(isKnown);
    if (!isKnown && !isRefused) {
      String keys =
          topKeys.all().stream().limit(3).map(Shown::value).collect(Collectors.joining(", "));
      problems.add(
          MISSING_FIELD,
          start,
          "the document has neither vms nor fw_rules" + (keys.isEmpty() ? "" : ", only " + keys),
          "add one of the lists, or leave the file out");
    }
  }

  /// Goes on to the next key of the object, unless the parser stands there already.
  private boolean isAtKey() {
    if (keyIsRead) {
      keyIsRead = false;
      return true;
    }
    return parser.nextToken() == JsonToken.PROPERTY_NAME;
  }

  private static boolean isKeyOfVm(String key) {
    return key.equals("vm_id") || key.equals("name") || key.equals("tags");
  }

  private static boolean isKeyOfRule(String key) {
    return key.equals("fw_id") || key.equals("source_tag") || key.equals("dest_tag");
  }

  /// Reads a document that is one VM or rule, from its first known key on.
  ///
  /// @return whether it was one; if not, the document has keys that only look so, and the parser
  ///   stands at the one that shows it
  private boolean readTopElement(String key, long start) {
    elementKeys.clear();
    topKeys.all().forEach(elementKeys::add);
    boolean isVm = isKeyOfVm(key);
    Holder holder = isVm ? Holder.VM : Holder.RULE;
    near.clear();
    earlyKeys.forEach(early -> noteNear(unknown(holder, early.key), early.key));
    keyIsRead = true;
    isUndecided = true;
    boolean isElement = isVm ? readVm(start, true) : readRule(start, true);
    isUndecided = false;
    if (isElement) {
      earlyKeys.forEach(early -> add(unknown(holder, early.key), early.spot));
      allTopKeys.add(isVm ? VMS : FW_RULES);
      return true;
    }
    keyIsRead = true;
    return false;
  }

  private static boolean isList(String key) {
    return key.equals(VMS) || key.equals(FW_RULES);
  }

  /// Adds what the unknown keys of a document mean.
  ///
  /// @param isKnown whether it has a list; if not, only what refuses it is of interest
  /// @return whether anything refuses it
  private boolean addUnknownOfDocument(boolean isKnown) {
    boolean isRefused = false;
    for (EarlyKey early : earlyKeys) {
      UnknownKey unknown = UnknownKey.ofDocument(early.key, early.value);
      boolean isError = unknown.kind() != UNKNOWN_KEY;
      isRefused |= isError;
      if (isError || (isKnown && !early.key.equals(SCHEMA))) {
        add(unknown, early.spot);
      }
    }
    return isRefused;
  }

  private void add(UnknownKey unknown, Spot spot) {
    problems.add(unknown.kind(), spot, unknown.what(), unknown.remedy());
  }

  private UnknownKey unknown(Holder holder, String key) {
    var known = holder == Holder.VM ? unknownInVms : unknownInRules;
    UnknownKey unknown = known.get(key);
    if (unknown == null) {
      unknown = UnknownKey.of(holder, key, options);
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

  /// What to do about a missing field: there may be another key that meant it.
  private String remedy(String field, String otherwise) {
    String key = near.isEmpty() ? null : near.get(field);
    return key == null
        ? otherwise
        : "write \"%s\" in place of %s".formatted(field, Shown.value(key));
  }

  private void readList(String key) {
    boolean isVms = key.equals(VMS);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        String what = isVms ? "a VM" : "a firewall rule";
        wrongType(
            what,
            isVms
                ? "write an object, {\"vm_id\": …, \"tags\": […]}"
                : "write an object, {\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}");
        skipValue();
      } else {
        elementKeys.clear();
        near.clear();
        var _ = isVms ? readVm(offset(), false) : readRule(offset(), false);
      }
    }
    lastList = new Part.ListEnd(key, parser.currentLocation().getByteOffset() + stream.shift());
  }

  /// @param isDocument whether the VM is a document of its own
  /// @return false if the document turned out to hold lists; the parser then stands at the key
  private boolean readVm(long start, boolean isDocument) {
    long idOffset = start;
    boolean hasId = false;
    boolean hasName = false;
    boolean untagged = false;
    int seen = 0;
    carriedCount = 0;
    knownList = KnownLists.UNKNOWN;
    writtenList = null;
    vmNumber++;
    while (isAtKey()) {
      String key = parser.currentName();
      if (isDocument && (isList(key) || ((seen & ~NAME) == 0 && isKeyOfRule(key)))) {
        return false;
      }
      int field =
          switch (key) {
            case "vm_id" -> VM_ID;
            case "name" -> NAME;
            case "tags" -> TAGS;
            default -> UNKNOWN;
          };
      boolean isNew = isNew(Holder.VM, key, field, seen);
      seen |= field;
      JsonToken value = parser.nextToken();
      if (!isNew) {
        skipValue();
        continue;
      }
      switch (field) {
        case VM_ID -> {
          idOffset = offset();
          hasId = readVmId(value);
        }
        case NAME -> hasName = readName(value);
        case TAGS -> untagged = readTags(value);
        default -> skipUnknown();
      }
    }
    boolean vmId = hasId;
    if ((seen & VM_ID) == 0) {
      problems.add(MISSING_FIELD, spot(start), "vm_id is missing", remedy("vm_id", NEEDS_ID));
    }
    if ((seen & TAGS) == 0) {
      problems.add(
          MISSING_FIELD,
          "tags",
          spot(start),
          () -> shownVm(vmId) + " has no list tags",
          remedy("tags", "add \"tags\": [] if it has none"));
    }
    if ((seen & NAME) == 0) {
      problems.add(
          MISSING_NAME, "name", spot(start), () -> shownVm(vmId) + " has no name", GIVE_NAME);
    }
    if (untagged) {
      problems.add(
          UNTAGGED_VM,
          "tags",
          spot(start),
          () -> shownVm(vmId) + " has no tags: no rule applies to it",
          "add its tags, if any");
    }
    if (hasId) {
      addVm(idOffset, hasName);
    }
    return true;
  }

  private String shownVm(boolean hasId) {
    return hasId
        ? "the VM " + Shown.value(new String(id.bytes(), 0, id.length(), StandardCharsets.UTF_8))
        : "the VM";
  }

  private void addVm(long idOffset, boolean hasName) {
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
      vmSpots.add(source, idOffset);
    } else {
      int first = ~vm;
      Assembly.duplicateVmId(
          problems, new Spot(source, idOffset), environment.vmId(first), vmSpots.get(first));
    }
  }

  /// @param isDocument whether the rule is a document of its own
  /// @return false if the document turned out to hold lists; the parser then stands at the key
  private boolean readRule(long start, boolean isDocument) {
    boolean hasId = false;
    int sourceTag = NO_TAG;
    int destTag = NO_TAG;
    int seen = 0;
    while (isAtKey()) {
      String key = parser.currentName();
      if (isDocument && isList(key)) {
        return false;
      }
      int field =
          switch (key) {
            case "fw_id" -> FW_ID;
            case "source_tag" -> SOURCE_TAG;
            case "dest_tag" -> DEST_TAG;
            default -> UNKNOWN;
          };
      boolean isNew = isNew(Holder.RULE, key, field, seen);
      seen |= field;
      JsonToken value = parser.nextToken();
      if (!isNew) {
        skipValue();
        continue;
      }
      switch (field) {
        case FW_ID -> hasId = readFwId(value);
        case SOURCE_TAG -> sourceTag = readRuleTag(value, key);
        case DEST_TAG -> destTag = readRuleTag(value, key);
        default -> skipUnknown();
      }
    }
    if ((seen & FW_ID) == 0) {
      problems.add(
          MISSING_FW_ID,
          spot(start),
          "the firewall rule has no fw_id",
          remedy("fw_id", GIVE_FW_ID));
    }
    if ((seen & SOURCE_TAG) == 0) {
      problems.add(
          MISSING_FIELD,
          spot(start),
          "source_tag is missing",
          remedy("source_tag", RULE_NEEDS_TAG));
    }
    if ((seen & DEST_TAG) == 0) {
      problems.add(
          MISSING_FIELD, spot(start), "dest_tag is missing", remedy("dest_tag", RULE_NEEDS_TAG));
    }
    if (sourceTag != NO_TAG && destTag != NO_TAG) {
      environment.addRule(hasId ? id.bytes() : null, hasId ? id.length() : 0, sourceTag, destTag);
      ruleSpots.add(source, start);
    }
    return true;
  }

  /// Notes a key of an element; one that came before is a problem.
  private boolean isNew(Holder holder, String key, int field, int seen) {
    if (field == UNKNOWN) {
      boolean isNew = addKey(elementKeys, key);
      if (isNew) {
        UnknownKey unknown = unknown(holder, key);
        noteNear(unknown, key);
        if (isUndecided) {
          earlyKeys.add(new EarlyKey(key, spot(), SkippedValue.NOTHING));
        } else {
          add(unknown, spot());
        }
      }
      return isNew;
    }
    if ((seen & field) != 0) {
      repeated(key);
      return false;
    }
    return true;
  }

  /// Skips the value of an unknown key of an element.
  private void skipUnknown() {
    if (isUndecided) {
      EarlyKey key = earlyKeys.removeLast();
      earlyKeys.add(new EarlyKey(key.key, key.spot, skipTopValue()));
    } else {
      skipValue();
    }
  }

  private boolean addKey(Keys keys, String key) {
    if (isTooLong(key)) {
      notJson = true;
      throw new Ended();
    }
    if (keys.add(key)) {
      return true;
    }
    repeated(key);
    return false;
  }

  private static boolean isTooLong(String key) {
    return key.length() > KEY_BYTES_MAX / 3
        && key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX;
  }

  private void repeated(String key) {
    problems.add(
        REPEATED_KEY,
        spot(),
        "the key " + Shown.value(key) + " stands twice in one object",
        "keep one of them");
  }

  private boolean readVmId(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FIELD, spot(), "vm_id is null", NEEDS_ID);
      return false;
    }
    if (!readText(value, "vm_id", id) || !isBounded("vm_id", id)) {
      return false;
    }
    if (id.length() == 0) {
      problems.add(EMPTY_FIELD, spot(), "vm_id is empty", NEEDS_ID);
      return false;
    }
    return true;
  }

  private boolean readName(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_NAME, spot(), "the VM's name is null", GIVE_NAME);
      return false;
    }
    return readText(value, "name", name);
  }

  private boolean readFwId(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FW_ID, spot(), "fw_id is null", GIVE_FW_ID);
      return false;
    }
    if (!readText(value, "fw_id", id) || !isBounded("fw_id", id)) {
      return false;
    }
    if (id.length() == 0) {
      problems.add(MISSING_FW_ID, spot(), "fw_id is empty", GIVE_FW_ID);
      return false;
    }
    return true;
  }

  private int readRuleTag(JsonToken value, String key) {
    if (value == JsonToken.VALUE_NULL) {
      problems.add(MISSING_FIELD, spot(), key + " is null", RULE_NEEDS_TAG);
      return NO_TAG;
    }
    if (!readText(value, key, tag) || !isBounded(key, tag)) {
      return NO_TAG;
    }
    if (tag.length() == 0) {
      problems.add(EMPTY_FIELD, spot(), key + " is empty", RULE_NEEDS_TAG);
      return NO_TAG;
    }
    return environment.tag(tag.bytes(), 0, tag.length());
  }

  /// Reads the tags of a VM into [#carried], each once.
  ///
  /// @return whether this is an empty list
  private boolean readTags(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      problems.add(
          value == JsonToken.VALUE_NULL ? MISSING_FIELD : WRONG_TYPE,
          "tags is " + typeOfValue(),
          spot(),
          () -> "tags is " + shownValue(),
          value == JsonToken.VALUE_STRING
              ? "write a list, [" + Shown.value(text()) + "]"
              : "write a list, [] if the VM has no tags");
      skipValue();
      return false;
    }
    if (passKnownList()) {
      return false;
    }
    JsonToken element = parser.nextToken();
    if (element == JsonToken.END_ARRAY) {
      writtenList = null;
      return true;
    }
    int elements = 0;
    for (; element != JsonToken.END_ARRAY; element = parser.nextToken()) {
      if (readText(element, "a tag", tag) && isBounded("a tag", tag) && isNamed()) {
        carry(environment.tag(tag.bytes(), 0, tag.length()));
      }
      elements++;
    }
    if (elements != carriedCount || offset() != writtenListEnd) {
      writtenList = null;
    }
    return false;
  }

  private boolean isNamed() {
    if (tag.length() == 0) {
      problems.add(
          EMPTY_FIELD, spot(), "a tag is empty", "name the tag, or take it out of the list");
    }
    return tag.length() > 0;
  }

  /// Whether the list that starts here was met before, and if so passes over it. If not, takes a
  /// copy of what may be the whole of it: up to the next bracket, which may yet turn out to stand
  /// within a tag.
  private boolean passKnownList() {
    writtenList = null;
    long start = offset();
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
    while (parser.nextToken() != JsonToken.END_ARRAY) {
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
          spot(),
          () -> "the VM names the tag " + Shown.value(text()) + " twice",
          "remove one");
      return;
    }
    lastNamedBy[number] = vmNumber;
    if (carriedCount == carried.length) {
      carried = Arrays.copyOf(carried, carriedCount * 2);
    }
    carried[carriedCount++] = number;
  }

  /// Reads the current value, or tells why it is no text and skips it.
  private boolean readText(JsonToken value, String what, Utf8Text into) {
    if (value != JsonToken.VALUE_STRING) {
      wrongType(what, writeString(value));
      skipValue();
      return false;
    }
    if (takePlain(into)) {
      return true;
    }
    char[] chars = characters(what);
    if (!into.set(chars, parser.getStringOffset(), parser.getStringLength())) {
      tellHalfPair(what);
      return false;
    }
    return true;
  }

  /// Takes the current string straight from the stream, if it stands there as it is meant: what the
  /// parser would decode, only to be encoded again.
  private boolean takePlain(Utf8Text into) {
    int start = stream.inWindow(offset()) + 1;
    int end = start == 0 ? -1 : stream.endOfPlainString(start);
    if (end < 0) {
      return false;
    }
    into.set(stream.window(), start, end - start);
    return true;
  }

  private char[] characters(String what) {
    try {
      return parser.getStringCharacters();
    } catch (StreamConstraintsException e) {
      problems.add(
          TOO_LONG,
          spot(),
          what + " is longer than " + Shown.count(TEXT_CHARS_MAX) + " characters",
          "shorten it");
      throw new Ended();
    }
  }

  private boolean isBounded(String what, Utf8Text text) {
    if (text.length() <= TEXT_BYTES_MAX) {
      return true;
    }
    problems.add(
        TOO_LONG,
        what,
        spot(),
        () ->
            what + " " + Shown.value(text()) + " is " + Shown.count(text.length()) + " bytes long",
        "shorten it to at most " + Shown.count(TEXT_BYTES_MAX) + " bytes");
    return false;
  }

  /// The current string or number.
  private String text() {
    char[] chars = characters("a text");
    return new String(chars, parser.getStringOffset(), parser.getStringLength());
  }

  /// Problems with one thing that is of one wrong type are alike, whatever its values.
  private void wrongType(String what, String remedy) {
    problems.add(
        WRONG_TYPE,
        what + " is " + typeOfValue(),
        spot(),
        () -> what + " is " + shownValue(),
        remedy);
  }

  private String shownValue() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> typeOfValue() + " (" + Shown.value(text()) + ")";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> typeOfValue() + " (" + Shown.bare(text()) + ")";
      default -> typeOfValue();
    };
  }

  private String typeOfValue() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> "null";
    };
  }

  private String writeString(JsonToken value) {
    return switch (value) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          "write it as a string, " + Shown.value(text());
      default -> "write a string";
    };
  }

  /// Skips the current value to its last token. What it holds must be JSON and repeat no key, like
  /// everything else.
  private void skipValue() {
    int depth = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT -> keysAt(depth++).clear();
        case START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case PROPERTY_NAME -> addKey(keysAt(depth - 1), parser.currentName());
        case VALUE_STRING -> checkSurrogates();
        default -> {}
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  /// Skips a value of the document's own object, and says what it was.
  private SkippedValue skipTopValue() {
    JsonToken outer = parser.currentToken();
    boolean says = outer != JsonToken.VALUE_NULL && outer != JsonToken.VALUE_FALSE;
    if (outer == JsonToken.VALUE_STRING) {
      says = !text().isEmpty();
    }
    var keys = new Keys();
    boolean goesOn = false;
    boolean isContinue = false;
    int depth = 0;
    int tokens = 0;
    do {
      JsonToken token = parser.currentToken();
      if (depth == 1 && isContinue && token != JsonToken.PROPERTY_NAME) {
        goesOn |= token == JsonToken.VALUE_STRING && !text().isEmpty();
        isContinue = false;
      }
      switch (token) {
        case START_OBJECT -> keysAt(depth++).clear();
        case START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case PROPERTY_NAME -> {
          String key = parser.currentName();
          addKey(keysAt(depth - 1), key);
          isContinue = depth == 1 && key.equals("continue");
          if (depth == 2 && outer == JsonToken.START_ARRAY && tokens < TOKENS_LOOKED_AT) {
            keys.add(key);
          }
        }
        case VALUE_STRING -> checkSurrogates();
        default -> {}
      }
      tokens++;
    } while (depth > 0 && parser.nextToken() != null);
    boolean isEmpty = tokens == 2 && outer.isStructStart();
    return new SkippedValue(says && !isEmpty, outer == JsonToken.START_ARRAY, list(keys), goesOn);
  }

  /// The list that objects with these keys stand in.
  private static String list(Keys keys) {
    if (keys.all().contains("vm_id")) {
      return VMS;
    }
    return keys.all().contains("source_tag") && keys.all().contains("dest_tag") ? FW_RULES : "";
  }

  /// Even a text that is ignored must be one: what is not Unicode in one place is seldom right in
  /// others.
  private void checkSurrogates() {
    char[] chars = characters("a text");
    int end = parser.getStringOffset() + parser.getStringLength();
    for (int i = parser.getStringOffset(); i < end; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 == end || !Character.isSurrogatePair(chars[i], chars[i + 1])) {
          tellHalfPair("the text");
          return;
        }
        i++;
      }
    }
  }

  private void tellHalfPair(String what) {
    problems.add(
        LONE_SURROGATE,
        what,
        spot(),
        () -> what + " " + Shown.value(text()) + " holds half a surrogate pair",
        "write the whole character");
  }

  private Keys keysAt(int depth) {
    while (skippedKeys.size() <= depth) {
      skippedKeys.add(new Keys());
    }
    return skippedKeys.get(depth);
  }

  private Spot spot() {
    return spot(offset());
  }

  private Spot spot(long offset) {
    return new Spot(source, offset);
  }

  /// Where the current token starts in the document.
  private long offset() {
    long offset = parser.currentTokenLocation().getByteOffset() + stream.shift();
    // The parser has read the value, too. If the stream ended with it, it takes the name's place to
    // be behind what it got last.
    return stream.hasEnded() && parser.currentToken() == JsonToken.PROPERTY_NAME
        ? offset - stream.passedOnLast()
        : offset;
  }
}
