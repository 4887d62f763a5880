package io.surfacescan.importers.aws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.aws.AwsWorld;
import io.surfacescan.testkit.aws.AwsWorldExport;
import io.surfacescan.testkit.aws.NaiveAws;
import io.surfacescan.testkit.aws.RandomAwsWorlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random networks, exported and read again, against the hop-by-hop evaluation of the networks:
/// every pair and every port.
class AwsOracleTest {
  private static final int WORLDS = 100;

  private static final Map<NaiveAws.Packet, Services> SERVICES =
      RandomAwsWorlds.packets().stream()
          .collect(Collectors.toMap(packet -> packet, AwsOracleTest::services));

  @TempDir private Path directory;

  private int passed;
  private int blocked;
  private int assumed;

  @Test
  void export_letsThroughWhatTheNetworkDoes_pairByPairAndPortByPort() {
    Seeds.check(WORLDS, this::check);
    if (Seeds.areUsual()) {
      assertThat(passed).as("pairs and ports that pass").isGreaterThan(5_000);
      assertThat(blocked).as("pairs and ports that do not").isGreaterThan(10_000);
      assertThat(assumed).as("that pass only if what is not known is so").isGreaterThan(250);
    }
  }

  private void check(long seed) throws IOException {
    AwsWorld world = RandomAwsWorlds.of(seed);
    Path folder = Files.createDirectories(directory.resolve(Long.toString(seed)));
    AwsWorldExport.write(world, seed, folder);
    var read = ReadExport.of(folder);
    assertThat(read.problems().errors()).isEmpty();
    var pairs = DirectPairs.of(read.lowered().environment());
    var sure = new NaiveAws(world, false);
    var atMost = new NaiveAws(world, true);
    List<String> ids = world.nics().stream().map(AwsWorld.Nic::instance).distinct().toList();
    for (String from : ids) {
      for (String to : ids) {
        if (!from.equals(to)) {
          for (var packet : SERVICES.keySet()) {
            hold(
                pairs,
                from,
                to,
                packet,
                sure.passes(from, to, packet),
                atMost.passes(from, to, packet));
          }
        }
      }
    }
    for (String address : RandomAwsWorlds.addressesOutside()) {
      String source = external(read, address, Direction.INGRESS);
      String sink = external(read, address, Direction.EGRESS);
      for (String id : ids) {
        for (var packet : SERVICES.keySet()) {
          hold(
              pairs,
              source,
              id,
              packet,
              sure.passesIn(address, id, packet),
              atMost.passesIn(address, id, packet));
          hold(
              pairs,
              id,
              sink,
              packet,
              sure.passesOut(id, address, packet),
              atMost.passesOut(id, address, packet));
        }
      }
    }
  }

  private static String external(ReadExport read, String address, Direction direction) {
    var range = AddressRange.parse(address).orElseThrow();
    int endpoints = read.model().endpoints().size();
    var externals = read.lowered().externals();
    for (int i = 0; i < externals.size(); i++) {
      if (externals.get(i).outside().direction() == direction
          && externals.get(i).ranges().stream().anyMatch(some -> some.contains(range))) {
        return read.lowered().environment().vmId(endpoints + i);
      }
    }
    return "nobody";
  }

  private void hold(
      DirectPairs pairs,
      String from,
      String to,
      NaiveAws.Packet packet,
      boolean isSure,
      boolean isPossible) {
    String pair = from + " -> " + to;
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

  private static Services services(NaiveAws.Packet packet) {
    String text = packet.port() == 0 ? packet.protocol() : packet.protocol() + "/" + packet.port();
    return Services.parse(text).orElseThrow();
  }

  private static boolean has(Map<String, Services> pairs, String pair, NaiveAws.Packet packet) {
    var services = pairs.get(pair);
    return services != null && services.contains(requireNonNull(SERVICES.get(packet)));
  }
}
