package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.aws.AwsWorldExport;
import io.surfacescan.testkit.aws.RandomAwsWorlds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsRecognitionTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Reservations\": []}",
        "  {\n \"NextToken\": null,\n \"SecurityGroups\": [{\"GroupId\": \"sg-1\"}]}",
        "[{\"Vpcs\": []}, {\"Vpcs\": []}]",
        "{\"PrefixListId\": \"pl-1\", \"Entries\": []}",
        "{\"VpcBlockPublicAccessOptions\": {}}",
        "{\"AvailabilityZones\": []}",
        "\u00EF\u00BB\u00BF{\"Subnets\": []}",
        "{\"collector_version\": \"0.14.0\", \"provider\": \"aws\", \"instances\": []}"
      })
  void isRecognized_byTheFirstList(String start) {
    assertThat(AwsExport.isRecognized(start)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"vms\": [], \"fw_rules\": []}",
        "{\"note\": \"Vpcs\", \"vms\": []}",
        "{\"Vpcs\": 1}",
        "{\"instances\": []}",
        "{\"provider\": \"ibm\", \"vpcs\": []}"
      })
  void isRecognized_notByOthers(String start) {
    assertThat(AwsExport.isRecognized(start)).isFalse();
  }

  @Test
  void read_lowersAFolderTree_whateverTheFilesAreCalled() throws IOException {
    var world = RandomAwsWorlds.of(1);
    AwsWorldExport.write(world, 1, directory);
    var imported =
        Importers.read(
            List.of(directory.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.version()).hasSize(64);
    assertThat(imported.export().map(ImportedExport::formats)).contains(List.of(InputFormat.AWS));
    assertThat(DirectPairs.of(imported.environment()))
        .isEqualTo(DirectPairs.of(ReadExport.of(directory).lowered().environment()));
  }

  @Test
  void read_refusesWhatAFailedCommandLeft() throws IOException {
    Files.createDirectories(directory.resolve("us-east-1"));
    Files.writeString(directory.resolve("us-east-1/vpcs.json"), "{\"Vpcs\": []}");
    Path empty = Files.writeString(directory.resolve("us-east-1/instances.json"), "\n");
    var imported =
        Importers.read(
            List.of(directory.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors())
        .singleElement()
        .asString()
        .isEqualTo(
            empty
                + ": the file is empty, as a command leaves it that failed; run the command again,"
                + " or remove the file");
  }

  @Test
  void read_refusesMorePages() throws IOException {
    var imported =
        new Folder(directory)
            .with("a.json", "{\"Vpcs\": [],\n \"NextToken\": \"e30\"}")
            .read("a.json");
    assertThat(imported.problems().errors())
        .singleElement()
        .asString()
        .contains(
            "a.json:2:2: the document has a NextToken, so it holds only one page of the export;"
                + " export all pages, without --max-items, --page-size or --no-paginate");
  }

  @Test
  void read_refusesRoutesThatWereCutOff() throws IOException {
    var imported =
        new Folder(directory)
            .with("a.json", "{\"Routes\": [], \"AdditionalRoutesAvailable\": true}")
            .read("a.json");
    assertThat(imported.problems().errors())
        .singleElement()
        .asString()
        .contains("a.json:1:16: the document says that more routes are available than it holds");
  }

  @Test
  void read_saysWhatIsNoJson() throws IOException {
    var imported = new Folder(directory).with("a.json", "{\"Vpcs\": [}").read("a.json");
    assertThat(imported.problems().errors())
        .singleElement()
        .asString()
        .startsWith(directory.resolve("a.json") + ":1:11: ");
  }

  @Test
  void rules_nameTheRealOnes_withTheirPlaces() throws IOException {
    var read = ReadExport.of(Path.of("src/test/resources/aws/group-reference/export"));
    var environment = read.lowered().environment();
    int rule =
        IntStream.range(0, environment.ruleCount())
            .filter(each -> environment.services(each).toString().equals("tcp/5432"))
            .findFirst()
            .orElseThrow();
    assertThat(environment.ruleDetails(rule).origins())
        .anySatisfy(origin -> {
          assertThat(origin.id()).matches("sg-db/ingress/[0-9a-f]{12}");
          assertThat(origin.text()).isEqualTo("sg-db allows tcp/5432 from sg-app");
          assertThat(origin.place().orElseThrow().file())
              .isEqualTo("describe-security-groups.json");
        });
  }

  @Test
  void sample_tellsItsStory() {
    Path sample = Path.of("..", "samples", "aws");
    var imported =
        Importers.read(
            List.of(sample.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.problems().warnings()).isEmpty();
    var pairs = DirectPairs.of(imported.environment()).sure();
    assertThat(pairs.get("internet -> i-migration-host")).hasToString("tcp/22");
    assertThat(pairs.get("i-migration-host -> eni-orders-db-a")).hasToString("tcp/5432");
    assertThat(pairs.keySet())
        .contains("internet -> eni-shop-a", "eni-shop-a -> i-web-1", "i-web-1 -> i-app-1")
        .contains("i-app-1 -> eni-orders-db-a")
        .doesNotContain("internet -> eni-orders-db-a", "i-staging-app-1 -> eni-orders-db-a");
  }

  /// What `--query` leaves of an answer.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"Ami\": 1, \"InstanceId\": \"i-1\"}]",
        "[[{\"InstanceId\": \"i-1\"}], []]",
        "[[\"10.0.0.1\", null, \"i-0a1\"]]"
      })
  void read_namesABareList(String text) throws IOException {
    String problem =
        ":1:1: the document is a bare list, what --query of the AWS CLI leaves of an answer; run the"
            + " command without --query";
    var folder = new Folder(directory).with("a.json", text);
    assertThat(folder.errors(folder.read("a.json"))).containsExactly("a.json" + problem);
    assertThat(folder.errors(folder.read(ReadOptions.STRICT.withFormat(InputFormat.AWS), "a.json")))
        .containsExactly("a.json" + problem);
    folder.with("b.json", "{\"Vpcs\": []}");
    assertThat(
            Importers.read(
                    List.of(directory.toString()), InputStream.nullInputStream(), ReadProgress.NONE)
                .problems()
                .errors())
        .singleElement()
        .asString()
        .endsWith("a.json" + problem.replace(":1:1", ""));
  }
}
