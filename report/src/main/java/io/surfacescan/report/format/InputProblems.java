package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What an input holds and what is wrong with it, errors first.
///
/// JSON is `{"valid", "vm_count", "rule_count", "tag_count", "error_count", "warning_count",
/// "counts": {"duplicate-tag": 1, …}, "problems": […]}`. A problem is `{"severity", "kind", "file",
/// "line", "column", "what", "remedy", "count", "more"}`, without line and column if it is about
/// the file as a whole. Problems that are alike are one, at the place of the first: `count` is how
/// many they are, `more` has the places of the next few. NDJSON and CSV have the problems alone,
/// CSV without `more`. An input that is refused has no counts of VMs, rules and tags, because it is
/// not one environment.
public record InputProblems(Environment environment, Problems problems) implements Document {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> Json.write(out, this::writeJson);
      case NDJSON -> Json.write(out, this::writeNdjson);
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private List<Problem> listed() {
    var listed = new ArrayList<>(problems.errors());
    listed.addAll(problems.warnings());
    return listed;
  }

  private static String severity(ProblemKind kind) {
    return switch (kind.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
    };
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    json.writeBooleanProperty("valid", !problems.refused());
    if (!problems.refused()) {
      json.writeNumberProperty("vm_count", environment.vmCount());
      json.writeNumberProperty("rule_count", environment.ruleCount());
      json.writeNumberProperty("tag_count", environment.tagCount());
    }
    json.writeNumberProperty("error_count", problems.errorCount());
    json.writeNumberProperty("warning_count", problems.warningCount());
    json.writeObjectPropertyStart("counts");
    problems.counts().forEach((kind, count) -> json.writeNumberProperty(kind.code(), count));
    json.writeEndObject();
    json.writeArrayPropertyStart("problems");
    listed().forEach(problem -> problem(json, problem));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeNdjson(JsonGenerator json) {
    for (var problem : listed()) {
      problem(json, problem);
      json.writeRaw('\n');
    }
  }

  static void problem(JsonGenerator json, Problem problem) {
    json.writeStartObject();
    json.writeStringProperty("severity", severity(problem.kind()));
    json.writeStringProperty("kind", problem.kind().code());
    place(json, problem.place());
    json.writeStringProperty("what", problem.what());
    json.writeStringProperty("remedy", problem.remedy());
    json.writeNumberProperty("count", problem.count());
    json.writeArrayPropertyStart("more");
    for (Place more : problem.more()) {
      json.writeStartObject();
      place(json, more);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, Place place) {
    json.writeStringProperty("file", place.file());
    if (!isWholeFile(place)) {
      json.writeNumberProperty("line", place.line());
      json.writeNumberProperty("column", place.column());
    }
  }

  private static boolean isWholeFile(Place place) {
    return place.line() == 0;
  }

  private void writeCsv(OutputStream out) throws IOException {
    var rows = new TextLines(out);
    for (String name :
        List.of("severity", "kind", "file", "line", "column", "what", "remedy", "count")) {
      rows.field(name);
    }
    rows.end();
    for (var problem : listed()) {
      rows.field(severity(problem.kind())).field(problem.kind().code());
      rows.field(problem.place().file());
      if (isWholeFile(problem.place())) {
        rows.noField().noField();
      } else {
        rows.field(Integer.toString(problem.place().line()));
        rows.field(Integer.toString(problem.place().column()));
      }
      rows.field(problem.what()).field(problem.remedy());
      rows.field(Long.toString(problem.count())).end();
    }
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    for (var problem : listed()) {
      // Its parts are escaped already.
      lines.words(severity(problem.kind()) + ": " + TerminalText.message(problem.toString())).end();
    }
    long unlisted = problems.unlistedErrors() + problems.unlistedWarnings();
    if (unlisted > 0) {
      lines.words("and " + unlisted + " more, not listed; repair these first").end();
    }
    if (problems.refused()) {
      lines.words("invalid: ");
    } else {
      lines.words("valid: " + count(environment.vmCount(), "VM") + ", ");
      lines.words(count(environment.ruleCount(), "rule") + ", ");
      lines.words(count(environment.tagCount(), "tag") + ", ");
    }
    lines.words(count(problems.errorCount(), "error") + ", ");
    lines.words(count(problems.warningCount(), "warning")).end();
    lines.flush();
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
