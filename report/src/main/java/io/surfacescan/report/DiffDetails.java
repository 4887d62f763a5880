package io.surfacescan.report;

import io.surfacescan.model.DetailDiff;
import io.surfacescan.model.DetailDiff.ChangedOrigin;
import io.surfacescan.model.DetailDiff.ChangedRule;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.Origin;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.VmDetails;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.RealRules;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a comparison says of details: of VMs, of rules that changed, of real rules.
///
/// @param limit the most entries in a list
record DiffDetails(EnvironmentDiff diff, DetailDiff details, int limit) {
  /// One field of a VM or rule that changed, or a real rule.
  ///
  /// @param before its words before; empty if it was not there
  record Field(
      String name, Optional<String> before, Optional<String> after, Optional<Origin> origin) {
    static final Columns<Field> COLUMNS =
        new Columns<Field>()
            .text("field", Field::name)
            .textOrNone("before", Field::before)
            .textOrNone("after", Field::after)
            .only(
                field -> field.origin.isPresent(),
                real -> real.textOrNone("real_rule", field -> field.origin.map(RealRules::words)));

    private static Field of(String name, Object before, Object after) {
      return new Field(
          name, Optional.of(before.toString()), Optional.of(after.toString()), Optional.empty());
    }

    private static Field of(Optional<Origin> before, Optional<Origin> after) {
      return new Field(
          "real rule", before.map(Origin::text), after.map(Origin::text), after.or(() -> before));
    }
  }

  static Optional<DiffDetails> of(EnvironmentDiff diff, int limit) {
    return diff.details().map(details -> new DiffDetails(diff, details, limit));
  }

  private <R, T> void list(Columns<R> columns, String name, List<T> entries, Columns<T> element) {
    columns.number(name + "_count", ignored -> entries.size()).stream(
        name, element, (ignored, each) -> entries.stream().limit(limit).forEach(each));
  }

  /// The VMs that changed, as members of an object.
  <R> void addVmsTo(Columns<R> columns) {
    Function<Integer, VmDetails> before = details::before;
    Function<Integer, VmDetails> after = details::after;
    var changed =
        new Columns<Integer>()
            .vm(diff.before(), Integer::intValue)
            .only(
                differ(VmDetails::kind),
                kind ->
                    kind.text("kind_before", vm -> before.apply(vm).kind().code())
                        .text("kind_after", vm -> after.apply(vm).kind().code()))
            .only(
                differ(VmDetails::scope),
                scope ->
                    scope
                        .textOrNone("scope_before", vm -> before.apply(vm).scope())
                        .textOrNone("scope_after", vm -> after.apply(vm).scope()));
    lists(changed, "labels", VmDetails::labels);
    lists(changed, "addresses", VmDetails::addresses);
    list(columns, "changed", details.changedVms().boxed().toList(), changed);
  }

  private Predicate<Integer> differ(Function<VmDetails, Object> field) {
    return vm -> !field.apply(details.before(vm)).equals(field.apply(details.after(vm)));
  }

  private void lists(
      Columns<Integer> columns, String name, Function<VmDetails, List<String>> texts) {
    columns.only(
        differ(texts::apply),
        both ->
            both.texts("added_" + name, vm -> added(vm, texts))
                .texts("removed_" + name, vm -> removed(vm, texts)));
  }

  private List<String> added(int vm, Function<VmDetails, List<String>> texts) {
    return minus(texts.apply(details.after(vm)), texts.apply(details.before(vm)));
  }

  private List<String> removed(int vm, Function<VmDetails, List<String>> texts) {
    return minus(texts.apply(details.before(vm)), texts.apply(details.after(vm)));
  }

  private static List<String> minus(List<String> texts, List<String> others) {
    var left = new ArrayList<>(texts);
    left.removeAll(others);
    return left;
  }

  /// The rules that changed, as members of an object.
  <R> void addRulesTo(Columns<R> columns) {
    var changed =
        new Columns<ChangedRule>()
            .object("before", Rules.COLUMNS, rule -> rule(diff.before(), rule.before()))
            .object("after", Rules.COLUMNS, rule -> rule(diff.after(), rule.after()));
    list(columns, "changed", details.changedRules(), changed);
  }

  private static Rules.Rule rule(Environment environment, int rule) {
    return new Rules.Rule(environment, rule);
  }

  /// What stands for addresses outside, and the real rules, as objects of their own.
  <R> void addTo(Columns<R> columns) {
    if (diff.before().externalCount() + diff.after().externalCount() > 0) {
      var externals = new Columns<R>();
      texts(
          externals,
          "added",
          externals(diff.after(), diff.addedVms()).mapToObj(diff.after()::vmId));
      texts(
          externals,
          "removed",
          externals(diff.before(), diff.removedVms()).mapToObj(diff.before()::vmId));
      columns.object("externals", externals, row -> row);
    }
    if (details.isLowered()) {
      var changed =
          new Columns<ChangedOrigin>()
              .object("before", RealRules.COLUMNS, ChangedOrigin::before)
              .object("after", RealRules.COLUMNS, ChangedOrigin::after);
      var real = new Columns<R>();
      list(real, "added", details.addedOrigins(), RealRules.COLUMNS);
      list(real, "removed", details.removedOrigins(), RealRules.COLUMNS);
      list(real, "changed", details.changedOrigins(), changed);
      columns.object("real_rules", real, row -> row);
    }
  }

