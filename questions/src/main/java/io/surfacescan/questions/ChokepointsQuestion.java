package io.surfacescan.questions;

import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.Optional;

/// What to remove to keep attackers from a VM, or from all.
public final class ChokepointsQuestion extends Question {
  private static final Parameter VM =
      new Parameter(
              "vm_id",
              new Vm("name", Optional.empty(), true, false).as(Role.TARGET),
              "The VM that is attacked")
          .unless("the whole environment");
  private static final Parameter LIMIT =
      new Parameter(
              "limit",
              Count.from(1).to(1_000).usually(Chokepoints.USUAL_TOP),
              "The best N of each kind")
          .formerly("top");
  private static final Parameter EXACT =
      new Parameter(
          "exact",
          Count.from(1).to(1_000).usually(EnvironmentChokepoints.USUAL_EXACT),
          "Without a VM: for how many rules the loss is worked out exactly; the others get a bound");

  /// The chokepoints of one VM.
  ///
  /// @param real those of the real environment, if that is known
  public record OfVm(
      Environment environment, Chokepoints chokepoints, Optional<RealChokepoints> real)
      implements Answer {
    @Override
    public boolean isWhole() {
      return chokepoints.isComplete() && real.map(RealChokepoints::isWhole).orElse(true);
    }
  }

  /// Those of the whole environment.
  ///
  /// @param real those of the real environment, if that is known
  public record OfAll(
      Environment environment, EnvironmentChokepoints chokepoints, Optional<RealChokepoints> real)
      implements Answer {
    @Override
    public boolean isWhole() {
      return chokepoints.complete() && real.map(RealChokepoints::isWhole).orElse(true);
    }
  }

  ChokepointsQuestion() {
    super(
        Profile.of(
                "chokepoints",
                "Rank what to remove to keep attackers out: of a VM rules, tags, VMs and pairs of rules;"
                    + " of the whole environment rules.",
                Cost.LONG,
                VM,
                LIMIT,
                EXACT)
            .remarks(
                "Every number is exact unless it says `at most` or `at least`.",
                "Of an export, at most 10 real rules are named too, each by working everything out"
                    + " again without it.",
                "The json, ndjson and csv outputs are the bytes of HTTP's /chokepoints.",
                "",
                "Example: surfacescan chokepoints --data prod.json vm-a211de --limit 5")
            .orElse(
                "Ask for fewer exact candidates, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    int limit = arguments.count(LIMIT);
    if (!arguments.has(VM)) {
      return ofAll(context, limit, arguments.count(EXACT));
    }
    if (arguments.has(EXACT)) {
      throw new QuestionRefused(new Fault.ForAllVmsOnly(EXACT));
    }
    var chokepoints = Chokepoints.of(context.graph(), context.vm(VM), limit, context.deadline());
    var filter = RuleFilter.of(arguments);
    var real =
        context
            .compiled()
            .real()
            .map(lowered -> RealChokepoints.ofVm(context, lowered, filter, chokepoints, limit));
    return new OfVm(context.environment(), chokepoints, real);
  }

  private static OfAll ofAll(Context context, int limit, int exact) throws QuestionRefused {
    var chokepoints =
        EnvironmentChokepoints.of(
            context.graph(),
            context.exposures().sizes(),
            limit,
            exact,
            context.deadline(),
            context.progress().apply("removing"));
    var filter = RuleFilter.of(context.arguments());
    var real =
        context
            .compiled()
            .real()
            .map(lowered -> RealChokepoints.ofAll(context, lowered, filter, chokepoints, limit));
    return new OfAll(context.environment(), chokepoints, real);
  }
}
