package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.questions.real.RealChanges;
import java.util.List;
import java.util.Optional;

/// What edits would do: what becomes of the VMs asked about and, if that was asked, of the whole
/// environment.
///
/// @param edited the environment and its edited form; if real rules were edited, the one that they
///   come to, and that with the other edits
/// @param real what was edited in the real environment
/// @param idle the added rules that change nothing
/// @param surfaces the changes of all surfaces, if asked for
/// @param limit the most ids or rules in a list
public record EditsEffect(
    EditedEnvironment edited,
    RealChanges real,
    Comparison comparison,
    List<OfVm> vms,
    List<IdleAddition> idle,
    Optional<SurfacesChanged> surfaces,
    int limit)
    implements Answer {
  /// What becomes of one VM.
  ///
  /// @param internet over how many hops the internet can attack it, if the environment has that
  public record OfVm(
      ComparedVm vm,
      SurfaceChange attackers,
      SurfaceChange victims,
      CausesOfChange causes,
      Optional<FromInternet> internet) {
    static OfVm of(Comparison comparison, ComparedVm vm) {
      return new OfVm(
          vm,
          SurfaceChange.ofAttackers(comparison, vm),
          SurfaceChange.ofVictims(comparison, vm),
          CausesOfChange.of(comparison, vm),
          FromInternet.of(comparison, vm));
    }
  }

  /// Over how many hops the internet can attack a VM.
  public record FromInternet(Internet before, Internet after) {
    private static Optional<FromInternet> of(Comparison comparison, ComparedVm vm) {
      var before = hops(comparison.before(), vm.before());
      var after = hops(comparison.after(), vm.after());
      return before.isPresent() || after.isPresent()
          ? Optional.of(new FromInternet(before.orElse(NONE), after.orElse(NONE)))
          : Optional.empty();
    }

    private static final Internet NONE = new Internet(0);

    private static Optional<Internet> hops(AttackGraph graph, int vm) {
      return Internet.of(
          graph.environment(),
          from ->
              vm == ComparedVm.ABSENT
                  ? 0
                  : AttackPath.of(graph, from, vm).map(path -> path.hops().size()).orElse(0));
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
      RealChanges real,
      Comparison comparison,
      List<ComparedVm> vms,
      Optional<SurfacesChanged> surfaces,
      int limit) {
    return new EditsEffect(
        edited,
        real,
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
