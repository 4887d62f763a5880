package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Subject;
import java.util.Optional;

/// Every direct attack, with all rules that allow it.
public final class PairsQuestion extends Question {
  private static final Parameter FROM =
      new Parameter(
          "from",
          new Vm("from_name", Optional.of("from_tag"), false, false).as(Role.ATTACKER),
          "Only attacks of this VM");
  private static final Parameter TO =
      new Parameter(
          "to",
          new Vm("to_name", Optional.of("to_tag"), false, false).as(Role.TARGET),
          "Only attacks on this VM");
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(0), "Only the first N pairs");

  /// The pairs to be found while they are written.
  ///
  /// @param from whose attacks; empty for all VMs
  /// @param to on whom; empty for all VMs
  /// @param limit the most pairs, at least 0
  public record Pairs(
      Environment environment, Optional<Subject> from, Optional<Subject> to, long limit)
      implements Answer {}

  PairsQuestion() {
    super(
        Profile.of(
                "pairs",
                "List every direct attack, with all rules that allow it.",
                Cost.LONG,
                FROM,
                TO,
                LIMIT)
            .with(Trait.UNSTOPPABLE)
            .remarks(
                "A pair is two VMs of which the first can attack the second in one hop. The pairs come in the"
                    + " order of the input, as they are found: memory does not grow with their number.",
                "",
                "Example: surfacescan pairs --data prod.json --to tag:customer-db -o ndjson"));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    int limit = context.arguments().count(LIMIT);
    return new Pairs(
        context.environment(),
        context.subjectIfGiven(FROM),
        context.subjectIfGiven(TO),
        limit == Integer.MAX_VALUE ? Long.MAX_VALUE : limit);
  }
}
