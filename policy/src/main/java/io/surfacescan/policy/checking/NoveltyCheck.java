package io.surfacescan.policy.checking;

import static java.util.Objects.requireNonNull;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.NewDirectAttack;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceCause;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand.NoNew;
import io.surfacescan.policy.Demand.Novelty;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds attacks that were not possible in the environment before. Findings count VMs that are
/// attacked anew; a VM that is so in several ways is in one finding for each.
final class NoveltyCheck {
  private final AttackGraph before;
  private final AttackGraph after;
  private final Causes causes;
  private final CheckOptions options;
  private final Words words;
  private @Nullable Comparison comparison;

  /// The pairs of tags that rules joined before.
  private @Nullable Set<String> tagPairs;

  NoveltyCheck(AttackGraph before, AttackGraph after, Causes causes, CheckOptions options) {
    this.before = before;
    this.after = after;
    this.causes = causes;
    this.options = options;
    this.words = new Words(after.environment());
  }

  /// What is new for some VMs, by cause.
  private static final class News {
    private final Map<String, List<Integer>> vms = new LinkedHashMap<>();
    private final Map<String, Example> examples = new LinkedHashMap<>();

    /// @param key names the kind of news and the cause
    void add(String key, int vm, Example example) {
      vms.computeIfAbsent(key, _ -> new ArrayList<>()).add(vm);
      examples.putIfAbsent(key, example);
    }
  }

  private record Example(Novelty what, Causes.Cause cause, AttackPath path, String more) {}

  /// The verdict on a rule.
  ///
  /// @param of the VMs looked at
  /// @param internet what stands for the addresses outside
  Verdict verdict(PolicyRule rule, NoNew demand, BitSet of, BitSet internet) {
    var affected = new BitSet();
    var explained = new BitSet();
    var news = new News();
    if (demand.what().contains(Novelty.EXPOSURE)) {
      addExposure(of, internet, affected, explained, news);
    }
    if (demand.what().contains(Novelty.DIRECT)) {
      addDirect(
          rule, Novelty.DIRECT, comparison(rule.isCertain()), of, "", affected, explained, news);
    }
    if (demand.what().contains(Novelty.SERVICES)) {
      addServices(rule, of, affected, explained, news);
    }
    if (demand.what().contains(Novelty.SURFACES)) {
      addSurfaces(rule, of, affected, explained, news);
    }
    var findings =
        news.vms.entrySet().stream()
            .limit(options.findingsMost())
            .map(entry -> finding(rule, entry.getKey(), entry.getValue(), news))
            .toList();
    var left = AttackPart.difference(affected, explained);
    for (var entry : news.vms.entrySet().stream().skip(options.findingsMost()).toList()) {
      entry.getValue().forEach(left::set);
    }
    return new Verdict(rule, affected.cardinality(), "VM", findings, left.cardinality(), false);
  }

  private Comparison comparison(boolean isCertain) {
    if (isCertain) {
      var filter = new RuleFilter(Services.ALL, true);
      return Comparison.of(filter.apply(before), filter.apply(after));
    }
    var known = comparison == null ? Comparison.of(before, after) : comparison;
    comparison = known;
    return known;
  }

