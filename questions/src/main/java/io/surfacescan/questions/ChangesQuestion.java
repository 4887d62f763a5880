package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.QuestionRefused;

/// What differs between the environment that is served and the one before it; on the command line,
/// between any two.
public final class ChangesQuestion extends Question {
  /// The most of anything that a comparison lists for others.
  public static final int LISTED_MOST = 10_000;

  private static final int VMS_USUAL = 20;
  private static final int ENTRIES_USUAL = 100;

  public static final Parameter LIMIT =
      new Parameter(
              "limit",
              Count.from(0).servedTo(LISTED_MOST),
              "At most N of the VMs that changed most, and N ids or rules in a list; counts are exact"
                  + " anyway")
          .unless(VMS_USUAL + " VMs, " + ENTRIES_USUAL + " in a list");

  /// The older name of the limit, for the VMs that changed most alone.
  public static final Parameter WORST =
      new Parameter(
              "worst",
              Count.from(0).servedTo(LISTED_MOST),
              "As limit, for the VMs that changed most alone")
          .as(Mark.HIDDEN);

  ChangesQuestion() {
    super(
        Profile.of(
                "changes",
                "Show what differs between two environments, and which surfaces grew or shrank.",
                Cost.LONG,
                LIMIT,
                WORST)
            .with(Trait.FLEETING));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var before =
        context
            .compiled()
            .previous()
            .orElseThrow(() -> new QuestionRefused(new Fault.NothingBefore()));
    return between(context, before.version(), before.graph(), context.compiled().version());
  }

  /// Compares the environment asked about with another one.
  ///
  /// @param nameBefore what names the other one, which is the one before
  /// @param nameAfter what names the environment asked about
  public static Changes between(
      Context context, String nameBefore, AttackGraph before, String nameAfter) {
    var comparison = Comparison.of(before, context.graph());
    context.deadline().check();
    return new Changes(
        nameBefore,
        nameAfter,
        EnvironmentDiff.of(before.environment(), context.environment()),
        SurfacesChanged.of(context, comparison, worst(context.arguments())),
        entries(context.arguments()));
  }

  /// How many of the VMs that changed most are shown.
  static int worst(Arguments arguments) {
    return arguments.given(WORST).orElseGet(() -> arguments.given(LIMIT).orElse(VMS_USUAL));
  }

  /// How many ids or rules a list may have.
  static int entries(Arguments arguments) {
    return arguments.given(LIMIT).orElse(ENTRIES_USUAL);
  }
}
