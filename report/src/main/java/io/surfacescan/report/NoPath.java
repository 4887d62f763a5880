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
    return subject instanceof Subject.Group(String tag, var ignored)
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
    tag(answer.from()).ifPresent(name -> columns.text("from_tag", ignored -> name));
    tag(answer.to()).ifPresent(name -> columns.text("to_tag", ignored -> name));
    answer
        .conditions()
        .via()
        .ifPresent(vm -> columns.vm("via", answer.environment(), ignored -> vm));
    columns.truth("reachable", ignored -> false).texts("hops", ignored -> List.of());
    if (answer.limit() > 1) {
      columns
          .texts("routes", ignored -> List.of())
          .number("routes_total", ignored -> 0)
          .truth("more", ignored -> false)
          .truth("truncated", ignored -> false);
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
      case Subject.One(int vm) -> columns.vm(member, answer.environment(), ignored -> vm);
      case Subject.Group ignored -> {
        columns.textOrNone(member, each -> Optional.empty());
        columns.textOrNone(member + "_name", each -> Optional.empty());
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
