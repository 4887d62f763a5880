package io.surfacescan.report;

import io.surfacescan.engine.RuleUse;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.List;

/// What each of some rules allows: JSON is an array of `{"fw_id", "source_tag", "dest_tag",
/// "source_vms", "dest_vms", "used", "parallel", "direct_pairs", "pairs_only_here",
/// "pairs_only_by_tag_pair", "truncated"}`, the last two numbers `null` if they were not counted,
/// which `truncated` says. If there are addresses outside, `source_externals` and `dest_externals`
/// say how many of them carry the tags.
public record RuleTable(Environment environment, List<RuleUse> rows) implements Document {
  public RuleTable {
    rows = List.copyOf(rows);
  }

  @Override
  public Table<RuleUse> table() {
    var columns =
        new Columns<RuleUse>()
            .inline(Rules.columns(environment), row -> new Rules.Rule(environment, row.rule()))
            .number("source_vms", RuleUse::sourceVms)
            .number("dest_vms", RuleUse::destVms)
            .inJson(this::externals)
            .inCsv(this::externals)
            .truth("used", RuleUse::isUsed)
            .number("parallel", RuleUse::parallel)
            .number("direct_pairs", RuleUse::directPairs)
            .numberOrNone("pairs_only_here", RuleUse::onlyThisRule)
            .numberOrNone("pairs_only_by_tag_pair", RuleUse::onlyThisTagPair)
            .truth("truncated", row -> row.onlyThisTagPair().isEmpty());
    return new Table<>(columns, rows::forEach, this::line);
  }

  private void externals(Columns<RuleUse> columns) {
    if (environment.externalCount() > 0) {
      columns
          .number("source_externals", RuleUse::sourceExternals)
          .number("dest_externals", RuleUse::destExternals);
    }
  }

  private void line(TextLines line, RuleUse row) {
    Rules.text(line, environment, row.rule());
    line.words(row.isUsed() ? ": " : ": unused, ");
    line.words(Counted.of(row.sourceVms(), "VM") + outside(row.sourceExternals()));
    line.words(" to " + row.destVms() + outside(row.destExternals()));
    if (row.isUsed()) {
      line.words(", " + Counted.of(row.directPairs(), "direct pair"));
      line.words(
          row.onlyThisRule().isPresent()
              ? ", " + row.onlyThisRule().getAsLong() + " by no other rule"
              : ", not counted how many by no other rule");
    }
    if (row.parallel() > 0) {
      line.words(", " + Counted.of(row.parallel(), "parallel rule"));
      if (row.isUsed() && row.onlyThisTagPair().isPresent()) {
        line.words(" (" + row.onlyThisTagPair().getAsLong() + " by these together)");
      }
    }
  }

  private static String outside(int externals) {
    return externals == 0 ? "" : " and " + externals + " outside";
  }
}
