package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.SurfaceCause;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds attacks that were not possible in the environment before. Findings count VMs that are
/// attacked anew; a VM that is so in several ways is in one finding for each.
///
/// Not thread-safe: what two environments differ in is kept for the rules after.
final class NoveltyCheck {
  /// VMs with the same tags have the same news for the same reason, which is looked for once. So
  /// the most of these that are looked for, for each rule.
  private static final int LOOKED_FOR_MOST = 2_000;

  private final AttackGraph before;
  private final AttackGraph after;
  private final ForbiddenAttacks forbidden;
  private final Causes causes;
  private final CheckOptions options;
  private final Words words;
  private final NewAttacks attacks;

  /// The pairs of tags that rules joined before.
  private @Nullable Set<String> tagPairs;

  NoveltyCheck(
      AttackGraph before,
      AttackGraph after,
      ForbiddenAttacks forbidden,
      Causes causes,
      CheckOptions options) {
    this.before = before;
    this.after = after;
    this.forbidden = forbidden;
    this.causes = causes;
    this.options = options;
    this.words = new Words(after.environment());
    this.attacks = new NewAttacks(before, after, options.deadline());
  }

  /// What is new over some services.
  ///
  /// @param by per VM, an attacker or a number in the comparison, as [NewAttacks] has it
  private record News(Novelty what, Services services, int[] by) {
    boolean isNew(int vm) {
      return by.length > 0 && by[vm] != NewAttacks.NOTHING;
    }

    String more() {
      return what == Novelty.SERVICES ? " over " + services : "";
    }

    String key(Causes.Cause cause) {
      return what == Novelty.DIRECT || what == Novelty.SERVICES
          ? what.word() + "\n" + more() + "\n" + cause.key()
          : what.word() + "\n" + cause.key();
    }
  }

  /// Why something is new for a VM.
  private record Reason(Causes.Cause cause, AttackPath path) {}

  /// The VMs with one cause.
  ///
  /// @param reason of the first of them
  private record Group(Reason reason, String more, BitSet vms) {}

  /// The verdict on a rule; the causes are looked for when it is asked for.
  ///
  /// @param of the VMs looked at
  /// @param internet what stands for the addresses outside
  Supplier<Verdict> verdict(PolicyRule rule, NoNew demand, BitSet of, BitSet internet) {
    var all = new ArrayList<News>();
    boolean isCertain = rule.isCertain();
    if (demand.what().contains(Novelty.EXPOSURE) && !internet.isEmpty()) {
      var exposed = attacks.exposed(isCertain, internet);
      all.add(new News(Novelty.EXPOSURE, Services.ALL, exposed));
    }
    if (demand.what().contains(Novelty.DIRECT)) {
      all.add(new News(Novelty.DIRECT, Services.ALL, attacks.direct(Services.ALL, isCertain)));
    }
    if (demand.what().contains(Novelty.SERVICES)) {
      for (var part : attacks.parts()) {
        options.deadline().check();
        all.add(new News(Novelty.SERVICES, part, attacks.direct(part, isCertain)));
      }
    }
    if (demand.what().contains(Novelty.SURFACES)) {
      all.add(new News(Novelty.SURFACES, Services.ALL, attacks.grown(isCertain)));
    }
    var affected = new BitSet();
    for (var news : all) {
      for (int vm = 0; vm < news.by.length; vm++) {
        if (of.get(vm) && news.isNew(vm)) {
          affected.set(vm);
        }
      }
    }
    return () -> verdict(rule, all, affected, internet);
  }

  private Verdict verdict(PolicyRule rule, List<News> all, BitSet affected, BitSet internet) {
    Map<String, Group> groups = new LinkedHashMap<>();
    var left = new BitSet();
    for (var news : all) {
      group(rule, news, affected, internet, groups, left);
    }
    var findings = new ArrayList<Finding>();
    groups.forEach((key, group) -> findings.add(finding(rule, key, group)));
    return new Verdict(rule, affected.cardinality(), "VM", findings, left.cardinality(), false);
  }

  /// Puts VMs with the same cause together.
  ///
  /// @param left what becomes of VMs whose cause is not found
  private void group(
      PolicyRule rule,
      News news,
      BitSet affected,
      BitSet internet,
      Map<String, Group> groups,
      BitSet left) {
    Map<Long, Group> bySameTags = new HashMap<>();
    int lookedFor = 0;
    for (int vm = affected.nextSetBit(0); vm >= 0; vm = affected.nextSetBit(vm + 1)) {
      if (!news.isNew(vm)) {
        continue;
      }
      long tags = sameTags(news, vm);
      var group = bySameTags.get(tags);
      if (group == null
          && groups.size() < options.findingsMost()
          && lookedFor++ < LOOKED_FOR_MOST
          && !options.deadline().passed()) {
        group = look(rule, news, vm, internet, groups);
        bySameTags.put(tags, group);
      }
      (group == null ? left : group.vms).set(vm);
    }
  }

