package io.surfacescan.report;

import io.surfacescan.engine.FoundByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// VMs with their hops: JSON is `[{"vm_id", "name", "hops"}]`, a text line reads `web (vm-1): 2
/// hops`.
///
/// @param vms the VMs to list, some of those found, in the order of the answer
public record VmsWithHops(Environment environment, FoundByHop found, VmSequence vms)
    implements Document {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    new Rendering(environment, found).write(out, format, rows -> vms.forEach(rows::accept));
  }

  private record Rendering(Environment environment, FoundByHop found)
      implements RowFormat<Integer> {
    @Override
    public List<String> header() {
      return List.of("vm_id", "hops", "name");
    }

    @Override
    public void json(JsonGenerator json, Integer vm) {
      json.writeStartObject();
      Json.vm(json, environment, vm);
      json.writeNumberProperty("hops", found.hops(vm));
      json.writeEndObject();
    }

    @Override
    public void fields(TextLines line, Integer vm) {
      line.field(environment.vmIds(), vm).field(Integer.toString(found.hops(vm)));
      line.fieldOrNone(environment.vmName(vm));
    }

    @Override
    public void text(TextLines line, Integer vm) {
      int hops = found.hops(vm);
      line.vm(environment, vm).words(hops == 1 ? ": 1 hop" : ": " + hops + " hops");
    }
  }
}
