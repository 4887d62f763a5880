package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.real.RealChanges;
import io.surfacescan.questions.real.RealEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What edits would do. The environment that is asked about stays as it is.
public final class WhatIfQuestion extends Question {
  public static final Parameter VMS =
      new Parameter("vms", new Vm("name", Optional.empty(), true, true), "A VM to look at")
          .labelled("VM")
          .as(Mark.REPEATABLE);
  public static final Parameter ENVIRONMENT =
      new Parameter(
          "environment",
          new Flag(),
          "Compare the whole environment too: new and lost attacks, worst changes");

  WhatIfQuestion() {
    super(
        Profile.of(
                "what-if",
                "Show what removing or adding rules, tags and VMs would do, without doing it.",
                Cost.LONG,
                VMS,
                ENVIRONMENT,
                ChangesQuestion.LIMIT,
                ChangesQuestion.WORST)
            .with(Trait.WITH_EDITS, Trait.FLEETING)
            .remarks(
                "Without a VM, the whole environment is compared. Every flag may be given again.",
                "Of an export, --remove-rule and --narrow-rule take real rules by their ids, such as"
                    + " sgr-1 or netpol/prod/allow-all.",
                "",
                "Example: surfacescan what-if --data prod.json --remove-rule fw-82af742 vm-a211de")
            .orElse(
                "Ask about few VMs in \"vms\" and not about the whole environment, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    if (arguments.edits().count() == 0) {
      throw new QuestionRefused(new Fault.NothingToChange());
    }
    var filter = RuleFilter.of(arguments);
    var asked = context.vms(VMS);
    var real =
        RealEdits.of(
            context.compiled().whole(),
            context.compiled().real(),
            arguments.edits(),
            context.deadline()::check);
    context.deadline().check();
    var edited =
        real.isPresent()
            ? edited(real.get().after().environment(), real.get().rest())
            : edited(
                context.compiled().whole(),
                RealEdits.ofDocument(context.compiled().whole(), arguments.edits()));
    var comparison =
        real.isPresent()
            ? Comparison.of(
                context.graph(), AttackGraph.of(filter.apply(edited.after())), edited.removedVms())
            : Comparison.of(context.graph(), seen(edited, filter));
    context.deadline().check();
    var vms = new ArrayList<ComparedVm>();
    for (int vm : asked) {
      vms.add(comparison.find(context.environment().vmId(vm)).orElseThrow());
    }
    boolean whole = arguments.flag(ENVIRONMENT) || vms.isEmpty();
    return EditsEffect.of(
        edited,
        real.map(RealEdits::changes).orElse(RealChanges.NONE),
        comparison,
        vms,
        whole
            ? Optional.of(SurfacesChanged.of(context, comparison, ChangesQuestion.worst(arguments)))
            : Optional.empty(),
        ChangesQuestion.entries(arguments));
  }

  /// The edited environment as far as the question sees it: VMs and tags are the same.
  private static EditedEnvironment seen(EditedEnvironment edited, RuleFilter filter) {
    return filter.equals(RuleFilter.NONE)
        ? edited
        : new EditedEnvironment(
            filter.apply(edited.before()),
            filter.apply(edited.after()),
            edited.removedVms(),
            List.of(),
            0,
            edited.removedTags(),
            edited.addedTags(),
            edited.carriedTags());
  }

  private static EditedEnvironment edited(Environment environment, Edits edits)
      throws QuestionRefused {
    try {
      return EditedEnvironment.of(environment, edits);
    } catch (EditsRefused e) {
      throw new QuestionRefused(new Fault.BadEdits(e));
    }
  }
}
