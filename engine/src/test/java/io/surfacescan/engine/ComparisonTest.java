package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEdits;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two environments side by side against the definition, executed naively on both.
class ComparisonTest {
  private static final int ENVIRONMENTS = 400;

  /// An environment as the naive definition sees it, by ids.
  private record Naive(
      NaiveOracle oracle,
      Map<String, Set<String>> attackers,
      Map<String, Set<String>> tags,
      Set<List<String>> pairs) {
    static Naive of(Environment environment) {
      var oracle = NaiveOracle.of(environment);
      var tags = new TreeMap<String, Set<String>>();
      var pairs = new HashSet<List<String>>();
      environment.rules().forEach(rule -> pairs.add(List.of(rule.sourceTag(), rule.destTag())));
      var attackers = new TreeMap<String, Set<String>>();
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        attackers.put(environment.vmId(vm), oracle.ids(oracle.attackers(vm).keySet()));
        tags.put(environment.vmId(vm), Set.copyOf(environment.vm(vm).tags()));
      }
      return new Naive(oracle, attackers, tags, pairs);
    }

    Environment environment() {
      return oracle.environment();
    }

    boolean has(String id) {
      return attackers.containsKey(id);
    }

    Set<String> attackers(String id) {
      return attackers.getOrDefault(id, Set.of());
    }

    Set<String> victims(String id) {
      var victims = new TreeSet<String>();
      attackers.forEach((victim, of) -> {
        if (of.contains(id)) {
          victims.add(victim);
        }
      });
      return victims;
    }

    long pairCount() {
      return attackers.values().stream().mapToLong(Set::size).sum();
    }

    int vm(String id) {
      return environment().findVm(id).orElseThrow();
    }

    boolean attacksDirectly(String from, String to) {
      return has(from) && has(to) && oracle.attacksDirectly(vm(from), vm(to));
    }

    boolean carries(String id, String tag) {
      return tags.getOrDefault(id, Set.of()).contains(tag);
    }

