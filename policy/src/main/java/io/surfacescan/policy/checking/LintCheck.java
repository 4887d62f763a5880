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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds firewall rules with something wrong about themselves. Not thread-safe.
final class LintCheck {
  private static final int RULES_PER_DEADLINE = 1 << 8;

  private final AttackGraph graph;
  private final Environment environment;
  private final Causes causes;
  private final CheckOptions options;

  /// Per pair of tags, its rules, ascending.
  private final Map<Long, List<Integer>> byTags = new HashMap<>();

  private final Map<Smell, List<Smelling>> known = new EnumMap<>(Smell.class);

  /// The tags that rules start from.
  private final BitSet sources = new BitSet();

  private final int[] vmsPerTag;

  /// As [#vmsPerTag], without what stands for addresses outside.
  private final int[] insidePerTag;

  private final BitSet internetTags = new BitSet();
  private @Nullable CommonTags commonTags;
  private @Nullable RuleUses uses;

  LintCheck(AttackGraph graph, Causes causes, CheckOptions options) {
    this.graph = graph;
    this.environment = graph.environment();
    this.causes = causes;
    this.options = options;
    vmsPerTag = environment.vmsPerTag();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      sources.set(environment.sourceTag(rule));
      byTags
          .computeIfAbsent(
              pair(environment.sourceTag(rule), environment.destTag(rule)),
              ignored -> new ArrayList<>())
          .add(rule);
    }
    insidePerTag = vmsPerTag.clone();
    if (environment.externalCount() > 0) {
      IntStream.range(0, environment.vmCount())
          .filter(vm -> environment.vmKind(vm).isExternal())
          .forEach(vm -> forEachTag(vm, tag -> insidePerTag[tag]--));
    }
    for (int vm : environment.internet()) {
      forEachTag(vm, internetTags::set);
    }
  }

  private void forEachTag(int vm, IntConsumer each) {
    var lists = environment.tagLists();
    int list = environment.tagListOf(vm);
    for (int i = lists.start(list); i < lists.end(list); i++) {
      each.accept(lists.value(i));
    }
  }

  private static long pair(int source, int dest) {
    return (long) source << 32 | dest;
  }

  /// What is wrong with one firewall rule, or with all that come from one real rule.
  ///
  /// @param rules ascending
  private record Smelling(
      Smell smell, Causes.Cause cause, List<Integer> rules, Supplier<String> why) {
    int first() {
      return rules.getFirst();
    }
  }

  /// The verdict on a rule.
  ///
  /// @param inside how many VMs there are
  Supplier<Verdict> verdict(PolicyRule rule, Lint lint, int inside) {
    var found =
        Stream.of(Smell.values())
            .filter(lint.what()::contains)
            .flatMap(smell -> smelling(smell, inside).stream())
            .sorted(Comparator.comparingInt(Smelling::first).thenComparing(Smelling::smell))
            .toList();
    return () -> verdict(rule, found);
  }

  private Verdict verdict(PolicyRule rule, List<Smelling> found) {
    var affected = new BitSet();
    var explained = new BitSet();
    var findings = new ArrayList<Finding>();
    for (var smelling : found) {
      smelling.rules.forEach(affected::set);
      if (findings.size() < options.findingsMost()) {
        findings.add(finding(rule, smelling));
        smelling.rules.forEach(explained::set);
      }
    }
    int unexplained = affected.cardinality() - explained.cardinality();
    return new Verdict(rule, affected.cardinality(), "firewall rule", findings, unexplained, false);
  }

  private List<Smelling> smelling(Smell smell, int inside) {
    var before = known.get(smell);
    if (before != null) {
      return before;
    }
    Map<String, Smelling> byCause = new LinkedHashMap<>();
    for (int at = 0; at < environment.ruleCount(); at++) {
      if (at % RULES_PER_DEADLINE == 0) {
        options.deadline().check();
      }
      var why = why(smell, at, inside);
      if (why.isPresent()) {
        var cause = causes.of(List.of(at));
        byCause
            .computeIfAbsent(
                cause.key(), ignored -> new Smelling(smell, cause, new ArrayList<>(), why.get()))
            .rules
            .add(at);
      }
    }
    var found = List.copyOf(byCause.values());
    known.put(smell, found);
    return found;
  }

  private Finding finding(PolicyRule rule, Smelling smelling) {
    var places = causes.places(smelling.cause);
    String words = causes.words(smelling.cause);
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), smelling.smell.word(), smelling.cause.key()),
        words + " " + smelling.why.get(),
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

  private Optional<Supplier<String>> why(Smell smell, int rule, int inside) {
    return switch (smell) {
      case PHANTOM_TAG -> phantom(rule).map(tag -> () -> aboutPhantom(tag));
      case UNUSED ->
          phantom(rule).isEmpty() && !uses().isUsed(rule)
              ? Optional.of(() -> "allows no attack")
              : Optional.empty();
      case DUPLICATE -> duplicate(rule).map(other -> () -> "says the same as " + words(other));
      case SHADOWED ->
          shadowed(rule).map(other -> () -> "allows only what " + words(other) + " allows too");
      case OPEN -> open(rule, inside).map(why -> () -> why);
      case ASSUMED ->
          environment.ruleDetails(rule).assumed().map(why -> () -> "is only assumed: " + why);
    };
  }

  private RuleUses uses() {
    var all = uses == null ? RuleUses.of(graph) : uses;
    uses = all;
    return all;
  }

  private String words(int rule) {
    return causes.words(causes.of(List.of(rule)));
  }

  private String aboutPhantom(int tag) {
    return "is about the tag `" + environment.tag(tag) + "`, which no VM carries";
  }

  /// The first of its tags that no VM carries.
  private Optional<Integer> phantom(int rule) {
    return Stream.of(environment.sourceTag(rule), environment.destTag(rule))
        .filter(tag -> vmsPerTag[tag] == 0)
        .findFirst();
  }

  private List<Integer> withTags(int source, int dest) {
    return byTags.getOrDefault(pair(source, dest), List.of());
  }

  private Optional<Integer> duplicate(int rule) {
    return withTags(environment.sourceTag(rule), environment.destTag(rule)).stream()
        .filter(other -> other < rule && saysTheSame(rule, other))
        .findFirst();
  }

  private boolean saysTheSame(int rule, int other) {
    return environment.services(rule).equals(environment.services(other))
        && isSure(rule) == isSure(other);
  }

  private boolean isSure(int rule) {
    return environment.ruleDetails(rule).assumed().isEmpty();
  }

  /// One other rule that allows all of it, and more or the same by other tags.
  private Optional<Integer> shadowed(int rule) {
    if (phantom(rule).isPresent()) {
      return Optional.empty();
    }
    var common = commonTags == null ? new CommonTags(environment) : commonTags;
    commonTags = common;
    for (int source : common.of(environment.sourceTag(rule))) {
      if (!sources.get(source)) {
        continue;
      }
      for (int dest : common.of(environment.destTag(rule))) {
        for (int other : withTags(source, dest)) {
          if (other != rule && shadows(other, rule)) {
            return Optional.of(other);
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
  private Optional<String> open(int rule, int inside) {
    var services = environment.services(rule);
    boolean isWide =
        services.contains(Services.of(Protocol.TCP))
            || services.contains(Services.of(Protocol.UDP));
    if (!isWide || phantom(rule).isPresent()) {
      return Optional.empty();
    }
    int source = environment.sourceTag(rule);
    if (insidePerTag[source] == inside && inside > 1) {
      return Optional.of("lets in every VM, over all ports");
    }
    return internetTags.get(source)
        ? Optional.of("lets in the internet, over all ports")
        : Optional.empty();
  }
}
