package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.GroupByHop;
import io.surfacescan.engine.NearestPair;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.Drawn;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// The shortest path between two VMs or groups. Of a group, the member nearest to the other end is
/// taken, and the answer is that of [PathHops] between the two.
///
/// Without a path of a group, JSON is `{"from", "from_name", "to", "to_name", "reachable": false,
/// "hops": [], "unreachable": {…}}`, in which an end that is a group is null and named by
/// `from_tag` or `to_tag`. `unreachable` has the `attackers` of the one end and the `victims` of
/// the other; no VM is among both.
public final class SubjectPath {
  private SubjectPath() {}

  /// Cost: as [NearestPair] and [PathHops] say.
  ///
  /// @param from not the same one VM as `to`
  public static Drawn of(
      AttackGraph graph,
      Subject from,
      Subject to,
      Conditions conditions,
      int limit,
      Deadline deadline) {
    if (from instanceof Subject.One(int source) && to instanceof Subject.One(int target)) {
      return PathHops.of(graph, source, target, conditions, limit, deadline);
    }
    return NearestPair.of(graph, from.members(), to.members(), conditions)
        .<Drawn>map(pair ->
            PathHops.of(graph, pair.from(), pair.to(), conditions, limit, deadline)
                .between(tag(from), tag(to)))
        .orElseGet(() -> NoPath.of(graph, from, to, conditions, limit));
  }

  /// Whether there is such a path.
  public static boolean isReachable(Drawn path) {
    return path instanceof PathHops found && found.why().isEmpty();
  }

  private static Optional<String> tag(Subject subject) {
    return subject instanceof Subject.Group(String tag, var _)
        ? Optional.of(tag)
        : Optional.empty();
  }

  /// @param attackers how many VMs can attack another VM of `to`, without what is to be avoided
  /// @param victims how many VMs another VM of `from` can attack, likewise
  private record NoPath(
      Environment environment,
      Subject from,
      Subject to,
      Conditions conditions,
      int limit,
      int attackers,
      int victims)
      implements Drawn {
    static NoPath of(
        AttackGraph graph, Subject from, Subject to, Conditions conditions, int limit) {
      Exclusions avoided = conditions.avoided();
      int most = Subject.ANY_HOPS;
      return new NoPath(
          graph.environment(),
          from,
          to,
          conditions,
          limit,
          GroupByHop.attackers(graph, to.members(), most, avoided).size(),
          GroupByHop.victims(graph, from.members(), most, avoided).size());
    }

    @Override
    public void write(OutputStream out, Format format) throws IOException {
      switch (format) {
        case JSON -> Json.write(out, this::json);
        case NDJSON -> {}
        case CSV -> {
          var rows = new TextLines(out);
          PathHops.csvHeader(rows, limit);
          rows.flush();
        }
        case TEXT -> text(out);
      }
    }

    @Override
    public void draw(OutputStream out, Drawing drawing) throws IOException {
      PathDrawing.none(environment).write(out, drawing);
    }

    private void json(JsonGenerator json) {
      json.writeStartObject();
      end(json, "from", from);
      end(json, "to", to);
      tag(from).ifPresent(name -> json.writeStringProperty("from_tag", name));
      tag(to).ifPresent(name -> json.writeStringProperty("to_tag", name));
      conditions.via().ifPresent(vm -> Json.vm(json, "via", environment, vm));
      json.writeBooleanProperty("reachable", false);
      JsonDocument.strings(json, "hops", List.of());
      if (limit > 1) {
        JsonDocument.strings(json, "routes", List.of());
        json.writeNumberProperty("routes_total", 0);
        json.writeBooleanProperty("more", false);
        json.writeBooleanProperty("truncated", false);
      }
      json.writeObjectPropertyStart("unreachable");
      json.writeNumberProperty("attackers", attackers);
      json.writeNumberProperty("victims", victims);
      json.writeEndObject();
      json.writeEndObject();
    }

    private void end(JsonGenerator json, String member, Subject subject) {
      switch (subject) {
        case Subject.One(int vm) -> Json.vm(json, member, environment, vm);
        case Subject.Group _ -> {
          json.writeNullProperty(member);
          json.writeNullProperty(member + "_name");
        }
      }
    }

    private void text(OutputStream out) throws IOException {
      String source = SubjectLabel.of(environment, from);
      String target = SubjectLabel.of(environment, to);
      var lines = new TextLines(out);
      lines.text(source).words(" cannot attack ").text(target);
      if (conditions.via().isPresent()) {
        lines.words(" over ").vm(environment, conditions.via().getAsInt());
      }
      lines.words(":").end();
      lines.words("  ").text(source).words(" can attack ");
      lines.words(ExposureListing.counted(victims, "VM")).end();
      lines.words("  " + ExposureListing.counted(attackers, "VM") + " can attack ");
      lines.text(target).end();
      lines.flush();
    }
  }
}
