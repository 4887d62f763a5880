package io.surfacescan.importers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which files are exports of Google Cloud, and what is wrong with some that are.
class GcpRecognitionTest {
  private static final String VPC =
      "https://www.googleapis.com/compute/v1/projects/p/global/networks/vpc";

  private static final String INSTANCE =
      "{\"id\": \"%s\", \"name\": \"vm-%s\", \"networkInterfaces\": [{\"network\": \""
          + VPC
          + "\", \"networkIP\": \"10.0.0.%s\"}], \"selfLink\":"
          + " \"https://www.googleapis.com/compute/v1/projects/p/zones/z-a/instances/vm-%s\"}";

  private static final String FIREWALL =
      "{\"allowed\": [{\"IPProtocol\": \"tcp\", \"ports\": [\"22\"]}], \"name\": \"ssh\","
          + " \"network\": \""
          + VPC
          + "\"}";

  @TempDir private Path directory;

  private static String instance(int number) {
    return INSTANCE.formatted(number, number, number, number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"kind\": \"compute#instance\"}]",
        " [\n{\"network\": \"https://compute.googleapis.com/compute/v1/projects/p\"}]",
        "{\"asset_type\": \"compute.googleapis.com/Instance\"}",
        "[{\"assetType\": \"compute.googleapis.com/Network\"}]",
        "[{\"id\": \"p\", \"type\": \"project\"}, {\"id\": \"1\", \"type\": \"folder\"}]",
        "\u00EF\u00BB\u00BF[{\"projectId\": \"p\", \"projectNumber\": \"1\"}]",
        "{\"instances\": [{\"kind\": \"compute#instance\"}]}"
      })
  void isRecognized_byKindsLinksAndAssets(String start) {
    assertThat(GcpExport.isRecognized(start)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[{}]",
        "{\"vms\": [], \"fw_rules\": []}",
        "compute#instance",
        "{\"format_version\": \"1.2\", \"x\": \"https://www.googleapis.com/compute/v1/\"}",
        "[{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}]"
      })
  void isRecognized_notByOthers(String start) {
    assertThat(GcpExport.isRecognized(start)).isFalse();
  }

  private void assertThatBothReachEachOther(Folder folder, String file) {
    var imported = folder.read(file);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.export().map(ImportedExport::formats)).contains(List.of(InputFormat.GCP));
    assertThat(DirectPairs.of(imported.environment()).sure())
        .containsEntry("1 -> 2", Services.parse("tcp/22").orElseThrow())
        .containsKey("2 -> 1");
  }

  @Test
  void read_takesListsInAnyShape() throws IOException {
    String mixed = instance(1) + ", " + FIREWALL + ", " + instance(2);
    assertThatBothReachEachOther(new Folder(directory).with("a.json", "[" + mixed + "]"), "a.json");
    assertThatBothReachEachOther(
        new Folder(directory).with("b.json", "[[" + mixed + "], []]"), "b.json");
    assertThatBothReachEachOther(
        new Folder(directory)
            .with(
                "c.json",
                "{\"firewall_rules\": ["
                    + FIREWALL
                    + "], \"instances\": ["
                    + instance(1)
                    + ", "
                    + instance(2)
                    + "]}"),
        "c.json");
    assertThatBothReachEachOther(
        new Folder(directory)
            .with(
                "d.json",
                "{\"items\": {\"zones/z-a\": {\"instances\": ["
                    + instance(1)
                    + ", "
                    + instance(2)
                    + "]}}}\n["
                    + FIREWALL
                    + "]"),
        "d.json");
    assertThatBothReachEachOther(
        new Folder(directory)
            .with("e.json", instance(1) + "\n" + instance(2) + "\n" + FIREWALL + "\n"),
        "e.json");
  }

  @Test
  void read_refusesMorePagesAndAssetsWithoutContent() throws IOException {
    var paged =
        new Folder(directory)
            .with("a.json", "{\"items\": [" + instance(1) + "],\n \"nextPageToken\": \"x\"}")
            .read("a.json");
    assertThat(paged.problems().errors())
        .singleElement()
        .asString()
        .endsWith(
            "the document has a nextPageToken, so it holds only one page of the export; export all"
                + " pages, as gcloud does");
    var bare =
        new Folder(directory)
            .with(
                "b.json",
                "[{\"assetType\": \"compute.googleapis.com/Instance\", \"name\":"
                    + " \"//compute.googleapis.com/projects/p/zones/z/instances/i\"}]")
            .read("b.json");
    assertThat(bare.problems().errors())
        .singleElement()
        .asString()
        .endsWith(
            "b.json:1:2: the asset comes without its content; export assets with"
                + " --content-type=resource");
  }

  @Test
  void emptyLists_belongToTheExport_andTheirNamesTellWhatTheyList() throws IOException {
    new Folder(directory)
        .with("instances.json", "[" + instance(1) + "]")
        .with("firewall-rules.json", "[]")
        .with("routes.json", "[]\n")
        .with("networks.json", "[]");
    var imported =
        Importers.read(
            List.of(directory.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.problems().warnings())
        .singleElement()
        .asString()
        .contains("an instance is in the network projects/p/global/networks/vpc, which is not");
    assertThat(imported.export().orElseThrow().counts()).containsEntry("firewalls", 0L);
  }

  @Test
  void rules_nameTheRealOnes_withTheirPlaces() {
    var imported =
        Importers.read(
            List.of("src/test/resources/gcp/policy-before-classic/export"),
            InputStream.nullInputStream(),
            ReadProgress.NONE);
    assertThat(imported.export().orElseThrow().lowered().model().realRules().get("g/20"))
        .satisfies(origin -> {
          assertThat(origin.text())
              .isEqualTo("g/20 denies tcp/22, tcp/80 from 0.0.0.0/0, priority 20");
          assertThat(origin.place().orElseThrow().file())
              .endsWith("network-firewall-policies.json");
        });
  }

  @Test
  void sample_tellsItsStory() {
    var imported =
        Importers.read(
            List.of(Path.of("..", "samples", "gcp").toString()),
            InputStream.nullInputStream(),
            ReadProgress.NONE);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.problems().warnings()).isEmpty();
    var environment = imported.environment();
    var named = new TreeMap<String, String>();
    DirectPairs.of(environment)
        .sure()
        .forEach((pair, services) -> {
          String[] ends = pair.split(" -> ", -1);
          named.put(
              name(environment, ends[0]) + " -> " + name(environment, ends[1]),
              services.toString());
        });
    assertThat(named)
        .containsEntry("the internet -> migration-host", "tcp/22")
        .containsEntry("migration-host -> orders-db", "tcp/5432")
        .containsEntry("the internet -> shop", "tcp/443")
        .containsEntry("shop -> web-1", "tcp/8080")
        .containsEntry("web-1 -> app-1", "tcp/9000")
        .containsEntry("app-1 -> orders-db", "tcp/5432")
        .doesNotContainKeys("the internet -> orders-db", "web-1 -> orders-db");
  }

  private static String name(Environment environment, String id) {
    return environment.vmName(environment.findVm(id).orElseThrow()).orElse(id);
  }
}
