package io.surfacescan.report;

import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.questions.CausesOfChange;
import io.surfacescan.questions.SurfacesChanged;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// How the surfaces of a whole environment changed: the numbers, and the VMs that changed most with
/// the rules that did it.
public final class ChangedSurfaces {
  private final Comparison comparison;
  private final SurfaceChanges changes;
  private final List<CausesOfChange> explained;

  public ChangedSurfaces(SurfacesChanged surfaces) {
    this.comparison = surfaces.comparison();
    this.changes = surfaces.changes();
    this.explained = surfaces.explained();
  }

  /// A VM of those that changed most.
  private record Worst(SurfaceRow row, CausesOfChange explained) {}

  /// What JSON says of them.
  ///
  /// @param most how many rules are named
  static Columns<ChangedSurfaces> columns(Comparison comparison, int most) {
    var worst =
        new Columns<Worst>()
            .inline(SurfaceRow.COLUMNS, Worst::row)
            .inline(ExplainedChange.columns(comparison, most), Worst::explained);
    var numbers =
        new Columns<SurfaceChanges>()
            .number("pairs_before", SurfaceChanges::pairsBefore)
            .numberOrNone("pairs_after", ChangedSurfaces::pairsAfter)
            .number("pairs_gained", SurfaceChanges::pairsGained)
            .number("pairs_lost", SurfaceChanges::pairsLost)
            .number("changed_vms", SurfaceChanges::changedVms)
            .number("grown_vms", SurfaceChanges::grownVms)
            .number("shrunk_vms", SurfaceChanges::shrunkVms);
    return new Columns<ChangedSurfaces>()
        .inline(numbers, all -> all.changes).stream("worst", worst, ChangedSurfaces::forEachWorst)
            .truth("truncated", all -> all.changes.isTruncated())
            .number("vms_not_compared", all -> all.changes.unknownVms());
  }

  /// Those of this answer.
  Columns<ChangedSurfaces> columns(int most) {
    return columns(comparison, most);
  }

  private static OptionalLong pairsAfter(SurfaceChanges changes) {
    return changes.isTruncated() ? OptionalLong.empty() : OptionalLong.of(changes.pairsAfter());
  }

  private void forEachWorst(Consumer<Worst> each) {
    for (int i = 0; i < explained.size(); i++) {
      each.accept(new Worst(row(changes.worst().get(i)), explained.get(i)));
    }
  }

  /// The VMs that changed most.
  List<SurfaceRow> rows() {
    return changes.worst().stream().map(this::row).toList();
  }

  /// What [#rows] leaves out, in the words of the JSON.
  ///
  /// @param column the column that says of what kind a row is
  List<Table.Note> notes(String column) {
    var notes = new ArrayList<Table.Note>();
    int more = changes.changedVms() - explained.size();
    if (more > 0) {
      notes.add(note(column, "worst", more));
    }
    if (changes.isTruncated()) {
      notes.add(note(column, "vms_not_compared", changes.unknownVms()));
    }
    return notes;
  }

  private static Table.Note note(String column, String list, int vms) {
    return new Table.Note()
        .member(column, "truncated")
        .member("incomplete", list)
        .member("left_out", vms)
        .field(column, "truncated " + list);
  }

  private SurfaceRow row(SurfaceChanges.Change change) {
    return new SurfaceRow(
        comparison.id(change.vm()),
        comparison.name(change.vm()),
        change.attackersBefore(),
        change.attackersAfter(),
        change.gained(),
        change.lost());
  }

  void text(TextLines lines, int most) {
    if (changes.isTruncated()) {
      lines
          .words("the time ran out: " + changes.unknownVms() + " VMs were not compared; ")
          .words("all numbers below are of the others")
          .end();
    }
    lines.words("attacks between two VMs: " + changes.pairsBefore() + " before, ");
    lines.words(changes.isTruncated() ? "not known" : Long.toString(changes.pairsAfter()));
    lines
        .words(" after; " + changes.pairsGained() + " new, " + changes.pairsLost() + " gone")
        .end();
    lines
        .words("surfaces: " + changes.grownVms() + " grew, " + changes.shrunkVms() + " shrank")
        .end();
    if (!explained.isEmpty() && explained.size() < changes.changedVms()) {
      lines
          .words("the " + explained.size() + " that changed most of " + changes.changedVms() + ":")
          .end();
    }
    for (int i = 0; i < explained.size(); i++) {
      var row = row(changes.worst().get(i));
      lines.text(VmLabel.of(comparison, changes.worst().get(i).vm())).words(": ");
      row.text(lines);
      lines.end();
      ExplainedChange.text(lines, explained.get(i), most);
    }
  }
}
