package io.surfacescan.report;

import io.surfacescan.engine.AllowedServices;
import io.surfacescan.engine.DirectPairs;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Every direct attack with all rules that allow it, in input order of the attacker, then of the
/// victim. It is found while it is written, in memory that does not grow with the pairs.
///
/// JSON is an array of `{"from": {"vm_id", "name"}, "to": {"vm_id", "name"}, "rules": [{"fw_id",
/// "source_tag", "dest_tag"}]}`; CSV has a row per pair and rule; a text line reads `web (vm-1) ->
/// db (vm-2) by fw-1 (web -> db)`.
///
/// If VMs or rules of the environment have details, `services` and `certainty` come before the
/// rules, an end that is no VM has its `kind`, and one outside its `addresses`. Services that only
/// assumed rules allow are a second row of the pair, with those rules.
///
/// @param from whose attacks; empty for all VMs
/// @param to on whom; empty for all VMs
/// @param limit the most pairs, at least 0
public record PairTable(
    Environment environment, Optional<Subject> from, Optional<Subject> to, long limit)
    implements Document {
  private static final int KNOWN_MOST = 1 << 12;

  private record Row(int from, int to, AllowedServices allowed) {
    private List<Integer> rules() {
      return allowed.rules();
    }
  }

  private boolean hasDetails() {
    return environment.hasRuleDetails() || environment.hasVmDetails();
  }

  @Override
  public Table<?> table() {
    var vm = end();
    var columns =
        new Columns<Row>()
            .inJson(json -> json.object("from", vm, Row::from).object("to", vm, Row::to))
            .inCsv(csv -> csv.vm("from", environment, Row::from).vm("to", environment, Row::to));
    if (hasDetails()) {
      columns
          .texts("services", row -> row.allowed.services().texts())
          .text("certainty", row -> row.allowed.certainty())
          .inCsv(csv -> {
            csv.only(row -> isExternal(row.from), some -> addresses(some, "from_", Row::from));
            csv.only(row -> isExternal(row.to), some -> addresses(some, "to_", Row::to));
          });
    }
    columns.rules(environment, Row::rules);
    return new Table<>(columns, this::forEach, this::line);
  }

  private Columns<Integer> end() {
    var vm = new Columns<Integer>().vm(environment, Integer::intValue);
    return environment.hasVmDetails()
        ? vm.only(
                one -> environment.vmKind(one) != VmKind.VM,
                some -> some.text("kind", one -> environment.vmKind(one).code()))
            .only(this::isExternal, some -> addresses(some, "", Integer::intValue))
        : vm;
  }

  private boolean isExternal(int vm) {
    return environment.vmKind(vm).isExternal();
  }

  private <R> void addresses(Columns<R> columns, String side, ToIntFunction<R> vm) {
    columns.texts(side + "addresses", row -> environment.vmDetails(vm.applyAsInt(row)).addresses());
  }

  private void forEach(Consumer<Row> rows) {
    if (limit == 0) {
      return;
    }
    var left = new long[] {limit};
    // Pairs that the same rules allow share their list.
    var known = new IdentityHashMap<List<Integer>, List<AllowedServices>>();
    boolean hasDetails = hasDetails();
    DirectPairs.of(environment)
        .forEach(
            vms(from),
            vms(to),
            (attacker, victim, rules) -> {
              if (hasDetails) {
                if (known.size() == KNOWN_MOST) {
                  known.clear();
                }
                known
                    .computeIfAbsent(rules, some -> AllowedServices.of(environment, some))
                    .forEach(allowed -> rows.accept(new Row(attacker, victim, allowed)));
              } else {
                rows.accept(new Row(attacker, victim, AllowedServices.all(rules)));
              }
              return --left[0] > 0;
            });
  }

  private BitSet vms(Optional<Subject> subject) {
    var vms = new BitSet(environment.vmCount());
    if (subject.isEmpty()) {
      vms.set(0, environment.vmCount());
    } else {
      var members = subject.get().members();
      for (int i = 0; i < members.size(); i++) {
        vms.set(members.vm(i));
      }
    }
    return vms;
  }

  private void line(TextLines line, Row row) {
    line.vm(environment, row.from).words(" -> ").vm(environment, row.to);
    if (hasDetails()) {
      line.words(row.allowed.isSure() ? ": " : ": perhaps ");
      line.words(row.allowed.services().toString());
    }
    line.words(" by ");
    Rules.text(line, environment, row.rules());
  }
}
