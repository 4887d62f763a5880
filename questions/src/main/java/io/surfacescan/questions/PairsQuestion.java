package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Parameter.Count;
import io.surfacescan.questions.Parameter.Vm;
import java.util.List;
import java.util.Optional;

/// Every direct attack, with all rules that allow it.
public final class PairsQuestion implements Question {
  private static final Parameter FROM =
      new Parameter(
          "from",
          new Vm("from_name", Optional.of("from_tag"), false, false),
          "Only attacks of this VM");
  private static final Parameter TO =
      new Parameter(
          "to", new Vm("to_name", Optional.of("to_tag"), false, false), "Only attacks on this VM");
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

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public String sentence() {
    return "List every direct attack, with all rules that allow it.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(FROM, TO, LIMIT);
  }

  @Override
  public List<String> remarks() {
    return List.of(
        "A pair is two VMs of which the first can attack the second in one hop. The pairs come in the"
            + " order of the input, as they are found: memory does not grow with their number.",
        "",
        "Example: surfacescan pairs --data prod.json --to tag:customer-db -o ndjson");
  }

  @Override
  public Cost cost() {
    return Cost.LONG;
  }

  @Override
  public boolean isStoppable() {
    return false;
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
