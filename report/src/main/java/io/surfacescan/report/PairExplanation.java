package io.surfacescan.report;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.ExplainQuestion.Explained;
import io.surfacescan.questions.RulesBetween;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Why one VM can attack another directly, or what blocks it.
///
/// JSON is `{"from", "from_name", "to", "to_name", "allowed", "services", "maybe_services", "hops",
/// "ways": […], "rules": […], "leaving": {…}, "arriving": {…}}`. A *way* is a pair of interfaces
/// with its `gates` in the order of a packet, the first one that blocks and all that block by
/// themselves; an environment document has none. `rules` are those of the environment that allow
/// it; `leaving` and `arriving` those with one end at one of the VMs. NDJSON and CSV have a row for
/// each gate, or for each rule that allows it if there are no gates; CSV one for each rule of it.
public record PairExplanation(Explained answer) implements Document {
  private record Way(int number, Explanation.Pair pair, List<GateStep> gates) {
    private List<GateStep> blocking() {
      return gates.stream().filter(GateStep::blocks).toList();
    }

    /// That which lets nothing of what is left through: the first that blocks, or with which none
    /// is left.
    private Optional<GateStep> decisive() {
      return gates.stream().filter(step -> step.left().isEmpty()).findFirst();
    }

    private static String address(Optional<AddressRange> address) {
      return address.map(Object::toString).orElse("");
    }
  }

  private record Row(int way, int step, GateStep gate) {}

  private Environment environment() {
    return answer.environment();
  }

  private List<Way> ways() {
    var pairs = answer.byGates().map(gates -> gates.explanation().pairs()).orElse(List.of());
    return IntStream.range(0, pairs.size())
        .mapToObj(i -> new Way(i + 1, pairs.get(i), GateStep.of(pairs.get(i))))
        .toList();
  }

  @Override
  public Table<?> table() {
    return answer.byGates().isPresent()
        ? gates()
        : new Table<>(
            new Columns<Integer>()
                .inline(Rules.columns(environment()), rule -> new Rules.Rule(environment(), rule)),
            answer.rules().allowing()::forEach);
  }

  private Table<?> gates() {
    var columns =
        new Columns<Row>()
            .number("way", Row::way)
            .number("step", Row::step)
            .inJson(json -> json.inline(GateStep.TREE, Row::gate))
            .inCsv(csv -> csv.inline(GateStep.COLUMNS, Row::gate))
            .inCsv(csv ->
                csv.only(
                    row -> !row.gate.rules().isEmpty(),
                    one ->
                        one.eachOf(
                            GateStep.Rule.IN_CSV, (row, each) -> row.gate.rules().forEach(each))));
    return new Table<>(columns, this::forEachGate);
  }

  private void forEachGate(Consumer<Row> rows) {
    for (Way way : ways()) {
      for (int step = 0; step < way.gates.size(); step++) {
        rows.accept(new Row(way.number, step + 1, way.gates.get(step)));
      }
    }
  }

  @Override
  public Optional<Tree<?>> tree() {
    var oneEnd =
        new Columns<RulesBetween.OneEnd>()
            .number("rule_count", RulesBetween.OneEnd::count)
            .rules(environment(), RulesBetween.OneEnd::first);
    var way =
        new Columns<Way>()
            .text("from_address", one -> Way.address(one.pair.from().address()))
            .text("to_address", one -> Way.address(one.pair.to().address()))
            .texts("services", one -> one.pair.services().texts())
            .objectOrNone("blocked_by", GateStep.NAMES, Way::decisive)
            .list("blocking", GateStep.NAMES, Way::blocking)
            .list("gates", GateStep.TREE, Way::gates);
    var columns =
        new Columns<PairExplanation>()
            .vm("from", environment(), all -> all.answer.from())
            .vm("to", environment(), all -> all.answer.to())
            .truth("allowed", all -> all.answer.isAllowed())
            .texts("services", all -> all.answer.sure().texts())
            .texts("maybe_services", all -> all.answer.maybe().texts())
            .numberOrNone("hops", all -> hops())
            .list("ways", way, PairExplanation::ways)
            .rules(environment(), all -> all.answer.rules().allowing())
            .object("leaving", oneEnd, all -> all.answer.rules().leaving())
            .object("arriving", oneEnd, all -> all.answer.rules().arriving());
    return Optional.of(new Tree<>(columns, this));
  }

