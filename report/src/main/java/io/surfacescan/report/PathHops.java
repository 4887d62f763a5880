package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Unreachable;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Resolution;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.Drawn;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// A shortest attack path hop by hop, each with every rule that allows it, or several, one for each
/// route; or why there is none.
///
/// JSON is `{"from", "to", "reachable", "hops": [{"from", "to", "vms", "rules": […]}]}`. If the
/// path had to go over a VM there are `via` and, where the path comes to VMs twice,
/// `visited_again`. If more than one route was asked for there are `routes` (each with its `hops`;
/// the first is that above), `routes_total` (null if there are too many to count or more than 2^53
/// - 1, then with `routes_at_least`), `more` and `truncated`. Without a path there are no hops but
///   `unreachable`. NDJSON has one hop a line, CSV one row per hop and rule, both with the number
///   of the route if more than one was asked for; neither says why there is no path.
///
/// Every id has its name beside it: `from_name`, `to_name`, `via_name`, null where a VM has none.
/// If an end was asked for as a group, `from_tag` or `to_tag` names it.
///
/// @param limit how many routes were asked for
/// @param why there is no path, if so
/// @param fromTag the tag of the group that the path starts in, if it was asked for as a group
/// @param toTag likewise where it ends
public record PathHops(
    Environment environment,
    AttackRoutes routes,
    Conditions conditions,
    int limit,
    Optional<Unreachable> why,
    Optional<String> fromTag,
    Optional<String> toTag)
    implements Drawn {
  /// The largest whole number that every reader of JSON takes as it is: 2^53 - 1.
  private static final long EXACT_MOST = (1L << 53) - 1;

  /// Asks the engine for the first routes, and if there is none for the reason.
  public static PathHops of(
      AttackGraph graph, int from, int to, Conditions conditions, int limit, Deadline deadline) {
    var routes = AttackRoutes.of(graph, from, to, conditions, limit, deadline);
    return new PathHops(
        graph.environment(),
        routes,
        conditions,
        limit,
        routes.routes().isEmpty()
            ? Optional.of(Unreachable.of(graph, from, to, conditions))
            : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The same between members of groups.
  PathHops between(Optional<String> from, Optional<String> to) {
    return new PathHops(environment, routes, conditions, limit, why, from, to);
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> Json.write(out, this::writeJson);
      case NDJSON -> Json.write(out, this::writeNdjson);
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  @Override
  public void draw(OutputStream out, Drawing drawing) throws IOException {
    new PathDrawing(environment, routes.from(), routes.to(), routes.routes()).write(out, drawing);
  }

  private boolean isOfSeveral() {
    return limit > 1;
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    Json.vm(json, "from", environment, routes.from());
    Json.vm(json, "to", environment, routes.to());
    fromTag.ifPresent(tag -> json.writeStringProperty("from_tag", tag));
    toTag.ifPresent(tag -> json.writeStringProperty("to_tag", tag));
    conditions.via().ifPresent(vm -> Json.vm(json, "via", environment, vm));
    json.writeBooleanProperty("reachable", why.isEmpty());
    hops(json, routes.routes().stream().findFirst());
    if (isOfSeveral()) {
      writeRoutes(json);
    }
    why.ifPresent(reason -> new UnreachableWords(environment, reason, conditions).json(json));
    json.writeEndObject();
  }

  private void writeRoutes(JsonGenerator json) {
    json.writeArrayPropertyStart("routes");
    for (var route : routes.routes()) {
      json.writeStartObject();
      hops(json, Optional.of(route));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (routes.total().isPresent() && routes.total().getAsLong() <= EXACT_MOST) {
      json.writeNumberProperty("routes_total", routes.total().getAsLong());
    } else {
      json.writeNullProperty("routes_total");
      json.writeNumberProperty("routes_at_least", atLeast());
    }
    json.writeBooleanProperty("more", routes.more());
    json.writeBooleanProperty("truncated", isTruncated());
  }

  /// A number of routes that is sure, where the exact one is not written.
  private long atLeast() {
    return routes.total().isPresent() ? EXACT_MOST : routes.routes().size() + 1L;
  }

  /// Whether fewer routes are named than there are and were asked for, because they are so long.
  private boolean isTruncated() {
    return routes.more() && routes.routes().size() < limit;
  }

  private void hops(JsonGenerator json, Optional<AttackPath> path) {
    json.writeArrayPropertyStart("hops");
    path.map(AttackPath::hops).orElse(List.of()).forEach(hop -> hop(json, Optional.empty(), hop));
    json.writeEndArray();
    if (conditions.via().isPresent() && path.isPresent()) {
      json.writeArrayPropertyStart("visited_again");
      path.get().visitedAgain().forEach(vm -> json.writeString(environment.vmId(vm)));
      json.writeEndArray();
    }
  }

  private void writeNdjson(JsonGenerator json) {
    int number = 0;
    for (var route : routes.routes()) {
      number++;
      for (var hop : route.hops()) {
        hop(json, isOfSeveral() ? Optional.of(number) : Optional.empty(), hop);
        json.writeRaw('\n');
      }
    }
  }

  private void hop(JsonGenerator json, Optional<Integer> route, AttackPath.Hop hop) {
    json.writeStartObject();
    route.ifPresent(number -> json.writeNumberProperty("route", number));
    Json.vm(json, "from", environment, hop.from());
    Json.vm(json, "to", environment, hop.to());
    json.writeNumberProperty("vms", hop.vms());
    Rules.json(json, environment, hop.rules());
    json.writeEndObject();
  }

  private void writeCsv(OutputStream out) throws IOException {
    var rows = new TextLines(out);
    csvHeader(rows, limit);
    for (int route = 0; route < routes.routes().size(); route++) {
      var hops = routes.routes().get(route).hops();
      for (int hop = 0; hop < hops.size(); hop++) {
        writeRows(rows, route + 1, hop + 1, hops.get(hop));
      }
    }
    rows.flush();
  }

  static void csvHeader(TextLines rows, int limit) throws IOException {
    if (limit > 1) {
      rows.field("route");
    }
    rows.field("hop").field("from").field("to");
    for (String name : Rules.CSV_HEADER) {
      rows.field(name);
    }
    rows.field("from_name").field("to_name").end();
  }

  private void writeRows(TextLines rows, int route, int number, AttackPath.Hop hop)
      throws IOException {
    for (int rule : hop.rules()) {
      if (isOfSeveral()) {
        rows.field(Integer.toString(route));
      }
      rows.field(Integer.toString(number));
      rows.field(environment.vmIds(), hop.from()).field(environment.vmIds(), hop.to());
      Rules.fields(rows, environment.rule(rule));
      rows.fieldOrNone(environment.vmName(hop.from()));
      rows.fieldOrNone(environment.vmName(hop.to())).end();
    }
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    lines.vm(environment, routes.from());
    of(lines, fromTag);
    lines.words(why.isPresent() ? " cannot attack " : " attacks ");
    lines.vm(environment, routes.to());
    of(lines, toTag);
    if (conditions.via().isPresent()) {
      lines.words(" over ").vm(environment, conditions.via().getAsInt());
    }
    if (why.isPresent()) {
      new UnreachableWords(environment, why.get(), conditions).text(lines);
    } else if (isOfSeveral()) {
      writeRoutes(lines);
    } else {
      lines.words(" in " + hops(routes.hops()) + ":").end();
      writeRoute(lines, routes.routes().getFirst());
    }
    lines.flush();
  }

  private static void of(TextLines lines, Optional<String> tag) {
    tag.ifPresent(name -> lines.words(" of ").text(Resolution.GROUP_PREFIX + name));
  }

  static String hops(int count) {
    return count == 1 ? "1 hop" : count + " hops";
  }

  private void writeRoutes(TextLines lines) throws IOException {
    lines.words(" in " + hops(routes.hops()) + " by " + routesInAll()).end();
    String ofAll = routes.total().isPresent() ? " of " + shown(routes.total()) : "";
    int number = 0;
    for (var route : routes.routes()) {
      number++;
      lines.words("route " + number + ofAll + ":").end();
      writeRoute(lines, route);
    }
  }

  private String routesInAll() {
    int named = routes.routes().size();
    if (!routes.more()) {
      return named == 1 ? "1 shortest route:" : named + " shortest routes:";
    }
    String all = routes.total().isPresent() ? shown(routes.total()) : "more than " + named;
    String these = named == 1 ? "this is the first" : "these are the first " + named;
    return all
        + " shortest routes; "
        + these
        + (isTruncated() ? ", fewer than asked for as they are so long:" : ":");
  }

  private static String shown(OptionalLong total) {
    long routes = total.getAsLong();
    return routes == Long.MAX_VALUE ? "at least " + routes : Long.toString(routes);
  }

  private void writeRoute(TextLines lines, AttackPath route) throws IOException {
    for (var hop : route.hops()) {
      lines.words("  ").vm(environment, hop.from());
      lines.words(" attacks ").vm(environment, hop.to());
      if (isOfSeveral() && hop.vms() > 1) {
        lines.words(" (or " + (hop.vms() == 2 ? "1 VM" : hop.vms() - 1 + " VMs") + " like it)");
      }
      lines.words(" through ");
      Rules.text(lines, environment, hop.rules());
      lines.end();
    }
    for (int vm : route.visitedAgain()) {
      lines.words("  this way comes to ").vm(environment, vm).words(" again").end();
    }
  }
}
