package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Explanation.Side;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an explanation says of each step, against the naive evaluation of that step alone.
class ExplanationTest {
  private static final int WORLDS = 40;
  private static final Link ANY_WAY =
      new Link(
          "any",
          "any way",
          Optional.empty(),
          Selector.everyone(),
          Selector.everyone(),
          Services.ALL);

  private static ReachabilityModel model(List<Gate> gates, List<Link> links) {
    var model = new ReachabilityModel.Builder();
    gates.forEach(model::gate);
    links.forEach(model::link);
    return model.build();
  }

  private static List<Side> sides(ReachabilityModel model, Direction outside) {
    var sides = new ArrayList<Side>();
    model.endpoints().forEach(endpoint -> sides.add(new Side.OfEndpoint(endpoint)));
    for (Outside some : model.outsides()) {
      if (some.direction() == outside) {
        sides.add(new Side.OfOutside(some, some.ranges().getFirst().first()));
      }
    }
    return sides;
  }

  private interface PairCheck {
    void of(ReachabilityModel model, Side from, Side to, boolean atMost);
  }

  private static void forEachPair(PairCheck check) {
    Seeds.check(
        WORLDS,
        seed -> {
          var model = RandomWorlds.of(seed);
          for (Side from : sides(model, Direction.INGRESS)) {
            for (Side to : sides(model, Direction.EGRESS)) {
              if (!from.equals(to)) {
                check.of(model, from, to, false);
                check.of(model, from, to, true);
              }
            }
          }
        });
  }

  @Test
  void eachGate_letsThroughWhatItDoesAlone() {
    var counts = new int[2];
    forEachPair((model, from, to, atMost) -> {
      for (var pair : Explanation.of(model, from, to, atMost).pairs()) {
        assertThat(pair.gates()).allMatch(verdict -> model.gates().contains(verdict.gate()));
        check(model(List.of(), model.links()), pair, pair.routed(), atMost);
        for (var verdict : pair.gates()) {
          if (pair.isOneFamily()) {
            var alone = model(List.of(verdict.gate()), List.of(ANY_WAY));
            check(alone, pair, verdict.services(), atMost);
          }
          counts[verdict.blocks() ? 0 : 1]++;
        }
        // Gates that are not named do not see the pair.
        var unnamed = new ArrayList<>(model.gates());
        pair.gates().forEach(verdict -> unnamed.remove(verdict.gate()));
        check(model(unnamed, model.links()), pair, pair.routed(), atMost);
      }
    });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("gates that block").isGreaterThan(100);
      assertThat(counts[1]).as("gates that do not").isGreaterThan(100);
    }
  }

  private static void check(
      ReachabilityModel model, Explanation.Pair pair, Services services, boolean atMost) {
    var naive = new NaiveGates(model, atMost);
    for (var packet : RandomWorlds.packets()) {
      assertThat(NaiveGates.has(services.texts(), packet))
          .as("%s to %s by %s", pair.from(), pair.to(), packet)
          .isEqualTo(naive.pass(List.of(pair.from()), List.of(pair.to()), packet));
    }
  }

  @Test
  void services_areThoseThatAllStepsLetThrough_onlyThoseAsked() {
    var asked = Services.parse("tcp/20-100").orElseThrow();
    forEachPair((model, from, to, atMost) -> {
      var all = Explanation.of(model, from, to, atMost);
      var some = Explanation.of(model, from, to, new Explanation.Scope(asked, atMost), () -> {});
      assertThat(some.services()).isEqualTo(all.services().and(asked));
      for (var pair : all.pairs()) {
        var left = pair.routed();
        for (var verdict : pair.gates()) {
          left = left.and(verdict.services());
        }
        assertThat(pair.services()).isEqualTo(left);
      }
    });
  }

  /// The rules that are named are enough: without all other rules that allow something, the same
  /// passes. Each of them lets something through that passes.
  @Test
  void grounds_nameTheRulesThatLetItThrough_andNoOthers() {
    var counts = new int[2];
    forEachPair((model, from, to, atMost) -> {
      var explanation = Explanation.of(model, from, to, atMost);
      Set<String> named = new HashSet<>();
      for (var verdict : explanation.grounds().gates()) {
        for (var match : verdict.matches()) {
          assertThat(match.rule().action()).isEqualTo(GateRule.Action.ALLOW);
          assertThat(explanation.services().contains(match.services())).isTrue();
          assertThat(match.services().isEmpty()).isFalse();
          assertThat(lets(match.rule(), verdict.gate(), from, to)).isTrue();
          named.add(match.rule().id());
        }
      }
      var links = Set.copyOf(explanation.grounds().links());
      var fewer =
          model.with(rule ->
              rule.action() == GateRule.Action.ALLOW && !named.contains(rule.id())
                  ? List.of()
                  : List.of(rule));
      var least = model(fewer.gates(), model.links().stream().filter(links::contains).toList());
      assertThat(Explanation.of(least, from, to, atMost).services())
          .isEqualTo(explanation.services());
      counts[0] += named.size();
      counts[1] += explanation.services().isEmpty() ? 1 : 0;
      if (explanation.services().isEmpty()) {
        assertThat(named).isEmpty();
        assertThat(links).isEmpty();
      }
    });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("rules named").isGreaterThan(100);
      assertThat(counts[1]).as("pairs that may nothing").isGreaterThan(100);
    }
  }

  private static boolean lets(GateRule rule, Gate gate, Side from, Side to) {
    boolean isEgress = gate.direction() == Direction.EGRESS;
    for (NetworkInterface source : from.interfaces()) {
      for (NetworkInterface target : to.interfaces()) {
        if (rule.targets().picks(isEgress ? source : target, true)
            && rule.peers().picks(isEgress ? target : source, true)) {
          return true;
        }
      }
    }
    return false;
  }
}
