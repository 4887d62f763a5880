package io.surfacescan.importers.aws;

import io.surfacescan.importers.cloud.ExportKeys;
import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.JsonFault;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonToken;

/// One file of an export, as what it says.
///
/// Several documents may follow each other, or stand in a list: pages of one command. Keys that are
/// not known are normal there.
///
/// @param unit where the file stands
/// @param units what it is of: one for each account, where the accounts of a folder are told apart
/// @param counts how many elements each known list has, empty ones too
/// @param digest SHA-256 of the document's bytes
record AwsDocument(
    int number,
    Unit unit,
    Set<Unit> units,
    List<Fact> facts,
    Map<String, Long> counts,
    ProblemLog problems,
    byte[] digest) {
  /// Lists of documents of the CLI that are known and say nothing about what reaches what.
  static final List<String> UNUSED_LISTS =
      List.of(
          "AvailabilityZones",
          "CustomerGateways",
          "DBInstances",
          "DhcpOptions",
          "DomainStatusList",
          "FlowLogs",
          "Images",
          "KeyPairs",
          "LocalGateways",
          "Regions",
          "ServiceDetails",
          "ServiceNames",
          "Snapshots",
          "Volumes",
          "VpnConnections",
          "CarrierGateways",
          "ResourceMetadata",
          "LaunchTemplates",
          "VpcClassicLink");

  /// Reads a source to its end. What is wrong with it is among the problems.
  ///
  /// @param number the number of the source among all
  static AwsDocument read(int number, Source source, Supervision supervision) {
    return read(number, source, supervision, Optional.empty());
  }

  /// Reads it once more, with what it holds of each account apart.
  AwsDocument apart(Source source, Supervision supervision) {
    var owners = new TreeSet<String>();
    if (unit.hasAccountNumber()) {
      owners.add(unit.account());
    } else {
      facts.forEach(fact -> {
        if (fact instanceof Resource resource && resource.head().isOwned()) {
          owners.add(resource.head().owner());
        }
      });
    }
    return read(number, source, supervision, Optional.of(owners.size() == 1 ? owners.first() : ""));
  }

  private static AwsDocument read(
      int number, Source source, Supervision supervision, Optional<String> otherwise) {
    var unit = Unit.of(source.name());
    var digest = Sha256.digest();
    var facts = new Facts(unit, otherwise);
    try (InputStream stored =
            supervision.stored(otherwise.isEmpty() ? source.openFirst() : source.open());
        InputStream document = supervision.held(Source.document(stored))) {
      var json = new JsonCursor(number, new Utf8Stream(document, digest));
      boolean isJson = json.walk(() -> new Walk(json, facts, AwsKeys.ofDocument()).readDocuments());
      var problems =
          isJson ? json.problems() : JsonFault.tell(number, source, supervision, json.problems());
      problems.addAll(facts.problems());
      return new AwsDocument(
          number, unit, facts.units(), facts.found(), facts.counts(), problems, digest.digest());
    } catch (IOException e) {
      var problems = new ProblemLog();
      problems.add(
          Unreadable.kind(e), SourceOffset.whole(number), Unreadable.what(e), Unreadable.remedy(e));
      return new AwsDocument(
          number, unit, Set.of(unit), List.of(), Map.of(), problems, new byte[0]);
    }
  }

  /// Goes through the first level of documents.
  private record Walk(JsonCursor json, Facts facts, ExportKeys keys) {
    void readDocuments() {
      JsonToken first = json.nextDocument();
      if (first == null) {
        json.refuse();
      }
      while (json.current() != null) {
        if (json.current() == JsonToken.START_OBJECT) {
          readDocument();
        } else if (json.current() == JsonToken.START_ARRAY) {
          readPages();
        } else {
          json.refuse();
          return;
        }
        if (json.nextDocument() == null) {
          return;
        }
      }
    }

    private void readPages() {
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() == JsonToken.START_OBJECT) {
          readDocument();
        } else {
          json.skipValue();
        }
      }
    }

    private void readDocument() {
      // Whatever the texts of the first level are about may stand before them.
      var texts = new TreeMap<String, String>();
      var lists = new TreeMap<String, List<ExportObject>>();
      var seen = new TreeSet<String>();
      while (json.nextKey()) {
        String key = json.key();
        if (!seen.add(key)) {
          json.tellRepeated(key);
        }
        String list = facts.listOf(key);
        SourceOffset spot = json.spot();
        JsonToken value = json.next();
        if (key.equals("AdditionalRoutesAvailable") && value == JsonToken.VALUE_TRUE) {
          json.problems()
              .add(
                  ProblemKind.PARTIAL_EXPORT,
                  spot,
                  "the document says that more routes are available than it holds",
                  "search the routes by their types, or export the route table as a whole");
        }
        if (isToken(key)) {
          readToken(key, value, spot);
        } else if (value == JsonToken.START_ARRAY && !list.isEmpty()) {
          readList(list, lists);
        } else if (value == JsonToken.START_OBJECT && !list.isEmpty()) {
          facts.add(list, ExportObject.read(json, keys));
          facts.count(list, 1);
        } else if (value == JsonToken.VALUE_STRING) {
          texts.put(key, json.text());
        } else {
          json.skipValue();
        }
      }
      lists.forEach((list, objects) -> facts.addUnnamed(list, objects, texts));
    }

    private void readList(String list, Map<String, List<ExportObject>> unnamed) {
      // An empty list counts too: it says that there are no routes, entries or targets.
      var objects =
          Facts.UNNAMED.contains(list)
              ? Optional.of(unnamed.computeIfAbsent(list, absent -> new ArrayList<>()))
              : Optional.<List<ExportObject>>empty();
      int count = 0;
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() != JsonToken.START_OBJECT) {
          json.skipValue();
          continue;
        }
        count++;
        if (objects.isPresent()) {
          objects.get().add(ExportObject.read(json, keys));
        } else {
          facts.add(list, ExportObject.read(json, keys));
        }
      }
      facts.count(list, count);
    }

    private static boolean isToken(String key) {
      return switch (key) {
        case "NextToken", "NextMarker", "nextToken" -> true;
        default -> false;
      };
    }

    private void readToken(String key, JsonToken value, SourceOffset spot) {
      if (value == JsonToken.VALUE_STRING && !json.text().isEmpty()) {
        json.problems()
            .add(
                ProblemKind.PARTIAL_EXPORT,
                spot,
                "the document has a " + key + ", so it holds only one page of the export",
                "export all pages, without --max-items, --page-size or --no-paginate");
      }
      json.skipValue();
    }
  }
}
