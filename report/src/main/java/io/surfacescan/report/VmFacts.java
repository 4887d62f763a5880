package io.surfacescan.report;

import io.surfacescan.engine.Exposure;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;

/// One VM: its name and tags, and how exposed it is. JSON is one object, as in [VmTable]; CSV has
/// one row; text reads as sentences.
public record VmFacts(Environment environment, Exposure exposure) implements Document {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    var listing = new ExposureListing(environment, true, false, false);
    var row = ExposedVm.of(exposure);
    switch (format) {
      case JSON -> Json.write(out, json -> listing.json(json, row));
      case NDJSON, CSV -> listing.write(out, format, rows -> rows.accept(row));
      case TEXT -> writeText(out);
    }
  }

  private void writeText(OutputStream out) throws IOException {
    var vm = environment.vm(exposure.vm());
    var lines = new TextLines(out);
    lines.vm(environment, exposure.vm());
    lines.words(vm.tags().isEmpty() ? " carries no tags" : " carries ");
    String separator = "";
    for (String tag : vm.tags()) {
      lines.words(separator).text(tag);
      separator = ", ";
    }
    lines.end();
    lines
        .words(
            exposure.attackers() == 0
                ? "no VM can attack it"
                : counted(exposure.attackers())
                    + " can attack it"
                    + direct(exposure.directAttackers()))
        .end();
    lines
        .words(
            exposure.victims() == 0
                ? "it can attack no VM"
                : "it can attack " + counted(exposure.victims()) + direct(exposure.directVictims()))
        .end();
    lines
        .words(
            exposure.onCycle()
                ? "it lies on a cycle: some VM that it can attack can attack it"
                : "it lies on no cycle")
        .end();
    lines.flush();
  }

  private static String counted(int vms) {
    return ExposureListing.counted(vms, "VM");
  }

  private static String direct(int vms) {
    return ", " + (vms == 0 ? "none" : Integer.toString(vms)) + " directly";
  }
}
