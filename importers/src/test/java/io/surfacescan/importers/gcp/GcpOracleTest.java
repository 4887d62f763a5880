package io.surfacescan.importers.gcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.gcp.GcpWorld;
import io.surfacescan.testkit.gcp.GcpWorld.Instance;
import io.surfacescan.testkit.gcp.GcpWorldExport;
import io.surfacescan.testkit.gcp.NaiveGcp;
import io.surfacescan.testkit.gcp.NaiveGcp.Packet;
import io.surfacescan.testkit.gcp.RandomGcpWorlds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random networks, exported and read again, against the evaluation of their rules one by one:
/// every pair and every port.
class GcpOracleTest {
  private static final int WORLDS = 60;

  private static final Map<Packet, Services> SERVICES =
      RandomGcpWorlds.packets().stream()
          .collect(Collectors.toMap(packet -> packet, GcpOracleTest::services));

  @TempDir private Path directory;

  private int passed;
  private int blocked;
  private int assumed;

  @Test
  void export_letsThroughWhatTheNetworkDoes_pairByPairAndPortByPort() {
    Seeds.check(WORLDS, this::check);
    if (Seeds.areUsual()) {
      assertThat(passed).as("pairs and ports that pass").isGreaterThan(1_500);
      assertThat(blocked).as("pairs and ports that do not").isGreaterThan(4_000);
      assertThat(assumed).as("that pass only if what is not known is so").isGreaterThan(40);
    }
  }

  private void check(long seed) throws IOException {
    GcpWorld world = RandomGcpWorlds.of(seed);
    Path folder = Files.createDirectories(directory.resolve(Long.toString(seed)));
    GcpWorldExport.write(world, seed, folder);
    var imported =
        Importers.read(
            List.of(folder.toString()), InputStream.nullInputStream(), ReadProgress.NONE, 1);
    assertThat(imported.problems().errors()).isEmpty();
    var lowered = imported.export().orElseThrow().lowered();
    var pairs = DirectPairs.of(imported.environment());
    var sure = new NaiveGcp(world, false);
    var atMost = new NaiveGcp(world, true);
    for (Instance from : world.instances()) {
      for (Instance to : world.instances()) {
        for (Packet packet : SERVICES.keySet()) {
          if (!from.equals(to)) {
            hold(
                pairs,
                from.id() + " -> " + to.id(),
                packet,
                sure.passes(from, to, packet),
                atMost.passes(from, to, packet));
          }
        }
      }
    }
    for (String address : RandomGcpWorlds.addressesOutside()) {
      String source = external(lowered, address, Direction.INGRESS);
      String sink = external(lowered, address, Direction.EGRESS);
      for (Instance instance : world.instances()) {
        for (Packet packet : SERVICES.keySet()) {
          hold(
              pairs,
              source + " -> " + instance.id(),
              packet,
              sure.passesIn(address, instance, packet),
              atMost.passesIn(address, instance, packet));
          hold(
              pairs,
              instance.id() + " -> " + sink,
              packet,
              sure.passesOut(instance, address, packet),
              atMost.passesOut(instance, address, packet));
        }
      }
    }
  }

  private static String external(Lowered lowered, String address, Direction direction) {
    var range = AddressRange.parse(address).orElseThrow();
    int endpoints = lowered.model().endpoints().size();
    var externals = lowered.externals();
    for (int i = 0; i < externals.size(); i++) {
      if (externals.get(i).outside().direction() == direction
          && externals.get(i).ranges().stream().anyMatch(some -> some.contains(range))) {
        return lowered.environment().vmId(endpoints + i);
      }
    }
    return "nobody";
  }

  private void hold(
      DirectPairs pairs, String pair, Packet packet, boolean isSure, boolean isPossible) {
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

  private static Services services(Packet packet) {
    String text = packet.port() == 0 ? packet.protocol() : packet.protocol() + "/" + packet.port();
    return Services.parse(text).orElseThrow();
  }

  private static boolean has(Map<String, Services> pairs, String pair, Packet packet) {
    var services = pairs.get(pair);
    return services != null && services.contains(requireNonNull(SERVICES.get(packet)));
  }
}
