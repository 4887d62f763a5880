package io.surfacescan.report;

import io.surfacescan.engine.FoundByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;

/// VMs with their hops: JSON is `[{"vm_id", "name", "hops"}]`, a text line reads `web (vm-1): 2
/// hops`.
///
/// @param vms the VMs to list, some of those found, in the order of the answer
public record VmsWithHops(Environment environment, FoundByHop found, VmSequence vms)
    implements Document {
  @Override
  public Table<Integer> table() {
    var columns =
        new Columns<Integer>().vm(environment, Integer::intValue).number("hops", found::hops);
    return new Table<>(columns, rows -> vms.forEach(rows::accept), this::line);
  }

  private void line(TextLines line, Integer vm) {
    int hops = found.hops(vm);
    // Written for each VM: a constant word takes no objects.
    line.vm(environment, vm).words(hops == 1 ? ": 1 hop" : ": " + hops + " hops");
  }
}