  private <R> void texts(Columns<R> columns, String name, Stream<String> texts) {
    var all = texts.toList();
    columns
        .number(name + "_count", ignored -> all.size())
        .texts(name, ignored -> all.stream().limit(limit).toList());
  }

  /// Those that stand for addresses outside.
  static IntStream externals(Environment environment, IntStream vms) {
    return vms.filter(vm -> environment.vmKind(vm).isExternal());
  }

  /// The fields in which a VM changed.
  List<Field> fields(int vm) {
    var before = details.before(vm);
    var after = details.after(vm);
    var fields = new ArrayList<Field>();
    if (before.kind() != after.kind()) {
      fields.add(Field.of("kind", before.kind().code(), after.kind().code()));
    }
    if (!before.scope().equals(after.scope())) {
      fields.add(new Field("scope", before.scope(), after.scope(), Optional.empty()));
    }
    if (!before.labels().equals(after.labels())) {
      fields.add(
          Field.of("labels", String.join(" ", before.labels()), String.join(" ", after.labels())));
    }
    if (!before.addresses().equals(after.addresses())) {
      fields.add(
          Field.of(
              "addresses",
              String.join(" ", before.addresses()),
              String.join(" ", after.addresses())));
    }
    return fields;
  }

  /// The fields in which a rule changed.
  List<Field> fields(ChangedRule rule) {
    var before = diff.before().ruleDetails(rule.before());
    var after = diff.after().ruleDetails(rule.after());
    var fields = new ArrayList<Field>();
    if (!before.services().equals(after.services())) {
      fields.add(Field.of("services", before.services(), after.services()));
    }
    if (!before.assumed().equals(after.assumed())) {
      fields.add(Field.of("certainty", certainty(before), certainty(after)));
    }
    return fields;
  }

  private static String certainty(RuleDetails details) {
    return details.assumed().map(why -> "assumed: " + why).orElse("sure");
  }

  /// The real rules that are new, gone or changed, each as a change and what is said of it.
  Stream<FieldOf> realRules() {
    return Stream.of(
            details.addedOrigins().stream()
                .map(origin ->
                    new FieldOf(
                        "real-rule-added", Field.of(Optional.empty(), Optional.of(origin)))),
            details.removedOrigins().stream()
                .map(origin ->
                    new FieldOf(
                        "real-rule-removed", Field.of(Optional.of(origin), Optional.empty()))),
            details.changedOrigins().stream()
                .map(both ->
                    new FieldOf(
                        "real-rule-changed",
                        Field.of(Optional.of(both.before()), Optional.of(both.after())))))
        .flatMap(rows -> rows);
  }

  /// A field and the kind of change.
  record FieldOf(String change, Field field) {}

  /// Says what became of the details of VMs.
  void vmText(TextLines lines) {
    int[] vms = details.changedVms().toArray();
    lines.some(
        vms.length,
        limit,
        i -> {
          lines.words("~ VM ").vm(diff.before(), vms[i]);
          text(lines, fields(vms[i]));
        },
        more -> "  and " + more + " more of these VMs with other details");
    externalText(lines, "+ outside ", diff.after(), diff.addedVms());
    externalText(lines, "- outside ", diff.before(), diff.removedVms());
  }

  private void externalText(TextLines lines, String start, Environment environment, IntStream vms) {
    int[] all = externals(environment, vms).toArray();
    lines.some(
        all.length,
        limit,
        i -> lines.words(start).vm(environment, all[i]),
        more -> "  and " + more + " more of these addresses outside");
  }

  private static void text(TextLines lines, List<Field> fields) {
    String separator = ": ";
    for (var field : fields) {
      lines.words(separator + field.name + " ").text(field.before.orElse("none"));
      lines.words(" -> ").text(field.after.orElse("none"));
      separator = "; ";
    }
  }

  /// Says what became of rules with details, and of real rules.
  void ruleText(TextLines lines) {
    var changed = details.changedRules();
    lines.some(
        changed.size(),
        limit,
        i -> {
          lines.words("~ rule ").text(Rules.words(diff.before(), changed.get(i).before()));
          text(lines, fields(changed.get(i)));
        },
        more -> "  and " + more + " more of these rules with other details");
    origins(lines, "+ real rule ", details.addedOrigins());
    origins(lines, "- real rule ", details.removedOrigins());
    var real = details.changedOrigins();
    lines.some(
        real.size(),
        limit,
        i -> {
          lines.words("~ real rule ").text(RealRules.words(real.get(i).after())).words(": ");
          lines.text(real.get(i).before().text()).words(" -> ").text(real.get(i).after().text());
        },
        more -> "  and " + more + " more of these real rules");
  }

  private void origins(TextLines lines, String start, List<Origin> origins) {
    lines.some(
        origins.size(),
        limit,
        i -> {
          lines.words(start).text(RealRules.words(origins.get(i)));
          if (!origins.get(i).text().isEmpty()) {
            lines.words(": ").text(origins.get(i).text());
          }
        },
        more -> "  and " + more + " more of these real rules");
  }
}
