package io.surfacescan.questions;

import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.model.EditedEnvironment;
import java.util.List;
import java.util.Optional;

/// What edits would do: what becomes of the VMs asked about and, if that was asked, of the whole
/// environment.
///
/// @param idle the added rules that change nothing
/// @param surfaces the changes of all surfaces, if asked for
/// @param limit the most ids or rules in a list
public record EditsEffect(
    EditedEnvironment edited,
    Comparison comparison,
    List<OfVm> vms,
    List<IdleAddition> idle,
    Optional<SurfacesChanged> surfaces,
    int limit)
    implements Answer {
  /// What becomes of one VM.
  public record OfVm(
      ComparedVm vm, SurfaceChange attackers, SurfaceChange victims, CausesOfChange causes) {
    static OfVm of(Comparison comparison, ComparedVm vm) {
      return new OfVm(
          vm,
          SurfaceChange.ofAttackers(comparison, vm),
          SurfaceChange.ofVictims(comparison, vm),
          CausesOfChange.of(comparison, vm));
    }
  }

  public EditsEffect {
    vms = List.copyOf(vms);
    idle = List.copyOf(idle);
  }

  /// Works the answers out. Cost: as the questions of the engine say for each VM.
  ///
  /// @param comparison of the environment and its edited form
  /// @param vms VMs of the environment, which the edits may have removed
  public static EditsEffect of(
      EditedEnvironment edited,
      Comparison comparison,
      List<ComparedVm> vms,
      Optional<SurfacesChanged> surfaces,
      int limit) {
    return new EditsEffect(
        edited,
        comparison,
        vms.stream().map(vm -> OfVm.of(comparison, vm)).toList(),
        IdleAddition.of(edited),
        surfaces,
        limit);
  }

  @Override
  public boolean isWhole() {
    return surfaces.isEmpty() || !surfaces.get().changes().isTruncated();
  }
}
