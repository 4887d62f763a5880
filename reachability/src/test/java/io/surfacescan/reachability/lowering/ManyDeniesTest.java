package io.surfacescan.reachability.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.GateRule.Action;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Lists of denies, each of which leaves everything but a few.
class ManyDeniesTest {
  private static final int VMS = 150;

  private final ReachabilityModel.Builder model = new ReachabilityModel.Builder();
  private final SplittableRandom random = new SplittableRandom(1);

  private ReachabilityModel model(boolean hasAddresses, List<GateRule> denies) {
    for (int i = 0; i < VMS; i++) {
      var marks = new ArrayList<String>(List.of("m" + i, "few-" + i / 3));
      for (int half = 0; half < VMS; half++) {
        if (random.nextBoolean()) {
          marks.add("half-" + half);
        }
      }
      // In an order that is not the one of the addresses.
      var address = AddressRange.parse("10.0.0." + i * 7 % 151).filter(_ -> hasAddresses);
      model.endpoint(
          Endpoint.of(
              "vm-" + i, VmKind.VM, new NetworkInterface(Marks.of(marks), address, List.of())));
    }
    model.link(
        new Link(
            "net",
            "network",
            Optional.empty(),
            Selector.everyone(),
            Selector.everyone(),
            Services.ALL));
    var tier = new Tier("the long list", Selector.everyone(), denies, Tier.Otherwise.NEXT);
    model.gate(
        new Gate(
            "g",
            "g",
            Direction.INGRESS,
            Selector.everyone(),
            Selector.nobody(),
            List.of(tier),
            true));
    return model.build();
  }

  private static GateRule rule(
      int number, Action action, Selector targets, Selector peers, int port) {
    return new GateRule(
        "rule-" + number,
        Optional.empty(),
        action,
        targets,
        peers,
        Services.parse("tcp/" + port).orElseThrow(),
        List.of(),
        "text");
  }

  private static double tagsOfVm(Environment environment) {
    return IntStream.range(0, environment.vmCount())
        .map(vm -> environment.vm(vm).tags().size())
        .average()
        .orElseThrow();
  }

  private static void assertThatAllPairsAgree(Lowered lowered) {
    var environment = lowered.environment();
    int passed = 0;
    for (int to = 0; to < VMS; to++) {
      var destinations = new HashSet<>(environment.vm(to).tags());
      var entering =
          environment.rules().stream()
              .filter(rule -> destinations.contains(rule.destTag()))
              .toList();
      for (int from = to % 5; from < VMS; from += 5) {
        var sources = new HashSet<>(environment.vm(from).tags());
        var services =
            Services.union(
                entering.stream()
                    .filter(rule -> sources.contains(rule.sourceTag()))
                    .map(rule -> rule.services())
                    .toList());
        var explained = Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
        if (from != to) {
          assertThat(services).as("%s to %s", from, to).isEqualTo(explained.services());
          passed += services.isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat(passed).isGreaterThan(1_000);
  }

  @Test
  void narrowDenies_giveEachVmFewTags() {
    var denies = new ArrayList<GateRule>();
    for (int i = 0; i < VMS; i++) {
      var peer = Selector.marked("m" + random.nextInt(VMS));
      denies.add(rule(i, Action.DENY, Selector.marked("m" + i), peer, 22));
    }
    var lowered = Lowering.of(model(false, denies));

    assertThat(lowered.warnings()).isEmpty();
    assertThat(tagsOfVm(lowered.environment())).isLessThan(25);
    assertThat(lowered.environment().ruleCount()).isLessThan(10 * VMS);
    assertThatAllPairsAgree(lowered);
  }

  @Test
  void deniesOfRangesAndOfFew_keepWhatPasses() {
    var rules = new ArrayList<GateRule>();
    for (int i = 0; i < VMS; i++) {
      var range = AddressRange.parse("10.0.0." + random.nextInt(152) + "/30").orElseThrow();
      var few = Selector.marked("few-" + random.nextInt(VMS / 3));
      var action = random.nextInt(5) == 0 ? Action.ALLOW : Action.DENY;
      rules.add(
          rule(
              i,
              action,
              few,
              random.nextBoolean() ? Selector.within(range) : Selector.marked("m" + i),
              22 + random.nextInt(2)));
    }
    var lowered = Lowering.of(model(true, rules));

    assertThat(lowered.warnings()).isEmpty();
    assertThatAllPairsAgree(lowered);
  }

  /// Sets without any order are no union of few blocks.
  @Test
  void deniesOfWideSets_areWarnedOf_byTheirList() {
    var denies = new ArrayList<GateRule>();
    for (int i = 0; i < VMS; i++) {
      denies.add(rule(i, Action.DENY, Selector.marked("m" + i), Selector.marked("half-" + i), 22));
    }
    var built = model(false, denies);
    var lowered = Lowering.of(built);

    assertThat(lowered.warnings())
        .singleElement()
        .asString()
        .startsWith("the rules distinguish VMs in many ways: each carries 1")
        .endsWith("most of them come from the denies of the long list");
    assertThatAllPairsAgree(lowered);
    assertThatExceptionOfType(TooLarge.class)
        .isThrownBy(() -> Lowering.of(built, Lowering.Limits.ofMemory(100_000)))
        .withMessageEndingWith("most of them come from the denies of the long list");
  }
}
