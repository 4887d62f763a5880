package io.surfacescan.report;

import io.surfacescan.engine.DirectPairs;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Every direct attack with all rules that allow it, in input order of the attacker, then of the
/// victim. It is found while it is written, in memory that does not grow with the pairs.
///
/// JSON is an array of `{"from": {"vm_id", "name"}, "to": {"vm_id", "name"}, "rules": [{"fw_id",
/// "source_tag", "dest_tag"}]}`; CSV has a row per pair and rule; a text line reads `web (vm-1) ->
/// db (vm-2) by fw-1 (web -> db)`.
///
/// @param from whose attacks; empty for all VMs
/// @param to on whom; empty for all VMs
/// @param limit the most pairs, at least 0
public record PairTable(
    Environment environment, Optional<Subject> from, Optional<Subject> to, long limit)
    implements Document {
  private record Row(int from, int to, List<Integer> rules) {}

  @Override
  public Table<?> table() {
    var vm = new Columns<Integer>().vm(environment, Integer::intValue);
    var columns =
        new Columns<Row>()
            .inJson(json -> json.object("from", vm, Row::from).object("to", vm, Row::to))
            .inCsv(csv -> csv.vm("from", environment, Row::from).vm("to", environment, Row::to))
            .rules(environment, Row::rules);
    return new Table<>(columns, this::forEach, this::line);
  }

  private void forEach(Consumer<Row> rows) {
    if (limit == 0) {
      return;
    }
    var left = new long[] {limit};
    DirectPairs.of(environment)
        .forEach(
            vms(from),
            vms(to),
            (attacker, victim, rules) -> {
              rows.accept(new Row(attacker, victim, rules));
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
    line.vm(environment, row.from).words(" -> ").vm(environment, row.to).words(" by ");
    Rules.text(line, environment, row.rules);
  }
}
