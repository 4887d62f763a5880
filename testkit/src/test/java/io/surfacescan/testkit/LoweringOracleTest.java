package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoweringOracleTest {
  private static final int WORLDS = 200;

  @Test
  void environment_letsThroughWhatGatesDo_pairByPairAndPortByPort() {
    var counts = new int[3];
    Seeds.check(
        WORLDS,
        seed -> {
          var lowered = Lowering.of(RandomWorlds.of(seed));
          check(lowered, false, counts);
          check(lowered, true, counts);
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("pairs and ports that pass").isGreaterThan(50_000);
      assertThat(counts[1]).as("pairs and ports that do not").isGreaterThan(50_000);
      assertThat(counts[2]).as("that pass only if what is not known is so").isGreaterThan(1_000);
    }
  }

  private static void check(Lowered lowered, boolean atMost, int[] counts) {
    var naive = new NaiveGates(lowered.model(), atMost);
    var environment = lowered.environment();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        boolean isAsked =
            environment.vmKind(from) != VmKind.EXTERNAL_SINK
                && environment.vmKind(to) != VmKind.EXTERNAL;
        if (from == to) {
          continue;
        }
        var services = services(environment, from, to, atMost);
        if (!isAsked) {
          assertThat(services)
              .as("%s to %s", environment.vm(from), environment.vm(to))
              .isEqualTo(Services.NONE);
          continue;
        }
        var explained =
            Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), atMost);
        assertThat(services)
            .as("%s to %s, explained", environment.vm(from), environment.vm(to))
            .isEqualTo(explained.services());
        for (var packet : RandomWorlds.packets()) {
          boolean passes =
              naive.pass(lowered.side(from).interfaces(), lowered.side(to).interfaces(), packet);
          assertThat(NaiveGates.has(services.texts(), packet))
              .as("%s to %s by %s", environment.vm(from), environment.vm(to), packet)
              .isEqualTo(passes);
          counts[passes ? 0 : 1]++;
          if (atMost
              && passes
              && !NaiveGates.has(services(environment, from, to, false).texts(), packet)) {
            counts[2]++;
          }
        }
      }
    }
  }

  private static Services services(Environment environment, int from, int to, boolean atMost) {
    Set<String> sources = new HashSet<>(environment.vm(from).tags());
    Set<String> destinations = new HashSet<>(environment.vm(to).tags());
    var services = Services.NONE;
    for (var rule : environment.rules()) {
      if (sources.contains(rule.sourceTag())
          && destinations.contains(rule.destTag())
          && (atMost || rule.assumed().isEmpty())) {
        services = services.or(rule.services());
      }
    }
    return services;
  }

  /// Each address outside is in the external VM that does what the address does.
  @Test
  void externals_haveAllAddressesThatMayDoAnything() {
    var counts = new int[1];
    Seeds.check(
        WORLDS,
        seed -> {
          ReachabilityModel model = RandomWorlds.of(seed);
          var lowered = Lowering.of(model);
          int endpoints = model.endpoints().size();
          for (int i = 0; i < lowered.externals().size(); i++) {
            var external = lowered.externals().get(i);
            for (var range : external.ranges()) {
              for (var address : List.of(range.first(), range.last())) {
                var side = new Explanation.Side.OfOutside(external.outside(), address);
                for (int vm = 0; vm < endpoints; vm++) {
                  boolean isSource = external.outside().direction() == Direction.INGRESS;
                  var there = lowered.side(vm);
                  var explained =
                      Explanation.of(model, isSource ? side : there, isSource ? there : side, true);
                  assertThat(explained.services())
                      .as("%s and %s", address, lowered.environment().vmId(vm))
                      .isEqualTo(
                          services(
                              lowered.environment(),
                              isSource ? endpoints + i : vm,
                              isSource ? vm : endpoints + i,
                              true));
                  counts[0]++;
                }
              }
            }
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).isGreaterThan(5_000);
    }
  }

  /// On fleets with shapes of their own, sampled: 20,000 pairs in all.
  @Test
  void largeEnvironment_letsThroughWhatGatesDo_forSampledPairs() {
    var counts = new int[2];
    Seeds.check(
        10,
        seed -> {
          var lowered = Lowering.of(RandomFleets.of(seed, 1_500));
          var environment = lowered.environment();
          var naive = new NaiveGates(lowered.model(), true);
          var bySource = new HashMap<String, List<FirewallRule>>();
          environment
              .rules()
              .forEach(rule ->
                  bySource.computeIfAbsent(rule.sourceTag(), _ -> new ArrayList<>()).add(rule));
          var random = new SplittableRandom(seed);
          for (int i = 0; i < 2_000; i++) {
            int to = random.nextInt(1_500);
            // Mostly of one network or the next, which links join.
            int near = Math.floorMod(to + random.nextInt(-60, 61), 1_500);
            int from = i % 8 == 0 ? random.nextInt(environment.vmCount()) : near;
            if (from == to) {
              continue;
            }
            var destinations = new HashSet<>(environment.vm(to).tags());
            var services = Services.NONE;
            for (String tag : environment.vm(from).tags()) {
              for (var rule : bySource.getOrDefault(tag, List.of())) {
                services =
                    destinations.contains(rule.destTag()) ? services.or(rule.services()) : services;
              }
            }
            var explained =
                Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
            assertThat(services)
                .as("%s to %s", environment.vm(from), environment.vm(to))
                .isEqualTo(explained.services());
            var packet = new NaiveGates.Packet(Protocol.TCP, 443);
            assertThat(NaiveGates.has(services.texts(), packet))
                .isEqualTo(
                    naive.pass(
                        lowered.side(from).interfaces(), lowered.side(to).interfaces(), packet));
            counts[services.isEmpty() ? 0 : 1]++;
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).isGreaterThan(3_000);
      assertThat(counts[1]).isGreaterThan(3_000);
    }
  }
}
