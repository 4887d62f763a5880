package io.surfacescan.importers.terraform;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonToken;

/// One file: a plan or a state as `terraform show -json` writes it, or a raw state.
///
/// @param root its first level, as far as it is read
/// @param digest SHA-256 of the document's bytes
record TerraformDocument(
    int number, String name, JsonValue root, ProblemLog problems, byte[] digest) {
  private static final Set<String> READ =
      Set.of(
          "complete",
          "configuration",
          "errored",
          "format_version",
          "planned_values",
          "prior_state",
          "resource_changes",
          "resources",
          "terraform_version",
          "values",
          "variables",
          "version");

  private static final Pattern KNOWN_FORMAT = Pattern.compile("(0\\.[1-9]\\d*|1\\.\\d+)");

  private static final String REMEDY =
      "write it with `terraform show -json FILE`, where FILE is a plan or a state of Terraform 0.12"
          + " or later";

  /// Reads a source to its end. What is wrong with it is among the problems.
  static TerraformDocument read(int number, Source source, Supervision supervision) {
    var digest = Sha256.digest();
    try (InputStream stored = supervision.stored(source.openFirst());
        InputStream document = supervision.held(Source.document(stored))) {
      var json = new JsonCursor(number, new Utf8Stream(document, digest));
      var root = new LinkedHashMap<String, JsonValue>();
      boolean isJson = json.walk(() -> readRoot(json, root));
      var problems =
          isJson ? json.problems() : JsonFault.tell(number, source, supervision, json.problems());
      var read = JsonValue.object(root);
      if (!problems.hasErrors()) {
        checkFormat(number, read, problems);
      }
      return new TerraformDocument(number, source.name(), read, problems, digest.digest());
    } catch (IOException e) {
      var problems = new ProblemLog();
      problems.add(
          Unreadable.kind(e), SourceOffset.whole(number), Unreadable.what(e), Unreadable.remedy(e));
      return new TerraformDocument(number, source.name(), JsonValue.NOTHING, problems, new byte[0]);
    }
  }

  private static void readRoot(JsonCursor json, Map<String, JsonValue> root) {
    if (json.nextDocument() != JsonToken.START_OBJECT) {
      json.refuse();
      return;
    }
    while (json.nextKey()) {
      String key = json.key();
      if (root.containsKey(key)) {
        json.tellRepeated(key);
      }
      json.next();
      if (READ.contains(key)) {
        root.put(key, JsonValue.read(json));
      } else {
        json.skipValue();
      }
    }
    if (json.nextDocument() != null) {
      json.problems()
          .add(
              ProblemKind.TEXT_AFTER_DOCUMENT,
              json.spot(),
              "a plan or state ends here, and more follows",
              "give each plan and each state a file of its own");
    }
  }

  private static void checkFormat(int number, JsonValue root, ProblemLog problems) {
    String format = root.get("format_version").text();
    boolean isState = root.get("version").text().equals("4");
    if (format.isEmpty() && !isState) {
      String version = root.get("version").text();
      problems.add(
          ProblemKind.INVALID_VALUE,
          new SourceOffset(number, root.get("version").offset()),
          version.isEmpty()
              ? "the document has no format_version, so it is no plan or state of Terraform"
              : "this is a raw state of another version than 4",
          REMEDY);
    } else if (!format.isEmpty() && !KNOWN_FORMAT.matcher(format).matches()) {
      problems.add(
          ProblemKind.INVALID_VALUE,
          new SourceOffset(number, root.get("format_version").offset()),
          "the document's format_version is not one of 0.1 to 1.x",
          REMEDY);
    }
    if (root.get("errored").isTrue()) {
      problems.add(
          ProblemKind.PARTIAL_EXPORT,
          new SourceOffset(number, root.get("errored").offset()),
          "the plan ended with an error, so it does not hold all changes",
          "repair what terraform plan reports, and plan again");
    } else if (!root.get("complete").isNothing() && !root.get("complete").isTrue()) {
      problems.add(
          ProblemKind.ABSENT_LAYER,
          new SourceOffset(number, root.get("complete").offset()),
          "the plan leaves changes for a later one, so it does not hold all",
          "plan without -target; or apply it, and look at the next plan too");
    }
  }

  boolean isPlan() {
    return !root.get("planned_values").isNothing() || !root.get("resource_changes").isNothing();
  }
}
