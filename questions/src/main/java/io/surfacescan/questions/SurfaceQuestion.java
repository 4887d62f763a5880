package io.surfacescan.questions;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.QuestionRefused;

/// Who can attack a VM, or whom it can attack, as a picture of few groups.
public final class SurfaceQuestion extends Question {
  private static final Parameter DIRECTION =
      new Parameter(
          "direction",
          Choice.of(Direction.IN, "who attacks the VM").or(Direction.OUT, "whom it attacks"),
          "Direction");
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(1).to(500).usually(50), "Fold all but the N largest groups")
          .formerly("top");

  /// The groups of one VM.
  public record Groups(Environment environment, SurfaceGroups surface) implements Answer {}

  SurfaceQuestion() {
    super(
        Profile.of(
                "surface",
                "Draw who can attack a VM as few groups, with the rules between them.",
                Cost.QUICK,
                VmQuestion.VM,
                DIRECTION,
                LIMIT,
                VmListQuestion.MAX_HOPS)
            .with(Trait.DRAWN)
            .remarks(
                "A group is the VMs of one hop and of the tag that lets them in. Each VM is counted once, so"
                    + " groups add up; an edge counts every VM able to use it, so edges may add up to more.",
                "",
                "Example: surfacescan surface --data prod.json vm-a211de -o dot | dot -Tsvg")
            .orElse("Ask with max_hops, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    var surface =
        SurfaceGroups.of(
            context.graph(),
            context.vm(VmQuestion.VM),
            arguments.word(DIRECTION, Direction.class),
            arguments.count(VmListQuestion.MAX_HOPS),
            arguments.count(LIMIT),
            context.deadline());
    return new Groups(context.environment(), surface);
  }
}
