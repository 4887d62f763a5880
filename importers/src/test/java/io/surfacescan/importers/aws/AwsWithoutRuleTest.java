package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.RemovalsByWholeLowering;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.aws.AwsWorld;
import io.surfacescan.testkit.aws.AwsWorldExport;
import io.surfacescan.testkit.aws.RandomAwsWorlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Taking a real rule out of what was read is reading the export without it.
class AwsWithoutRuleTest {
  @TempDir private Path directory;

  private int changed;
  private int tried;
  private long cut;

  @Test
  void without_isTheExportWithoutTheRule() {
    Seeds.check(30, this::check);
    if (Seeds.areUsual()) {
      assertThat(tried).as("rules taken out").isGreaterThan(8);
      assertThat(cut).as("attackers that one rule keeps out").isGreaterThan(20);
      assertThat(changed).as("that allowed something by themselves").isGreaterThan(1);
    }
  }

  private void check(long seed) throws IOException {
    var world = RandomAwsWorlds.of(seed);
    var random = new SplittableRandom(seed);
    var withRules = world.groups().stream().filter(group -> !group.rules().isEmpty()).toList();
    if (withRules.isEmpty()) {
      return;
    }
    var group = withRules.get(random.nextInt(withRules.size()));
    var rule = group.rules().get(random.nextInt(group.rules().size()));
    var before = read(world, seed, "before");
    var check =
        RemovalsByWholeLowering.check(
            before.lowered(), Services.ALL, random.nextBoolean(), 4, seed);
    cut += check.lost();
    var after = read(without(world, group, rule), seed, "after");
    // Listed rules have ids of their own, which the export without one gives to others.
    var gone = new TreeSet<>(ids(before));
    gone.removeAll(ids(after));
    if (gone.size() != 1 || !gone.first().contains("gress/")) {
      return;
    }
    var lowered = Lowering.of(before.model().without(Set.of(gone.first())));
    var left = pairs(world, after.lowered().environment());
    assertThat(pairs(world, lowered.environment())).as("without %s", gone).isEqualTo(left);
    tried++;
    changed += pairs(world, before.lowered().environment()).equals(left) ? 0 : 1;
  }

  private static AwsWorld without(AwsWorld world, AwsWorld.Group group, AwsWorld.GroupRule rule) {
    var groups = new ArrayList<AwsWorld.Group>();
    for (var some : world.groups()) {
      var rules = new ArrayList<>(some.rules());
      if (some.equals(group)) {
        rules.removeIf(rule::equals);
      }
      groups.add(new AwsWorld.Group(some.id(), some.vpc(), rules));
    }
    return new AwsWorld(
        world.vpcs(),
        world.subnets(),
        world.nics(),
        groups,
        world.acls(),
        world.tables(),
        world.nats(),
        world.peerings(),
        world.transit(),
        world.balancers(),
        world.prefixLists());
  }

  private ReadExport read(AwsWorld world, long seed, String name) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(seed + "-" + name));
    AwsWorldExport.write(world, seed, folder);
    return ReadExport.of(folder);
  }

  private static Set<String> ids(ReadExport read) {
    return read.model().ruleIds();
  }

  /// Between instances: addresses outside may be divided otherwise and mean the same.
  private static Map<String, List<Services>> pairs(AwsWorld world, Environment environment) {
    var ids = world.nics().stream().map(AwsWorld.Nic::instance).distinct().toList();
    var all = DirectPairs.of(environment);
    var pairs = new TreeMap<String, List<Services>>();
    for (String from : ids) {
      for (String to : ids) {
        String pair = from + " -> " + to;
        if (all.atMost().containsKey(pair)) {
          pairs.put(
              pair,
              List.of(
                  all.sure().getOrDefault(pair, Services.NONE),
                  all.atMost().getOrDefault(pair, Services.NONE)));
        }
      }
    }
    return pairs;
  }
}
