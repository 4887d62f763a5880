package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.GroupByHop;
import io.surfacescan.engine.NearestPair;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import java.util.List;
import java.util.Optional;

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
  public static Document of(
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
        .<Document>map(pair ->
            PathHops.of(graph, pair.from(), pair.to(), conditions, limit, deadline)
                .between(tag(from), tag(to)))
        .orElseGet(() -> NoPath.of(graph, from, to, conditions, limit));
  }

  /// Whether there is such a path.
  public static boolean isReachable(Document path) {
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
      implements Document {
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
    public Table<?> table() {
      return PathHops.none(environment, limit);
    }

    @Override
    public Optional<Graph> picture() {
      return Optional.of(PathGraph.NONE);
    }

    @Override
    public Optional<Tree<?>> tree() {
      var columns = new Columns<NoPath>();
      end(columns, "from", from);
      end(columns, "to", to);
      tag(from).ifPresent(name -> columns.text("from_tag", _ -> name));
      tag(to).ifPresent(name -> columns.text("to_tag", _ -> name));
      conditions.via().ifPresent(vm -> columns.vm("via", environment, _ -> vm));
      columns.truth("reachable", _ -> false).texts("hops", _ -> List.of());
      if (limit > 1) {
        columns
            .texts("routes", _ -> List.of())
            .number("routes_total", _ -> 0)
            .truth("more", _ -> false)
            .truth("truncated", _ -> false);
      }
      var counts =
          new Columns<NoPath>()
              .number("attackers", NoPath::attackers)
              .number("victims", NoPath::victims);
      columns.object("unreachable", counts, path -> path);
      return Optional.of(new Tree<>(columns, this));
    }

    private void end(Columns<NoPath> columns, String member, Subject subject) {
      switch (subject) {
        case Subject.One(int vm) -> columns.vm(member, environment, _ -> vm);
        case Subject.Group _ -> {
          columns.textOrNone(member, _ -> Optional.empty());
          columns.textOrNone(member + "_name", _ -> Optional.empty());
        }
      }
    }

    @Override
    public void text(TextLines lines) {
      String source = SubjectLabel.of(environment, from);
      String target = SubjectLabel.of(environment, to);
      lines.text(source).words(" cannot attack ").text(target);
      if (conditions.via().isPresent()) {
        lines.words(" over ").vm(environment, conditions.via().getAsInt());
      }
      lines.words(":").end();
      lines.words("  ").text(source).words(" can attack ");
      lines.words(ExposureListing.counted(victims, "VM")).end();
      lines.words("  " + ExposureListing.counted(attackers, "VM") + " can attack ");
      lines.text(target).end();
    }
  }
}