    boolean joins(String source, String dest) {
      return pairs.contains(List.of(source, dest));
    }
  }

  /// A comparison and what it is held to.
  private record Case(Comparison comparison, Naive before, Naive after) {
    Case reversed() {
      return new Case(comparison.reversed(), after, before);
    }

    Set<String> ids() {
      var ids = new TreeSet<>(before.attackers().keySet());
      ids.addAll(after.attackers().keySet());
      return ids;
    }

    Set<String> gained(String id) {
      return minus(after.attackers(id), before.attackers(id));
    }

    Set<String> lost(String id) {
      return minus(before.attackers(id), after.attackers(id));
    }
  }

  private interface CaseCheck {
    void holds(Case checked);
  }

  private static Case edited(Environment before, Edits edits) throws Exception {
    var comparison = Comparison.of(AttackGraph.of(before), EditedEnvironment.of(before, edits));
    return new Case(comparison, Naive.of(before), Naive.of(RandomEdits.rebuilt(before, edits)));
  }

  private static Case readApart(Environment before, Environment after) {
    return new Case(
        Comparison.of(AttackGraph.of(before), AttackGraph.of(after)),
        Naive.of(before),
        Naive.of(after));
  }

  /// Edited environments, edited ones read apart in another order, and unrelated ones.
  private static void checkAll(CaseCheck check) {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var before = RandomEnvironments.of(seed);
          var edits = RandomEdits.of(before, seed);
          check.holds(edited(before, edits));
          switch ((int) (seed % 3)) {
            case 0 -> check.holds(readApart(before, backwards(RandomEdits.rebuilt(before, edits))));
            case 1 -> check.holds(readApart(before, RandomEnvironments.of(seed + 1_000_000)));
            default -> {}
          }
        });
  }

  /// The same facts in another order, so that no index is the same.
  private static Environment backwards(Environment environment) {
    var builder = new EnvironmentBuilder();
    for (int rule = environment.ruleCount() - 1; rule >= 0; rule--) {
      var view = environment.rule(rule);
      builder.rule(view.id().orElse(null), view.sourceTag(), view.destTag());
    }
    for (int vm = environment.vmCount() - 1; vm >= 0; vm--) {
      var view = environment.vm(vm);
      builder.vm(view.id(), view.name().orElse(null), view.tags().reversed());
    }
    return builder.build();
  }

  private static Set<String> minus(Set<String> some, Set<String> others) {
    var left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static Set<String> ids(AttackGraph graph, Ranks ranks) {
    var ids = new TreeSet<String>();
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        assertThat(ids.add(graph.environment().vmId(graph.vmAt(rank)))).isTrue();
      }
    }
    return ids;
  }

  @Test
  void find_knowsWhereAVmIs() {
    checkAll(checked -> {
      assertThat(checked.comparison().vmCount()).isEqualTo(checked.ids().size());
      for (String id : checked.ids()) {
        var vm = checked.comparison().find(id).orElseThrow();
        assertThat(vm.isBefore()).isEqualTo(checked.before().has(id));
        assertThat(vm.isAfter()).isEqualTo(checked.after().has(id));
        assertThat(checked.comparison().id(vm)).isEqualTo(id);
      }
      assertThat(checked.comparison().find("no such VM anywhere")).isEmpty();
    });
  }

  @Test
  void surfaceChange_namesWhoCameAndWhoWent() {
    checkAll(checked -> {
      var comparison = checked.comparison();
      for (String id : checked.ids()) {
        var vm = comparison.find(id).orElseThrow();
        var attackers = SurfaceChange.ofAttackers(comparison, vm);
        assertThat(attackers.before()).isEqualTo(checked.before().attackers(id).size());
        assertThat(attackers.after()).isEqualTo(checked.after().attackers(id).size());
        assertThat(ids(comparison.after(), attackers.gained())).isEqualTo(checked.gained(id));
        assertThat(ids(comparison.before(), attackers.lost())).isEqualTo(checked.lost(id));

        var victims = SurfaceChange.ofVictims(comparison, vm);
        var then = checked.before().victims(id);
        var now = checked.after().victims(id);
        assertThat(victims.before()).isEqualTo(then.size());
        assertThat(victims.after()).isEqualTo(now.size());
        assertThat(ids(comparison.after(), victims.gained())).isEqualTo(minus(now, then));
        assertThat(ids(comparison.before(), victims.lost())).isEqualTo(minus(then, now));
      }
    });
  }

  @Test
  void surfaceChanges_countsAllPairs_andTheVmsThatChangedMost() {
    checkAll(checked -> {
      var comparison = checked.comparison();
      var changes = SurfaceChanges.of(comparison, 3, Deadline.NONE, Progress.NONE);
      long gained = 0;
      long lost = 0;
      for (int compared = 0; compared < comparison.vmCount(); compared++) {
        String id = comparison.id(comparison.vm(compared));
        assertThat(changes.gained(compared)).isEqualTo(checked.gained(id).size());
        assertThat(changes.lost(compared)).isEqualTo(checked.lost(id).size());
        gained += checked.gained(id).size();
        lost += checked.lost(id).size();
      }
      assertThat(changes.isTruncated()).isFalse();
      assertThat(changes.pairsGained()).isEqualTo(gained);
      assertThat(changes.pairsLost()).isEqualTo(lost);
      assertThat(changes.pairsBefore()).isEqualTo(checked.before().pairCount());
      assertThat(changes.pairsAfter()).isEqualTo(checked.after().pairCount());
      var inBoth =
          checked.ids().stream()
              .filter(id -> checked.before().has(id) && checked.after().has(id))
              .toList();
      assertThat(changes.grownVms())
          .isEqualTo((int) inBoth.stream().filter(id -> !checked.gained(id).isEmpty()).count());
      assertThat(changes.shrunkVms())
          .isEqualTo((int) inBoth.stream().filter(id -> !checked.lost(id).isEmpty()).count());
      assertThat(changes.changedVms())
          .isEqualTo(
              (int)
                  inBoth.stream()
                      .filter(id ->
                          !checked.before().attackers(id).equals(checked.after().attackers(id)))
                      .count());
      assertThat(changes.worst()).isEqualTo(worst(checked, inBoth, 3));
    });
  }

  private static List<SurfaceChanges.Change> worst(Case checked, List<String> ids, int most) {
    var before = checked.before().environment();
    return ids.stream()
        .map(id ->
            new SurfaceChanges.Change(
                new ComparedVm(
                    before.findVm(id).orElseThrow(),
                    checked.comparison().after().environment().findVm(id).orElseThrow()),
                checked.before().attackers(id).size(),
                checked.after().attackers(id).size(),
                checked.gained(id).size(),
                checked.lost(id).size()))
        .filter(change -> change.gained() + change.lost() > 0)
        .sorted(
            Comparator.<SurfaceChanges.Change>comparingInt(
                    change -> -change.gained() - change.lost())
                .thenComparingInt(change -> -change.gained())
                .thenComparingInt(change -> change.vm().before()))
        .limit(most)
        .toList();
  }

  @Test
  void byBlock_agrees_whereSizesSayAllToo() {
    checkAll(checked -> {
      var comparison = checked.comparison();
      var suspected = SuspectedClasses.of(comparison);
      int[] gained = new int[comparison.classes().size()];
      int[] lost = new int[gained.length];
      new ChangesByBlock(comparison, gained, lost, Deadline.NONE, Progress.NONE).count(suspected);
      for (int compared = 0; compared < comparison.vmCount(); compared++) {
        String id = comparison.id(comparison.vm(compared));
        int joint = comparison.classes().ofVm()[compared];
        assertThat(gained[joint]).isEqualTo(checked.gained(id).size());
        assertThat(lost[joint]).isEqualTo(checked.lost(id).size());
      }
    });
  }

  @Test
  void surfaceCause_namesTheRulesOfNewHopsOnTheWayOfNewAttackers() {
    checkAll(checked -> {
      for (String id : checked.ids()) {
        var vm = checked.comparison().find(id).orElseThrow();
        checkCause(checked, id, SurfaceCause.ofGain(checked.comparison(), vm));
        checkCause(checked.reversed(), id, SurfaceCause.ofLoss(checked.comparison(), vm));
      }
    });
  }

  private static void checkCause(Case checked, String id, Optional<SurfaceCause> cause) {
    var gained = checked.gained(id);
    if (gained.isEmpty()) {
      assertThat(cause).isEmpty();
      return;
    }
    var after = checked.comparison().after().environment();
    var found = new ArrayList<FirewallRule>();
    cause.orElseThrow().rules().forEach(rule -> found.add(after.rule(rule)));
    assertThat(cause.orElseThrow().rules()).isSorted().doesNotHaveDuplicates();
    assertThat(found).containsExactlyInAnyOrderElementsOf(causes(checked, id, gained)).isNotEmpty();

    var path = cause.orElseThrow().example();
    var hops = checked.after().oracle().attackers(checked.after().vm(id));
    int nearest =
        gained.stream()
            .mapToInt(attacker -> hops.get(checked.after().vm(attacker)))
            .min()
            .orElseThrow();
    assertThat(gained).contains(after.vmId(path.from()));
    assertThat(after.vmId(path.to())).isEqualTo(id);
    assertThat(path.hops()).hasSize(nearest);
    var first = path.hops().getFirst();
    assertThat(checked.before().attacksDirectly(after.vmId(first.from()), after.vmId(first.to())))
        .isFalse();
    assertThat(cause.orElseThrow().rules()).containsAll(first.rules());
  }

  /// By definition: every hop from a VM that a new attacker reaches without passing over the VM to
  /// one that attacks the VM or is it, held against every rule.
  private static List<FirewallRule> causes(Case checked, String id, Set<String> gained) {
    var after = checked.after();
    var before = checked.before();
    var reached = new TreeSet<>(gained);
    var waiting = new ArrayList<>(gained);
    while (!waiting.isEmpty()) {
      String from = waiting.removeLast();
      for (String to : after.attackers().keySet()) {
        if (!to.equals(id) && after.attacksDirectly(from, to) && reached.add(to)) {
          waiting.add(to);
        }
      }
    }
    var ends = new TreeSet<>(after.attackers(id));
    ends.add(id);
    var causes = new ArrayList<FirewallRule>();
    for (var rule : after.environment().rules()) {
      boolean named = false;
      for (String from : reached) {
        for (String to : ends) {
          named |=
              !from.equals(to)
                  && after.carries(from, rule.sourceTag())
                  && after.carries(to, rule.destTag())
                  && !(before.carries(from, rule.sourceTag())
                      && before.carries(to, rule.destTag())
                      && before.joins(rule.sourceTag(), rule.destTag()));
        }
      }
      if (named) {
        causes.add(rule);
      }
    }
    return causes;
  }

  @Test
  void newDirectAttack_isFoundIfThereIsOne() {
    checkAll(checked -> {
      var after = checked.after();
      boolean any =
          after.attackers().keySet().stream()
              .anyMatch(to ->
                  after.attackers().keySet().stream()
                      .anyMatch(from ->
                          after.attacksDirectly(from, to)
                              && !checked.before().attacksDirectly(from, to)));
      var found = NewDirectAttack.find(checked.comparison(), Deadline.NONE);
      assertThat(found.isPresent()).isEqualTo(any);
      found.ifPresent(attack -> {
        var environment = checked.comparison().after().environment();
        String from = environment.vmId(attack.from());
        String to = environment.vmId(attack.to());
        assertThat(after.attacksDirectly(from, to)).isTrue();
        assertThat(checked.before().attacksDirectly(from, to)).isFalse();
      });
    });
  }

  @Test
  void of_edits_keepsTheGraphThatWasAsked() throws Exception {
    var before = bridge();
    var graph = AttackGraph.of(before);
    int target = before.findVm("x").orElseThrow();
    var surface = AttackSurface.of(graph, target);
    var edits =
        new Edits(
            List.of(new RuleName.WithId("fw-2")), List.of(), List.of(), List.of(), List.of("m"));
    var after = Comparison.of(graph, EditedEnvironment.of(before, edits)).after();
    assertThat(AttackSurface.of(after, target).attackers().isEmpty()).isTrue();
    assertThat(AttackSurface.of(graph, target)).isEqualTo(surface);
  }

  /// a attacks m over fw-1, m attacks x over fw-2; n can do nothing.
  private static Environment bridge() {
    return new EnvironmentBuilder()
        .vm("a", "a")
        .vm("m", "b", "c")
        .vm("x", "d")
        .vm("n", "e")
        .rule("fw-1", "a", "b")
        .rule("fw-2", "c", "d")
        .build();
  }

  @Test
  void removedVm_takesItsAttackersBehindItAlong_andIsNoWorstChangeItself() throws Exception {
    var edits = new Edits(List.of(), List.of(), List.of(), List.of(), List.of("m"));
    var comparison = Comparison.of(AttackGraph.of(bridge()), EditedEnvironment.of(bridge(), edits));
    var changes = SurfaceChanges.of(comparison, 20, Deadline.NONE, Progress.NONE);
    // a -> m, a -> x and m -> x.
    assertThat(changes.pairsBefore()).isEqualTo(3);
    assertThat(changes.pairsLost()).isEqualTo(3);
    assertThat(changes.pairsAfter()).isZero();
    assertThat(changes.worst())
        .containsExactly(new SurfaceChanges.Change(new ComparedVm(2, 2), 2, 0, 0, 2));
    var cause = SurfaceCause.ofLoss(comparison, new ComparedVm(2, 2)).orElseThrow();
    // a lost its way over fw-1 and fw-2, whose hops to and from m are gone.
    assertThat(cause.rules()).containsExactly(0, 1);
    assertThat(cause.example().from()).isEqualTo(1);
  }

  @Test
  void equalSizes_areNotEqualSurfaces() throws Exception {
    var edits =
        new Edits(
            List.of(),
            List.of(),
            List.of(new TagOfVm("a", "a")),
            List.of(new TagOfVm("n", "a")),
            List.of());
    var comparison = Comparison.of(AttackGraph.of(bridge()), EditedEnvironment.of(bridge(), edits));
    var changes = SurfaceChanges.of(comparison, 20, Deadline.NONE, Progress.NONE);
    assertThat(changes.pairsBefore()).isEqualTo(changes.pairsAfter());
    assertThat(changes.pairsGained()).isEqualTo(2);
    assertThat(changes.pairsLost()).isEqualTo(2);
    var change = SurfaceChange.ofAttackers(comparison, comparison.find("x").orElseThrow());
    assertThat(ids(comparison.after(), change.gained())).containsExactly("n");
    assertThat(ids(comparison.before(), change.lost())).containsExactly("a");
  }

  @Test
  void ruleWithAnotherIdButTheSameTags_isNoCause() throws Exception {
    var edits =
        new Edits(
            List.of(new RuleName.WithId("fw-1")),
            List.of(
                new FirewallRule(Optional.of("fw-3"), "a", "b"),
                new FirewallRule(Optional.of("fw-4"), "e", "b")),
            List.of(),
            List.of(),
            List.of());
    var comparison = Comparison.of(AttackGraph.of(bridge()), EditedEnvironment.of(bridge(), edits));
    var x = comparison.find("x").orElseThrow();
    assertThat(SurfaceCause.ofLoss(comparison, x)).isEmpty();
    var cause = SurfaceCause.ofGain(comparison, x).orElseThrow();
    assertThat(cause.rules())
        .extracting(rule -> comparison.after().environment().rule(rule).id().orElseThrow())
        .containsExactly("fw-4");
  }

  /// 1,500 VMs in a chain of direct attacks, so that several blocks are needed; the link in the
  /// middle is cut, and the last VM is put before the first.
  @Test
  void longChain_isCountedInSeveralBlocks() throws Exception {
    int vms = 1_500;
    var before = chain(vms);
    var edits =
        new Edits(
            List.of(new RuleName.WithTags("t749", "t750")),
            List.of(new FirewallRule(Optional.empty(), "t1499", "t0")),
            List.of(),
            List.of(),
            List.of());
    var comparison = Comparison.of(AttackGraph.of(before), EditedEnvironment.of(before, edits));
    var changes = SurfaceChanges.of(comparison, 2, Deadline.NONE, Progress.NONE);
    for (int vm = 0; vm < vms; vm++) {
      // Before, VM n is attacked by 0 to n - 1. After, the chain is 750 to 1499, then 0 to 749.
      assertThat(changes.gained(vm)).isEqualTo(vm < 750 ? 750 : 0);
      assertThat(changes.lost(vm)).isEqualTo(vm < 750 ? 0 : 750);
    }
    assertThat(changes.pairsBefore()).isEqualTo(vms * (vms - 1) / 2);
    assertThat(changes.pairsAfter()).isEqualTo(vms * (vms - 1) / 2);
    assertThat(changes.worst())
        .containsExactly(
            new SurfaceChanges.Change(new ComparedVm(0, 0), 0, 750, 750, 0),
            new SurfaceChanges.Change(new ComparedVm(1, 1), 1, 751, 750, 0));
  }

  private static Environment chain(int vms) {
    var builder = new EnvironmentBuilder();
    IntStream.range(0, vms).forEach(vm -> builder.vm("vm-" + vm, "t" + vm));
    IntStream.range(0, vms - 1).forEach(vm -> builder.rule(null, "t" + vm, "t" + (vm + 1)));
    return builder.build();
  }

  @Test
  void deadline_inTheSizes_endsTheQuestion() throws Exception {
    var comparison =
        Comparison.of(AttackGraph.of(bridge()), EditedEnvironment.of(bridge(), Edits.NONE));
    assertThatThrownBy(() -> SurfaceChanges.of(comparison, 1, () -> true, Progress.NONE))
        .isInstanceOf(DeadlinePassed.class);
  }

  @Test
  void deadline_inTheComparison_isSaid() throws Exception {
    var before = chain(100);
    var edits =
        new Edits(
            List.of(new RuleName.WithTags("t49", "t50")),
            List.of(new FirewallRule(Optional.empty(), "t99", "t0")),
            List.of(),
            List.of(),
            List.of());
    var comparison = Comparison.of(AttackGraph.of(before), EditedEnvironment.of(before, edits));
    int[] gained = new int[100];
    int[] lost = new int[100];
    new ChangesByBlock(comparison, gained, lost, () -> true, Progress.NONE)
        .count(SuspectedClasses.of(comparison));
    assertThat(gained).containsOnly(ChangesByBlock.UNKNOWN);
    // The sizes need one look at the clock here, the comparison another.
    var looks = new AtomicInteger();
    var changes =
        SurfaceChanges.of(comparison, 5, () -> looks.incrementAndGet() > 1, Progress.NONE);
    assertThat(changes.isTruncated()).isTrue();
    assertThat(changes.unknownVms()).isEqualTo(100);
    assertThat(changes.worst()).isEmpty();
  }

  @Test
  void suspectedClasses_leavesOutWhatTheEditsCannotReach() throws Exception {
    var before = chain(100);
    var edits =
        new Edits(
            List.of(new RuleName.WithTags("t49", "t50")),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    var comparison = Comparison.of(AttackGraph.of(before), EditedEnvironment.of(before, edits));
    assertThat(SuspectedClasses.of(comparison)).hasSize(50);
  }

  @Test
  void graphOfEditedRules_sharesClassesOnlyWhereTheyAreTheSame() throws Exception {
    var before = AttackGraph.of(bridge());
    var parallel =
        new Edits(
            List.of(),
            List.of(new FirewallRule(Optional.empty(), "a", "d")),
            List.of(),
            List.of(),
            List.of());
    var same = EditedEnvironment.of(bridge(), parallel);
    assertThat(same.after().ruleCount()).isEqualTo(3);
    var environment = before.environment();
    var after = AttackGraph.of(EditedEnvironment.of(environment, parallel).after(), before);
    assertThat(after.classes().size()).isEqualTo(before.classes().size());
    assertThat(AttackSurface.of(after, 2).attackers().size()).isEqualTo(2);
    var wakes =
        new Edits(
            List.of(),
            List.of(new FirewallRule(Optional.empty(), "e", "d")),
            List.of(),
            List.of(),
            List.of());
    var woken = AttackGraph.of(EditedEnvironment.of(environment, wakes).after(), before);
    assertThat(AttackSurface.of(woken, 2).attackers().size()).isEqualTo(3);
  }
}
