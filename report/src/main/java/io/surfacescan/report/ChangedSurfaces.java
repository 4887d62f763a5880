package io.surfacescan.report;

import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.report.format.OmittedRows;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmLabel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How the surfaces of a whole environment changed: the numbers, and the VMs that changed most with
/// the rules that did it.
public final class ChangedSurfaces {
  private final Comparison comparison;
  private final SurfaceChanges changes;
  private final List<ExplainedChange> explained;

  private ChangedSurfaces(
      Comparison comparison, SurfaceChanges changes, List<ExplainedChange> explained) {
    this.comparison = comparison;
    this.changes = changes;
    this.explained = explained;
  }

  /// Explains the VMs that changed most. Cost: as [io.surfacescan.engine.SurfaceCause] says for
  /// each of them.
  public static ChangedSurfaces of(Comparison comparison, SurfaceChanges changes) {
    var explained =
        changes.worst().parallelStream()
            .map(change -> ExplainedChange.of(comparison, change.vm()))
            .toList();
    return new ChangedSurfaces(comparison, changes, explained);
  }

  void json(JsonGenerator json, int most) {
    json.writeStartObject();
    json.writeNumberProperty("pairs_before", changes.pairsBefore());
    if (changes.isTruncated()) {
      json.writeNullProperty("pairs_after");
    } else {
      json.writeNumberProperty("pairs_after", changes.pairsAfter());
    }
    json.writeNumberProperty("pairs_gained", changes.pairsGained());
    json.writeNumberProperty("pairs_lost", changes.pairsLost());
    json.writeNumberProperty("changed_vms", changes.changedVms());
    json.writeNumberProperty("grown_vms", changes.grownVms());
    json.writeNumberProperty("shrunk_vms", changes.shrunkVms());
    json.writeArrayPropertyStart("worst");
    for (int i = 0; i < explained.size(); i++) {
      json.writeStartObject();
      row(changes.worst().get(i)).json(json);
      explained.get(i).json(json, most);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanProperty("truncated", changes.isTruncated());
    json.writeNumberProperty("vms_not_compared", changes.unknownVms());
    json.writeEndObject();
  }

  /// The VMs that changed most.
  List<SurfaceRow> rows() {
    return changes.worst().stream().map(this::row).toList();
  }

  /// What [#rows] leaves out, in the words of the JSON.
  List<OmittedRows> leftOut() {
    var leftOut = new ArrayList<OmittedRows>();
    int more = changes.changedVms() - explained.size();
    if (more > 0) {
      leftOut.add(new OmittedRows("worst", more));
    }
    if (changes.isTruncated()) {
      leftOut.add(new OmittedRows("vms_not_compared", changes.unknownVms()));
    }
    return leftOut;
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

  void text(TextLines lines, int most) throws IOException {
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
      explained.get(i).text(lines, most);
    }
  }
}
