package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;

/// A list of VM ids in an order other than the engine's; the bytes have the form of [VmIds].
public record SortedVmIds(Environment environment, VmSequence vms) implements Document {
  @Override
  public Table<Integer> table() {
    var ids = environment.vmIds();
    var columns = new Columns<Integer>().text("vm_id", ids, Integer::intValue);
    return new Table<Integer>(
            columns, rows -> vms.forEach(rows::accept), (line, vm) -> line.text(ids, vm))
        .ofValues();
  }
}
