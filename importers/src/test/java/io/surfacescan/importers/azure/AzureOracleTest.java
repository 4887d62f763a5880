package io.surfacescan.importers.azure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.azure.AzureWorld;
import io.surfacescan.testkit.azure.AzureWorldExport;
import io.surfacescan.testkit.azure.NaiveAzure;
import io.surfacescan.testkit.azure.RandomAzureWorlds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random networks, exported and read again, against the hop-by-hop evaluation of the networks:
/// every pair and every port.
class AzureOracleTest {
  private static final int WORLDS = 100;

  private static final Map<NaiveAzure.Packet, Services> SERVICES =
      RandomAzureWorlds.packets().stream()
          .collect(Collectors.toMap(packet -> packet, AzureOracleTest::services));

  @TempDir private Path directory;

  private int passed;
  private int blocked;
  private int assumed;

  @Test
  void export_letsThroughWhatTheNetworkDoes_pairByPairAndPortByPort() {
    Seeds.check(WORLDS, this::check);
    if (Seeds.areUsual()) {
      assertThat(passed).as("pairs and ports that pass").isGreaterThan(3_000);
      assertThat(blocked).as("pairs and ports that do not").isGreaterThan(5_000);
      assertThat(assumed).as("that pass only if what is not known is so").isGreaterThan(300);
    }
  }

  private void check(long seed) throws IOException {
    AzureWorld world = RandomAzureWorlds.of(seed);
    AzureWorldExport.write(world, seed, directory.resolve(Long.toString(seed)));
    var imported = new Folder(directory).read(ReadOptions.STRICT, Long.toString(seed));
    assertThat(imported.problems().errors()).isEmpty();
    var export = imported.export().orElseThrow();
    var pairs = DirectPairs.of(imported.environment());
    var sure = new NaiveAzure(world, false);
    var atMost = new NaiveAzure(world, true);
    List<String> machines = world.nics().stream().map(AzureWorld.Nic::machine).distinct().toList();
    for (String to : machines) {
      String target = AzureWorldExport.machineId(world, to);
      for (var packet : SERVICES.keySet()) {
        for (String from : machines) {
          if (!from.equals(to)) {
            hold(
                pairs,
                AzureWorldExport.machineId(world, from) + " -> " + target,
                packet,
                sure.passes(from, to, packet),
                atMost.passes(from, to, packet));
          }
        }
        for (String address : RandomAzureWorlds.addressesOutside()) {
          hold(
              pairs,
              external(export, address, Direction.INGRESS) + " -> " + target,
              packet,
              sure.passesIn(address, to, packet),
              atMost.passesIn(address, to, packet));
          hold(
              pairs,
              target + " -> " + external(export, address, Direction.EGRESS),
              packet,
              sure.passesOut(to, address, packet),
              atMost.passesOut(to, address, packet));
        }
      }
    }
  }

  private static String external(ImportedExport export, String address, Direction direction) {
    var range = AddressRange.parse(address).orElseThrow();
    int endpoints = export.lowered().model().endpoints().size();
    var externals = export.lowered().externals();
    for (int i = 0; i < externals.size(); i++) {
      if (externals.get(i).outside().direction() == direction
          && externals.get(i).ranges().stream().anyMatch(some -> some.contains(range))) {
        return export.lowered().environment().vmId(endpoints + i);
      }
    }
    return "nobody";
  }

  private void hold(
      DirectPairs pairs,
      String pair,
      NaiveAzure.Packet packet,
      boolean isSure,
      boolean isPossible) {
    // An assertion for each of a million packets would take longer than the evaluation.
    if (has(pairs.sure(), pair, packet) != isSure
        || has(pairs.atMost(), pair, packet) != isPossible) {
      fail(
          "%s by %s: surely %s, at most %s, but the network says %s and %s",
          pair,
          packet,
          has(pairs.sure(), pair, packet),
          has(pairs.atMost(), pair, packet),
          isSure,
          isPossible);
    }
    passed += isSure ? 1 : 0;
    blocked += isPossible ? 0 : 1;
    assumed += isPossible && !isSure ? 1 : 0;
  }

  private static Services services(NaiveAzure.Packet packet) {
    String text = packet.port() == 0 ? packet.protocol() : packet.protocol() + "/" + packet.port();
    return Services.parse(text).orElseThrow();
  }

  private static boolean has(Map<String, Services> pairs, String pair, NaiveAzure.Packet packet) {
    var services = pairs.get(pair);
    return services != null && services.contains(requireNonNull(SERVICES.get(packet)));
  }
}
