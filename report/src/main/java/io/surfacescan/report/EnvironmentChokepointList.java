package io.surfacescan.report;

import static java.util.function.Predicate.not;

import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Percentage;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The rules of an environment without which the most pairs of an attacker and a VM are lost.
///
/// JSON is `{"pairs", "rules_total", "exact", "proven", "rules": [{"rules": […], "pairs_lost",
/// "share"} or {"rules": […], "pairs_lost_at_most"}], "others_lose_at_most", "truncated"}`. NDJSON
/// has one candidate a line, CSV one row per rule of a candidate, and the `number` tells which
/// candidate; both end with a line of their own if the list is not proven to be the top, and with
/// another if the time limit was reached.
public record EnvironmentChokepointList(Environment environment, EnvironmentChokepoints chokepoints)
    implements Document {
  private static final String AT_MOST = "pairs_lost_at_most";

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
            .truth("truncated", all -> !all.complete());
    return Optional.of(new Tree<>(columns, chokepoints));
  }

  /// @param number which candidate it is, from 1
  private record Row(int number, EnvironmentChokepoints.Rule candidate, long pairs) {
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
        .mapToObj(i -> new Row(i + 1, rules.get(i), chokepoints.pairs()))
        .toList();
  }

  @Override
  public Table<?> table() {
    return new Table<>(columns(), candidates(chokepoints)::forEach).with(notes());
  }

  private Columns<Row> columns() {
    return new Columns<Row>()
        .inJson(json -> json.rules(environment, Row::rules))
        .inCsv(csv -> csv.number("number", Row::number))
        .only(Row::isExact, exact -> exact.number("pairs_lost", Row::pairsLost))
        .only(not(Row::isExact), bound -> bound.number(AT_MOST, Row::pairsLost))
        .only(Row::isExact, exact -> exact.decimal("share", Row::share))
        .inCsv(csv -> csv.rules(environment, Row::rules));
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
    if (!chokepoints.complete()) {
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
    lines.words(chokepoints.pairs() == 1 ? "1 pair" : chokepoints.pairs() + " pairs");
    lines.words(" of an attacker and a VM that it can attack; ");
    lines.words(rules == 1 ? "1 rule" : rules + " rules").words(" with tags that VMs carry, ");
    lines.words(chokepoints.exactCount() + " of them worked out exactly").end();
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
