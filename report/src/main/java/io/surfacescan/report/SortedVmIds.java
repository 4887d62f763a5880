package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// A list of VM ids in an order other than the engine's; the bytes have the form of [VmIds].
public record SortedVmIds(Environment environment, VmSequence vms) implements Document {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    new Rendering(environment).write(out, format, rows -> vms.forEach(rows::accept));
  }

  private record Rendering(Environment environment) implements RowFormat<Integer> {
    @Override
    public List<String> header() {
      return List.of("vm_id");
    }

    @Override
    public void json(JsonGenerator json, Integer vm) {
      json.writeString(environment.vmId(vm));
    }

    @Override
    public void fields(TextLines line, Integer vm) {
      line.field(environment.vmIds(), vm);
    }

    @Override
    public void text(TextLines line, Integer vm) {
      line.text(environment.vmIds(), vm);
    }
  }
}
