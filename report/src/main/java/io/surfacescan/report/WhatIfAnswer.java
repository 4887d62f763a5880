package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.Origin;
import io.surfacescan.questions.EditsEffect;
import io.surfacescan.questions.IdleAddition;
import io.surfacescan.questions.Internet;
import io.surfacescan.questions.real.RealChanges;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.RealRules;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.report.format.VmLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What edits would do: what they are, what becomes of the VMs asked about and, if that was asked,
/// of the whole environment.
///
/// JSON is `{"edits": {…}, "vms": […], "environment": {…} or null, "limit"}`. Lists hold at most
/// `limit` entries; the counts beside them are exact. NDJSON and CSV have a row per VM, each with
/// its `kind`: those asked about, `removed` if the edits remove them, else `asked`; then those that
/// `changed` most. A last line says how many of these were left out, or could not be compared in
/// time.
public final class WhatIfAnswer implements Document {
  private final EditedEnvironment edited;
  private final RealChanges real;
  private final Comparison comparison;
  private final List<EditsEffect.OfVm> vms;
  private final Optional<ChangedSurfaces> environment;
  private final int limit;
  private final List<IdleAddition> idle;

  /// A row of CSV or a line of NDJSON.
  private record Row(String kind, SurfaceRow surface) {
    static final Columns<Row> COLUMNS =
        new Columns<Row>().text("kind", Row::kind).inline(SurfaceRow.COLUMNS, Row::surface);
  }

  public WhatIfAnswer(EditsEffect answer) {
    this.edited = answer.edited();
    this.real = answer.real();
    this.comparison = answer.comparison();
    this.vms = answer.vms();
    this.environment = answer.surfaces().map(ChangedSurfaces::new);
    this.limit = answer.limit();
    this.idle = answer.idle();
  }

  @Override
  public Optional<Tree<?>> tree() {
    var columns =
        new Columns<WhatIfAnswer>()
            .object("edits", edits(), answer -> answer)
            .list("vms", vmAnswer(), answer -> answer.vms)
            .objectOrNone(
                "environment",
                ChangedSurfaces.columns(comparison, limit),
                answer -> answer.environment)
            .number("limit", answer -> answer.limit);
    return Optional.of(new Tree<>(columns, this));
  }

  private Columns<WhatIfAnswer> edits() {
    var before = edited.before();
    var removed =
        new Columns<Integer>().inline(Rules.COLUMNS, rule -> new Rules.Rule(before, rule));
    var added =
        new Columns<Integer>().inline(Rules.COLUMNS, rule -> new Rules.Rule(edited.after(), rule));
    var tag = new Columns<TagOfVm>().vm(before, this::vm).text("tag", TagOfVm::tag);
    var idleRule =
        new Columns<IdleAddition>()
            .object(
                "rule", Rules.COLUMNS, addition -> new Rules.Rule(edited.after(), addition.rule()))
            .text("cause", addition -> addition.cause().id());
    var columns = new Columns<WhatIfAnswer>();
    if (!real.areNone()) {
      list(columns, "removed_real_rule", real.removed(), RealRules.COLUMNS);
      list(columns, "narrowed_real_rule", real.narrowed(), CHANGED);
      list(columns, "added_real_rule", real.added(), CHANGED);
    }
    list(columns, "removed_rule", edited.removedRules(), removed);
    list(columns, "added_rule", addedRules(), added);
    list(columns, "removed_tag", edited.removedTags(), tag);
    list(columns, "added_tag", edited.addedTags(), tag);
    columns
        .number("removed_vm_count", ignored -> removedVms().size())
        .texts(
            "removed_vms",
            ignored -> removedVms().stream().limit(limit).map(before::vmId).toList());
    list(columns, "idle_rule", idle, idleRule);
    list(columns, "idle_tag", edited.carriedTags(), tag);
    return columns;
  }

  private static final Columns<RealChanges.Changed> CHANGED =
      new Columns<RealChanges.Changed>()
          .object("rule", RealRules.COLUMNS, RealChanges.Changed::rule)
          .texts("services", changed -> changed.scope().services().texts())
          .texts(
              "peers",
              changed -> changed.scope().peers().stream().map(AddressRange::toString).toList());

