package io.surfacescan.report;

import io.surfacescan.engine.Chokepoints;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The chokepoints of a VM: the rules, tags, VMs and pairs of rules without which it loses the most
/// attackers.
///
/// JSON is `{"vm_id", "name", "attackers", "rule_pairs", "rules": [{"rules": […], "attackers_lost",
/// "share"}], "rules_total", "tags": [{"tag", …}], "tags_more", "tags_recomputed", "vms":
/// [{"vm_id", "name", …}], "vms_total", "pairs": [{"candidates": [{"rules": […]}, {"rules": […]}],
/// …}], "pairs_more", "pairs_tried", "truncated", "incomplete"}`. A share is a fraction of the
/// attackers. NDJSON has one candidate a line, each with its `kind`; CSV has one row per rule of a
/// candidate, and the `number` tells which candidate of its kind. Both end with a line for each
/// kind of which there are more than are named, and for each kind that the time limit cut short.
///
/// Of an export, `real_attackers` and `real_rules` follow: `[{"rule": {"id", "gate", "file",
/// "line", "column", "text"}, "attackers_lost", "share", "cuts_internet", "lower_bound"}]`, with
/// addresses outside not counted, and `real_rules_total` and `real_rules_compared`. NDJSON and CSV
/// have them as the kind `real_rule`.
public record ChokepointLists(
    Environment environment, Chokepoints chokepoints, Optional<RealChokepoints> real)
    implements Document {
  private enum Kind {
    RULE("rule", "rules"),
    TAG("tag", "tags"),
    VM("vm", "vms"),
    PAIR("pair", "pairs"),
    REAL_RULE("real_rule", "real_rules");

    private final String word;
    private final String list;

    Kind(String word, String list) {
      this.word = word;
      this.list = list;
    }
  }

  /// One candidate of any kind.
  ///
  /// @param rules of a [Kind#RULE] one list of rules, of a [Kind#PAIR] two, else none
  /// @param item the tag or the VM
  /// @param number which candidate of its kind it is, from 1
  /// @param real the real rule
  private record Candidate(
      Kind kind,
      List<List<Integer>> rules,
      int item,
      int attackersLost,
      int number,
      Optional<RealChokepointLines.Row> real) {
    boolean isTag() {
      return kind == Kind.TAG;
    }

    boolean isVm() {
      return kind == Kind.VM;
    }

    List<Integer> allRules() {
      return rules.size() == 1 ? rules.getFirst() : rules.stream().flatMap(List::stream).toList();
    }
  }

  private List<Candidate> candidates(Kind kind) {
    var all = new ArrayList<Candidate>();
    switch (kind) {
      case RULE ->
          chokepoints
              .rules()
              .forEach(one -> add(all, kind, List.of(one.rules()), 0, one.attackersLost()));
      case TAG ->
          chokepoints
              .tags()
              .best()
              .forEach(one -> add(all, kind, List.of(), one.tag(), one.attackersLost()));
      case VM ->
          chokepoints
              .vms()
              .forEach(one -> add(all, kind, List.of(), one.vm(), one.attackersLost()));
      case PAIR ->
          chokepoints
              .pairs()
              .best()
              .forEach(one ->
                  add(all, kind, List.of(one.first(), one.second()), 0, one.attackersLost()));
      case REAL_RULE ->
          real.map(RealChokepointLines::rows)
              .orElse(List.of())
              .forEach(row ->
                  all.add(
                      new Candidate(
                          kind,
                          List.of(),
                          0,
                          Math.toIntExact(row.rule().lost()),
                          all.size() + 1,
                          Optional.of(row))));
    }
    return all;
  }

  private static void add(
      List<Candidate> all, Kind kind, List<List<Integer>> rules, int item, int lost) {
    all.add(new Candidate(kind, rules, item, lost, all.size() + 1, Optional.empty()));
  }

  /// The kinds of which the list may not be what it would be with more time.
  private List<Kind> incomplete() {
    var kinds = new ArrayList<Kind>();
    if (!chokepoints.tags().complete()) {
      kinds.add(Kind.TAG);
    }
    if (!chokepoints.pairs().complete()) {
      kinds.add(Kind.PAIR);
    }
    if (real.isPresent() && !real.get().isWhole()) {
      kinds.add(Kind.REAL_RULE);
    }
    return kinds;
  }

  /// The kinds of which there are more than are named.
  private List<Kind> cut() {
    return Arrays.stream(Kind.values())
        .filter(kind ->
            switch (kind) {
              case RULE -> chokepoints.rules().size() < chokepoints.ruleCount();
              case TAG -> chokepoints.tags().more();
              case VM -> chokepoints.vms().size() < chokepoints.vmCount();
              case PAIR -> chokepoints.pairs().more();
              case REAL_RULE -> real.map(RealChokepointLines::isCut).orElse(false);
            })
        .toList();
  }

  private Percentage share(Candidate candidate) {
    long all =
        candidate.kind == Kind.REAL_RULE ? real.orElseThrow().all() : chokepoints.attackers();
    return new Percentage(candidate.attackersLost, all);
  }

  @Override
  public Optional<Tree<?>> tree() {
    var columns =
        new Columns<Chokepoints>()
            .vm(environment, Chokepoints::vm)
            .number("attackers", Chokepoints::attackers)
            .number("rule_pairs", Chokepoints::rulePairs);
    var candidate = candidate(new Columns<>());
    list(columns, Kind.RULE, candidate).number("rules_total", Chokepoints::ruleCount);
    list(columns, Kind.TAG, candidate)
        .truth("tags_more", all -> all.tags().more())
        .number("tags_recomputed", all -> all.tags().recomputed());
    list(columns, Kind.VM, candidate).number("vms_total", Chokepoints::vmCount);
    list(columns, Kind.PAIR, candidate)
        .truth("pairs_more", all -> all.pairs().more())
        .number("pairs_tried", all -> all.pairs().tried())
        .truth("truncated", ignored -> !incomplete().isEmpty())
        .texts("incomplete", ignored -> incomplete().stream().map(kind -> kind.list).toList());
    RealChokepointLines.addTo(columns, "attackers_lost", real);
    return Optional.of(new Tree<>(columns, chokepoints));
  }

  private Columns<Chokepoints> list(
      Columns<Chokepoints> columns, Kind kind, Columns<Candidate> candidate) {
    return columns.list(kind.list, candidate, ignored -> candidates(kind));
  }

  /// What JSON says of a candidate.
  private Columns<Candidate> candidate(Columns<Candidate> columns) {
    var rules = new Columns<List<Integer>>().rules(environment, both -> both);
    return columns
        .only(
            candidate -> candidate.kind == Kind.RULE,
            one -> one.rules(environment, Candidate::allRules))
        .only(
            Candidate::isTag, one -> one.text("tag", candidate -> environment.tag(candidate.item)))
        .only(Candidate::isVm, one -> one.vm(environment, Candidate::item))
        .only(
            candidate -> candidate.kind == Kind.PAIR,
            one -> one.list("candidates", rules, Candidate::rules))
        .number("attackers_lost", Candidate::attackersLost)
        .decimal("share", candidate -> share(candidate).fraction());
  }

  @Override
  public Table<?> table() {
    var columns =
        new Columns<Candidate>()
            .text("kind", candidate -> candidate.kind.word)
            .inJson(json -> {
              json.only(candidate -> candidate.kind != Kind.REAL_RULE, this::candidate);
              RealChokepointLines.addToRow(json, "attackers_lost", Candidate::real, false);
            })
            .inCsv(csv ->
                csv.number("number", Candidate::number)
                    .number("attackers_lost", Candidate::attackersLost)
                    .decimal("share", candidate -> share(candidate).fraction())
                    .only(
                        candidate -> !candidate.rules.isEmpty(),
                        one -> one.rules(environment, Candidate::allRules))
                    .only(
                        Candidate::isTag,
                        one -> one.text("tag", candidate -> environment.tag(candidate.item)))
                    .only(Candidate::isVm, one -> one.vm(environment, Candidate::item)));
    if (real.isPresent()) {
      columns.inCsv(
          csv -> RealChokepointLines.addToRow(csv, "attackers_lost", Candidate::real, true));
    }
    return new Table<>(
            columns,
            rows ->
                Arrays.stream(Kind.values())
                    .map(this::candidates)
                    .forEach(list -> list.forEach(rows)))
        .with(notes());
  }

  private List<Table.Note> notes() {
    var more = cut().stream().map(kind -> note("more", "more", kind));
    var truncated = incomplete().stream().map(kind -> note("truncated", "incomplete", kind));
    return Stream.concat(more, truncated).toList();
  }

  private static Table.Note note(String word, String member, Kind kind) {
    return new Table.Note()
        .member("kind", word)
        .member(member, kind.list)
        .field("kind", word + " " + kind.list);
  }

  @Override
  public void text(TextLines lines) {
    writeSummary(lines);
    RealChokepointLines.text(lines, real, "attackers");
    if (chokepoints.attackers() > 0) {
      writeTable(lines, Kind.RULE, "Rules", " of " + chokepoints.ruleCount());
      writeTable(lines, Kind.TAG, "Tags", " of more");
      writeTable(lines, Kind.VM, "VMs", " of " + chokepoints.vmCount());
      writeTable(lines, Kind.PAIR, "Pairs of rules", " of more");
    }
    for (var kind : incomplete()) {
      lines.words("The time limit was reached: the list of ").words(kind.list);
      lines.words(" may lack better ones.").end();
    }
  }

  /// The sentence that says whether a single rule helps at all.
  private void writeSummary(TextLines lines) {
    int vm = chokepoints.vm();
    int attackers = chokepoints.attackers();
    if (attackers == 0) {
      lines.words("No VM can attack ").vm(environment, vm).end();
      return;
    }
    lines.words(Counted.of(attackers, "VM") + " can attack ").vm(environment, vm);
    int rules = chokepoints.rulePairs();
    lines.words(", over " + Counted.of(rules, "rule") + "; ");
    if (chokepoints.rules().isEmpty()) {
      lines.words("no single rule keeps any of them out").end();
      return;
    }
    int lost = chokepoints.rules().getFirst().attackersLost();
    lines.words("without the best single one, " + lost + " of them no longer can (");
    lines.words(new Percentage(lost, attackers).percent()).words(")").end();
  }

  private void writeTable(TextLines lines, Kind kind, String title, String ofAll) {
    var candidates = candidates(kind);
    lines.end();
    if (candidates.isEmpty()) {
      lines
          .words(title)
          .words(
              kind == Kind.PAIR
                  ? ": none found that keeps more out than the best" + " single rule"
                  : ": none keeps an attacker out alone")
          .end();
      return;
    }
    lines.words(title).words(" without which the most attackers are lost");
    if (cut().contains(kind)) {
      lines.words(", " + candidates.size() + ofAll);
    }
    lines.words(":").end();
    int width = Integer.toString(candidates.getFirst().attackersLost).length();
    for (var candidate : candidates) {
      String lost = Integer.toString(candidate.attackersLost);
      String share = share(candidate).percent();
      lines.right(lost, 2 + width).right(share, 9).words("  ");
      writeName(lines, candidate);
      lines.end();
    }
  }

  private void writeName(TextLines lines, Candidate candidate) {
    switch (candidate.kind) {
      case RULE, PAIR -> {
        String before = "";
        for (var rules : candidate.rules) {
          lines.words(before);
          Rules.all(lines, environment, rules);
          before = " and ";
        }
      }
      case TAG -> lines.text(environment.tag(candidate.item));
      case VM -> lines.vm(environment, candidate.item);
      case REAL_RULE -> throw new IllegalStateException("written elsewhere");
    }
  }
}
