package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.text.Counted;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an input holds and what is wrong with it, errors first.
///
/// JSON is `{"valid", "vm_count", "rule_count", "tag_count", "error_count", "warning_count",
/// "counts": {"duplicate-tag": 1, …}, "problems": […]}`. An export has `export`, an
/// [ExportCoverage], behind `tag_count`, and several read as one have `exports`, with one for each
/// format; an environment that is not complete has `"complete": false` there. A problem is
/// `{"severity", "kind", "file", "line", "column", "what", "remedy", "count", "more"}`, without
/// line and column if it is about the file as a whole. Problems that are alike are one, at the
/// place of the first: `count` is how many they are, `more` has the places of the next few. NDJSON
/// and CSV have the problems alone, CSV without `more`. An input that is refused has no counts of
/// VMs, rules and tags, because it is not one environment.
///
/// @param coverage what was read of each export; none if the input is none
public record InputProblems(
    Environment environment, Problems problems, List<ExportCoverage> coverage) implements Document {
  public InputProblems {
    coverage = List.copyOf(coverage);
  }

  private static final Columns<Place> PLACE =
      new Columns<Place>()
          .text("file", Place::file)
          .only(
              place -> place.line() != 0,
              exact -> exact.number("line", Place::line).number("column", Place::column));

  /// What every format says of a problem.
  static final Columns<Problem> COLUMNS =
      new Columns<Problem>()
          .text("severity", problem -> severity(problem.kind()))
          .text("kind", problem -> problem.kind().code())
          .inline(PLACE, Problem::place)
          .text("what", Problem::what)
          .text("remedy", Problem::remedy)
          .number("count", Problem::count)
          .inJson(json -> json.list("more", PLACE, Problem::more));

  @Override
  public Table<Problem> table() {
    return new Table<>(COLUMNS, listed()::forEach);
  }

  @Override
  public Optional<Tree<?>> tree() {
    var counts = new Columns<Problems>();
    problems.counts().forEach((kind, count) -> counts.number(kind.code(), ignored -> count));
    var columns = new Columns<Problems>().truth("valid", all -> !all.refused());
    if (!problems.refused()) {
      columns
          .number("vm_count", ignored -> environment.countedVms())
          .number("rule_count", ignored -> environment.ruleCount())
          .number("tag_count", ignored -> environment.tagCount());
      if (!environment.isComplete()) {
        columns.truth("complete", ignored -> false);
      }
      addCoverage(columns);
    }
    columns
        .number("error_count", Problems::errorCount)
        .number("warning_count", Problems::warningCount)
        .object("counts", counts, all -> all)
        .list("problems", COLUMNS, ignored -> listed());
    return Optional.of(new Tree<>(columns, problems));
  }

  private void addCoverage(Columns<Problems> columns) {
    if (coverage.size() == 1) {
      var only = coverage.getFirst();
      columns.object("export", only.columns(), ignored -> only);
    } else if (!coverage.isEmpty()) {
      var exports = new Columns<Problems>();
      coverage.forEach(each -> exports.object(each.format(), each.columns(), ignored -> each));
      columns.object("exports", exports, all -> all);
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

  @Override
  public void text(TextLines lines) {
    for (var problem : listed()) {
      // Its parts are escaped already.
      lines.words(severity(problem.kind()) + ": " + TerminalText.message(problem.toString())).end();
    }
    long unlisted = problems.unlistedErrors() + problems.unlistedWarnings();
    if (unlisted > 0) {
      lines.words("and " + unlisted + " more, not listed; repair these first").end();
    }
    if (!problems.refused()) {
      coverage.forEach(each -> each.text(lines));
      if (coverage.isEmpty() && !environment.isComplete()) {
        lines.words("the export that this was made of lacks a layer").end();
      }
    }
    if (problems.refused()) {
      lines.words("invalid: ");
    } else {
      lines.words("valid: " + Counted.of(environment.countedVms(), "VM") + ", ");
      lines.words(Counted.of(environment.ruleCount(), "rule") + ", ");
      lines.words(Counted.of(environment.tagCount(), "tag") + ", ");
    }
    lines.words(Counted.of(problems.errorCount(), "error") + ", ");
    lines.words(Counted.of(problems.warningCount(), "warning")).end();
  }
}