  /// The members `…_count` and `…s`.
  private <T> void list(
      Columns<WhatIfAnswer> columns, String name, List<T> entries, Columns<T> element) {
    columns.number(name + "_count", ignored -> entries.size()).stream(
        name + "s", element, (ignored, each) -> entries.stream().limit(limit).forEach(each));
  }

  private int vm(TagOfVm tag) {
    return edited.before().findVm(tag.vmId()).orElseThrow();
  }

  private List<Integer> addedRules() {
    int end = edited.after().ruleCount();
    return IntStream.range(end - edited.addedRules(), end).boxed().toList();
  }

  private List<Integer> removedVms() {
    return edited.removedVms().stream().boxed().toList();
  }

  private Columns<EditsEffect.OfVm> vmAnswer() {
    var change =
        new Columns<SurfaceChange>()
            .number("before", SurfaceChange::before)
            .number("after", SurfaceChange::after)
            .number("gained_count", of -> of.gained().size())
            .eachText("gained", (of, each) -> ids(comparison.after(), of.gained(), each))
            .number("lost_count", of -> of.lost().size())
            .eachText("lost", (of, each) -> ids(comparison.before(), of.lost(), each));
    var internet =
        new Columns<EditsEffect.FromInternet>()
            .intOrNone("before", hops -> hops(hops.before()))
            .intOrNone("after", hops -> hops(hops.after()));
    return new Columns<EditsEffect.OfVm>()
        .text("vm_id", answer -> comparison.id(answer.vm()))
        .textOrNone("name", answer -> comparison.name(answer.vm()))
        .truth("removed", answer -> !answer.vm().isAfter())
        .object("attackers", change, EditsEffect.OfVm::attackers)
        .object("victims", change, EditsEffect.OfVm::victims)
        .only(
            answer -> answer.internet().isPresent(),
            one -> one.object("internet_hops", internet, answer -> answer.internet().orElseThrow()))
        .inline(ExplainedChange.columns(comparison, limit), EditsEffect.OfVm::causes);
  }

  private static OptionalInt hops(Internet internet) {
    return internet.isAttacker() ? OptionalInt.of(internet.hops()) : OptionalInt.empty();
  }

  private void ids(AttackGraph graph, Ranks ranks, Consumer<String> each) {
    forEachVm(graph, ranks.page(0, limit), vm -> each.accept(graph.environment().vmId(vm)));
  }

