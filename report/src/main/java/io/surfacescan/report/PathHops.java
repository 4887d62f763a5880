package io.surfacescan.report;

import static java.util.Objects.requireNonNull;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Unreachable;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

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
/// If the real rules were asked for and are known, each hop has `gates` with them; CSV has a row
/// for each real rule in place of each rule.
///
/// Every id has its name beside it: `from_name`, `to_name`, `via_name`, null where a VM has none.
/// If an end was asked for as a group, `from_tag` or `to_tag` names it.
///
/// @param limit how many routes were asked for
/// @param why there is no path, if so
/// @param fromTag the tag of the group that the path starts in, if it was asked for as a group
/// @param toTag likewise where it ends
/// @param grounds per hop what lets it through in the real environment; none if that was not asked
public record PathHops(
    Environment environment,
    AttackRoutes routes,
    Conditions conditions,
    int limit,
    Optional<Unreachable> why,
    Optional<String> fromTag,
    Optional<String> toTag,
    Map<AttackPath.Hop, Explanation> grounds)
    implements Document {
  /// The largest whole number that every reader of JSON takes as it is: 2^53 - 1.
  private static final long EXACT_MOST = (1L << 53) - 1;

  public static PathHops of(PathQuestion.Routes answer) {
    return new PathHops(
        answer.environment(),
        answer.routes(),
        answer.conditions(),
        answer.limit(),
        answer.why(),
        answer.fromTag(),
        answer.toTag(),
        answer.grounds());
  }

  @Override
  public Optional<Graph> picture() {
    return Optional.of(PathGraph.of(environment, routes.from(), routes.to(), routes.routes()));
  }

  private boolean isOfSeveral() {
    return limit > 1;
  }

  /// One hop of one of the routes.
  ///
  /// @param route the number of the route, from 1
  /// @param number that of the hop on it, from 1
  private record Row(int route, int number, AttackPath.Hop hop) {
    static List<Row> of(int route, AttackPath path) {
      var hops = path.hops();
      return IntStream.range(0, hops.size())
          .mapToObj(hop -> new Row(route, hop + 1, hops.get(hop)))
          .toList();
    }
  }

  @Override
  public Table<?> table() {
    return new Table<>(
        hops(environment, isOfSeveral(), grounds),
        rows -> {
          for (int route = 0; route < routes.routes().size(); route++) {
            Row.of(route + 1, routes.routes().get(route)).forEach(rows);
          }
        });
  }

  /// @param withRoute whether the route of a hop is named
  private static Columns<Row> hops(
      Environment environment, boolean withRoute, Map<AttackPath.Hop, Explanation> grounds) {
    var columns = new Columns<Row>();
    if (withRoute) {
      columns.number("route", Row::route);
    }
    columns
        .inCsv(csv -> csv.number("hop", Row::number))
        .vm("from", environment, row -> row.hop.from())
        .vm("to", environment, row -> row.hop.to())
        .inJson(json -> json.number("vms", row -> row.hop.vms()));
    return grounds.isEmpty()
        ? columns.rules(environment, row -> row.hop.rules())
        : columns
            .inJson(json ->
                json.rules(environment, row -> row.hop.rules())
                    .list("gates", GateStep.GROUNDS, row -> gates(grounds, row.hop)))
            .inCsv(csv ->
                csv.eachOf(
                    GateStep.RULES,
                    (row, each) -> GateStep.rules(gates(grounds, row.hop)).forEach(each)));
  }

  private static List<GateStep> gates(
      Map<AttackPath.Hop, Explanation> grounds, AttackPath.Hop hop) {
    return GateStep.of(requireNonNull(grounds.get(hop)));
  }

  /// The table of a path that is not there.
  static Table<?> none(Environment environment, int limit) {
    return new Table<>(hops(environment, limit > 1, Map.of()), ignored -> {});
  }

  @Override
  public Optional<Tree<?>> tree() {
    var columns =
        new Columns<PathHops>()
            .vm("from", environment, path -> path.routes.from())
            .vm("to", environment, path -> path.routes.to());
    fromTag.ifPresent(tag -> columns.text("from_tag", ignored -> tag));
    toTag.ifPresent(tag -> columns.text("to_tag", ignored -> tag));
    conditions.via().ifPresent(vm -> columns.vm("via", environment, ignored -> vm));
    columns.truth("reachable", path -> path.why.isEmpty());
    if (routes.routes().isEmpty()) {
      columns.texts("hops", ignored -> List.of());
    } else {
      columns.inline(route(), path -> path.routes.routes().getFirst());
    }
    if (isOfSeveral()) {
      columns.list("routes", route(), path -> path.routes.routes());
      boolean isExact = routes.total().isPresent() && routes.total().getAsLong() <= EXACT_MOST;
      columns.numberOrNone(
          "routes_total", path -> isExact ? path.routes.total() : OptionalLong.empty());
      if (!isExact) {
        columns.number("routes_at_least", PathHops::atLeast);
      }
      columns.truth("more", path -> path.routes.more()).truth("truncated", PathHops::isTruncated);
    }
    why.ifPresent(reason -> new UnreachableWords(environment, reason, conditions).addTo(columns));
    return Optional.of(new Tree<>(columns, this));
  }

  private Columns<AttackPath> route() {
    var columns =
        new Columns<AttackPath>()
            .list("hops", hops(environment, false, grounds), path -> Row.of(1, path));
    if (conditions.via().isPresent()) {
      columns.texts(
          "visited_again", path -> path.visitedAgain().stream().map(environment::vmId).toList());
    }
    return columns;
  }

  /// A number of routes that is sure, where the exact one is not written.
  private long atLeast() {
    return routes.total().isPresent() ? EXACT_MOST : routes.routes().size() + 1L;
  }

  /// Whether fewer routes are named than there are and were asked for, because they are so long.
  private boolean isTruncated() {
    return routes.more() && routes.routes().size() < limit;
  }

  @Override
  public void text(TextLines lines) {
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
      lines.words(" in " + Counted.of(routes.hops(), "hop") + ":").end();
      writeRoute(lines, routes.routes().getFirst());
    }
  }

  private static void of(TextLines lines, Optional<String> tag) {
    tag.ifPresent(name -> lines.words(" of ").text(Resolution.GROUP_PREFIX + name));
  }

  private void writeRoutes(TextLines lines) {
    lines.words(" in " + Counted.of(routes.hops(), "hop") + " by " + routesInAll()).end();
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
        + (isTruncated() ? ", fewer than asked for because of their length:" : ":");
  }

  private static String shown(OptionalLong total) {
    long routes = total.getAsLong();
    return routes == Long.MAX_VALUE ? "at least " + routes : Long.toString(routes);
  }

  private void writeRoute(TextLines lines, AttackPath route) {
    for (var hop : route.hops()) {
      lines.words("  ").vm(environment, hop.from());
      lines.words(" attacks ").vm(environment, hop.to());
      if (isOfSeveral() && hop.vms() > 1) {
        lines.words(" (or " + (hop.vms() == 2 ? "1 VM" : hop.vms() - 1 + " VMs") + " like it)");
      }
      lines.words(" through ");
      var explained = grounds.get(hop);
      if (explained == null) {
        Rules.text(lines, environment, hop.rules());
        lines.end();
      } else {
        lines.words(explained.services().toString()).words(":").end();
        GateStep.of(explained).forEach(step -> step.groundsText(lines, "    "));
      }
    }
    for (int vm : route.visitedAgain()) {
      lines.words("  this way comes to ").vm(environment, vm).words(" again").end();
    }
  }
}
