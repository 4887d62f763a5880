package io.surfacescan.questions;

import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import java.util.Optional;

/// What a VM is and how exposed it is.
public final class VmQuestion extends Question {
  /// The one VM that a question is about.
  static final Parameter VM =
      new Parameter("vm_id", new Vm("name", Optional.empty(), true, false), "The VM")
          .as(Mark.REQUIRED);

  /// A VM with its exposure.
  ///
  /// @param internet whether the internet can attack it, if the environment has it
  public record Found(Environment environment, Exposure exposure, Optional<Internet> internet)
      implements Answer {}

  VmQuestion() {
    super(
        Profile.of(
                "vm",
                "Show a VM: its tags, how many can attack it and how many it can attack.",
                Cost.QUICK,
                VM)
            .with(Trait.UNSTOPPABLE)
            .remarks("Example: surfacescan vm --data prod.json vm-a211de"));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    int vm = context.vm(VM);
    var exposure =
        context
            .compiled()
            .exposuresFound()
            .map(all -> all.of(vm))
            .orElseGet(() -> Exposure.of(context.graph(), vm));
    return new Found(context.environment(), exposure, internet(context, vm));
  }

  private static Optional<Internet> internet(Context context, int vm) {
    return Internet.is(context.environment(), vm)
        ? Optional.empty()
        : Internet.of(
            context.environment(),
            internet -> VmsByHop.attackers(context.graph(), vm, Integer.MAX_VALUE).hops(internet));
  }
}