  private OptionalLong hops() {
    var hops = answer.hops();
    return hops.isPresent() ? OptionalLong.of(hops.getAsInt()) : OptionalLong.empty();
  }

  @Override
  public void text(TextLines lines) {
    lines.vm(environment(), answer.from());
    lines.words(answer.isAllowed() ? " can attack " : " cannot attack ");
    lines.vm(environment(), answer.to());
    lines.words(" directly");
    if (answer.isAllowed()) {
      allowedText(lines);
    }
    lines.words(":").end();
    var ways = ways();
    for (Way way : ways) {
      wayText(lines, way, ways.size() > 1);
    }
    if (answer.byGates().isEmpty()) {
      rulesText(lines);
    } else if (ways.isEmpty()) {
      lines.words("  one of them has no network interface").end();
    } else if (!answer.byGates().get().explanation().isWhole()) {
      lines.words("  they have more pairs of interfaces than were looked at").end();
    }
    hopsText(lines);
  }

  private void allowedText(TextLines lines) {
    var sure = answer.sure();
    var maybe = answer.maybe();
    if (!sure.isEmpty()) {
      lines.words(" through ").words(sure.toString());
    }
    if (!maybe.isEmpty()) {
      lines.words(sure.isEmpty() ? " through " : " and, not for sure, through ");
      lines.words(maybe.toString()).words(sure.isEmpty() ? ", not for sure" : "");
    }
  }

  private void wayText(TextLines lines, Way way, boolean isOfSeveral) {
    String indent = isOfSeveral ? "    " : "  ";
    if (isOfSeveral) {
      String from = Way.address(way.pair.from().address());
      String to = Way.address(way.pair.to().address());
      lines.words("  way " + way.number + ", from ").text(from.isEmpty() ? "any address" : from);
      lines.words(" to ").text(to.isEmpty() ? "any address" : to);
      lines.words(way.pair.services().isEmpty() ? ": blocked" : ": ");
      lines.words(way.pair.services().toString()).end();
    }
    blockedText(lines, way, indent);
    for (GateStep step : way.gates) {
      step.text(lines, indent);
    }
  }

  private static void blockedText(TextLines lines, Way way, String indent) {
    var decisive = way.decisive();
    if (decisive.isEmpty()) {
      return;
    }
    var first = decisive.get();
    lines.words(indent).words(first.blocks() ? "first blocked by: " : "nothing is left after: ");
    first.title(lines);
    lines.end();
    var more = new ArrayList<>(way.blocking());
    more.remove(first);
    for (GateStep step : more) {
      lines.words(indent).words("blocks by itself too: ");
      step.title(lines);
      lines.end();
    }
  }

  /// Of an environment document: its rules.
  private void rulesText(TextLines lines) {
    if (answer.isAllowed()) {
      for (int rule : answer.rules().allowing()) {
        lines.words("  by ");
        Rules.text(lines, environment(), rule);
        lines.end();
      }
      return;
    }
    lines.words("  no rule leads from a tag of the one to a tag of the other").end();
    oneEnd(lines, answer.from(), answer.rules().leaving(), " start at a tag of ");
    oneEnd(lines, answer.to(), answer.rules().arriving(), " end at a tag of ");
  }

  private void oneEnd(TextLines lines, int vm, RulesBetween.OneEnd rules, String verb) {
    var tags = environment().vm(vm).tags();
    int count = rules.count();
    lines.words("  " + Counted.orNo(count, "rule"));
    lines.words(count == 1 ? verb.replaceFirst("(start|end)", "$1s") : verb);
    lines.vm(environment(), vm).words(tags.isEmpty() ? ", which has none" : " (");
    for (int i = 0; i < tags.size(); i++) {
      lines.words(i == 0 ? "" : ", ").text(tags.get(i));
    }
    lines.words(tags.isEmpty() ? "" : ")").words(count == 0 ? "" : ":").end();
    lines.some(
        count,
        rules.first().size(),
        i -> {
          lines.words("    ");
          Rules.text(lines, environment(), rules.first().get(i));
        },
        more -> "    and " + more + " more");
  }

  private void hopsText(TextLines lines) {
    if (answer.isAllowed()) {
      return;
    }
    if (answer.hops().isPresent()) {
      lines.words(
          "Over other VMs it can, in " + answer.hops().getAsInt() + " hops; path shows them");
    } else {
      lines.words("Over other VMs it cannot either");
    }
    lines.end();
  }
}
