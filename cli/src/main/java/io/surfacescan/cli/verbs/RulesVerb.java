package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.options.TagArgument;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.report.RuleTable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "rules",
    description = "Show which rules matter: who carries their tags and what only they allow.",
    footer = {
      "",
      "A direct pair is two VMs of which the first may attack the second by the rule itself. What a rule means for attacks over several hops is another question: see `chokepoints`.",
      "",
      "Example: surfacescan rules --data prod.json --unused"
    })
final class RulesVerb implements Verb {
  enum Sort {
    input,
    pairs,
    only
  }

  @Mixin PathArguments paths = new PathArguments();
  @Mixin OutputOption output = new OutputOption();
  @Mixin LongOption effort = new LongOption();

  @Option(names = "--unused", description = "Only rules that allow no attack at all.")
  boolean unused;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only rules from or to this tag.")
  @Nullable String tag;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description =
          "Order: input, pairs (most direct pairs first), only (most pairs that no other rule"
              + " allows first). Default: input.")
  Sort sort = Sort.input;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N rules.")
  @Nullable Integer limit;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + limit + " is below 0");
    }
    var environment = paths.input().read(run);
    var wanted = TagArgument.find(environment, tag, spec);
    var uses = RuleUses.of(AttackGraph.of(environment));
    var deadline = effort.deadline();
    int[] rules = uses.ordered(wanted, unused, order(), deadline);
    if (limit != null && limit < rules.length) {
      rules = Arrays.copyOf(rules, limit);
    }
    output.write(run, new RuleTable(environment, uses.rows(rules, Long.MAX_VALUE, deadline)));
    return Exit.DONE;
  }

  private RuleUses.Order order() {
    return switch (sort) {
      case input -> RuleUses.Order.INPUT;
      case pairs -> RuleUses.Order.PAIRS;
      case only -> RuleUses.Order.ONLY;
    };
  }
}
