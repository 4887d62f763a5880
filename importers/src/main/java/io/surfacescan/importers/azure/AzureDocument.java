package io.surfacescan.importers.azure;

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
import java.util.Set;
import tools.jackson.core.JsonToken;

/// One file of an export, as what it says.
///
/// A document is a resource, a list of them, or an object with such lists: pages of an API
/// (`value`), an answer of the Resource Graph (`data`), a deployment (`resources`). Several may
/// follow each other.
///
/// @param counts how many resources of each kind there are
/// @param digest SHA-256 of the document's bytes
record AzureDocument(
    List<AzureResource> resources, Map<String, Long> counts, ProblemLog problems, byte[] digest) {
  /// Keys of what says that there are more pages.
  private static final Set<String> TOKENS =
      Set.of("nextLink", "@odata.nextLink", "skip_token", "skipToken", "$skipToken");

  /// The key of the list of service tags.
  private static final String SERVICE_TAGS = "values";

  /// Keys of lists of resources.
  private static final Set<String> PAGES = Set.of("value", "data", "resources", SERVICE_TAGS);

  /// Reads a source to its end. What is wrong with it is among the problems.
  ///
  /// @param number the number of the source among all
  static AzureDocument read(int number, Source source, Supervision supervision) {
    var digest = Sha256.digest();
    String name = source.name().replace('\\', '/');
    var facts = new AzureFacts(name.substring(name.lastIndexOf('/') + 1));
    try (InputStream stored = supervision.stored(source.openFirst());
        InputStream document = supervision.held(Source.document(stored))) {
      var json = new JsonCursor(number, new Utf8Stream(document, digest));
      boolean isJson =
          json.walk(() -> new Walk(json, facts, new AzureObject.Keys()).readDocuments());
      var problems =
          isJson ? json.problems() : JsonFault.tell(number, source, supervision, json.problems());
      problems.addAll(facts.problems());
      return new AzureDocument(facts.found(), facts.counts(), problems, digest.digest());
    } catch (IOException e) {
      var problems = new ProblemLog();
      problems.add(
          Unreadable.kind(e), SourceOffset.whole(number), Unreadable.what(e), Unreadable.remedy(e));
      return new AzureDocument(List.of(), Map.of(), problems, new byte[0]);
    }
  }

  /// Goes through the upper levels of documents.
  private record Walk(JsonCursor json, AzureFacts facts, AzureObject.Keys keys) {
    void readDocuments() {
      if (json.nextDocument() == null) {
        json.refuse();
      }
      while (json.current() != null) {
        if (json.current() == JsonToken.START_OBJECT) {
          readObject();
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

    private void readList() {
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() == JsonToken.START_OBJECT) {
          readObject();
        } else if (json.current() == JsonToken.START_ARRAY) {
          readList();
        } else {
          json.skipValue();
        }
      }
    }

    /// A resource, or what holds lists of them.
    private void readObject() {
      var object = AzureObject.start(json);
      var unknown = new ArrayList<AzureObject>();
      boolean isPage = false;
      while (json.nextKey()) {
        String key = json.key();
        if (TOKENS.contains(key)) {
          readToken();
        } else if (PAGES.contains(key)) {
          isPage = true;
          json.next();
          readResources(key);
        } else if (keys.kept(key).isEmpty()) {
          json.next();
          object.addSimilar(json, keys, key);
          addUnknown(unknown);
        } else {
          object.readField(json, keys);
        }
      }
      if (!isPage && !object.has("id") && AzureFacts.type(object).isEmpty()) {
        unknown.addAll(object.listed());
        unknown.forEach(facts::add);
      } else if (!isPage) {
        facts.add(object);
      }
    }

    private void readResources(String key) {
      if (json.current() != JsonToken.START_ARRAY) {
        json.skipValue();
        return;
      }
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() != JsonToken.START_OBJECT) {
          json.skipValue();
        } else if (key.equals(SERVICE_TAGS)) {
          facts.addServiceTag(AzureObject.read(json, keys));
        } else {
          facts.add(AzureObject.read(json, keys));
        }
      }
    }

    /// A bundle has lists under names of its own.
    private void addUnknown(List<AzureObject> unknown) {
      if (json.current() != JsonToken.START_ARRAY) {
        json.skipValue();
        return;
      }
      while (json.next() != JsonToken.END_ARRAY) {
        if (json.current() == JsonToken.START_OBJECT) {
          unknown.add(AzureObject.read(json, keys));
        } else {
          json.skipValue();
        }
      }
    }

    private void readToken() {
      SourceOffset spot = json.spot();
      if (json.next() == JsonToken.VALUE_STRING && !json.text().isEmpty()) {
        json.problems()
            .add(
                ProblemKind.PARTIAL_EXPORT,
                spot,
                "the document names a further page, so it holds only a part of the export",
                "export all pages, as scripts/collect/azure does");
      }
      json.skipValue();
    }
  }
}
