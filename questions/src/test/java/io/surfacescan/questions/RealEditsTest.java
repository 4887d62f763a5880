package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.Ranks;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Origin;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.real.RealChanges;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RealEditsTest {
  private static final int WORLDS = 80;

  private static Edits edits(List<String> removed, List<RuleScope> narrowed, List<String> vms) {
    return new Edits(
        removed.stream().<RuleName>map(RuleName.WithId::new).toList(),
        List.of(),
        List.of(),
        List.of(),
        vms,
        narrowed,
        List.of());
  }

  private static EditsEffect effect(RealWorld world, Edits edits) throws QuestionRefused {
    var all =
        IntStream.range(0, world.lowered().model().endpoints().size())
            .mapToObj(vm -> world.vm(vm).getFirst())
            .toList();
    var arguments =
        new Arguments.Builder(false)
            .edits(edits)
            .vms(WhatIfQuestion.VMS, all)
            .flag(WhatIfQuestion.ENVIRONMENT, true)
            .build();
    return (EditsEffect) Questions.WHAT_IF.answer(world.context(arguments));
  }

  private static <T> T any(SplittableRandom random, List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /// Rules with an id of their own, which can be taken for what was asked: gates of these worlds
  /// name each rule once.
  private static List<String> ids(ReachabilityModel model) {
    return List.copyOf(model.realRules().keySet());
  }

  private static List<String> rules(ReachabilityModel model) {
    return model.gates().stream()
        .flatMap(gate -> gate.tiers().stream())
        .flatMap(tier -> tier.rules().stream())
        .map(GateRule::id)
        .toList();
  }

  @Test
  void effect_isThatOfTheEditedRealEnvironment() {
    var counts = new int[3];
    Seeds.check(
        WORLDS,
        seed -> {
          var world = RealWorld.of(seed);
          var model = world.lowered().model();
          var random = new SplittableRandom(seed);
          List<String> removed = new ArrayList<>();
          for (int i = random.nextInt(3); i >= 0; i--) {
            removed.add(any(random, ids(model)));
          }
          var narrowed = new ArrayList<RuleScope>();
          if (!rules(model).isEmpty()) {
            narrowed.add(
                new RuleScope(
                    any(random, rules(model)),
                    Services.parse("tcp/22-443").orElseThrow(),
                    random.nextBoolean()
                        ? List.of()
                        : List.of(AddressRange.parse("10.0.0.0/29").orElseThrow())));
          }
          var effect = effect(world, edits(removed, narrowed, List.of()));
          var before = new NaiveReach(model);
          var after = new NaiveReach(NaiveReach.edited(model, Set.copyOf(removed), narrowed));
          for (int vm = 0; vm < model.endpoints().size(); vm++) {
            var found = effect.vms().get(vm);
            var gained = after.attackers(vm);
            gained.andNot(before.attackers(vm));
            var lost = before.attackers(vm);
            lost.andNot(after.attackers(vm));
            var comparison = effect.comparison();
            assertThat(vms(comparison.after(), found.attackers().gained(), model))
                .isEqualTo(gained);
            assertThat(vms(comparison.before(), found.attackers().lost(), model)).isEqualTo(lost);
            counts[0] += gained.cardinality();
            counts[1] += lost.cardinality();
          }
          assertThat(effect.real().removed())
              .extracting(Origin::id)
              .containsExactlyInAnyOrderElementsOf(Set.copyOf(removed));
          counts[2] += effect.real().narrowed().size();
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("attackers that came").isGreaterThan(8);
      assertThat(counts[1]).as("attackers that went").isGreaterThan(15);
      assertThat(counts[2]).isGreaterThan(WORLDS / 4);
    }
  }

  private static BitSet vms(AttackGraph graph, Ranks ranks, ReachabilityModel model) {
    var vms = new BitSet();
    for (int i = 0; i < ranks.size(); i++) {
      int vm = graph.vmAt(ranks.at(i));
      if (vm < model.endpoints().size()) {
        vms.set(vm);
      }
    }
    return vms;
  }

  /// VMs that go beside real rules are gone from the environment that these come to.
  @Test
  void vms_mayGoToo() {
    Seeds.check(
        20,
        seed -> {
          var world = RealWorld.of(seed);
          var model = world.lowered().model();
          var gone = List.of("e0");
          var effect = effect(world, edits(List.of(ids(model).getFirst()), List.of(), gone));
          assertThat(effect.vms().getFirst().vm().isAfter()).isFalse();
          assertThat(effect.vms().getFirst().victims().after()).isZero();
          for (var vm : effect.vms()) {
            assertThat(vms(effect.comparison().after(), vm.attackers().gained(), model).get(0))
                .isFalse();
          }
        });
  }

  @Test
  void ruleThatComesBesideAnother_allowsWhatItSays() throws QuestionRefused {
    var a = new NetworkInterface(Marks.of("a"), AddressRange.parse("10.0.0.1").orElseThrow());
    var b = new NetworkInterface(Marks.of("b"), AddressRange.parse("10.0.0.2").orElseThrow());
    var everyone = Selector.everyone();
    var ssh = Services.parse("tcp/22").orElseThrow();
    var rule =
        GateRule.allow("sgr-1", Optional.empty(), Selector.marked("b"), Selector.nobody(), ssh);
    var model =
        new ReachabilityModel.Builder()
            .endpoint(Endpoint.of("A", VmKind.VM, a))
            .endpoint(Endpoint.of("B", VmKind.VM, b))
            .link(new Link("net", "net", Optional.empty(), everyone, everyone, Services.ALL))
            .gate(Gate.of("g", "g", Direction.INGRESS, everyone, Selector.nobody(), List.of(rule)))
            .build();
    var world = new RealWorld(Lowering.of(model));
    for (String range : List.of("10.0.0.0/31", "10.0.1.0/24")) {
      var peers = List.of(AddressRange.parse(range).orElseThrow());
      var scope = new RuleScope("sgr-1", Services.ALL, peers);
      var none = List.<RuleScope>of();
      var edits =
          new Edits(List.of(), List.of(), List.of(), List.of(), List.of(), none, List.of(scope));
      var effect = effect(world, edits);
      assertThat(effect.real().added())
          .extracting(RealChanges.Changed::scope)
          .containsExactly(scope);
      var comparison = effect.comparison();
      var gained = vms(comparison.after(), effect.vms().get(1).attackers().gained(), model);
      assertThat(gained.get(0)).isEqualTo(range.equals("10.0.0.0/31"));
      assertThat(effect.vms().get(0).attackers().gained().isEmpty()).isTrue();
    }
  }

  private static void assertRefused(Context context, Fault fault) {
    assertThatThrownBy(() -> Questions.WHAT_IF.answer(context))
        .isInstanceOfSatisfying(
            QuestionRefused.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
  }

  private static Arguments removing(String id) {
    return new Arguments.Builder(false).edits(edits(List.of(id), List.of(), List.of())).build();
  }

  @Test
  void unknownRule_isRefusedWithTheNearestIds() throws QuestionRefused {
    var world = RealWorld.of(1);
    String id = rules(world.lowered().model()).getFirst();
    var context = world.context(removing(id + "x"));
    assertThatThrownBy(() -> Questions.WHAT_IF.answer(context))
        .isInstanceOfSatisfying(
            QuestionRefused.class,
            refused ->
                assertThat(refused.fault())
                    .isInstanceOfSatisfying(
                        Fault.UnknownRealRule.class,
                        fault -> assertThat(fault.nearest()).contains(id)));
  }

  @Test
  void realRuleOfADocument_isToBeChangedInTheExport() throws QuestionRefused {
    var builder = new EnvironmentBuilder().vm("a", "x").vm("b", "y").rule("sgr-1~abc", "x", "y");
    builder.details(
        0,
        new RuleDetails(
            Services.ALL,
            Optional.empty(),
            List.of(new Origin("sgr-1", "inbound rules", Optional.empty(), "allows all"))));
    var environment = builder.build();
    var context = Context.once(environment, removing("sgr-1"), Deadline.NONE, _ -> Progress.NONE);
    assertRefused(context, new Fault.NeedsExport("sgr-1"));
    var whole = (EditsEffect) Questions.WHAT_IF.answer(context.with(removing("sgr-1~abc")));
    assertThat(whole.edited().removedRules()).containsExactly(0);
  }

  @Test
  void rulesOfADocument_areNarrowedByServices() throws QuestionRefused {
    var environment =
        new EnvironmentBuilder().vm("a", "x").vm("b", "y").rule("f", "x", "y").build();
    var ssh = Services.parse("tcp/22").orElseThrow();
    var narrow = edits(List.of(), List.of(new RuleScope("f", ssh, List.of())), List.of());
    var arguments = new Arguments.Builder(false).edits(narrow).build();
    var context = Context.once(environment, arguments, Deadline.NONE, _ -> Progress.NONE);
    var effect = (EditsEffect) Questions.WHAT_IF.answer(context);
    assertThat(effect.edited().after().rules()).hasSize(1);
    assertThat(effect.edited().after().rules().getFirst().services()).isEqualTo(ssh);
    var ranges = List.of(AddressRange.ALL_V4);
    var peers = edits(List.of(), List.of(new RuleScope("f", ssh, ranges)), List.of());
    assertRefused(
        context.with(new Arguments.Builder(false).edits(peers).build()),
        new Fault.NeedsExport("f"));
  }
}
