package io.surfacescan.questions;

import io.surfacescan.engine.AllowedServices;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Explanation.Scope;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.Optional;
import java.util.OptionalInt;

/// Why one VM can attack another directly, or why it cannot: of a real environment gate by gate, of
/// a document by its rules and tags.
public final class ExplainQuestion extends Question {
  private static final Parameter FROM =
      new Parameter(
              "from",
              new Vm("from_name", Optional.empty(), true, false).as(Role.ATTACKER),
              "The VM that attacks, or internet")
          .as(Mark.REQUIRED);
  private static final Parameter TO =
      new Parameter(
              "to",
              new Vm("to_name", Optional.empty(), true, false).as(Role.TARGET),
              "The VM that is attacked, or internet")
          .as(Mark.REQUIRED);

  /// What one VM may do to another directly.
  ///
  /// @param rules the rules of the environment that allow it, ascending, and those that come near
  /// @param byGates how the real environment decides, if that is known
  /// @param asked the services that are asked about
  /// @param hops of a shortest path from the one to the other, if there is any
  public record Explained(
      Environment environment,
      int from,
      int to,
      RulesBetween rules,
      Optional<ByGates> byGates,
      Services asked,
      OptionalInt hops)
      implements Answer {
    /// What is allowed, sure or not.
    public Services services() {
      return sure().or(maybe());
    }

    /// What is allowed for sure.
    public Services sure() {
      return byGates.map(ByGates::sure).orElseGet(() -> byRules(true));
    }

    /// What is allowed only if what the input left open is so.
    public Services maybe() {
      return byGates
          .map(gates -> gates.explanation.services().minus(gates.sure))
          .orElseGet(() -> byRules(false));
    }

    private Services byRules(boolean isSure) {
      return rules.allowing().isEmpty()
          ? Services.NONE
          : Services.union(
                  AllowedServices.of(environment, rules.allowing()).stream()
                      .filter(allowed -> allowed.isSure() == isSure)
                      .map(AllowedServices::services)
                      .toList())
              .and(asked);
    }

    public boolean isAllowed() {
      return !services().isEmpty();
    }
  }

  /// What the gates of a real environment let through.
  ///
  /// @param explanation of all that may be allowed, or of what is sure if only that was asked for
  /// @param sure what is allowed for sure
  public record ByGates(Explanation explanation, Services sure) {
    static ByGates of(Lowered real, int from, int to, RuleFilter filter, Runnable check) {
      boolean atMost = !filter.isCertain();
      var explanation = explanation(real, from, to, new Scope(filter.services(), atMost), check);
      var sure =
          atMost
              ? explanation(real, from, to, new Scope(filter.services(), false), check).services()
              : explanation.services();
      return new ByGates(explanation, sure);
    }

    private static Explanation explanation(
        Lowered real, int from, int to, Scope scope, Runnable check) {
      return Explanation.of(real.model(), real.side(from), real.side(to), scope, check);
    }
  }

  ExplainQuestion() {
    super(
        Profile.of(
                "explain",
                "Show why one VM can attack another directly, or what blocks it, gate by gate.",
                Cost.QUICK,
                FROM,
                TO)
            .remarks(
                "Of an export each gate is named (route, outbound and inbound rules, network ACLs,"
                    + " policies) with what it lets through, by which real rules, with file and line."
                    + " Of an environment document, its rules and tags are.",
                "That one cannot attack the other is an answer like any other: the exit code is 0.",
                "",
                "Example: surfacescan explain --data export internet i-0a1b2c3d"));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var environment = context.environment();
    int from = OutsideEnds.asAttacker(environment, context.vm(FROM));
    int to = OutsideEnds.asTarget(environment, context.vm(TO));
    if (from == to) {
      throw new QuestionRefused(new Fault.SameEnds(FROM, TO));
    }
    var filter = RuleFilter.of(context.arguments());
    var byGates =
        context
            .compiled()
            .real()
            .map(real -> ByGates.of(real, from, to, filter, context.deadline()::check));
    var rules = RulesBetween.of(environment, from, to);
    var path = AttackPath.of(context.graph(), from, to);
    return new Explained(
        environment,
        from,
        to,
        rules,
        byGates,
        filter.services(),
        path.map(found -> OptionalInt.of(found.hops().size())).orElse(OptionalInt.empty()));
  }
}
