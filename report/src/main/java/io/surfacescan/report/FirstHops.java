package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;

/// Why each attacker of a VM or group is one: the hops of a shortest path and the rule of its first
/// hop; or why each victim is one, with the rule of the last.
///
/// JSON is an array of `{"vm_id", "name", "hops", "first_rule": {"fw_id", "source_tag",
/// "dest_tag"}}` (`last_rule` for victims); a text line reads `web (vm-1): 2 hops, first by fw-1
/// (ssh -> dev)`.
///
/// @param vms the VMs to list, some of those found, in the order of the answer
public record FirstHops(AttackGraph graph, FoundByHop found, Way way, VmSequence vms)
    implements Document {
  private record Row(int vm, int hops, int rule) {}

  @Override
  public Table<?> table() {
    var environment = graph.environment();
    var columns =
        new Columns<Row>()
            .vm(environment, Row::vm)
            .number("hops", Row::hops)
            .object(
                end() + "_rule",
                Rules.columns(environment),
                row -> new Rules.Rule(environment, row.rule));
    return new Table<>(
        columns,
        rows -> vms.forEach(vm -> rows.accept(new Row(vm, found.hops(vm), found.rule(vm)))),
        this::line);
  }

  private void line(TextLines line, Row row) {
    line.vm(graph.environment(), row.vm);
    line.words(row.hops == 1 ? ": 1 hop, by " : ": " + row.hops + " hops, " + end() + " by ");
    Rules.text(line, graph.environment(), row.rule);
  }

  /// Which hop of a path the rule is of.
  private String end() {
    return switch (way) {
      case ATTACKERS -> "first";
      case VICTIMS -> "last";
    };
  }
}
