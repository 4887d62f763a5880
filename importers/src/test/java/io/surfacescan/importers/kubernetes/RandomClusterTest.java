package io.surfacescan.importers.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.kubernetes.NaiveCluster.End;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.testkit.NaiveGates;
import io.surfacescan.testkit.RemovalsByWholeLowering;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomClusterTest {
  private static final int CLUSTERS = 100;
  private static final List<Integer> PORTS = List.of(1, 2, 79, 80, 81, 443, 8080, 65534, 65535);
  private static final List<String> ADDRESSES =
      List.of(
          "10.1.2.3", "10.1.9.9", "10.9.9.9", "192.0.2.7", "192.0.2.8", "8.8.8.8", "2001:db8::1");

  @Test
  void environment_letsThroughWhatPoliciesDo_pairByPairAndPortByPort() {
    var counts = new int[2];
    Seeds.check(
        CLUSTERS,
        seed -> {
          var cluster = new RandomCluster(seed);
          var resources = cluster.resources();
          var fromJson = read(RandomCluster.json(resources));
          check(cluster, fromJson, counts);
          var fromYaml = read(RandomCluster.yaml(resources));
          assertThat(fromYaml.rules()).isEqualTo(fromJson.rules());
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("pairs and ports that do not pass").isGreaterThan(10_000);
      assertThat(counts[1]).as("pairs and ports that pass").isGreaterThan(10_000);
    }
  }

  /// Taking a policy out of what was read is reading the export without it, and what is worked out
  /// anew for one rule is what the whole comes to.
  @Test
  void without_isTheExportWithoutThePolicy() {
    var counts = new int[1];
    Seeds.check(
        CLUSTERS,
        seed -> {
          var cluster = new RandomCluster(seed);
          var lowered = lowered(RandomCluster.json(cluster.resources()));
          RemovalsByWholeLowering.check(lowered, Services.ALL, true, 2, seed);
          for (var policy : List.copyOf(cluster.policies)) {
            String id =
                switch (policy.kind()) {
                  case "NetworkPolicy" -> "netpol/" + policy.namespace() + "/" + policy.name();
                  case "AdminNetworkPolicy" -> "anp/" + policy.name();
                  default -> "banp/" + policy.name();
                };
            var without = lowered.model().without(Set.of(id));
            int at = cluster.policies.indexOf(policy);
            cluster.policies.remove(at);
            var fewer = read(RandomCluster.json(cluster.resources()));
            cluster.policies.add(at, policy);
            assertThat(pairs(Lowering.of(without).environment())).isEqualTo(pairs(fewer));
            counts[0]++;
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).isGreaterThan(100);
    }
  }

  /// Of pods alone: addresses outside may be divided otherwise and mean the same.
  private static Set<String> pairs(Environment environment) {
    var pairs = new HashSet<String>();
    for (String pair : KubernetesScenarioTest.pairs(environment)) {
      if (pair.matches("\\S+\\[Pod] > \\S+\\[Pod]: .*")) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static Lowered lowered(String export) {
    return imported(export).export().orElseThrow().lowered();
  }

  private static Environment read(String export) {
    return imported(export).environment();
  }

  private static Imported imported(String export) {
    var imported =
        Importers.read(
            List.of("-"), new ByteArrayInputStream(export.getBytes(UTF_8)), (_, _) -> {});
    assertThat(imported.problems().errors()).as(export).isEmpty();
    return imported;
  }

  private static void check(RandomCluster cluster, Environment environment, int[] counts) {
    for (var from : cluster.pods) {
      for (var to : cluster.pods) {
        if (!from.equals(to)) {
          check(cluster, environment, new End(from, null), new End(to, null), counts);
        }
      }
      for (String address : ADDRESSES) {
        var outside = new End(null, AddressRange.parse(address).orElseThrow());
        check(cluster, environment, new End(from, null), outside, counts);
        check(cluster, environment, outside, new End(from, null), counts);
      }
    }
  }

  private static void check(
      RandomCluster cluster, Environment environment, End from, End to, int[] counts) {
    int source = vm(environment, from, VmKind.EXTERNAL);
    int target = vm(environment, to, VmKind.EXTERNAL_SINK);
    boolean isV6Outside =
        (from.address() != null && from.address().isV6())
            || (to.address() != null && to.address().isV6());
    if ((source < 0 || target < 0) && isV6Outside && !speaksOfV6(environment)) {
      return;
    }
    var services = source < 0 || target < 0 ? Services.NONE : services(environment, source, target);
    var naive = new NaiveCluster(cluster);
    for (String protocol : List.of("TCP", "UDP", "SCTP")) {
      for (int port : PORTS) {
        var packet = new NaiveGates.Packet(Services.Protocol.valueOf(protocol), port);
        boolean passes = naive.passes(from, to, protocol, port);
        assertThat(NaiveGates.has(services.texts(), packet))
            .as("%s to %s by %s/%s", from, to, protocol, port)
            .isEqualTo(passes);
        counts[passes ? 1 : 0]++;
      }
    }
  }

  /// Without any range of IPv6, a cluster is taken to have none.
  private static boolean speaksOfV6(Environment environment) {
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (environment.vmDetails(vm).addresses().stream().anyMatch(each -> each.contains(":"))) {
        return true;
      }
    }
    return false;
  }

  /// Less than 0 for an address that no VM has: it may do nothing.
  private static int vm(Environment environment, End end, VmKind kindOfAddress) {
    if (end.pod() != null) {
      return environment
          .findVm(end.pod().namespace() + "/" + end.pod().name() + "[Pod]")
          .orElseThrow();
    }
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      boolean hasAddress =
          environment.vmDetails(vm).addresses().stream()
              .anyMatch(each ->
                  AddressRange.parse(each).orElseThrow().contains(requireNonNull(end.address())));
      if (environment.vmKind(vm) == kindOfAddress && hasAddress) {
        return vm;
      }
    }
    return -1;
  }

  private static Services services(Environment environment, int from, int to) {
    Set<String> sources = new HashSet<>(environment.vm(from).tags());
    Set<String> destinations = new HashSet<>(environment.vm(to).tags());
    var services = Services.NONE;
    for (var rule : environment.rules()) {
      if (sources.contains(rule.sourceTag()) && destinations.contains(rule.destTag())) {
        services = services.or(rule.services());
      }
    }
    return services;
  }
}
