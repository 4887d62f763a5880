package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.synthesis.ExportShape;
import io.surfacescan.testkit.NaiveGates;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fleets of a shape of their own, of which pairs are drawn: in `scripts/soak` 20,000 pairs of
/// 100,000 interfaces with 30,000 rules.
class LargeExportTest {
  @TempDir private Path directory;

  private int passed;
  private int blocked;

  @Test
  void fleet_letsThroughWhatItsGatesDo_forSampledPairs() {
    boolean isSmall = Seeds.areUsual();
    Seeds.check(1, seed -> check(seed, isSmall ? 1_200 : 100_000, isSmall ? 400 : 20_000));
    if (isSmall) {
      assertThat(passed).as("pairs that pass").isGreaterThan(50);
      assertThat(blocked).as("pairs that do not").isGreaterThan(100);
    }
  }

  private void check(long seed, int interfaces, int pairs) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(Long.toString(seed)));
    Path file = folder.resolve("aws.json");
    int rules = ExportShape.AWS.usualRules(interfaces);
    try (var out = Files.newBufferedWriter(file)) {
      ExportShape.AWS.write(interfaces, rules, seed, out);
    }
    var read = ReadExport.of(folder);
    Files.delete(file);
    assertThat(read.problems().counts()).isEmpty();
    assertThat(read.lowered().warnings()).isEmpty();
    var environment = read.lowered().environment();
    assertThat(environment.ruleCount()).isLessThan(rules * 3 / 2);
    var leaving = new HashMap<String, List<FirewallRule>>();
    environment
        .rules()
        .forEach(
            rule -> leaving.computeIfAbsent(rule.sourceTag(), _ -> new ArrayList<>()).add(rule));
    var naive = new NaiveGates(read.model(), true);
    var random = new SplittableRandom(seed);
    int endpoints = read.model().endpoints().size();
    for (int i = 0; i < pairs; i++) {
      int to = random.nextInt(endpoints);
      // Mostly of one VPC or the next, which peering may join.
      int from =
          i % 8 == 0
              ? random.nextInt(environment.vmCount())
              : Math.floorMod(to + random.nextInt(-600, 601), endpoints);
      if (from == to || environment.vmKind(from) == VmKind.EXTERNAL_SINK) {
        continue;
      }
      var services = services(environment, leaving, from, to);
      var source = read.lowered().side(from);
      var target = read.lowered().side(to);
      assertThat(services)
          .as("%s to %s", environment.vmId(from), environment.vmId(to))
          .isEqualTo(Explanation.of(read.model(), source, target, true).services());
      if (i % 20 == 0) {
        var packet = new NaiveGates.Packet(Protocol.TCP, 443);
        assertThat(NaiveGates.has(services.texts(), packet))
            .isEqualTo(naive.pass(source.interfaces(), target.interfaces(), packet));
      }
      passed += services.isEmpty() ? 0 : 1;
      blocked += services.isEmpty() ? 1 : 0;
    }
  }

  private static Services services(
      Environment environment, Map<String, List<FirewallRule>> leaving, int from, int to) {
    var destinations = new HashSet<>(environment.vm(to).tags());
    var services = Services.NONE;
    for (String tag : environment.vm(from).tags()) {
      for (FirewallRule rule : leaving.getOrDefault(tag, List.of())) {
        services = destinations.contains(rule.destTag()) ? services.or(rule.services()) : services;
      }
    }
    return services;
  }
}
