package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;

import io.surfacescan.importers.document.UnknownKey.Holder;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Keys;
import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/// Reads the documents of one source, or one piece of them, token by token into columns. Usually
/// there is one document; where several follow each other, each holds lists, or is one VM or rule.
///
/// What is wrong with the meaning of an element is a problem, and reading goes on behind it. What
/// is wrong with the JSON ends the document; what came before stays.
final class DocumentReader {
  static final String VMS = "vms";
  static final String FW_RULES = "fw_rules";

  private final JsonCursor json;
  private final ElementKeys keys;
  private final EnvironmentBuilder environment = new EnvironmentBuilder();
  private final OffsetColumn vmSpots = new OffsetColumn();
  private final OffsetColumn ruleSpots = new OffsetColumn();
  private final VmReader vms;
  private final RuleReader rules;

  /// The keys of the document at hand.
  private final Keys topKeys = new Keys();

  /// The keys of all documents; `vms` and `fw_rules` also stand for single VMs and rules.
  private final Set<String> allTopKeys = new LinkedHashSet<>();

  private int documents;
  private ParsedPart.ListEnd lastList = ParsedPart.ListEnd.NONE;

  private DocumentReader(JsonCursor json, boolean ignoresUnknownKeys) {
    this.json = json;
    keys = new ElementKeys(json, ignoresUnknownKeys);
    vms = new VmReader(json, keys, environment, vmSpots);
    rules = new RuleReader(json, keys, environment, ruleSpots);
  }

  /// Reads a document to its end or to the first thing that is not JSON. Does not close the stream.
  ///
  /// @param source the number of the source among all
  static ParsedPart read(int source, Utf8Stream stream, boolean ignoresUnknownKeys) {
    return new DocumentReader(new JsonCursor(source, stream), ignoresUnknownKeys).read();
  }

  static boolean isList(String key) {
    return key.equals(VMS) || key.equals(FW_RULES);
  }

  private ParsedPart read() {
    boolean isJson = json.walk(this::readDocuments);
    return new ParsedPart(
        environment,
        vmSpots,
        ruleSpots,
        json.problems(),
        !isJson,
        List.copyOf(allTopKeys),
        documents,
        lastList);
  }

  private void readDocuments() {
    JsonToken first = json.nextDocument();
    JsonToken next = first;
    if (first != null && first != JsonToken.START_OBJECT) {
      skipOther();
      next = json.nextDocument();
    }
    while (first == JsonToken.START_OBJECT && next == JsonToken.START_OBJECT) {
      documents++;
      topKeys.clear();
      readDocument();
      next = json.nextDocument();
    }
    if (first == null || next != null) {
      json.refuse();
    }
  }

  private void skipOther() {
    json.problems()
        .add(
            WRONG_TYPE,
            json.spot(),
            "the document is " + json.shownValue(),
            "write an object, {\"vms\": [], \"fw_rules\": []}");
    json.skipValue();
  }

  private void readDocument() {
    SourceOffset start = json.spot();
    keys.startDocument();
    boolean isKnown = false;
    while (json.nextKey()) {
      String key = json.key();
      if (!isKnown && (VmReader.isField(key) || RuleReader.isField(key))) {
        if (readElement(key, start.offset())) {
          return;
        }
        continue;
      }
      SourceOffset keySpot = json.spot();
      boolean isNew = json.addKey(topKeys);
      allTopKeys.add(key);
      json.next();
      if (!isList(key)) {
        keys.skipOfDocument(key, keySpot);
        continue;
      }
      isKnown = true;
      if (!isNew) {
        json.skipValue();
      } else if (json.current() == JsonToken.START_ARRAY) {
        readList(key);
      } else {
        skipNoList(key);
      }
    }
    boolean isRefused = keys.tellOfDocument(isKnown);
    if (!isKnown && !isRefused) {
      tellEmpty(start);
    }
  }

  private void skipNoList(String key) {
    json.problems()
        .add(
            WRONG_TYPE,
            json.spot(),
            key + " is " + json.shownValue(),
            key.equals(VMS)
                ? "write a list, [{\"vm_id\": …, \"tags\": […]}]"
                : "write a list, [{\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}]");
    json.skipValue();
  }

  private void tellEmpty(SourceOffset start) {
    String some =
        topKeys.all().stream().limit(3).map(Quoted::value).collect(Collectors.joining(", "));
    json.problems()
        .add(
            MISSING_FIELD,
            start,
            "the document has neither vms nor fw_rules" + (some.isEmpty() ? "" : ", only " + some),
            "add one of the lists, or leave the file out");
  }

  /// Reads a document that is one VM or rule, from its first known key on.
  ///
  /// @return whether it was one; if not, the document has keys that only look so, and the cursor
  ///   stays at the one that shows it
  private boolean readElement(String key, long start) {
    boolean isVm = VmReader.isField(key);
    Holder holder = isVm ? Holder.VM : Holder.RULE;
    keys.startUndecided(holder, topKeys);
    json.stayAtKey();
    boolean isElement = (isVm ? vms : rules).read(start, true);
    keys.decide(holder, isElement);
    if (isElement) {
      allTopKeys.add(isVm ? VMS : FW_RULES);
    } else {
      json.stayAtKey();
    }
    return isElement;
  }

  private void readList(String key) {
    boolean isVms = key.equals(VMS);
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      if (token != JsonToken.START_OBJECT) {
        json.tellWrongType(
            isVms ? "a VM" : "a firewall rule",
            isVms
                ? "write an object, {\"vm_id\": …, \"tags\": […]}"
                : "write an object, {\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}");
        json.skipValue();
        continue;
      }
      keys.start();
      if (isVms) {
        vms.read(json.offset(), false);
      } else {
        rules.read(json.offset(), false);
      }
    }
    lastList = new ParsedPart.ListEnd(key, json.endOffset());
  }
}
