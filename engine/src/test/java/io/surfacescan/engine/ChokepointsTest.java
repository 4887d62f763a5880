package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChokepointsTest {
  @Test
  void of_aBridge_countsWhatComesOverIt() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("M", "b", "c")
            .vm("X", "d")
            .rule("r1", "a", "b")
            .rule("r2", "c", "d")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints.attackers()).isEqualTo(2);
    assertThat(chokepoints.rulePairs()).isEqualTo(2);
    assertThat(rules(environment, chokepoints)).containsExactly("[r2] 2", "[r1] 1");
    // M goes too, but is not counted for its own removal.
    assertThat(vms(environment, chokepoints)).containsExactly("M 1");
    assertThat(tags(environment, chokepoints)).containsExactly("c 2", "d 2", "a 1", "b 1");
    assertThat(chokepoints.pairs().best()).isEmpty();
  }

  @Test
  void of_twoParallelWays_namesThePairThatClosesBoth() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("M", "m")
            .vm("N", "n")
            .vm("X", "x")
            .rule("am", "a", "m")
            .rule("an", "a", "n")
            .rule("mx", "m", "x")
            .rule("nx", "n", "x")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(rules(environment, chokepoints)).containsExactly("[mx] 1", "[nx] 1");
    assertThat(vms(environment, chokepoints)).isEmpty();
    assertThat(tags(environment, chokepoints)).containsExactly("x 3", "a 1", "m 1", "n 1");
    assertThat(pairs(environment, chokepoints).getFirst()).isEqualTo("[mx] [nx] 3");
    // On A's shortest way is one of am and an; without the other nothing else is on it.
    assertThat(chokepoints.pairs().tried()).isEqualTo(3);
  }

  @Test
  void of_parallelRulesOfOneAttacker_areNothingAlone() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a", "b")
            .vm("X", "x")
            .rule("ax", "a", "x")
            .rule("bx", "b", "x")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints.rulePairs()).isEqualTo(2);
    assertThat(chokepoints.rules()).isEmpty();
    assertThat(chokepoints.ruleCount()).isZero();
    assertThat(pairs(environment, chokepoints)).containsExactly("[ax] [bx] 1");
  }

  @Test
  void of_rulesOfOneTagPair_areOneCandidate() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("X", "x")
            .rule("r", "a", "x")
            .rule("other", "a", "nobody")
            .rule("r", "a", "x")
            .rule(null, "a", "x")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints.rules()).containsExactly(new Chokepoints.Rule(List.of(0, 2, 3), 1));
    assertThat(chokepoints.rulePairs()).isEqualTo(1);
  }

  @Test
  void of_aTagOnBothWays_isSearchedFor() {
    // C has a way of its own over u, so V could come over it were its way not over t as well.
    var environment =
        new EnvironmentBuilder()
            .vm("X", "x")
            .vm("A", "t")
            .vm("C", "t", "u")
            .vm("V", "v")
            .rule("tx", "t", "x")
            .rule("ux", "u", "x")
            .rule("vt", "v", "t")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(tags(environment, chokepoints)).containsExactly("x 3", "t 2", "v 1");
    assertThat(chokepoints.tags().recomputed()).isEqualTo(1);
    assertThat(chokepoints.isComplete()).isTrue();
  }

  @Test
  void of_aVmWhoseClassHasAnotherMember_isNeverMissed_evenIfThatIsTheTarget() {
    var environment =
        new EnvironmentBuilder()
            .vm("X", "in", "out")
            .vm("Y", "in", "out")
            .vm("A", "a")
            .rule("ax", "a", "in")
            .rule("xx", "out", "in")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints.attackers()).isEqualTo(2);
    assertThat(chokepoints.vms()).isEmpty();
    assertThat(rules(environment, chokepoints)).containsExactly("[ax] 1", "[xx] 1");
  }

  @Test
  void of_aRuleThatOnlyTheTargetCouldUse_isNotCounted() {
    var environment =
        new EnvironmentBuilder()
            .vm("X", "a", "b")
            .vm("A", "c")
            .vm("B", "d")
            .rule("self", "a", "b")
            .rule("cb", "c", "b")
            .rule("bd", "b", "d")
            .build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints.rulePairs()).isEqualTo(1);
    assertThat(rules(environment, chokepoints)).containsExactly("[cb] 1");
  }

  @Test
  void of_noAttackers_namesNothing() {
    var environment =
        new EnvironmentBuilder().vm("X", "x").vm("A", "a").rule("r", "x", "a").build();
    var chokepoints = chokepoints(environment, "X");
    assertThat(chokepoints)
        .isEqualTo(
            new Chokepoints(
                0,
                0,
                0,
                List.of(),
                0,
                List.of(),
                0,
                new Chokepoints.Tags(List.of(), false, 0, true),
                new Chokepoints.Pairs(List.of(), false, 0, true)));
  }

  @Test
  void of_top_keepsTheBestAndSaysHowManyThereAre() {
    var environment =
        new EnvironmentBuilder()
            .vm("C", "c")
            .vm("B", "b")
            .vm("A", "a")
            .vm("X", "x")
            .rule("cb", "c", "b")
            .rule("ba", "b", "a")
            .rule("ax", "a", "x")
            .build();
    var chokepoints =
        Chokepoints.of(AttackGraph.of(environment), vm(environment, "X"), 1, Deadline.NONE);
    assertThat(rules(environment, chokepoints)).containsExactly("[ax] 3");
    assertThat(chokepoints.ruleCount()).isEqualTo(3);
    assertThat(vms(environment, chokepoints)).containsExactly("A 2");
    assertThat(chokepoints.vmCount()).isEqualTo(2);
    assertThat(tags(environment, chokepoints)).containsExactly("a 3");
  }

  @Test
  void of_aChainLongerThanAnyStack_losesEverythingBehindEachStep() {
    int vms = 200_000;
    var environment = SeededEnvironment.of(Shape.CHAIN, vms, vms, vms - 1, 1).build();
    var graph = AttackGraph.of(environment);
    int last = 0;
    while (AttackSurface.of(graph, last).attackers().size() < vms - 1) {
      last++;
    }
    var chokepoints = Chokepoints.of(graph, last, 3, Deadline.NONE);
    assertThat(chokepoints.rules())
        .extracting(Chokepoints.Rule::attackersLost)
        .containsExactly(vms - 1, vms - 2, vms - 3);
    assertThat(chokepoints.vms())
        .extracting(Chokepoints.Vm::attackersLost)
        .containsExactly(vms - 2, vms - 3, vms - 4);
    assertThat(chokepoints.tags().best())
        .extracting(Chokepoints.Tag::attackersLost)
        .containsExactly(vms - 1, vms - 1, vms - 2);
    assertThat(chokepoints.vmCount()).isEqualTo(vms - 2);
  }

  @Test
  void of_deadlinePassedOnceRulesAndVmsAreDone_saysWhatIsIncomplete() {
    var environment =
        new EnvironmentBuilder()
            .vm("X", "x")
            .vm("A", "t")
            .vm("C", "t", "u")
            .vm("V", "v")
            .rule("tx", "t", "x")
            .rule("ux", "u", "x")
            .rule("vt", "v", "t")
            .build();
    var graph = AttackGraph.of(environment);
    int[] asked = {0};
    var chokepoints = Chokepoints.of(graph, 0, 20, () -> asked[0]++ >= 2);
    assertThat(rules(environment, chokepoints)).containsExactly("[tx] 1", "[vt] 1");
    assertThat(chokepoints.tags().complete()).isFalse();
    assertThat(tags(environment, chokepoints)).containsExactly("x 3", "v 1");
    assertThat(chokepoints.pairs()).isEqualTo(new Chokepoints.Pairs(List.of(), false, 0, false));
    assertThat(chokepoints.isComplete()).isFalse();
    assertThatThrownBy(() -> Chokepoints.of(graph, 0, 20, () -> true))
        .isInstanceOf(DeadlinePassed.class);
  }

  @Test
  void of_topBelowOne_isRefused() {
    var graph = AttackGraph.of(new EnvironmentBuilder().vm("X").build());
    assertThatThrownBy(() -> Chokepoints.of(graph, 0, 0, Deadline.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("top is below 1: 0");
  }

  @Test
  void environment_ranksRulesByPairsLost_andBoundsWhatWasNotWorkedOut() {
    // C attacks B, A and X; B attacks A and X; A attacks X: 6 pairs, and the step in the middle of
    // the chain is on the most of them.
    var environment =
        new EnvironmentBuilder()
            .vm("C", "c")
            .vm("B", "b")
            .vm("A", "a")
            .vm("X", "x")
            .rule("cb", "c", "b")
            .rule("ba", "b", "a")
            .rule("again", "b", "a")
            .rule("ax", "a", "x")
            .rule("phantom", "a", "nobody")
            .build();
    var graph = AttackGraph.of(environment);
    var sizes = SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE);
    assertThat(EnvironmentChokepoints.of(graph, sizes, 20, 20, Deadline.NONE, Progress.NONE))
        .isEqualTo(
            new EnvironmentChokepoints(
                6,
                3,
                3,
                List.of(
                    new EnvironmentChokepoints.Rule(List.of(1, 2), 4, true),
                    new EnvironmentChokepoints.Rule(List.of(3), 3, true),
                    new EnvironmentChokepoints.Rule(List.of(0), 3, true)),
                0,
                true,
                true));
    // The one in the middle comes first, though no bound tells: the products are 2 x 4, 3 x 3 and
    // 4 x 2, but there are no more than 6 pairs to lose.
    var one = EnvironmentChokepoints.of(graph, sizes, 20, 1, Deadline.NONE, Progress.NONE);
    assertThat(one.exactCount()).isEqualTo(1);
    assertThat(one.rules())
        .extracting(EnvironmentChokepoints.Rule::exact)
        .containsExactly(true, false, false);
    assertThat(one.rules())
        .extracting(EnvironmentChokepoints.Rule::pairsLost)
        .containsExactly(4L, 6L, 6L);
    assertThat(one.proven()).isFalse();
    var late = EnvironmentChokepoints.of(graph, sizes, 20, 20, () -> true, Progress.NONE);
    assertThat(late.complete()).isFalse();
    assertThat(late.exactCount()).isZero();
    assertThat(late.othersLoseAtMost()).isEqualTo(6);
  }

  private static Chokepoints chokepoints(Environment environment, String id) {
    return Chokepoints.of(AttackGraph.of(environment), vm(environment, id), 20, Deadline.NONE);
  }

  private static int vm(Environment environment, String id) {
    return environment.findVm(id).orElseThrow();
  }

  private static List<String> rules(Environment environment, Chokepoints chokepoints) {
    return chokepoints.rules().stream()
        .map(rule -> ids(environment, rule.rules()) + " " + rule.attackersLost())
        .toList();
  }

  private static List<String> vms(Environment environment, Chokepoints chokepoints) {
    return chokepoints.vms().stream()
        .map(vm -> environment.vmId(vm.vm()) + " " + vm.attackersLost())
        .toList();
  }

  private static List<String> tags(Environment environment, Chokepoints chokepoints) {
    return chokepoints.tags().best().stream()
        .map(tag -> environment.tag(tag.tag()) + " " + tag.attackersLost())
        .toList();
  }

  private static List<String> pairs(Environment environment, Chokepoints chokepoints) {
    return chokepoints.pairs().best().stream()
        .map(pair ->
            ids(environment, pair.first())
                + " "
                + ids(environment, pair.second())
                + " "
                + pair.attackersLost())
        .toList();
  }

  private static List<String> ids(Environment environment, List<Integer> rules) {
    return rules.stream().map(rule -> environment.rule(rule).id().orElse("-")).toList();
  }

  @Test
  void environment_takesWhatLosesMostFirst_notWhatCouldLoseMost() {
    // The crowd reaches the farm over two rules of the middle each, so that these have the highest
    // bounds and lose nothing; the side has one way in only.
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < 20; i++) {
      builder.vm("crowd" + i, "crowd").vm("farm" + i, "farm");
    }
    for (int i = 0; i < 3; i++) {
      builder.vm("side" + i, "side");
    }
    var environment =
        builder
            .vm("M", "m", "n")
            .vm("S", "s")
            .rule("cm", "crowd", "m")
            .rule("cn", "crowd", "n")
            .rule("mf", "m", "farm")
            .rule("nf", "n", "farm")
            .rule("sx", "s", "side")
            .build();
    var graph = AttackGraph.of(environment);
    var sizes = SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE);
    // No ways round are looked for, so that each rule costs one.
    var one = EnvironmentChokepoints.of(graph, sizes, 1, 1, 0, Deadline.NONE, Progress.NONE);
    assertThat(one.rules()).containsExactly(new EnvironmentChokepoints.Rule(List.of(4), 3, true));
    assertThat(one.othersLoseAtMost()).isGreaterThan(3);
    assertThat(one.proven()).isFalse();
    var all = EnvironmentChokepoints.of(graph, sizes, 1, 5, Deadline.NONE, Progress.NONE);
    assertThat(all.rules()).isEqualTo(one.rules());
    assertThat(all.proven()).isTrue();
  }
}
