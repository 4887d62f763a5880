package io.surfacescan.questions.conditions;

import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.NewDirectAttack;
import io.surfacescan.engine.NewServiceAttack;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceCause;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A condition on what differs between two environments.
public sealed interface DiffCondition {
  /// That a condition holds.
  ///
  /// @param count of how many VMs
  /// @param vms examples: VMs of the environment after
  /// @param attackers of the first example, where the condition is about its number
  /// @param services that are new, where the condition is about them
  record Held(
      DiffCondition condition, int count, List<Integer> vms, int attackers, Services services) {
    public Held {
      vms = List.copyOf(vms);
    }

    private Held(DiffCondition condition, int count, Integer... vms) {
      this(condition, count, List.of(vms), 0, Services.NONE);
    }
  }

  /// Whether it holds, and of what.
  Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline);

  /// The word for it.
  default String word() {
    return switch (this) {
      case Grew ignored -> "grew";
      case NewDirect ignored -> "new-direct";
      case NewService ignored -> "new-service";
      case NewInternet ignored -> "new-internet";
      case NewExposed ignored -> "new-exposed";
      case Attackers(int most) -> "attackers>" + most;
      case Reach(String vmId) -> REACH + vmId;
    };
  }

  /// A VM that is in both environments has an attacker that it had not before.
  record Grew() implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      int grown = changes.grownVms();
      return grown == 0 ? Optional.empty() : Optional.of(new Held(this, grown));
    }
  }

  /// A VM attacks another one directly that it did not attack directly before, be they new or not.
  record NewDirect() implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      return NewDirectAttack.find(comparison, deadline)
          .map(attack -> new Held(this, 1, attack.from(), attack.to()));
    }
  }

  /// A VM attacks another one directly over services over which it did not before, be they new or
  /// not.
  record NewService() implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      return NewServiceAttack.find(comparison, deadline)
          .map(attack ->
              new Held(this, 1, List.of(attack.from(), attack.to()), 0, attack.services()));
    }
  }

  /// The internet can attack a VM that it could not attack before, be it new or not.
  record NewInternet() implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var before = comparison.before().environment();
      var after = comparison.after();
      var gained =
          SurfaceChange.newVictims(comparison, before.internet(), after.environment().internet());
      return gained.isEmpty()
          ? Optional.empty()
          : Optional.of(new Held(this, gained.size(), after.vmAt(gained.first())));
    }
  }

  /// A VM after that was not there before has an attacker.
  record NewExposed() implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var sizes = SurfaceSizes.of(comparison.after(), deadline, Progress.NONE);
      var environment = comparison.after().environment();
      var exposed =
          IntStream.range(0, comparison.vmCount())
              .mapToObj(comparison::vm)
              .filter(vm -> !vm.isBefore() && sizes.attackers(vm.after()) > 0)
              .filter(vm -> !environment.vmKind(vm.after()).isExternal())
              .toList();
      return exposed.isEmpty()
          ? Optional.empty()
          : Optional.of(new Held(this, exposed.size(), exposed.getFirst().after()));
    }
  }

  /// A VM after has more attackers than this, be it new or not.
  record Attackers(int most) implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var sizes = SurfaceSizes.of(comparison.after(), deadline, Progress.NONE);
      var environment = comparison.after().environment();
      int count = 0;
      int largest = 0;
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        if (sizes.attackers(vm) > most && !environment.vmKind(vm).isExternal()) {
          largest = count == 0 || sizes.attackers(vm) > sizes.attackers(largest) ? vm : largest;
          count++;
        }
      }
      return count == 0
          ? Optional.empty()
          : Optional.of(
              new Held(this, count, List.of(largest), sizes.attackers(largest), Services.NONE));
    }
  }

  /// A VM can attack this one that could not before, be they new or not.
  record Reach(String vmId) implements DiffCondition {
    @Override
    public Optional<Held> held(Comparison comparison, SurfaceChanges changes, Deadline deadline) {
      var vm = comparison.find(vmId).orElseThrow();
      return SurfaceCause.ofGain(comparison, vm)
          .map(cause ->
              new Held(
                  this,
                  SurfaceChange.ofAttackers(comparison, vm).gained().size(),
                  cause.example().from()));
    }
  }

  /// What a condition about one VM starts with.
  String REACH = "reach:";

  /// Reads conditions: separated by commas, but for a value that starts with `reach:`, all of which
  /// is the VM.
  static List<DiffCondition> parse(List<String> values) throws QuestionRefused {
    var conditions = new ArrayList<DiffCondition>();
    for (String value : values) {
      if (value.startsWith(REACH)) {
        conditions.add(parse(value));
        continue;
      }
      for (String word : value.split(",", -1)) {
        conditions.add(parse(word));
      }
    }
    return conditions;
  }

  private static DiffCondition parse(String word) throws QuestionRefused {
    var plain =
        Stream.<DiffCondition>of(
                new Grew(), new NewDirect(), new NewService(), new NewExposed(), new NewInternet())
            .filter(condition -> condition.word().equals(word))
            .findFirst();
    if (plain.isPresent()) {
      return plain.get();
    }
    if (word.startsWith(REACH) && word.length() > REACH.length()) {
      return new Reach(word.substring(REACH.length()));
    }
    var most = AttackCondition.attackersAbove(word);
    if (most.isPresent()) {
      return new Attackers(most.getAsInt());
    }
    throw new QuestionRefused(
        new Fault.UnknownCondition(
            word,
            "grew, new-direct, new-service, new-exposed, new-internet, attackers>N, reach:VM"));
  }

  /// The conditions with the ids of the VMs that they name by id or name.
  ///
  /// @throws QuestionRefused for a VM that is in neither environment: it would never hold
  static List<DiffCondition> resolved(
      List<DiffCondition> conditions, Environment before, Environment after)
      throws QuestionRefused {
    var resolved = new ArrayList<DiffCondition>();
    for (var condition : conditions) {
      resolved.add(
          condition instanceof Reach(String vm) ? new Reach(idOf(vm, before, after)) : condition);
    }
    return resolved;
  }

  private static String idOf(String vm, Environment before, Environment after)
      throws QuestionRefused {
    var found = Resolution.ofArgument(after, vm, Role.TARGET);
    var environment = after;
    if (found instanceof Resolution.Unknown) {
      var earlier = Resolution.ofArgument(before, vm, Role.TARGET);
      if (!(earlier instanceof Resolution.Unknown)) {
        found = earlier;
        environment = before;
      }
    }
    return switch (found) {
      case Resolution.Found(Subject.One(int one)) -> environment.vmId(one);
      case Resolution.Found(Subject.Group group) ->
          throw new QuestionRefused(new Fault.NotOneVm(group));
      case Resolution.Ambiguous ignored ->
          throw new QuestionRefused(new Fault.UnknownVms(List.of(found)));
      case Resolution.Unknown ignored ->
          throw new QuestionRefused(new Fault.UnknownVms(List.of(found)));
    };
  }
}
