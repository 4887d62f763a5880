package io.surfacescan.report;

import io.surfacescan.questions.RealChokepoints;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Percentage;
import io.surfacescan.report.format.RealRules;
import io.surfacescan.report.format.TextLines;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The real rules among chokepoints.
final class RealChokepointLines {
  private static final String LOWER_BOUND = "lower_bound";

  private RealChokepointLines() {}

  /// A real rule with what all that could be lost is.
  record Row(RealChokepoints.Rule rule, long all) {
    private BigDecimal share() {
      return new Percentage(rule.lost(), all).fraction();
    }
  }

  static List<Row> rows(RealChokepoints real) {
    return real.rules().stream().map(rule -> new Row(rule, real.all())).toList();
  }

  /// Those of a JSON object.
  ///
  /// @param lost the member with the loss
  static Columns<Row> columns(String lost) {
    return new Columns<Row>()
        .object("rule", RealRules.COLUMNS, row -> row.rule.rule())
        .number(lost, row -> row.rule.lost())
        .decimal("share", Row::share)
        .truth("cuts_internet", row -> row.rule.cutsInternet())
        .truth(LOWER_BOUND, row -> !row.rule.isExact());
  }

  /// Those of a line of NDJSON or a row of CSV, of a row that may be about a real rule.
  ///
  /// @param lost whether they have the loss, which CSV has before
  static <R> void addToRow(
      Columns<R> columns, String lost, Function<R, Optional<Row>> row, boolean isCsv) {
    var own =
        isCsv
            ? new Columns<Row>()
                .text("rule", real -> real.rule.rule().id())
                .text("gate", real -> real.rule.rule().gate())
                .inline(RealRules.PLACE, real -> real.rule.rule().place())
                .text("text", real -> real.rule.rule().text())
                .truth("cuts_internet", real -> real.rule.cutsInternet())
                .truth(LOWER_BOUND, real -> !real.rule.isExact())
            : columns(lost);
    columns.only(
        each -> row.apply(each).isPresent(),
        one -> one.inline(own, each -> row.apply(each).orElseThrow()));
  }

  /// Adds the members `real_attackers` or `real_pairs`, `real_rules`, and how many were compared,
  /// if there are any.
  static <R> void addTo(Columns<R> columns, String lost, Optional<RealChokepoints> real) {
    real.ifPresent(known ->
        columns
            .number("real_" + lost.replace("_lost", ""), ignored -> known.all())
            .list("real_rules", columns(lost), ignored -> rows(known))
            .number("real_rules_total", ignored -> known.total())
            .number("real_rules_compared", ignored -> known.compared()));
  }

  static void text(TextLines lines, Optional<RealChokepoints> real, String what) {
    if (real.isEmpty()) {
      return;
    }
    var rows = rows(real.get());
    lines.end();
    if (rows.isEmpty()) {
      lines
          .words("Real rules: none found that loses any of " + real.get().all() + " " + what)
          .end();
      ends(lines, real.get());
      return;
    }
    lines.words("Real rules without which the most of " + real.get().all() + " " + what);
    lines.words(" are lost:").end();
    int width = Long.toString(rows.getFirst().rule.lost()).length();
    for (var row : rows) {
      String share =
          row.rule.isExact() ? new Percentage(row.rule.lost(), row.all).percent() : "at least";
      lines.right(Long.toString(row.rule.lost()), 2 + width).right(share, 9).words("  ");
      var rule = row.rule.rule();
      lines.text(RealRules.words(rule)).words(" (").text(rule.gate()).words(": ");
      lines.text(rule.text()).words(")");
      lines.words(row.rule.cutsInternet() ? ", and the internet" : "").end();
    }
    ends(lines, real.get());
  }

  private static void ends(TextLines lines, RealChokepoints real) {
    if (!real.isWhole()) {
      lines.words("The time limit was reached before all real rules were worked out").end();
    }
    if (isCut(real)) {
      lines.words("Compared were " + real.compared() + " of " + real.total());
      lines.words(" real rules: another one may lose more").end();
    }
  }

  /// Whether a rule that was not compared may lose more than one that is named.
  static boolean isCut(RealChokepoints real) {
    return real.compared() < real.total();
  }
}
