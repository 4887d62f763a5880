package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.policy.Demand.Lint;
import io.surfacescan.policy.Demand.Smell;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds firewall rules with something wrong about themselves. Not thread-safe.
final class LintCheck {
  private static final String INTERNET = "internet";

  private final AttackGraph graph;
  private final Environment environment;
  private final Causes causes;
  private final CheckOptions options;

  /// Per pair of tags, its rules, ascending.
  private final Map<Long, List<Integer>> byTags = new HashMap<>();

  private final int[] vmsPerTag;
  private @Nullable CommonTags commonTags;

  LintCheck(AttackGraph graph, Causes causes, CheckOptions options) {
    this.graph = graph;
    this.environment = graph.environment();
    this.causes = causes;
    this.options = options;
    vmsPerTag = environment.vmsPerTag();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      byTags
          .computeIfAbsent(
              pair(environment.sourceTag(rule), environment.destTag(rule)), _ -> new ArrayList<>())
          .add(rule);
    }
  }

  private static long pair(int source, int dest) {
    return (long) source << 32 | dest;
  }

  /// What is wrong with one firewall rule, or with all that come from one real rule.
  private record Smelling(Smell smell, Causes.Cause cause, List<Integer> rules, String why) {}

  Verdict verdict(PolicyRule rule, Lint lint, BitSet inside) {
    Map<String, Smelling> byCause = new LinkedHashMap<>();
    var uses = RuleUses.of(graph);
    var affected = new BitSet();
    for (int at = 0; at < environment.ruleCount(); at++) {
      int firewallRule = at;
      for (var smell : Smell.values()) {
        if (lint.what().contains(smell)) {
          why(smell, at, uses, inside)
              .ifPresent(why -> {
                affected.set(firewallRule);
                var cause = causes.of(List.of(firewallRule));
                byCause
                    .computeIfAbsent(
                        smell.word() + "\n" + cause.key(),
                        _ -> new Smelling(smell, cause, new ArrayList<>(), why))
                    .rules
                    .add(firewallRule);
              });
        }
      }
    }
    var findings = new ArrayList<Finding>();
    var explained = new BitSet();
    for (var smelling : byCause.values().stream().limit(options.findingsMost()).toList()) {
      findings.add(finding(rule, smelling));
      smelling.rules.forEach(explained::set);
    }
    int unexplained = affected.cardinality() - explained.cardinality();
    return new Verdict(rule, affected.cardinality(), "firewall rule", findings, unexplained, false);
  }

  private Finding finding(PolicyRule rule, Smelling smelling) {
    var places = causes.places(smelling.cause);
    String words = causes.words(smelling.cause);
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), smelling.smell.word(), smelling.cause.key()),
        words + " " + smelling.why,
        remedy(smelling.smell),
        Optional.empty(),
        smelling.rules,
        Causes.first(places),
        Causes.others(places),
        smelling.rules.size(),
        List.of(),
        Optional.empty(),
        false);
  }

  private static String remedy(Smell smell) {
    return switch (smell) {
      case UNUSED, DUPLICATE, SHADOWED -> "remove it; no attack depends on it";
      case PHANTOM_TAG -> "correct the tag, or remove the rule";
      case OPEN -> "name the sources and the ports that are needed";
      case ASSUMED -> "export what is missing, so that the rule is known";
    };
  }

  private Optional<String> why(Smell smell, int rule, RuleUses uses, BitSet inside) {
    return switch (smell) {
      case PHANTOM_TAG -> phantom(rule);
      case UNUSED ->
          phantom(rule).isEmpty() && !uses.isUsed(rule)
              ? Optional.of("allows no attack")
              : Optional.empty();
      case DUPLICATE -> duplicate(rule);
      case SHADOWED -> shadowed(rule);
      case OPEN -> open(rule, inside);
      case ASSUMED -> environment.ruleDetails(rule).assumed().map(why -> "is only assumed: " + why);
    };
  }

  private Optional<String> phantom(int rule) {
    int source = environment.sourceTag(rule);
    int dest = environment.destTag(rule);
    return vmsPerTag[source] == 0
        ? Optional.of("is about the tag `" + environment.tag(source) + "`, which no VM carries")
        : vmsPerTag[dest] == 0
            ? Optional.of("is about the tag `" + environment.tag(dest) + "`, which no VM carries")
            : Optional.empty();
  }

  private List<Integer> withTags(int source, int dest) {
    return byTags.getOrDefault(pair(source, dest), List.of());
  }

  private Optional<String> duplicate(int rule) {
    return withTags(environment.sourceTag(rule), environment.destTag(rule)).stream()
        .filter(other -> other < rule && saysTheSame(rule, other))
        .findFirst()
        .map(other -> "says the same as " + causes.words(causes.of(List.of(other))));
  }

  private boolean saysTheSame(int rule, int other) {
    return environment.services(rule).equals(environment.services(other))
        && isSure(rule) == isSure(other);
  }

  private boolean isSure(int rule) {
    return environment.ruleDetails(rule).assumed().isEmpty();
  }

  /// That one other rule allows all of it, and more or the same by other tags.
  private Optional<String> shadowed(int rule) {
    if (phantom(rule).isPresent()) {
      return Optional.empty();
    }
    var common = commonTags == null ? new CommonTags(environment) : commonTags;
    commonTags = common;
    for (int source : common.of(environment.sourceTag(rule))) {
      for (int dest : common.of(environment.destTag(rule))) {
        for (int other : withTags(source, dest)) {
          if (other != rule && shadows(other, rule)) {
            return Optional.of(
                "allows only what " + causes.words(causes.of(List.of(other))) + " allows too");
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean shadows(int other, int rule) {
    if (!environment.services(other).contains(environment.services(rule))
        || (!isSure(other) && isSure(rule))) {
      return false;
    }
    boolean isSameEnds =
        environment.sourceTag(other) == environment.sourceTag(rule)
            && environment.destTag(other) == environment.destTag(rule);
    // Of two that say the same the later one is the duplicate.
    return !isSameEnds || !saysTheSame(rule, other);
  }

  /// That it lets in the whole internet or every VM, over all ports of a protocol.
  private Optional<String> open(int rule, BitSet inside) {
    var services = environment.services(rule);
    boolean isWide =
        services.contains(Services.of(Protocol.TCP))
            || services.contains(Services.of(Protocol.UDP));
    if (!isWide || phantom(rule).isPresent()) {
      return Optional.empty();
    }
    int source = environment.sourceTag(rule);
    if (vmsPerTag[source] >= inside.cardinality() && inside.cardinality() > 1) {
      return Optional.of("lets in every VM, over all ports");
    }
    var internet = environment.findVm(INTERNET);
    boolean isInternet =
        internet.isPresent()
            && environment.vmKind(internet.getAsInt()).isExternal()
            && environment.tagLists().contains(environment.tagListOf(internet.getAsInt()), source);
    return isInternet ? Optional.of("lets in the internet, over all ports") : Optional.empty();
  }
}
