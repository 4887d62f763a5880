package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackSurface;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.testkit.Seeds;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RealChokepointsTest {
  private static final Question CHOKEPOINTS = Questions.named("chokepoints");
  private static final int WORLDS = 300;

  /// Up to this seed the counts of worlds without such a rule are checked too.
  private static final int SEEDS_ALL = 20;

  private static final Parameter VM = RealWorld.parameter(CHOKEPOINTS, "vm_id");

  @Test
  void ofVm_losesWhatTheRealEnvironmentDoesWithoutTheRule() {
    var counts = new int[2];
    Seeds.check(
        WORLDS,
        seed -> {
          var world = RealWorld.placed(seed);
          var model = world.lowered().model();
          int vm = (int) (seed % model.endpoints().size());
          var arguments = new Arguments.Builder(false).vms(VM, world.vm(vm)).build();
          var answer = (ChokepointsQuestion.OfVm) CHOKEPOINTS.answer(world.context(arguments));
          var real = answer.real().orElseThrow();
          if (real.rules().isEmpty() && seed > SEEDS_ALL) {
            return;
          }
          var before = new NaiveReach(model);
          assertThat(real.all()).isEqualTo(before.attackers(vm).cardinality());
          assertThat(real.isWhole()).isTrue();
          long last = Long.MAX_VALUE;
          for (var rule : real.rules()) {
            var without =
                new NaiveReach(NaiveReach.edited(model, Set.of(rule.rule().id()), List.of()));
            var lost = before.attackers(vm);
            lost.andNot(without.attackers(vm));
            assertThat(rule.isExact()).isTrue();
            assertThat(rule.lost()).as(rule.rule().id()).isEqualTo(lost.cardinality());
            assertThat(rule.lost()).isLessThanOrEqualTo(last);
            last = rule.lost();
            counts[0]++;
            counts[1] += rule.lost() > 0 ? 1 : 0;
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("rules").isGreaterThan(20);
      assertThat(counts[1]).as("rules that lose an attacker").isGreaterThan(15);
    }
  }

  /// No rule is forgotten that loses an attacker: what is compared is all that may.
  @Test
  void ofVm_namesAllRulesThatLoseAnAttacker() {
    var counts = new int[1];
    Seeds.check(
        60,
        seed -> {
          var world = RealWorld.placed(seed);
          var model = world.lowered().model();
          int vm = (int) (seed % model.endpoints().size());
          var arguments = new Arguments.Builder(false).vms(VM, world.vm(vm)).build();
          var answer = (ChokepointsQuestion.OfVm) CHOKEPOINTS.answer(world.context(arguments));
          var real = answer.real().orElseThrow();
          assertThat(real.compared()).isEqualTo(real.total());
          var before = new NaiveReach(model).attackers(vm);
          var losses = new TreeMap<String, Integer>();
          for (var rule : model.realRules().values()) {
            if (rule.place().isPresent() && !before.isEmpty()) {
              var edited = NaiveReach.edited(model, Set.of(rule.id()), List.of());
              int lost = before.cardinality() - new NaiveReach(edited).left(vm, before);
              if (lost > 0) {
                losses.put(rule.id(), lost);
              }
            }
          }
          var found = new TreeMap<String, Integer>();
          real.rules().stream()
              .filter(rule -> rule.lost() > 0)
              .forEach(rule -> found.put(rule.rule().id(), (int) rule.lost()));
          assertThat(losses).containsAllEntriesOf(found);
          assertThat(found.values())
              .containsExactlyInAnyOrderElementsOf(
                  losses.values().stream()
                      .sorted(Comparator.reverseOrder())
                      .limit(RealChokepoints.MOST)
                      .toList());
          counts[0] += losses.size();
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).isGreaterThan(5);
    }
  }

  @Test
  void ofAll_losesWhatTheRealEnvironmentDoesWithoutTheRule() {
    var counts = new int[1];
    Seeds.check(
        WORLDS,
        seed -> {
          var world = RealWorld.placed(seed);
          var model = world.lowered().model();
          var answer =
              (ChokepointsQuestion.OfAll)
                  CHOKEPOINTS.answer(world.context(new Arguments.Builder(false).build()));
          var real = answer.real().orElseThrow();
          if (real.rules().isEmpty() && seed > SEEDS_ALL) {
            return;
          }
          long before = new NaiveReach(model).pairs();
          assertThat(real.all()).isEqualTo(before);
          for (var rule : real.rules()) {
            var edited = NaiveReach.edited(model, Set.of(rule.rule().id()), List.of());
            assertThat(rule.lost())
                .as(rule.rule().id())
                .isEqualTo(before - new NaiveReach(edited).pairs());
            counts[0]++;
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).isGreaterThan(15);
    }
  }

  /// What the time limit leaves has a bound that holds.
  @Test
  void ofVm_whenTimeIsUp_hasLowerBounds() {
    var counts = new int[2];
    Seeds.check(
        WORLDS,
        seed -> {
          var world = RealWorld.placed(seed);
          var model = world.lowered().model();
          int vm = (int) (seed % model.endpoints().size());
          var arguments = new Arguments.Builder(false).vms(VM, world.vm(vm)).build();
          var context = world.context(arguments);
          var whole = (ChokepointsQuestion.OfVm) CHOKEPOINTS.answer(context);
          var real =
              RealChokepoints.ofVm(
                  context, world.lowered(), RuleFilter.NONE, whole.chokepoints(), 10, () -> true);
          if (real.rules().isEmpty()) {
            boolean isAttacked = !AttackSurface.of(context.graph(), vm).attackers().isEmpty();
            assertThat(real.isWhole()).isEqualTo(!isAttacked);
            return;
          }
          var before = new NaiveReach(model);
          for (var rule : real.rules()) {
            var without =
                new NaiveReach(NaiveReach.edited(model, Set.of(rule.rule().id()), List.of()));
            var lost = before.attackers(vm);
            lost.andNot(without.attackers(vm));
            assertThat(rule.isExact()).isFalse();
            assertThat(rule.lost()).isBetween(0L, (long) lost.cardinality());
            counts[0]++;
            counts[1] += rule.lost() > 0 ? 1 : 0;
          }
          assertThat(real.isWhole()).isFalse();
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("rules").isGreaterThan(20);
      assertThat(counts[1]).as("bounds above nothing").isGreaterThan(3);
    }
  }
}
