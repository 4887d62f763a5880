package io.surfacescan.report;

import io.surfacescan.engine.Exposure;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import java.util.Optional;

/// One VM: its name and tags, and how exposed it is. JSON is one object, as in [VmTable]; CSV has
/// one row; text reads as sentences.
public record VmFacts(Environment environment, Exposure exposure) implements Document {
  @Override
  public Table<ExposedVm> table() {
    return listing().table(rows -> rows.accept(ExposedVm.of(exposure)));
  }

  @Override
  public Optional<Tree<?>> tree() {
    return Optional.of(new Tree<>(listing().columns(), ExposedVm.of(exposure)));
  }

  private ExposureListing listing() {
    return new ExposureListing(environment, true, false, false);
  }

  @Override
  public void text(TextLines lines) {
    var vm = environment.vm(exposure.vm());
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
  }

  private static String counted(int vms) {
    return ExposureListing.counted(vms, "VM");
  }

  private static String direct(int vms) {
    return ", " + (vms == 0 ? "none" : Integer.toString(vms)) + " directly";
  }
}