  /// The same for VMs whose news have the same reason.
  private long sameTags(News news, int vm) {
    var environment = after.environment();
    long other =
        switch (news.what) {
          case DIRECT, SERVICES -> environment.tagListOf(news.by[vm]);
          case EXPOSURE -> 0;
          case SURFACES -> before.environment().tagListOf(attacks.before(vm));
        };
    return other << 32 | environment.tagListOf(vm);
  }

  private Group look(
      PolicyRule rule, News news, int vm, BitSet internet, Map<String, Group> groups) {
    var filter = new RuleFilter(news.services, rule.isCertain());
    var reason =
        switch (news.what) {
          case EXPOSURE -> exposure(vm, internet, filter);
          case DIRECT, SERVICES -> direct(vm, news.by[vm], filter);
          case SURFACES -> growth(vm, news.by[vm], filter);
        };
    return groups.computeIfAbsent(
        news.key(reason.cause), ignored -> new Group(reason, news.more(), new BitSet()));
  }

  private Finding finding(PolicyRule rule, String key, Group group) {
    var cause = group.reason.cause;
    var places = causes.places(cause);
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), key),
        words.attack(group.reason.path) + group.more + ", which was not so before",
        "remove or narrow " + causes.words(cause) + ", or accept the change",
        Optional.of(group.reason.path),
        cause.rules(),
        Causes.first(places),
        Causes.others(places),
        group.vms.cardinality(),
        group.vms.stream().limit(options.examplesMost()).boxed().toList(),
        Optional.empty(),
        false);
  }

  /// A shortest attack over the rules of a filter.
  private Optional<AttackPath> path(int from, int to, RuleFilter filter) {
    if (filter.equals(RuleFilter.NONE)) {
      return AttackPath.of(after, from, to);
    }
    var conditions =
        new Conditions(Exclusions.ofRules(forbidden.avoided(filter)), OptionalInt.empty());
    return AttackRoutes.of(after, from, to, conditions, 1, Deadline.NONE).routes().stream()
        .findFirst();
  }

  /// The last hop that is new, else the last one.
  private Reason exposure(int vm, BitSet internet, RuleFilter filter) {
    var path =
        internet.stream()
            .mapToObj(from -> path(from, vm, filter))
            .flatMap(Optional::stream)
            .min(Comparator.comparingInt(each -> each.hops().size()))
            .orElseThrow();
    for (var hop : path.hops().reversed()) {
      if (hop.rules().stream().noneMatch(this::wasThere)) {
        return new Reason(causes.of(hop.rules()), path);
      }
    }
    return new Reason(causes.of(path.hops().getLast().rules()), path);
  }

  private boolean wasThere(int rule) {
    return tagPairs().contains(tagPair(after.environment(), rule));
  }

  private Set<String> tagPairs() {
    var known = tagPairs;
    if (known == null) {
      known = new LinkedHashSet<>();
      for (int rule = 0; rule < before.environment().ruleCount(); rule++) {
        known.add(tagPair(before.environment(), rule));
      }
      tagPairs = known;
    }
    return known;
  }

  private static String tagPair(Environment environment, int rule) {
    return environment.tag(environment.sourceTag(rule))
        + "\0"
        + environment.tag(environment.destTag(rule));
  }

  /// The rules that allow it, those on new pairs of tags if there are any.
  private Reason direct(int vm, int attacker, RuleFilter filter) {
    var path = path(attacker, vm, filter).orElseThrow();
    var rules = path.hops().getFirst().rules();
    var fresh = rules.stream().filter(one -> !wasThere(one)).toList();
    return new Reason(causes.of(fresh.isEmpty() ? rules : fresh), path);
  }

  private Reason growth(int vm, int at, RuleFilter filter) {
    var compared = attacks.comparison(filter.isCertain());
    var why = SurfaceCause.ofGain(compared, compared.vm(at)).orElseThrow();
    var rules = original(compared.after().environment(), why.rules());
    return new Reason(causes.of(rules), path(why.example().from(), vm, filter).orElseThrow());
  }

  /// The rules of a filtered environment, as those of the whole one.
  private List<Integer> original(Environment filtered, List<Integer> rules) {
    if (filtered == after.environment()) {
      return rules;
    }
    int[] sure =
        IntStream.range(0, after.environment().ruleCount())
            .filter(one -> after.environment().ruleDetails(one).assumed().isEmpty())
            .toArray();
    return rules.stream().map(one -> sure[one]).toList();
  }
}