  private static void forEachVm(AttackGraph graph, Ranks ranks, Consumer<Integer> vms) {
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        vms.accept(graph.vmAt(rank));
      }
    }
  }

  private List<Row> rows() {
    var rows = new ArrayList<Row>();
    vms.forEach(
        answer -> rows.add(new Row(answer.vm().isAfter() ? "asked" : "removed", row(answer))));
    environment.ifPresent(
        changed -> changed.rows().forEach(row -> rows.add(new Row("changed", row))));
    return rows;
  }

  @Override
  public Table<?> table() {
    var notes = environment.map(changed -> changed.notes("kind")).orElse(List.of());
    return new Table<>(Row.COLUMNS, rows()::forEach).with(notes);
  }

  private SurfaceRow row(EditsEffect.OfVm answer) {
    var attackers = answer.attackers();
    return new SurfaceRow(
        comparison.id(answer.vm()),
        comparison.name(answer.vm()),
        attackers.before(),
        attackers.after(),
        attackers.gained().size(),
        attackers.lost().size());
  }

  @Override
  public void text(TextLines lines) {
    editsText(lines);
    for (var vm : vms) {
      lines.text(VmLabel.of(comparison, vm.vm()));
      lines.words(vm.vm().isAfter() ? ": " : " (removed): ");
      row(vm).text(lines);
      var victims = vm.victims();
      lines.words("; can attack " + victims.before() + " before, " + victims.after() + " after (");
      lines.words(SurfaceRow.signed(victims.gained().size(), victims.lost().size()) + ")").end();
      idLines(lines, "  + ", comparison.after(), vm.attackers().gained());
      idLines(lines, "  - ", comparison.before(), vm.attackers().lost());
      vm.internet()
          .filter(hops -> hops.before().isAttacker() || hops.after().isAttacker())
          .ifPresent(hops -> {
            lines.words("  hops from the internet: " + hops.before().shown() + " before, ");
            lines.words(hops.after().shown() + " after").end();
          });
      ExplainedChange.text(lines, vm.causes(), limit);
    }
    if (environment.isPresent()) {
      environment.get().text(lines, limit);
    }
  }

  private void editsText(TextLines lines) {
    some(
        lines,
        real.removed(),
        "without ",
        new Noun("real rule", "real rules"),
        rule -> realText(lines.words("without "), rule));
    some(
        lines,
        real.narrowed(),
        "narrowed: ",
        new Noun("real rule", "real rules"),
        changed -> {
          lines.words("with ").words(changed.scope().words()).words(" alone of ");
          realText(lines, changed.rule());
        });
    some(
        lines,
        real.added(),
        "with ",
        new Noun("more real rule", "more real rules"),
        changed -> {
          lines.words("with ").words(changed.scope().words()).words(" too, beside ");
          realText(lines, changed.rule());
        });
    some(
        lines,
        edited.removedRules(),
        "without ",
        new Noun("rule", "rules"),
        rule -> Rules.text(lines.words("without "), edited.before(), rule));
    some(
        lines,
        addedRules(),
        "with ",
        new Noun("more rule", "more rules"),
        rule -> Rules.text(lines.words("with "), edited.after(), rule));
    some(
        lines,
        edited.removedTags(),
        "without ",
        new Noun("tag of a VM", "tags of VMs"),
        tag -> tagText(lines, tag, " no longer carrying "));
    some(
        lines,
        edited.addedTags(),
        "with ",
        new Noun("more tag of a VM", "more tags of VMs"),
        tag -> tagText(lines, tag, " also carrying "));
    some(
        lines,
        removedVms(),
        "without ",
        new Noun("VM", "VMs"),
        vm -> lines.words("without the VM ").vm(edited.before(), vm));
    some(
        lines,
        idle,
        "of these, ",
        new Noun("added rule changes nothing", "added rules change nothing"),
        addition -> {
          Rules.text(lines, edited.after(), addition.rule());
          lines.words(" ").words(addition.cause().words());
        });
    some(
        lines,
        edited.carriedTags(),
        "carried already: ",
        new Noun("tag to add", "tags to add"),
        tag ->
            lines
                .vm(edited.before(), vm(tag))
                .words(" carries ")
                .text(tag.tag())
                .words(" already: adding it changes nothing"));
  }

  private static void realText(TextLines lines, Origin rule) {
    lines.text(RealRules.words(rule) + " (" + rule.text() + ")");
  }

  private void tagText(TextLines lines, TagOfVm tag, String verb) {
    lines.words("with ").vm(edited.before(), vm(tag)).words(verb).text(tag.tag());
  }

  /// What entries of a list are called, if none of them is shown.
  private record Noun(String one, String several) {
    String of(int count) {
      return count + " " + (count == 1 ? one : several);
    }
  }

  /// A line each for as many as the limit allows, and one that says how many more there are, or, if
  /// none is shown, how many of what.
  private <T> void some(
      TextLines lines, List<T> entries, String start, Noun noun, Consumer<T> line) {
    lines.some(
        entries.size(), limit, i -> line.accept(entries.get(i)), more -> more(more, start, noun));
  }

  private String more(int more, String start, Noun noun) {
    return limit == 0 ? start + noun.of(more) : "  and " + more + " more";
  }

  private void idLines(TextLines lines, String start, AttackGraph graph, Ranks ranks) {
    forEachVm(
        graph, ranks.page(0, limit), vm -> lines.words(start).vm(graph.environment(), vm).end());
    if (ranks.size() > limit) {
      lines.words(more(ranks.size() - limit, start, new Noun("VM", "VMs"))).end();
    }
  }
}
