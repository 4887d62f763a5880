package io.surfacescan.report;

import io.surfacescan.model.DetailDiff;
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
/// with the rules that did it; of environments with details, what differs in these too.
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
    texts(vms, "added", vms(added, diff.addedVms()), added::vmId);
    texts(vms, "removed", vms(known, diff.removedVms()), known::vmId);
    list(vms, "retagged", retaggedVms(), retagged);
    list(vms, "renamed", vms(known, diff.renamedVms()), renamed);
    details().ifPresent(details -> details.addVmsTo(vms));
    var tags = new Columns<DiffAnswer>();
    texts(tags, "added", unlessLowered(diff.addedTags()), added::tag);
    texts(tags, "removed", unlessLowered(diff.removedTags()), known::tag);
    var rules = new Columns<DiffAnswer>();
    list(rules, "added", addedRules(), rule(added));
    list(rules, "removed", removedRules(), rule(known));
    details().ifPresent(details -> details.addRulesTo(rules));
    var columns =
        new Columns<DiffAnswer>()
            .object("before", environment(DiffAnswer::before), of -> of.diff.before())
            .object("after", environment(DiffAnswer::after), of -> of.diff.after())
            .object("vms", vms, of -> of)
            .object("tags", tags, of -> of)
            .object("rules", rules, of -> of);
    details().ifPresent(details -> details.addTo(columns));
    columns
        .object("surfaces", surfaces.columns(limit), DiffAnswer::surfaces)
        .number("limit", DiffAnswer::limit);
    return Optional.of(new Tree<>(columns, this));
  }

  private Optional<DiffDetails> details() {
    return DiffDetails.of(diff, limit);
  }

  /// Those that are no addresses outside.
  private static IntStream vms(Environment environment, IntStream vms) {
    return environment.externalCount() == 0
        ? vms
        : vms.filter(vm -> !environment.vmKind(vm).isExternal());
  }

  /// Tags that an import made say nothing.
  private IntStream unlessLowered(IntStream entries) {
    boolean isLowered = diff.details().map(DetailDiff::isLowered).orElse(false);
    return isLowered ? IntStream.empty() : entries;
  }

  private IntStream retaggedVms() {
    return unlessLowered(diff.retaggedVms());
  }

  private IntStream addedRules() {
    return diff.details().map(DetailDiff::addedRules).orElseGet(diff::addedRules);
  }

  private IntStream removedRules() {
    return diff.details().map(DetailDiff::removedRules).orElseGet(diff::removedRules);
  }

  private Columns<Environment> environment(Function<DiffAnswer, String> name) {
    return new Columns<Environment>()
        .text("name", ignored -> name.apply(this))
        .number("vm_count", Environment::countedVms)
        .number("rule_count", Environment::ruleCount)
        .number("tag_count", Environment::tagCount);
  }

  private static Columns<Integer> rule(Environment environment) {
    return new Columns<Integer>().inline(Rules.COLUMNS, rule -> new Rules.Rule(environment, rule));
  }

  private void list(
      Columns<DiffAnswer> columns, String name, IntStream entries, Columns<Integer> element) {
    int[] all = entries.toArray();
    columns.number(name + "_count", ignored -> all.length).stream(
        name, element, (ignored, each) -> first(all).forEach(each::accept));
  }

  private void texts(
      Columns<DiffAnswer> columns, String name, IntStream entries, IntFunction<String> text) {
    int[] all = entries.toArray();
    columns
        .number(name + "_count", ignored -> all.length)
        .eachText(name, (ignored, each) -> first(all).mapToObj(text).forEach(each));
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
      Optional<DiffDetails.Field> field,
      Optional<SurfaceRow> surface) {
    static final Columns<Row> COLUMNS = columns(false);
    static final Columns<Row> WITH_DETAILS = columns(true);

    private static Columns<Row> columns(boolean withDetails) {
      var columns =
          new Columns<Row>()
              .text("change", Row::change)
              .only(
                  row -> row.vmId.isPresent(),
                  vm -> vm.textOrNone("vm_id", Row::vmId).lastName("name", Row::name))
              .only(row -> row.tag.isPresent(), tag -> tag.textOrNone("tag", Row::tag))
              .only(
                  row -> row.rule.isPresent(),
                  rule -> rule.objectOrNone("rule", Rules.COLUMNS, Row::rule));
      if (withDetails) {
        columns.only(
            row -> row.field.isPresent(),
            field -> field.inline(DiffDetails.Field.COLUMNS, row -> row.field.orElseThrow()));
      }
      return columns.only(
          row -> row.surface.isPresent(),
          surface -> surface.inline(SurfaceRow.NUMBERS, row -> row.surface.orElseThrow()));
    }

    Row with(DiffDetails.Field of) {
      return new Row(change, vmId, name, tag, rule, Optional.of(of), surface);
    }

    static Row real(DiffDetails.FieldOf real) {
      return new Row(
          real.change(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(real.field()),
          Optional.empty());
    }

    static Row vm(String change, Environment environment, int vm, Optional<String> tag) {
      return new Row(
          change,
          Optional.of(environment.vmId(vm)),
          environment.vmName(vm),
          tag,
          Optional.empty(),
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
          Optional.empty(),
          Optional.empty());
    }

    static Row surface(SurfaceRow surface) {
      return new Row(
          "surface",
          Optional.of(surface.vmId()),
          surface.name(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(surface));
    }
  }

  @Override
  public Table<?> table() {
    return new Table<>(
            details().isPresent() ? Row.WITH_DETAILS : Row.COLUMNS,
            rows -> rows().forEachOrdered(rows))
        .with(surfaces.notes("change"));
  }

  private Stream<Row> rows() {
    return Stream.of(
            vmRows("vm-added", diff.after(), vms(diff.after(), diff.addedVms())),
            vmRows("vm-removed", diff.before(), vms(diff.before(), diff.removedVms())),
            vmRows("vm-renamed", diff.before(), vms(diff.before(), diff.renamedVms())),
            retaggedVms().boxed().flatMap(this::tagRows),
            ruleRows("rule-added", diff.after(), addedRules()),
            ruleRows("rule-removed", diff.before(), removedRules()),
            details().stream().flatMap(this::detailRows),
            surfaces.rows().stream().map(Row::surface))
        .flatMap(rows -> rows);
  }

  private Stream<Row> detailRows(DiffDetails of) {
    var details = of.details();
    return Stream.of(
            vmRows(
                "external-added",
                diff.after(),
                DiffDetails.externals(diff.after(), diff.addedVms())),
            vmRows(
                "external-removed",
                diff.before(),
                DiffDetails.externals(diff.before(), diff.removedVms())),
            details
                .changedVms()
                .boxed()
                .flatMap(vm ->
                    of.fields(vm).stream()
                        .map(field ->
                            Row.vm("vm-changed", diff.before(), vm, Optional.empty()).with(field))),
            details.changedRules().stream()
                .flatMap(rule ->
                    of.fields(rule).stream()
                        .map(field ->
                            Row.rule("rule-changed", new Rules.Rule(diff.after(), rule.after()))
                                .with(field))),
            of.realRules().map(Row::real))
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
    vmLines(lines, "+ VM ", diff.after(), vms(diff.after(), diff.addedVms()));
    vmLines(lines, "- VM ", diff.before(), vms(diff.before(), diff.removedVms()));
    some(
        lines,
        vms(diff.before(), diff.renamedVms()),
        "VMs with another name",
        vm -> {
          lines.words("~ VM ").text(diff.before().vmIds(), vm).words(" was ");
          lines.text(diff.before().vmName(vm).orElse("without name")).words(", is ");
          lines.text(diff.nameAfter(vm).orElse("without name"));
        });
    some(
        lines,
        retaggedVms(),
        "VMs with other tags",
        vm -> {
          lines.words("~ VM ").vm(diff.before(), vm).words(":");
          diff.tagsAddedTo(vm).forEach(tag -> lines.words(" +").text(tag));
          diff.tagsRemovedFrom(vm).forEach(tag -> lines.words(" -").text(tag));
        });
    details().ifPresent(details -> details.vmText(lines));
    tagLines(lines, "+ tag ", diff.after(), unlessLowered(diff.addedTags()));
    tagLines(lines, "- tag ", diff.before(), unlessLowered(diff.removedTags()));
    ruleLines(lines, "+ rule ", diff.after(), addedRules());
    ruleLines(lines, "- rule ", diff.before(), removedRules());
    details().ifPresent(details -> details.ruleText(lines));
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
