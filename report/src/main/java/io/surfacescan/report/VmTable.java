package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// VMs with their names, tags and exposure, one row each, or one row for all VMs that share an
/// attack surface. The shapes are those of [ExposureListing].
public record VmTable(Environment environment, boolean collapsed, List<ExposedVm> rows)
    implements Document {
  public VmTable {
    rows = List.copyOf(rows);
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    new ExposureListing(environment, true, collapsed, false).write(out, format, rows::forEach);
  }
}
