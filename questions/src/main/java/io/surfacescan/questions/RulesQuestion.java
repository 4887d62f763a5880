package io.surfacescan.questions;

import io.surfacescan.engine.RuleUse;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Tag;
import io.surfacescan.questions.arguments.QuestionRefused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which rules matter.
public final class RulesQuestion extends Question {
  private static final Parameter UNUSED =
      new Parameter("unused", new Flag(), "Only rules that allow no attack at all");
  private static final Parameter TAG =
      new Parameter("tag", new Tag(), "Only rules from or to this tag");
  private static final Parameter SORT =
      new Parameter(
          "sort",
          Choice.of(Order.INPUT)
              .or(Order.PAIRS, "most direct pairs first")
              .or(Order.ONLY, "most pairs that no other rule allows first")
              .or(Order.ID)
              .or(Order.SOURCE_TAG)
              .or(Order.DEST_TAG)
              .or(Order.SOURCE_VMS, "the most first")
              .or(Order.DEST_VMS, "the most first")
              .or(Order.SERVICES),
          "Order");
  private static final Parameter LIMIT =
      new Parameter(
          "limit", Count.from(0).servedTo(1_000).servedUsually(100), "Only the first N rules");

  /// A few seconds of a processor.
  private static final long SERVED_STEPS_MOST = 200_000_000;

  /// What each of some rules allows.
  public record Uses(Environment environment, List<RuleUse> rows, Optional<Part> part)
      implements Answer {
    public Uses {
      rows = List.copyOf(rows);
    }
  }

  RulesQuestion() {
    super(
        Profile.of(
                "rules",
                "Show which rules matter: who carries their tags and what only they allow.",
                Cost.LONG,
                UNUSED,
                TAG,
                SORT,
                LIMIT)
            .with(Trait.PAGED)
            .remarks(
                "A direct pair is two VMs of which the first may attack the second by the rule itself. What a"
                    + " rule means for attacks over several hops is another question: see `chokepoints`.",
                "",
                "Example: surfacescan rules --data prod.json --unused")
            .orElse(
                "Ask with sort=input or for the rules of one tag, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    var tag = context.tag(TAG);
    var uses = RuleUses.of(context.graph());
    int[] rules =
        uses.ordered(
            tag,
            arguments.flag(UNUSED),
            order(arguments.word(SORT, Order.class)),
            context.deadline());
    int from = Math.min(context.start(), rules.length);
    int to = from + Math.min(arguments.count(LIMIT), rules.length - from);
    var rows =
        uses.rows(
            Arrays.copyOfRange(rules, from, to),
            context.served() ? SERVED_STEPS_MOST : Long.MAX_VALUE,
            context.deadline());
    return new Uses(
        context.environment(), rows, Answer.Part.of(rules.length, context.start(), rows.size()));
  }

  private static RuleUses.Order order(Order order) {
    return switch (order) {
      case PAIRS -> RuleUses.Order.PAIRS;
      case ONLY -> RuleUses.Order.ONLY;
      case ID -> RuleUses.Order.ID;
      case SOURCE_TAG -> RuleUses.Order.SOURCE_TAG;
      case DEST_TAG -> RuleUses.Order.DEST_TAG;
      case SOURCE_VMS -> RuleUses.Order.SOURCE_VMS;
      case DEST_VMS -> RuleUses.Order.DEST_VMS;
      case SERVICES -> RuleUses.Order.SERVICES;
      case INPUT, ENGINE, NAME, HOPS, NEAREST, ATTACKERS, DIRECT_ATTACKERS, BLAST_RADIUS ->
          RuleUses.Order.INPUT;
    };
  }
}
