package io.surfacescan.report;

import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Ranks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The attack surfaces of several VMs, in the order in which they were asked for.
///
/// JSON is an array of `{"vm_id", "attackers": […]}`, NDJSON one of these objects a line. CSV has a
/// row per VM and attacker, so that a VM without attackers has none. Text has a heading per VM and
/// an empty line between VMs.
public record SurfacesByVm(IdArena ids, List<AttackSurface> surfaces) implements Document {
  private static final byte[] OBJECT_START = "{\"vm_id\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ATTACKERS = ",\"attackers\":".getBytes(StandardCharsets.UTF_8);

  public SurfacesByVm {
    surfaces = List.copyOf(surfaces);
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> writeJson(out);
      case NDJSON -> {
        for (var surface : surfaces) {
          writeObject(out, surface);
          out.write('\n');
        }
      }
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private void writeJson(OutputStream out) throws IOException {
    out.write('[');
    for (int i = 0; i < surfaces.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      writeObject(out, surfaces.get(i));
    }
    out.write(']');
  }

  /// The array of attackers is the very bytes of [VmIds].
  private void writeObject(OutputStream out, AttackSurface surface) throws IOException {
    out.write(OBJECT_START);
    Json.write(out, json -> json.writeString(ids.graph().environment().vmId(surface.vm())));
    out.write(ATTACKERS);
    VmIds.of(ids, surface.attackers(), Format.JSON).writeTo(out);
    out.write('}');
  }

  private void writeCsv(OutputStream out) throws IOException {
    var texts = ids.graph().environment().vmIds();
    var rows = new TextLines(out);
    rows.field("target_vm_id").field("vm_id").end();
    for (var surface : surfaces) {
      Ranks attackers = surface.attackers();
      for (int interval = 0; interval < attackers.intervalCount(); interval++) {
        for (int rank = attackers.from(interval); rank < attackers.to(interval); rank++) {
          rows.field(texts, surface.vm()).field(texts, ids.graph().vmAt(rank)).end();
        }
      }
    }
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    for (int i = 0; i < surfaces.size(); i++) {
      var surface = surfaces.get(i);
      var heading = new TextLines(out);
      if (i > 0) {
        heading.end();
      }
      heading.text(ids.graph().environment().vmIds(), surface.vm());
      int count = surface.attackers().size();
      heading.words(
          switch (count) {
            case 0 -> ": no attackers";
            case 1 -> ": 1 attacker";
            default -> ": " + count + " attackers";
          });
      heading.end();
      heading.flush();
      VmIds.of(ids, surface.attackers(), Format.TEXT).writeTo(out);
    }
  }
}
