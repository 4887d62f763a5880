package io.surfacescan.questions;

import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// The exposure of every VM, and the findings about the environment itself.
public final class ReportQuestion extends Question {
  private static final Parameter SORT =
      new Parameter(
          "sort",
          Choice.of(Order.INPUT)
              .or(Order.ID)
              .or(Order.ATTACKERS, "the most first")
              .formerly("exposure", Order.ATTACKERS),
          "Order");
  private static final Parameter HOPS =
      new Parameter(
          "hops", new Flag(), "Each VM with the hops of its farthest attacker; a search for each");
  private static final Parameter HOPS_SECONDS =
      new Parameter(
              "hops_seconds",
              Count.from(1).servedTo(3_600).usually(10),
              "How long to search for hops; what is not found then is said")
          .labelled("SECONDS");
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(0), "Only the first N rows");

  /// A part of the rows, and what is found about all.
  ///
  /// @param farthest the hops of farthest attackers, if they were asked for
  /// @param internet what the internet can attack, if the environment has it
  /// @param vms the VMs of the part, in order
  public record Report(
      Exposures exposures,
      Optional<FarthestAttackers> farthest,
      Optional<OutsideReach> internet,
      VmSequence vms,
      Optional<Part> part)
      implements Answer {

    @Override
    public boolean isWhole() {
      return farthest.isEmpty() || farthest.get().isComplete();
    }
  }

  ReportQuestion() {
    super(
        Profile.of(
                "report",
                "Report on every VM, and on what is odd about the rules and tags themselves.",
                Cost.LONG,
                SORT,
                HOPS,
                HOPS_SECONDS,
                LIMIT,
                Provenance.DATE)
            .with(Trait.PAGED, Trait.KEPT)
            .remarks("Example: surfacescan report --data prod.json --sort attackers -o csv")
            .orElse("Ask /vms for pages of VMs, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) {
    var arguments = context.arguments();
    var exposures = context.exposures();
    var all = new BitSet();
    all.set(0, context.environment().vmCount());
    int[] vms =
        VmsQuestion.order(context, arguments.word(SORT, Order.class))
            .sorted(context.withoutExternals(all));
    int from = Math.min(context.start(), vms.length);
    int[] listed =
        Arrays.copyOfRange(vms, from, from + Math.min(arguments.count(LIMIT), vms.length - from));
    var farthest =
        arguments.flag(HOPS)
            ? Optional.of(
                FarthestAttackers.of(
                    context.graph(),
                    listed,
                    context.deadlineIn(arguments.count(HOPS_SECONDS)),
                    context.progress().apply("searching")))
            : Optional.<FarthestAttackers>empty();
    return new Report(
        exposures,
        farthest,
        internet(context),
        VmSequence.of(listed),
        Answer.Part.of(vms.length, context.start(), listed.length));
  }

  private static Optional<OutsideReach> internet(Context context) {
    int[] internet = context.environment().internet();
    return internet.length == 0
        ? Optional.empty()
        : Optional.of(OutsideReach.of(context.graph(), internet));
  }
}
