package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.questions.Changes;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What differs between two environments: VMs, tags and rules, and the surfaces that grew or shrank
/// with the rules that did it.
///
/// JSON is `{"before", "after", "vms", "tags", "rules", "surfaces", "limit"}`; its lists hold at
/// most `limit` entries, the counts beside them are exact. NDJSON and CSV have a row per change,
/// and all of them but for the surfaces, of which those that changed most are shown; a last line
/// says how many were left out, or could not be compared in time.
///
/// @param before what names the environment before, such as a path or a version
/// @param after what names the one after
/// @param limit the most entries in a list
public record DiffAnswer(
    String before, String after, EnvironmentDiff diff, ChangedSurfaces surfaces, int limit)
    implements Document {
  public DiffAnswer(Changes answer) {
    this(
        answer.before(),
        answer.after(),
        answer.diff(),
        new ChangedSurfaces(answer.surfaces()),
        answer.limit());
  }

  @Override
  public Optional<Tree<?>> tree() {
    var known = diff.before();
    var added = diff.after();
    var retagged =
        new Columns<Integer>()
            .vm(known, Integer::intValue)
            .texts("added_tags", diff::tagsAddedTo)
            .texts("removed_tags", diff::tagsRemovedFrom);
    var renamed =
        new Columns<Integer>()
            .text("vm_id", known::vmId)
            .textOrNone("name_before", known::vmName)
            .textOrNone("name_after", diff::nameAfter);
    var vms = new Columns<DiffAnswer>();
    texts(vms, "added", diff.addedVms(), added::vmId);
    texts(vms, "removed", diff.removedVms(), known::vmId);
    list(vms, "retagged", diff.retaggedVms(), retagged);
    list(vms, "renamed", diff.renamedVms(), renamed);
    var tags = new Columns<DiffAnswer>();
    texts(tags, "added", diff.addedTags(), added::tag);
    texts(tags, "removed", diff.removedTags(), known::tag);
    var rules = new Columns<DiffAnswer>();
    list(rules, "added", diff.addedRules(), rule(added));
    list(rules, "removed", diff.removedRules(), rule(known));
    var columns =
        new Columns<DiffAnswer>()
            .object("before", environment(DiffAnswer::before), of -> of.diff.before())
            .object("after", environment(DiffAnswer::after), of -> of.diff.after())
            .object("vms", vms, of -> of)
            .object("tags", tags, of -> of)
            .object("rules", rules, of -> of)
            .object("surfaces", surfaces.columns(limit), DiffAnswer::surfaces)
            .number("limit", DiffAnswer::limit);
    return Optional.of(new Tree<>(columns, this));
  }

  private Columns<Environment> environment(Function<DiffAnswer, String> name) {
    return new Columns<Environment>()
        .text("name", _ -> name.apply(this))
        .number("vm_count", Environment::vmCount)
        .number("rule_count", Environment::ruleCount)
        .number("tag_count", Environment::tagCount);
  }

  private static Columns<Integer> rule(Environment environment) {
    return new Columns<Integer>().inline(Rules.COLUMNS, rule -> new Rules.Rule(environment, rule));
  }

  private void list(
      Columns<DiffAnswer> columns, String name, IntStream entries, Columns<Integer> element) {
    int[] all = entries.toArray();
    columns.number(name + "_count", _ -> all.length).stream(
        name, element, (_, each) -> first(all).forEach(each::accept));
  }

  private void texts(
      Columns<DiffAnswer> columns, String name, IntStream entries, IntFunction<String> text) {
    int[] all = entries.toArray();
    columns
        .number(name + "_count", _ -> all.length)
        .eachText(name, (_, each) -> first(all).mapToObj(text).forEach(each));
  }

  private IntStream first(int[] entries) {
    return Arrays.stream(entries).limit(limit);
  }

  /// One change, as a row of CSV or a line of NDJSON.
  private record Row(
      String change,
      Optional<String> vmId,
      Optional<String> name,
      Optional<String> tag,
      Optional<Rules.Rule> rule,
      Optional<SurfaceRow> surface) {
    static final Columns<Row> COLUMNS =
        new Columns<Row>()
            .text("change", Row::change)
            .only(
                row -> row.vmId.isPresent(),
                vm -> vm.textOrNone("vm_id", Row::vmId).lastName("name", Row::name))
            .only(row -> row.tag.isPresent(), tag -> tag.textOrNone("tag", Row::tag))
            .only(
                row -> row.rule.isPresent(),
                rule -> rule.objectOrNone("rule", Rules.COLUMNS, Row::rule))
            .only(
                row -> row.surface.isPresent(),
                surface -> surface.inline(SurfaceRow.NUMBERS, row -> row.surface.orElseThrow()));

    static Row vm(String change, Environment environment, int vm, Optional<String> tag) {
      return new Row(
          change,
          Optional.of(environment.vmId(vm)),
          environment.vmName(vm),
          tag,
          Optional.empty(),
          Optional.empty());
    }

    static Row rule(String change, Rules.Rule rule) {
      return new Row(
          change,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(rule),
          Optional.empty());
    }

    static Row surface(SurfaceRow surface) {
      return new Row(
          "surface",
          Optional.of(surface.vmId()),
          surface.name(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(surface));
    }
  }

  @Override
  public Table<?> table() {
    return new Table<>(Row.COLUMNS, rows -> rows().forEachOrdered(rows))
        .with(surfaces.notes("change"));
  }

  private Stream<Row> rows() {
    return Stream.of(
            vmRows("vm-added", diff.after(), diff.addedVms()),
            vmRows("vm-removed", diff.before(), diff.removedVms()),
            vmRows("vm-renamed", diff.before(), diff.renamedVms()),
            diff.retaggedVms().boxed().flatMap(this::tagRows),
            ruleRows("rule-added", diff.after(), diff.addedRules()),
            ruleRows("rule-removed", diff.before(), diff.removedRules()),
            surfaces.rows().stream().map(Row::surface))
        .flatMap(rows -> rows);
  }

  private static Stream<Row> vmRows(String change, Environment environment, IntStream vms) {
    return vms.mapToObj(vm -> Row.vm(change, environment, vm, Optional.empty()));
  }

  private static Stream<Row> ruleRows(String change, Environment environment, IntStream rules) {
    return rules.mapToObj(rule -> Row.rule(change, new Rules.Rule(environment, rule)));
  }

  private Stream<Row> tagRows(int vm) {
    return Stream.concat(
        tagRows("tag-added", vm, diff.tagsAddedTo(vm)),
        tagRows("tag-removed", vm, diff.tagsRemovedFrom(vm)));
  }

  private Stream<Row> tagRows(String change, int vm, List<String> tags) {
    return tags.stream().map(tag -> Row.vm(change, diff.before(), vm, Optional.of(tag)));
  }

  @Override
  public void text(TextLines lines) {
    if (diff.isEmpty()) {
      lines.words("no difference in VMs, tags and rules").end();
    }
    vmLines(lines, "+ VM ", diff.after(), diff.addedVms());
    vmLines(lines, "- VM ", diff.before(), diff.removedVms());
    some(
        lines,
        diff.renamedVms(),
        "VMs with another name",
        vm -> {
          lines.words("~ VM ").text(diff.before().vmIds(), vm).words(" was ");
          lines.text(diff.before().vmName(vm).orElse("without name")).words(", is ");
          lines.text(diff.nameAfter(vm).orElse("without name"));
        });
    some(
        lines,
        diff.retaggedVms(),
        "VMs with other tags",
        vm -> {
          lines.words("~ VM ").vm(diff.before(), vm).words(":");
          diff.tagsAddedTo(vm).forEach(tag -> lines.words(" +").text(tag));
          diff.tagsRemovedFrom(vm).forEach(tag -> lines.words(" -").text(tag));
        });
    tagLines(lines, "+ tag ", diff.after(), diff.addedTags());
    tagLines(lines, "- tag ", diff.before(), diff.removedTags());
    ruleLines(lines, "+ rule ", diff.after(), diff.addedRules());
    ruleLines(lines, "- rule ", diff.before(), diff.removedRules());
    surfaces.text(lines, limit);
  }

  private void vmLines(TextLines lines, String start, Environment environment, IntStream vms) {
    some(lines, vms, "VMs", vm -> lines.words(start).vm(environment, vm));
  }

  private void tagLines(TextLines lines, String start, Environment environment, IntStream tags) {
    some(lines, tags, "tags", tag -> lines.words(start).text(environment.tag(tag)));
  }

  private void ruleLines(TextLines lines, String start, Environment environment, IntStream rules) {
    some(
        lines,
        rules,
        "rules",
        rule -> {
          lines.words(start);
          Rules.text(lines, environment, rule);
        });
  }

  /// A line each for as many as the limit allows, and one that says how many more there are.
  private void some(TextLines lines, IntStream entries, String what, IntConsumer line) {
    int[] all = entries.toArray();
    lines.some(
        all.length,
        limit,
        i -> line.accept(all[i]),
        more -> "  and " + more + " more of these " + what);
  }
}
