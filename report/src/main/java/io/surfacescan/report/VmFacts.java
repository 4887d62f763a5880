package io.surfacescan.report;

import io.surfacescan.engine.Exposure;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmDetails;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.questions.Internet;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One VM: its name and tags, how exposed it is, and, in an environment with details, what it is
/// and over how many hops the internet can attack it. JSON is one object, as in [VmTable]; CSV has
/// one row; text reads as sentences.
public record VmFacts(Environment environment, Exposure exposure, Optional<Internet> internet)
    implements Document {
  @Override
  public Table<ExposedVm> table() {
    var listed = listing().table(rows -> rows.accept(ExposedVm.of(exposure)));
    return new Table<>(columns(), listed.rows(), listed.line());
  }

  @Override
  public Optional<Tree<?>> tree() {
    return Optional.of(new Tree<>(columns(), ExposedVm.of(exposure)));
  }

  private Columns<ExposedVm> columns() {
    var columns = listing().columns();
    if (environment.hasVmDetails()) {
      columns
          .texts("labels", ignored -> details().labels())
          .texts("addresses", ignored -> details().addresses());
    }
    internet.ifPresent(found ->
        columns.intOrNone(
            "internet",
            ignored -> found.isAttacker() ? OptionalInt.of(found.hops()) : OptionalInt.empty()));
    return columns;
  }

  private VmDetails details() {
    return environment.vmDetails(exposure.vm());
  }

  private ExposureListing listing() {
    return new ExposureListing(environment, true, false);
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
                : Counted.orNo(exposure.attackers(), "VM")
                    + " can attack it"
                    + direct(exposure.directAttackers()))
        .end();
    lines
        .words(
            exposure.victims() == 0
                ? "it can attack no VM"
                : "it can attack "
                    + Counted.orNo(exposure.victims(), "VM")
                    + direct(exposure.directVictims()))
        .end();
    lines
        .words(
            exposure.onCycle()
                ? "it lies on a cycle: some VM that it can attack can attack it"
                : "it lies on no cycle")
        .end();
    if (environment.hasVmDetails()) {
      details(lines);
    }
    internet.ifPresent(found ->
        lines
            .words(
                found.isAttacker()
                    ? "the internet can attack it over " + Counted.orNo(found.hops(), "hop")
                    : "the internet cannot attack it")
            .end());
  }

  private void details(TextLines lines) {
    lines.words("kind " + details().kind().code());
    details().scope().ifPresent(scope -> lines.words(", scope ").text(scope));
    some(lines, "labels", details().labels());
    some(lines, "addresses", details().addresses());
    lines.end();
  }

  private static void some(TextLines lines, String what, List<String> texts) {
    String separator = ", " + what + " ";
    for (String text : texts) {
      lines.words(separator).text(text);
      separator = " ";
    }
  }

  private static String direct(int vms) {
    return ", " + (vms == 0 ? "none" : Integer.toString(vms)) + " directly";
  }
}
