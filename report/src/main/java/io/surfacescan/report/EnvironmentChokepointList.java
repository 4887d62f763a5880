package io.surfacescan.report;

import static java.util.function.Predicate.not;

import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.RealChokepoints;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Percentage;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The rules of an environment without which the most pairs of an attacker and a VM are lost.
///
/// JSON is `{"pairs", "rules_total", "exact", "proven", "rules": [{"rules": […], "pairs_lost",
/// "share"} or {"rules": […], "pairs_lost_at_most"}], "others_lose_at_most", "truncated"}`. NDJSON
/// has one candidate a line, CSV one row per rule of a candidate, and the `number` tells which
/// candidate; both end with a line of their own if the list is not proven to be the top, and with
/// another if the time limit was reached.
///
/// Of an export, `real_pairs` and `real_rules` follow, as those of a VM do, with `pairs_lost`.
public record EnvironmentChokepointList(
    Environment environment, EnvironmentChokepoints chokepoints, Optional<RealChokepoints> real)
    implements Document {
  private static final String AT_MOST = "pairs_lost_at_most";
  private static final String LOST = "pairs_lost";

  @Override
  public Optional<Tree<?>> tree() {
    var columns =
        new Columns<EnvironmentChokepoints>()
            .number("pairs", EnvironmentChokepoints::pairs)
            .number("rules_total", EnvironmentChokepoints::ruleCount)
            .number("exact", EnvironmentChokepoints::exactCount)
            .truth("proven", EnvironmentChokepoints::proven)
            .list("rules", columns(), EnvironmentChokepointList::candidates)
            .number("others_lose_at_most", EnvironmentChokepoints::othersLoseAtMost)
            .truth("truncated", ignored -> !isWhole());
    RealChokepointLines.addTo(columns, "pairs_lost", real);
    return Optional.of(new Tree<>(columns, chokepoints));
  }

  /// @param number which candidate it is, from 1
  /// @param real the real rule, if it is one
  private record Row(
      int number,
      EnvironmentChokepoints.Rule candidate,
      long pairs,
      Optional<RealChokepointLines.Row> real) {
    private static Row of(int number, RealChokepointLines.Row row) {
      var rule = row.rule();
      return new Row(
          number,
          new EnvironmentChokepoints.Rule(List.of(), rule.lost(), true),
          row.all(),
          Optional.of(row));
    }

    boolean isReal() {
      return real.isPresent();
    }

    BigDecimal share() {
      return new Percentage(pairsLost(), pairs).fraction();
    }

    boolean isExact() {
      return candidate.exact();
    }

    long pairsLost() {
      return candidate.pairsLost();
    }

    List<Integer> rules() {
      return candidate.rules();
    }
  }

  private static List<Row> candidates(EnvironmentChokepoints chokepoints) {
    var rules = chokepoints.rules();
    return IntStream.range(0, rules.size())
        .mapToObj(i -> new Row(i + 1, rules.get(i), chokepoints.pairs(), Optional.empty()))
        .toList();
  }

  @Override
  public Table<?> table() {
    if (real.isEmpty()) {
      return new Table<>(columns(), candidates(chokepoints)::forEach).with(notes());
    }
    var columns = new Columns<Row>();
    columns
        .inJson(json -> {
          json.only(not(Row::isReal), one -> one.inline(columns(), row -> row));
          RealChokepointLines.addToRow(json, LOST, Row::real, false);
        })
        .inCsv(csv -> {
          addLoss(csv.number("number", Row::number));
          csv.only(not(Row::isReal), one -> one.rules(environment, Row::rules));
          RealChokepointLines.addToRow(csv, LOST, Row::real, true);
        });
    return new Table<>(columns, this::forEachOfBothKinds).with(notes());
  }

  private void forEachOfBothKinds(Consumer<Row> rows) {
    candidates(chokepoints).forEach(rows);
    int number = 0;
    for (var row : RealChokepointLines.rows(real.orElseThrow())) {
      number++;
      rows.accept(Row.of(number, row));
    }
  }

  private Columns<Row> columns() {
    var columns =
        new Columns<Row>()
            .inJson(json -> json.rules(environment, Row::rules))
            .inCsv(csv -> csv.number("number", Row::number));
    return addLoss(columns).inCsv(csv -> csv.rules(environment, Row::rules));
  }

  private static Columns<Row> addLoss(Columns<Row> columns) {
    return columns
        .only(Row::isExact, exact -> exact.number(LOST, Row::pairsLost))
        .only(not(Row::isExact), bound -> bound.number(AT_MOST, Row::pairsLost))
        .only(Row::isExact, exact -> exact.decimal("share", Row::share));
  }

  private boolean isWhole() {
    return chokepoints.complete() && real.map(RealChokepoints::isWhole).orElse(true);
  }

  private List<Table.Note> notes() {
    var notes = new ArrayList<Table.Note>();
    if (!chokepoints.proven()) {
      long most = chokepoints.othersLoseAtMost();
      notes.add(
          new Table.Note()
              .member("proven", false)
              .member("others_lose_at_most", most)
              .field("number", "not proven")
              .field(AT_MOST, Long.toString(most)));
    }
    real.filter(RealChokepointLines::isCut)
        .ifPresent(known ->
            notes.add(
                new Table.Note()
                    .member("real_rules_compared", known.compared())
                    .member("real_rules_total", known.total())
                    .field("number", "more real rules")));
    if (!isWhole()) {
      notes.add(new Table.Note().member("truncated", true).field("number", "truncated"));
    }
    return notes;
  }

  private Percentage share(EnvironmentChokepoints.Rule candidate) {
    return new Percentage(candidate.pairsLost(), chokepoints.pairs());
  }

  @Override
  public void text(TextLines lines) {
    int rules = chokepoints.ruleCount();
    lines.words(Counted.of(chokepoints.pairs(), "pair"));
    lines.words(" of an attacker and a VM that it can attack; ");
    lines.words(Counted.of(rules, "rule")).words(" with tags that VMs carry, ");
    lines.words(chokepoints.exactCount() + " of them worked out exactly").end();
    RealChokepointLines.text(lines, real, "pairs of VMs");
    if (!chokepoints.rules().isEmpty()) {
      lines.end();
      lines.words("Rules without which the most pairs are lost");
      if (!chokepoints.proven()) {
        lines.words(", not proven to be the top: any rule not worked out could lose up to ");
        lines.words(Long.toString(chokepoints.othersLoseAtMost()));
      }
      lines.words(":").end();
    }
    int width =
        chokepoints.rules().stream()
            .mapToInt(candidate -> Long.toString(candidate.pairsLost()).length())
            .max()
            .orElse(0);
    for (var candidate : chokepoints.rules()) {
      String lost = Long.toString(candidate.pairsLost());
      String share = candidate.exact() ? share(candidate).percent() : "at most";
      lines.right(lost, 2 + width).right(share, 9).words("  ");
      Rules.all(lines, environment, candidate.rules());
      lines.end();
    }
    if (chokepoints.proven() && chokepoints.othersLoseAtMost() > 0) {
      lines.end();
      lines.words("Any rule not worked out loses at most " + chokepoints.othersLoseAtMost());
      lines.words(" pairs").end();
    }
    if (!chokepoints.complete()) {
      lines.words("The time limit was reached before as many rules were worked out as were asked");
      lines.words(" for").end();
    }
  }
}