  private Finding finding(PolicyRule rule, String key, List<Integer> vms, News news) {
    var example = requireNonNull(news.examples.get(key));
    var places = causes.places(example.cause);
    int count = (int) vms.stream().distinct().count();
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), key),
        words.attack(example.path) + example.more + ", which was not so before",
        "remove or narrow " + causes.words(example.cause) + ", or accept the change",
        Optional.of(example.path),
        example.cause.rules(),
        Causes.first(places),
        Causes.others(places),
        count,
        vms.stream().distinct().limit(options.examplesMost()).toList(),
        Optional.empty(),
        false);
  }

  private void addExposure(
      BitSet of, BitSet internet, BitSet affected, BitSet explained, News news) {
    if (internet.isEmpty()) {
      return;
    }
    int source = internet.nextSetBit(0);
    var now = reached(after, source);
    var then =
        before.environment().findVm(after.environment().vmId(source)).stream()
            .mapToObj(vm -> reached(before, vm))
            .findFirst();
    for (int vm = of.nextSetBit(0); vm >= 0; vm = of.nextSetBit(vm + 1)) {
      var known = before.environment().findVm(after.environment().vmId(vm));
      boolean isKnown = known.isPresent() && then.isPresent() && then.get().get(known.getAsInt());
      if (!now.get(vm) || isKnown) {
        continue;
      }
      affected.set(vm);
      if (news.vms.size() < options.findingsMost() && !options.deadline().passed()) {
        var path = AttackPath.of(after, source, vm).orElseThrow();
        var cause = causes.of(newest(path));
        news.add(
            Novelty.EXPOSURE.word() + "\n" + cause.key(),
            vm,
            new Example(Novelty.EXPOSURE, cause, path, ""));
        explained.set(vm);
      }
    }
  }

  /// The rules of the last hop that is new, else of the last one.
  private List<Integer> newest(AttackPath path) {
    for (int i = path.hops().size() - 1; i >= 0; i--) {
      if (path.hops().get(i).rules().stream().noneMatch(this::wasThere)) {
        return path.hops().get(i).rules();
      }
    }
    return path.hops().getLast().rules();
  }

  private boolean wasThere(int rule) {
    return tagPairs()
        .contains(
            after.environment().tag(after.environment().sourceTag(rule))
                + "\0"
                + after.environment().tag(after.environment().destTag(rule)));
  }

  private Set<String> tagPairs() {
    var known = tagPairs;
    if (known == null) {
      known = new LinkedHashSet<>();
      var environment = before.environment();
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        known.add(
            environment.tag(environment.sourceTag(rule))
                + "\0"
                + environment.tag(environment.destTag(rule)));
      }
      tagPairs = known;
    }
    return known;
  }

  private void addDirect(
      PolicyRule rule,
      Novelty what,
      Comparison compared,
      BitSet of,
      String more,
      BitSet affected,
      BitSet explained,
      News news) {
    int[] attackers = NewDirectAttack.attackers(compared, options.deadline());
    for (int vm = of.nextSetBit(0); vm >= 0; vm = of.nextSetBit(vm + 1)) {
      if (attackers[vm] < 0) {
        continue;
      }
      affected.set(vm);
      var path =
          AttackRoutes.of(after, attackers[vm], vm).routes().stream().findFirst().orElseThrow();
      var allowing = allowing(path, compared.after().environment(), rule);
      var cause = causes.of(allowing);
      news.add(
          what.word() + "\n" + more + "\n" + cause.key(), vm, new Example(what, cause, path, more));
      explained.set(vm);
    }
  }

  /// Of the rules of a direct attack those that are in a filtered environment too, and of these the
  /// ones on new pairs of tags, if there are any.
  private List<Integer> allowing(AttackPath path, Environment seen, PolicyRule rule) {
    var rules = path.hops().getFirst().rules();
    if (seen != after.environment() && rule.isCertain()) {
      rules =
          rules.stream()
              .filter(one -> after.environment().ruleDetails(one).assumed().isEmpty())
              .toList();
    }
    var fresh = rules.stream().filter(one -> !wasThere(one)).toList();
    return fresh.isEmpty() ? rules : fresh;
  }

  /// Direct attacks over each service. Services that the same rules let through are one.
  private void addServices(
      PolicyRule rule, BitSet of, BitSet affected, BitSet explained, News news) {
    for (var services : new ServiceAtoms(before.environment(), after.environment()).all()) {
      options.deadline().check();
      var filter = new RuleFilter(services, rule.isCertain());
      addDirect(
          rule,
          Novelty.SERVICES,
          Comparison.of(filter.apply(before), filter.apply(after)),
          of,
          " over " + services,
          affected,
          explained,
          news);
    }
  }

  private void addSurfaces(
      PolicyRule rule, BitSet of, BitSet affected, BitSet explained, News news) {
    var compared = comparison(rule.isCertain());
    var changes = SurfaceChanges.of(compared, 0, options.deadline(), Progress.NONE);
    if (changes.isTruncated()) {
      options.deadline().check();
    }
    var grown =
        IntStream.range(0, compared.vmCount())
            .filter(vm -> compared.vm(vm).isInBoth() && of.get(compared.vm(vm).after()))
            .filter(vm -> changes.gained(vm) > 0)
            .toArray();
    for (int at : grown) {
      int vm = compared.vm(at).after();
      affected.set(vm);
      if (news.vms.size() < options.findingsMost() && !options.deadline().passed()) {
        var why = SurfaceCause.ofGain(compared, compared.vm(at)).orElseThrow();
        var cause = causes.of(original(compared.after().environment(), why.rules()));
        var path = AttackPath.of(after, why.example().from(), vm).orElseThrow();
        news.add(
            Novelty.SURFACES.word() + "\n" + cause.key(),
            vm,
            new Example(Novelty.SURFACES, cause, path, ""));
        explained.set(vm);
      }
    }
  }

  /// The rules of a filtered environment, as those of the whole one.
  private List<Integer> original(Environment seen, List<Integer> rules) {
    if (seen == after.environment()) {
      return rules;
    }
    int[] sure =
        IntStream.range(0, after.environment().ruleCount())
            .filter(one -> after.environment().ruleDetails(one).assumed().isEmpty())
            .toArray();
    return rules.stream().map(one -> sure[one]).toList();
  }

  /// The VMs that one can attack.
  private static BitSet reached(AttackGraph graph, int vm) {
    var reached = new BitSet();
    var victims = BlastRadius.of(graph, vm).victims();
    for (int interval = 0; interval < victims.intervalCount(); interval++) {
      for (int rank = victims.from(interval); rank < victims.to(interval); rank++) {
        reached.set(graph.vmAt(rank));
      }
    }
    return reached;
  }
}
