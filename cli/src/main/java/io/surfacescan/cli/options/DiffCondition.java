package io.surfacescan.cli.options;

import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.NewDirectAttack;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceCause;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Resolution;
import io.surfacescan.report.format.PlainText;
import io.surfacescan.report.format.VmLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;

/// A condition of `diff --fail-on`.
public sealed interface DiffCondition {
  /// What the message says if the condition holds.
  Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline);

  /// A VM that is in both environments has an attacker that it had not before.
  record Grew() implements DiffCondition {
    @Override
    public Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      int grown = changes.grownVms();
      return grown == 0
          ? Optional.empty()
          : Optional.of(
              "--fail-on grew: "
                  + (grown == 1 ? "1 VM has attackers" : grown + " VMs have attackers")
                  + " that could not attack before");
    }
  }

  /// A VM attacks another one directly that it did not attack directly before, be they new or not.
  record NewDirect() implements DiffCondition {
    @Override
    public Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var after = comparison.after().environment();
      return NewDirectAttack.find(comparison, deadline)
          .map(attack ->
              "--fail-on new-direct: "
                  + shown(after, attack.from())
                  + " can attack "
                  + shown(after, attack.to())
                  + " directly, which it could not before");
    }
  }

  /// A VM after that was not there before has an attacker.
  record NewExposed() implements DiffCondition {
    @Override
    public Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var sizes = SurfaceSizes.of(comparison.after(), deadline, Progress.NONE);
      var exposed =
          IntStream.range(0, comparison.vmCount())
              .mapToObj(comparison::vm)
              .filter(vm -> !vm.isBefore() && sizes.attackers(vm.after()) > 0)
              .toList();
      return exposed.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "--fail-on new-exposed: "
                  + (exposed.size() == 1 ? "1 new VM" : exposed.size() + " new VMs")
                  + " can be attacked, such as "
                  + shown(comparison.after().environment(), exposed.getFirst().after()));
    }
  }

  /// A VM after has more attackers than this, be it new or not.
  record Attackers(int most) implements DiffCondition {
    @Override
    public Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var sizes = SurfaceSizes.of(comparison.after(), deadline, Progress.NONE);
      var after = comparison.after().environment();
      int count = 0;
      int largest = 0;
      for (int vm = 0; vm < after.vmCount(); vm++) {
        count += sizes.attackers(vm) > most ? 1 : 0;
        largest = sizes.attackers(vm) > sizes.attackers(largest) ? vm : largest;
      }
      return count == 0
          ? Optional.empty()
          : Optional.of(
              "--fail-on attackers>"
                  + most
                  + ": "
                  + (count == 1 ? "1 VM has" : count + " VMs have")
                  + " more attackers, "
                  + shown(after, largest)
                  + " the most, "
                  + sizes.attackers(largest));
    }
  }

  /// A VM can attack this one that could not before, be they new or not.
  record Reach(String vmId) implements DiffCondition {
    @Override
    public Optional<String> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var vm = comparison.find(vmId).orElseThrow();
      var after = comparison.after().environment();
      return SurfaceCause.ofGain(comparison, vm)
          .map(cause -> {
            int count = SurfaceChange.ofAttackers(comparison, vm).gained().size();
            return "--fail-on reach:"
                + PlainText.of(vmId)
                + ": "
                + (count == 1 ? "1 VM" : count + " VMs")
                + " can attack it that could not before, such as "
                + shown(after, cause.example().from());
          });
    }
  }

  /// Reads the values of the flag: separated by commas, but for one that starts with `reach:`, all
  /// of which is the VM.
  static List<DiffCondition> parse(List<String> values, CommandSpec spec) {
    var conditions = new ArrayList<DiffCondition>();
    for (String value : values) {
      if (value.startsWith("reach:")) {
        conditions.add(parse(value, spec));
        continue;
      }
      for (String word : value.split(",", -1)) {
        conditions.add(parse(word, spec));
      }
    }
    return conditions;
  }

  private static DiffCondition parse(String word, CommandSpec spec) {
    if (word.equals("grew")) {
      return new Grew();
    }
    if (word.equals("new-direct")) {
      return new NewDirect();
    }
    if (word.equals("new-exposed")) {
      return new NewExposed();
    }
    if (word.startsWith("reach:") && word.length() > "reach:".length()) {
      return new Reach(word.substring("reach:".length()));
    }
    var most = AttackCondition.attackersAbove(word, spec);
    if (most.isPresent()) {
      return new Attackers(most.getAsInt());
    }
    throw AttackCondition.unknown(
        word, "grew, new-direct, new-exposed, attackers>N, reach:VM", spec);
  }

  /// The conditions with the ids of the VMs that they name by id or name.
  ///
  /// A VM that is in neither environment is a `Failure`: such a condition would never hold.
  static List<DiffCondition> resolved(
      List<DiffCondition> conditions, Environment before, Environment after) {
    return conditions.stream()
        .map(condition ->
            condition instanceof Reach(String vm) ? new Reach(idOf(vm, before, after)) : condition)
        .toList();
  }

  private static String idOf(String vm, Environment before, Environment after) {
    boolean isGone =
        Resolution.ofArgument(after, vm) instanceof Resolution.Unknown
            && !(Resolution.ofArgument(before, vm) instanceof Resolution.Unknown);
    var environment = isGone ? before : after;
    return environment.vmId(VmArguments.one(environment, vm));
  }

  private static String shown(Environment environment, int vm) {
    return "`" + VmLabel.plain(environment, vm) + "`";
  }
}
