package io.surfacescan.questions.arguments;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;

/// Which rules a question sees: those that let some services through, and only sure ones if it is
/// asked so. Compared by content.
///
/// A question about some services is the question about the environment without the rules for
/// others: an attack over several hops needs a rule for each hop, and a rule counts if it lets any
/// of the services through.
///
/// @param services that a rule must meet
/// @param isCertain whether assumed rules are left out
public record RuleFilter(Services services, boolean isCertain) {
  public static final RuleFilter NONE = new RuleFilter(Services.ALL, false);

  public static final Parameter SERVICE =
      new Parameter(
              "service",
              new Parameter.Text(),
              "Only rules for these services: tcp/22, udp/53-60, icmp, or a name such as ssh, rdp,"
                  + " https; several with commas between them")
          .labelled("SERVICE")
          .as(Parameter.Mark.REPEATABLE);

  public static final Parameter CERTAIN =
      new Parameter("certain", new Parameter.Flag(), "Without rules that are only assumed");

  /// The filter that was asked for.
  ///
  /// @throws QuestionRefused if a service is not known
  public static RuleFilter of(Arguments arguments) throws QuestionRefused {
    boolean isCertain = arguments.flag(CERTAIN);
    if (!arguments.has(SERVICE)) {
      return isCertain ? new RuleFilter(Services.ALL, true) : NONE;
    }
    var services = new ArrayList<Services>();
    for (String given : arguments.texts(SERVICE)) {
      for (String word : given.split(",", -1)) {
        services.add(
            NamedServices.parse(word.strip())
                .orElseThrow(() -> new QuestionRefused(new Fault.UnknownService(SERVICE, word))));
      }
    }
    return new RuleFilter(Services.union(services), isCertain);
  }

  /// The environment with these rules alone; itself if that are all.
  public Environment apply(Environment environment) {
    if (!environment.hasRuleDetails() || equals(NONE)) {
      return environment;
    }
    return environment.keepingRules(rule -> letsThrough(environment, rule));
  }

  /// Whether a question sees the rule.
  public boolean letsThrough(Environment environment, int rule) {
    var details = environment.ruleDetails(rule);
    return details.services().meets(services) && !(isCertain && details.assumed().isPresent());
  }

  /// The graph over these rules; the graph itself if that are all. Cost: that of compiling one.
  public AttackGraph apply(AttackGraph graph) {
    var filtered = apply(graph.environment());
    return filtered == graph.environment() ? graph : AttackGraph.of(filtered);
  }
}
