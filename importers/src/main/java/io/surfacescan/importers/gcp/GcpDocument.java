package io.surfacescan.importers.gcp;

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
import tools.jackson.core.JsonToken;

/// One file of an export, as what it says.
///
/// It is a list of resources, as `gcloud … list` writes it; or one resource or asset a line; or an
/// object whose lists are such; or several of these behind each other. Keys that are not known are
/// normal there.
///
/// @param counts how many resources of each type it has; 0 for an empty list whose type the file's
///   name tells
/// @param digest SHA-256 of the document's bytes
record GcpDocument(
    List<Resource> found, Map<ResourceType, Long> counts, ProblemLog problems, byte[] digest) {
  /// Lists of resources that do not say by their name what they hold.
  private static final Set<String> CONTAINERS = Set.of("items", "assets", "results");

  /// Reads a source to its end. What is wrong with it is among the problems.
  ///
  /// @param number the number of the source among all
  static GcpDocument read(int number, Source source, Supervision supervision) {
    var digest = Sha256.digest();
    String path = source.name().replace('\\', '/');
    String file = path.substring(path.lastIndexOf('/') + 1);
    var facts = new Facts(file);
    try (InputStream stored = supervision.stored(source.openFirst());
        InputStream document = supervision.held(Source.document(stored))) {
      var json = new JsonCursor(number, new Utf8Stream(document, digest));
      boolean isJson = json.walk(() -> new Walk(json, facts, GcpKeys.ofDocument()).readDocuments());
      if (facts.counts().isEmpty()) {
        ResourceType.ofFileName(file).ifPresent(facts::seen);
      }
      var problems =
          isJson ? json.problems() : JsonFault.tell(number, source, supervision, json.problems());
      problems.addAll(facts.problems());
      return new GcpDocument(facts.found(), facts.counts(), problems, digest.digest());
    } catch (IOException e) {
      var problems = new ProblemLog();
      problems.add(
          Unreadable.kind(e), SourceOffset.whole(number), Unreadable.what(e), Unreadable.remedy(e));
      return new GcpDocument(List.of(), Map.of(), problems, new byte[0]);
    }
  }

  private record Walk(JsonCursor json, Facts facts, ExportKeys keys) {
    void readDocuments() {
      JsonToken first = json.nextDocument();
      if (first == null) {
        json.refuse();
      }
      while (json.current() != null) {
        if (json.current() == JsonToken.START_OBJECT) {
          add(ExportObject.read(json, keys, this::list));
        } else if (json.current() == JsonToken.START_ARRAY) {
          readList();
        } else {
          json.refuse();
          return;
        }
        if (json.nextDocument() == null) {
          return;
        }
      }
    }

    /// Reads resources that stand under a key of the first level.
    ///
    /// @return the texts that stood there instead; empty if the key is that of something else
    private Optional<List<String>> list(String key) {
      boolean isList =
          json.current() == JsonToken.START_ARRAY || json.current() == JsonToken.START_OBJECT;
      if (key.equals("nextPageToken") && json.current() == JsonToken.VALUE_STRING) {
        json.problems()
            .add(
                ProblemKind.PARTIAL_EXPORT,
                json.spot(),
                "the document has a nextPageToken, so it holds only one page of the export",
                "export all pages, as gcloud does");
        return Optional.empty();
      }
      if (!isList || !(CONTAINERS.contains(key) || ResourceType.ofListKey(key).isPresent())) {
        return Optional.empty();
      }
      if (json.current() == JsonToken.START_OBJECT && !key.equals("items")) {
        return Optional.empty();
      }
      ResourceType.ofListKey(key).ifPresent(facts::seen);
      return Optional.of(json.current() == JsonToken.START_ARRAY ? readList() : readPlaces());
    }

    /// Lists by zones and regions.
    private List<String> readPlaces() {
      while (json.nextKey()) {
        json.next();
        if (json.current() == JsonToken.START_OBJECT) {
          readPlaces();
        } else if (json.current() == JsonToken.START_ARRAY) {
          readList();
        } else {
          json.skipValue();
        }
      }
      return List.of();
    }

    private List<String> readList() {
      var texts = new ArrayList<String>();
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() == JsonToken.START_OBJECT) {
          add(ExportObject.read(json, keys));
        } else if (json.current() == JsonToken.START_ARRAY) {
          readList();
        } else if (json.current() == JsonToken.VALUE_STRING) {
          texts.add(json.text());
        } else {
          json.skipValue();
        }
      }
      return texts;
    }

    private void add(ExportObject object) {
      if (!facts.add(object)) {
        json.problems()
            .add(
                ProblemKind.PARTIAL_EXPORT,
                object.spot(),
                "the asset comes without its content",
                "export assets with --content-type=resource");
      }
    }
  }
}
