package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Later;
import io.surfacescan.model.Place;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.testkit.RandomWorlds;
import java.util.List;
import java.util.Optional;

/// A random real environment to ask questions of.
record RealWorld(Lowered lowered) {
  static RealWorld of(long seed) {
    return new RealWorld(Lowering.of(RandomWorlds.of(seed)));
  }

  /// One whose rules stand somewhere, as those that were read do.
  static RealWorld placed(long seed) {
    var model =
        RandomWorlds.of(seed)
            .with(rule ->
                List.of(
                    new GateRule(
                        rule.id(),
                        Optional.of(Place.of("export")),
                        rule.action(),
                        rule.targets(),
                        rule.peers(),
                        rule.services(),
                        rule.portNames(),
                        rule.text())));
    return new RealWorld(Lowering.of(model));
  }

  Environment environment() {
    return lowered.environment();
  }

  Context context(Arguments arguments) throws QuestionRefused {
    return context(arguments, Deadline.NONE);
  }

  Context context(Arguments arguments, Deadline deadline) throws QuestionRefused {
    return Context.once(
        environment(),
        () -> AttackGraph.of(environment()),
        "",
        Optional.of(Later.known(lowered)),
        arguments,
        deadline,
        _ -> Progress.NONE);
  }

  /// One VM, by its id.
  List<VmName> vm(int vm) {
    return List.of(new VmName(VmName.By.ID, environment().vmId(vm)));
  }

  static Parameter parameter(Question question, String name) {
    return question.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
