package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.aws.AwsWorldExport;
import io.surfacescan.testkit.aws.RandomAwsWorlds;
import io.surfacescan.testkit.azure.AzureWorldExport;
import io.surfacescan.testkit.azure.RandomAzureWorlds;
import io.surfacescan.testkit.gcp.GcpWorldExport;
import io.surfacescan.testkit.gcp.RandomGcpWorlds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exports of several clouds, read as one environment, against each of them read alone.
class SeveralCloudsTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final List<String> CLOUDS = List.of("kubernetes", "aws", "gcp", "azure");

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop}
      spec: {containers: [{name: c, image: i}]}
      """;

  private static final String INSTANCES =
      """
      {"Reservations": [{"OwnerId": "1", "Instances": [{"InstanceId": "%s", "PrivateIpAddress":
      "10.0.0.4", "VpcId": "vpc-1", "SubnetId": "subnet-1", "NetworkInterfaces": []}]}]}
      """;

  @TempDir private Path directory;

  /// What an environment lets through, by `FROM -> TO`. Some addresses stand in for the external
  /// endpoints that they are of, which differ from one environment to another.
  private record Ways(Map<String, Services> sure, Map<String, Services> atMost) {}

  private static Imported read(List<String> paths) {
    return Importers.read(paths, InputStream.nullInputStream(), ReadProgress.NONE, 1);
  }

  private static Imported read(Path folder) {
    return read(List.of(folder.toString()));
  }

  @Test
  void samples_letThroughWhatTheyDoAlone_inAnyOrder() {
    var paths = CLOUDS.stream().map(cloud -> SAMPLES.resolve(cloud).toString()).toList();
    var alone = paths.stream().map(path -> read(List.of(path))).toList();
    var together = read(paths);
    assertThat(together.problems().errors()).isEmpty();
    assertThatEachIsAsAlone(together, alone);
    assertThat(together.export().orElseThrow().formats())
        .containsExactly(
            InputFormat.KUBERNETES, InputFormat.AWS, InputFormat.GCP, InputFormat.AZURE);
    for (int i = 0; i < alone.size(); i++) {
      var part = together.export().orElseThrow().parts().get(i);
      var only = alone.get(i).export().orElseThrow().parts().getFirst();
      assertThat(part).isEqualTo(only);
    }
    var turned = read(paths.reversed());
    assertThat(DirectPairs.of(turned.environment()))
        .isEqualTo(DirectPairs.of(together.environment()));
  }

  @Test
  void randomWorlds_letThroughWhatTheyDoAlone() {
    Seeds.check(
        6,
        seed -> {
          Path all = Files.createDirectories(directory.resolve(Long.toString(seed)));
          Path aws = Files.createDirectories(all.resolve("aws"));
          AwsWorldExport.write(RandomAwsWorlds.of(seed), seed, aws);
          Path gcp = Files.createDirectories(all.resolve("gcp"));
          GcpWorldExport.write(RandomGcpWorlds.of(seed), seed, gcp);
          Path azure = Files.createDirectories(all.resolve("azure"));
          AzureWorldExport.write(RandomAzureWorlds.of(seed), seed, azure);
          var together = read(all);
          assertThat(together.problems().errors()).isEmpty();
          assertThatEachIsAsAlone(together, List.of(read(aws), read(gcp), read(azure)));
          assertThatExplanationsAgree(together.export().orElseThrow().lowered());
        });
  }

  private static void assertThatEachIsAsAlone(Imported together, List<Imported> alone) {
    Set<AddressRange> starts = new HashSet<>();
    addStarts(together, starts);
    alone.forEach(each -> addStarts(each, starts));
    Map<String, Services> sure = new TreeMap<>();
    Map<String, Services> atMost = new TreeMap<>();
    for (Imported each : alone) {
      var ways = ways(each, starts);
      ways.sure.forEach((pair, services) -> sure.merge(pair, services, Services::or));
      ways.atMost.forEach((pair, services) -> atMost.merge(pair, services, Services::or));
    }
    var all = ways(together, starts);
    assertThat(all.sure).isEqualTo(sure);
    assertThat(all.atMost).isEqualTo(atMost);
    assertThat(sure).isNotEmpty();
  }

  private static void addStarts(Imported imported, Set<AddressRange> starts) {
    for (var external : imported.export().orElseThrow().lowered().externals()) {
      external.ranges().forEach(range -> starts.add(range.first()));
    }
  }

  private static Ways ways(Imported imported, Set<AddressRange> starts) {
    var lowered = imported.export().orElseThrow().lowered();
    Map<String, List<String>> standIns = new HashMap<>();
    int endpoints = lowered.model().endpoints().size();
    for (int i = 0; i < lowered.externals().size(); i++) {
      var external = lowered.externals().get(i);
      var addresses = new ArrayList<String>();
      for (AddressRange start : starts) {
        if (external.ranges().stream().anyMatch(range -> range.contains(start))) {
          addresses.add(name(external.outside()) + " " + start);
        }
      }
      standIns.put(imported.environment().vmId(endpoints + i), addresses);
    }
    var pairs = DirectPairs.of(imported.environment());
    return new Ways(spread(pairs.sure(), standIns), spread(pairs.atMost(), standIns));
  }

  /// The internet of clusters holds private networks too, so it is another one.
  private static String name(Outside outside) {
    return outside.name() + " " + outside.direction();
  }

  private static Map<String, Services> spread(
      Map<String, Services> pairs, Map<String, List<String>> standIns) {
    Map<String, Services> spread = new TreeMap<>();
    pairs.forEach((pair, services) -> {
      var ends = Arrays.asList(pair.split(" -> "));
      for (String from : standIns.getOrDefault(ends.getFirst(), List.of(ends.getFirst()))) {
        for (String to : standIns.getOrDefault(ends.getLast(), List.of(ends.getLast()))) {
          spread.merge(from + " -> " + to, services, Services::or);
        }
      }
    });
    return spread;
  }

  private static void assertThatExplanationsAgree(Lowered lowered) {
    var environment = lowered.environment();
    var pairs = DirectPairs.of(environment).atMost();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        if (from != to
            && environment.vmKind(from) != VmKind.EXTERNAL_SINK
            && environment.vmKind(to) != VmKind.EXTERNAL) {
          String pair = environment.vmId(from) + " -> " + environment.vmId(to);
          var explained =
              Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
          if (!explained.services().equals(pairs.getOrDefault(pair, Services.NONE))) {
            fail("%s is explained as %s", pair, explained.services());
          }
        }
      }
    }
  }

  @Test
  void internet_isOneForAllClouds() {
    var together =
        read(List.of(SAMPLES.resolve("aws").toString(), SAMPLES.resolve("azure").toString()));
    assertThat(together.export().orElseThrow().lowered().model().outsides())
        .extracting(Outside::id, Outside::direction)
        .containsExactly(
            tuple("internet", Direction.INGRESS), tuple("internet-out", Direction.EGRESS));
  }

  @Test
  void id_ofTwoSources_hasItsScopeBeforeIt() throws IOException {
    var folder =
        new Folder(directory)
            .with("pod.yaml", POD)
            .with("instances.json", INSTANCES.formatted("shop/web[Pod]"));
    var imported = folder.readAll();
    assertThat(folder.errors(imported)).isEmpty();
    assertThat(Folder.vmIds(imported)).contains("shop/shop/web[Pod]", "1/shop/web[Pod]");
    assertThat(folder.warnings(imported))
        .contains(
            "pod.yaml: the id \"shop/web[Pod]\" stands for different things in exports"
                + " of two kinds; use the ids with the scope, or the kind of the export, before"
                + " them");
  }

  @Test
  void document_besideExports_isAnError() throws IOException {
    var folder =
        new Folder(directory)
            .with("pod.yaml", POD)
            .with("instances.json", INSTANCES.formatted("i-1"))
            .with("vms.json", "{\"vms\": [], \"fw_rules\": []}");
    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "vms.json: this is no export of kubernetes, but pod.yaml is one; read"
                + " the one or the other");
  }

  @Test
  void terraform_besideAnExportOfItsCloud_isAnError_besideAnotherItIsRead() throws IOException {
    String state =
        """
        {"version": 4, "terraform_version": "1.9.0", "resources": [{"mode": "managed",
        "type": "aws_vpc", "name": "v", "provider": "provider[\\"registry/hashicorp/aws\\"]",
        "instances": [{"attributes": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"}}]}]}
        """;
    var folder =
        new Folder(directory)
            .with("pod.yaml", POD)
            .with("instances.json", INSTANCES.formatted("i-1"))
            .with("state.json", state);
    assertThat(folder.errors(folder.read("pod.yaml", "state.json"))).isEmpty();
    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "state.json: this holds resources of aws, and instances.json is an"
                + " export of aws, which may hold the same; read the one or the other; diff --plan"
                + " lays a plan over an export");
  }

  @Test
  void emptyList_ofAnotherCloud_isNoneOfGoogleCloud() throws IOException {
    Files.createDirectories(directory.resolve("azure"));
    Files.createDirectories(directory.resolve("gcp"));
    var folder =
        new Folder(directory)
            .with(
                "azure/vnets.json",
                "[{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
                    + "virtualNetworks/v\", \"name\": \"v\", \"addressSpace\": {\"addressPrefixes\":"
                    + " [\"10.0.0.0/8\"]}, \"subnets\": []}]")
            .with("azure/firewall-rules.json", "[]")
            .with("gcp/firewall-rules.json", "[]")
            .with(
                "gcp/networks.json",
                "[{\"kind\": \"compute#network\", \"name\": \"n\", \"selfLink\":"
                    + " \"https://www.googleapis.com/compute/v1/projects/p/global/networks/n\"}]");
    var imported = folder.readAll();
    assertThat(folder.errors(imported)).isEmpty();
    var parts = imported.export().orElseThrow().parts();
    assertThat(parts.getFirst().counts()).containsEntry("firewalls", 0L);
    Files.delete(directory.resolve("gcp/firewall-rules.json"));
    assertThat(folder.readAll().export().orElseThrow().parts().getFirst().counts())
        .doesNotContainKey("firewalls");
  }
}
