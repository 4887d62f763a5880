package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;
import java.util.List;

/// VMs with their names, tags and exposure, one row each, or one row for all VMs that share an
/// attack surface. The shapes are those of [ExposureListing].
public record VmTable(Environment environment, boolean collapsed, List<ExposedVm> rows)
    implements Document {
  public VmTable {
    rows = List.copyOf(rows);
  }

  @Override
  public Table<ExposedVm> table() {
    return new ExposureListing(environment, true, collapsed).table(rows::forEach);
  }
}
