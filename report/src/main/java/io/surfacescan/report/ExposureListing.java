package io.surfacescan.report;

import io.surfacescan.engine.OutsideReach;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// How VMs with their exposure are written.
///
/// A JSON object is `{"vm_id", "name", "tags", "attackers", "direct_attackers", "blast_radius",
/// "direct_blast_radius", "on_cycle"}`; a CSV row has the same fields, in which `tags` is a JSON
/// array, because a tag may hold any separator.
///
/// If VMs have details, `kind` and `scope` follow; in the report of an environment that has the
/// internet, `internet` has its hops to the VM, `internet_services` what the last of them is for,
/// and `internet_first_rule` the rule of the first.
///
/// @param withTags whether the tags are told
/// @param withAlike whether a row stands for several VMs and says so as `vms`
/// @param withHops whether the hops of the farthest attacker are told as `farthest_hops`, which is
///   null where they were not found in time
/// @param internet what the internet can attack, if that is told
record ExposureListing(
    Environment environment,
    boolean withTags,
    boolean withAlike,
    boolean withHops,
    Optional<OutsideReach> internet) {
  ExposureListing(Environment environment, boolean withTags, boolean withAlike) {
    this(environment, withTags, withAlike, false, Optional.empty());
  }

  Columns<ExposedVm> columns() {
    var columns =
        new Columns<ExposedVm>()
            .text("vm_id", environment.vmIds(), ExposedVm::vm)
            .name(environment, ExposedVm::vm);
    if (withTags) {
      columns.eachText("tags", this::tags);
    }
    columns
        .number("attackers", row -> row.exposure().attackers())
        .number("direct_attackers", row -> row.exposure().directAttackers())
        .number("blast_radius", row -> row.exposure().victims())
        .number("direct_blast_radius", row -> row.exposure().directVictims())
        .truth("on_cycle", row -> row.exposure().onCycle());
    if (withHops) {
      columns.intOrNone("farthest_hops", ExposedVm::farthestHops);
    }
    if (withAlike) {
      columns.number("vms", row -> row.alike().orElse(1));
    }
    if (environment.hasVmDetails()) {
      columns
          .text("kind", row -> environment.vmKind(row.vm()).code())
          .textOrNone("scope", row -> environment.vmScope(row.vm()));
    }
    internet.ifPresent(reach -> addInternet(columns, reach));
    return columns;
  }

  private void addInternet(Columns<ExposedVm> columns, OutsideReach reach) {
    columns
        .intOrNone(
            "internet",
            row -> {
              int hops = reach.hops(row.vm());
              return hops == 0 ? OptionalInt.empty() : OptionalInt.of(hops);
            })
        .texts("internet_services", row -> reach.services(row.vm()).texts())
        .objectOrNone(
            "internet_first_rule",
            Rules.columns(environment),
            row ->
                reach.hops(row.vm()) == 0
                    ? Optional.empty()
                    : Optional.of(new Rules.Rule(environment, reach.firstRule(row.vm()))));
  }

  private void tags(ExposedVm row, Consumer<String> each) {
    var lists = environment.tagLists();
    int list = environment.tagListOf(row.vm());
    for (int i = lists.start(list); i < lists.end(list); i++) {
      each.accept(environment.tag(lists.value(i)));
    }
  }

  Table<ExposedVm> table(Table.Rows<ExposedVm> rows) {
    return new Table<>(columns(), rows, this::line);
  }

  private void line(TextLines line, ExposedVm row) {
    var exposure = row.exposure();
    line.vm(environment, row.vm());
    int alike = row.alike().orElse(1);
    if (withAlike && alike > 1) {
      line.words(" and " + (alike - 1) + " like it");
    }
    line.words(": " + counted(exposure.attackers(), exposure.directAttackers(), "attacker"));
    line.words(", " + counted(exposure.victims(), exposure.directVictims(), "victim"));
    if (withHops) {
      line.words(
          row.farthestHops().isPresent()
              ? ", farthest attacker " + Counted.orNo(row.farthestHops().getAsInt(), "hop")
              : ", farthest attacker not found in time");
    }
    if (exposure.onCycle()) {
      line.words(", on a cycle");
    }
    if (environment.hasVmDetails()) {
      details(line, row.vm());
    }
  }

  /// What is no plain VM, and where it stands.
  private void details(TextLines line, int vm) {
    if (environment.vmKind(vm) != VmKind.VM) {
      line.words(", kind " + environment.vmKind(vm).code());
    }
    environment.vmScope(vm).ifPresent(scope -> line.words(", scope ").text(scope));
  }

  private static String counted(int count, int direct, String noun) {
    return Counted.orNo(count, noun) + (count == 0 ? "" : " (" + direct + " direct)");
  }
}
