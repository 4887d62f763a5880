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
import java.util.Optional;
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
  private static final String CLASSES = "classes";
  private static final String COMPLETE = "complete";

  private final JsonCursor json;
  private final ElementKeys keys;
  private final EnvironmentBuilder environment = new EnvironmentBuilder();
  private final OffsetColumn vmSpots = new OffsetColumn();
  private final OffsetColumn ruleSpots = new OffsetColumn();
  private final VmReader vms;
  private final RuleReader rules;
  private final ClassReader classes;

  /// Those of the one document of which this reads a piece.
  private final Optional<DocumentClasses> shared;

  /// Those of the document at hand.
  private DocumentClasses ofDocument = new DocumentClasses();

  /// The keys of the document at hand.
  private final Keys topKeys = new Keys();

  /// The keys of all documents; `vms` and `fw_rules` also stand for single VMs and rules.
  private final Set<String> allTopKeys = new LinkedHashSet<>();

  private int documents;
  private ParsedPart.ListEnd lastList = ParsedPart.ListEnd.NONE;

  private DocumentReader(
      JsonCursor json,
      boolean ignoresUnknownKeys,
      Optional<DocumentClasses> shared,
      boolean isFirst) {
    this.json = json;
    this.shared = shared;
    keys = new ElementKeys(json, ignoresUnknownKeys);
    classes = new ClassReader(json, keys);
    vms = new VmReader(json, keys, environment, vmSpots, !isFirst);
    rules = new RuleReader(json, keys, environment, ruleSpots);
  }

  /// Reads a document to its end or to the first thing that is not JSON. Does not close the stream.
  ///
  /// @param source the number of the source among all
  static ParsedPart read(int source, Utf8Stream stream, boolean ignoresUnknownKeys) {
    return new DocumentReader(
            new JsonCursor(source, stream), ignoresUnknownKeys, Optional.empty(), true)
        .read();
  }

  /// As the other, for a piece of a document.
  ///
  /// @param shared the classes of the document
  /// @param isFirst whether this piece is the first, which has the classes
  static ParsedPart readPiece(
      int source,
      Utf8Stream stream,
      boolean ignoresUnknownKeys,
      DocumentClasses shared,
      boolean isFirst) {
    return new DocumentReader(
            new JsonCursor(source, stream), ignoresUnknownKeys, Optional.of(shared), isFirst)
        .read();
  }

  static boolean isList(String key) {
    return key.equals(VMS) || key.equals(FW_RULES);
  }

  private ParsedPart read() {
    boolean isJson = json.walk(this::readDocuments);
    vms.endDocument(false);
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
            "write an object, {\"vms\": [], \"fw_rules\": []}; save an export whole, as without"
                + " --query or a filter");
    json.skipValue();
  }

  private void readDocument() {
    SourceOffset start = json.spot();
    keys.startDocument();
    ofDocument = shared.orElseGet(DocumentClasses::new);
    classes.startDocument(ofDocument);
    vms.startDocument(ofDocument);
    rules.startDocument();
    boolean isKnown = false;
    while (json.nextKey()) {
      String key = json.key();
      if (!isKnown && (VmReader.isField(key) || RuleReader.isField(key))) {
        if (readElement(key, start.offset())) {
          endDocument();
          return;
        }
        continue;
      }
      SourceOffset keySpot = json.spot();
      boolean isNew = json.addKey(topKeys);
      allTopKeys.add(key);
      json.next();
      if (key.equals(COMPLETE)) {
        readComplete();
        continue;
      }
      if (!isList(key) && !key.equals(CLASSES)) {
        readOther(key, keySpot, isNew);
        continue;
      }
      isKnown |= isList(key);
      if (isList(key)) {
        // The readers of other pieces need not wait any more.
        ofDocument.complete();
      }
      if (!isNew) {
        json.skipValue();
      } else if (json.current() == JsonToken.START_ARRAY) {
        readList(key);
      } else {
        skipNoList(key);
      }
    }
    endDocument();
    boolean isRefused = keys.tellOfDocument(isKnown);
    if (!isKnown && !isRefused) {
      tellEmpty(start);
    }
  }

  private void endDocument() {
    vms.endDocument();
    rules.endDocument();
    vms.endDocument(true);
    if (shared.isEmpty()) {
      ofDocument.warnOfUnused(json.problems());
    }
  }

  /// Reads a key that is no list of the document.
  private void readOther(String key, SourceOffset spot, boolean isNew) {
    var reader = vms.isOptional(key) ? vms : rules;
    if (isNew && reader.isOptional(key)) {
      keys.addOptional(key, spot);
      reader.readEarly(key);
    } else {
      keys.skipOfDocument(key, spot);
    }
  }

  /// Whether the export that the document was made of had all layers.
  private void readComplete() {
    JsonToken value = json.current();
    if (value == JsonToken.VALUE_FALSE) {
      environment.incomplete();
    } else if (value != JsonToken.VALUE_TRUE) {
      json.tellWrongType(COMPLETE, "write true or false");
      json.skipValue();
    }
  }

  private void skipNoList(String key) {
    json.problems()
        .add(
            WRONG_TYPE,
            json.spot(),
            key + " is " + json.shownValue(),
            "write a list, [" + form(key) + "]");
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
    keys.decide(holder, isElement, (isVm ? vms : rules)::isOptional);
    if (isElement) {
      allTopKeys.add(isVm ? VMS : FW_RULES);
    } else {
      json.stayAtKey();
    }
    return isElement;
  }

  private static String form(String list) {
    return switch (list) {
      case VMS -> "{\"vm_id\": …, \"tags\": […]}";
      case CLASSES -> "{\"class_id\": …, \"tags\": […]}";
      default -> "{\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}";
    };
  }

  private ElementReader reader(String list) {
    return switch (list) {
      case VMS -> vms;
      case CLASSES -> classes;
      default -> rules;
    };
  }

  private void readList(String key) {
    var reader = reader(key);
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      if (token != JsonToken.START_OBJECT) {
        json.tellWrongType(
            reader.holder().shown().replaceFirst("^the", "a"), "write an object, " + form(key));
        json.skipValue();
        continue;
      }
      keys.start();
      reader.read(json.offset(), false);
    }
    if (isList(key)) {
      lastList = new ParsedPart.ListEnd(key, json.endOffset());
    } else {
      ofDocument.complete();
    }
  }
}
