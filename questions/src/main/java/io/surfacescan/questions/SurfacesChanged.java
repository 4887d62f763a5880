package io.surfacescan.questions;

import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceChanges;
import java.util.List;

/// How the surfaces of a whole environment changed: the numbers, and the VMs that changed most with
/// the rules that did it.
///
/// @param explained for each of the VMs that changed most, in their order
public record SurfacesChanged(
    Comparison comparison, SurfaceChanges changes, List<CausesOfChange> explained) {
  public SurfacesChanged {
    explained = List.copyOf(explained);
  }

  /// Explains the VMs that changed most. Cost: as [io.surfacescan.engine.SurfaceCause] says for
  /// each of them.
  public static SurfacesChanged of(Comparison comparison, SurfaceChanges changes) {
    var explained =
        changes.worst().parallelStream()
            .map(change -> CausesOfChange.of(comparison, change.vm()))
            .toList();
    return new SurfacesChanged(comparison, changes, explained);
  }

  /// Compares all surfaces.
  ///
  /// @param worst how many of the VMs that changed most are explained
  static SurfacesChanged of(Context context, Comparison comparison, int worst) {
    return of(
        comparison,
        SurfaceChanges.of(
            comparison, worst, context.deadline(), context.progress().apply("comparing")));
  }
}
