package io.surfacescan.report;

import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.util.List;
import java.util.Optional;

/// That no path leads from a group or to one.
///
/// JSON is `{"from", "from_name", "to", "to_name", "reachable": false, "hops": [], "unreachable":
/// {…}}`, in which an end that is a group is null and named by `from_tag` or `to_tag`.
/// `unreachable` has the `attackers` of the one end and the `victims` of the other; no VM is among
/// both.
record NoPath(PathQuestion.NoRoute answer) implements Document {
  private static Optional<String> tag(Subject subject) {
    return subject instanceof Subject.Group(String tag, var _)
        ? Optional.of(tag)
        : Optional.empty();
  }

  @Override
  public Table<?> table() {
    return PathHops.none(answer.environment(), answer.limit());
  }

  @Override
  public Optional<Graph> picture() {
    return Optional.of(PathGraph.NONE);
  }

  @Override
  public Optional<Tree<?>> tree() {
    var columns = new Columns<NoPath>();
    end(columns, "from", answer.from());
    end(columns, "to", answer.to());
    tag(answer.from()).ifPresent(name -> columns.text("from_tag", _ -> name));
    tag(answer.to()).ifPresent(name -> columns.text("to_tag", _ -> name));
    answer.conditions().via().ifPresent(vm -> columns.vm("via", answer.environment(), _ -> vm));
    columns.truth("reachable", _ -> false).texts("hops", _ -> List.of());
    if (answer.limit() > 1) {
      columns
          .texts("routes", _ -> List.of())
          .number("routes_total", _ -> 0)
          .truth("more", _ -> false)
          .truth("truncated", _ -> false);
    }
    var counts =
        new Columns<NoPath>()
            .number("attackers", path -> path.answer.attackers())
            .number("victims", path -> path.answer.victims());
    columns.object("unreachable", counts, path -> path);
    return Optional.of(new Tree<>(columns, this));
  }

  private void end(Columns<NoPath> columns, String member, Subject subject) {
    switch (subject) {
      case Subject.One(int vm) -> columns.vm(member, answer.environment(), _ -> vm);
      case Subject.Group _ -> {
        columns.textOrNone(member, _ -> Optional.empty());
        columns.textOrNone(member + "_name", _ -> Optional.empty());
      }
    }
  }

  @Override
  public void text(TextLines lines) {
    String source = SubjectLabel.of(answer.environment(), answer.from());
    String target = SubjectLabel.of(answer.environment(), answer.to());
    lines.text(source).words(" cannot attack ").text(target);
    if (answer.conditions().via().isPresent()) {
      lines.words(" over ").vm(answer.environment(), answer.conditions().via().getAsInt());
    }
    lines.words(":").end();
    lines.words("  ").text(source).words(" can attack ");
    lines.words(Counted.orNo(answer.victims(), "VM")).end();
    lines.words("  " + Counted.orNo(answer.attackers(), "VM") + " can attack ");
    lines.text(target).end();
  }
}
