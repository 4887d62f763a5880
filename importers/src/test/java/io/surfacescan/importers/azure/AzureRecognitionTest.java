package io.surfacescan.importers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureRecognitionTest {
  private static final String VNET =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
  private static final String NSG =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"etag\": null, \"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n\"}]",
        "{\"value\": [{\"name\": \"v\", \"type\": \"Microsoft.Network/virtualNetworks\"}]}",
        "{\"count\": 1, \"data\": [{\"type\": \"microsoft.compute/virtualmachines\"}]}",
        "{\"id\": \"resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v\"}",
        "{\"changeNumber\": 1, \"cloud\": \"Public\", \"values\": []}"
      })
  void isRecognized_byIdsAndTypes(String start) {
    assertThat(InputFormat.values()).contains(InputFormat.AZURE);
    assertThat(AzureExport.isRecognized(start)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"vms\": [{\"vm_id\": \"a\", \"origin\": [{\"id\": \"/subscriptions/s/providers/Microsoft.Network/x/y\"}]}]}",
        "{\"fw_id\": \"f\", \"id\": \"/providers/Microsoft.Network/x/y\"}",
        "[{\"id\": \"Microsoft\"}]"
      })
  void isRecognized_notByOthers(String start) {
    assertThat(AzureExport.isRecognized(start)).isFalse();
  }

  @Test
  void read_takesDatedResources_thoughKubernetesHasTheKeyToo() throws IOException {
    var imported =
        new Folder(directory)
            .with(
                "a.json",
                "{\"type\": \"Microsoft.Network/virtualNetworks\", \"apiVersion\": \"2024-05-01\","
                    + " \"id\": \""
                    + VNET
                    + "\"}")
            .read("a.json");
    assertThat(imported.export().map(ImportedExport::formats)).contains(List.of(InputFormat.AZURE));
    assertThat(imported.export().orElseThrow().scopes()).containsEntry("s/v", 0L);
  }

  @Test
  void read_refusesMorePages() throws IOException {
    var imported =
        new Folder(directory)
            .with("a.json", "{\"data\": [{\"id\": \"" + VNET + "\"}],\n\"skip_token\": \"x\"}")
            .read("a.json");
    assertThat(imported.problems().errors())
        .singleElement()
        .asString()
        .contains("a.json:2:1: the document names a further page");
  }

  @Test
  void read_comparesEffectiveRules() throws IOException {
    var imported =
        new Folder(directory)
            .with(
                "nsgs.json",
                "[{\"id\": \""
                    + NSG
                    + "\", \"name\": \"n\", \"securityRules\": ["
                    + rule("ssh", 100, "22")
                    + ","
                    + rule("web", 110, "80")
                    + "]}]")
            .with(
                "effective.json",
                "{\"value\": [{\"networkSecurityGroup\": {\"id\": \""
                    + NSG
                    + "\"}, \"effectiveSecurityRules\": ["
                    + rule("securityRules/SSH", 100, "22-22")
                    + ","
                    + rule("securityRules/web", 110, "443")
                    + ","
                    + rule("securityRules/more", 120, "1")
                    + "]}]}")
            .read(ReadOptions.STRICT, "nsgs.json", "effective.json");
    assertThat(imported.problems().warnings())
        .extracting(Problem::what)
        .contains(
            "the effective rules of the security group n have rule web (priority 110, inbound,"
                + " allow tcp/443); the export has web (priority 110, inbound, allow tcp/80)",
            "the effective rules of the security group n have rule more, which the export lacks",
            "the effective rules of the security group n have no rule DenyAllInBound, which the"
                + " export has")
        .noneMatch(what -> what.contains("ssh") || what.contains("SSH"));
  }

  private static String rule(String name, int priority, String port) {
    return "{\"name\": \""
        + name
        + "\", \"priority\": "
        + priority
        + ", \"direction\": \"Inbound\", \"access\": \"Allow\", \"protocol\": \"Tcp\","
        + " \"sourceAddressPrefix\": \"*\", \"destinationAddressPrefix\": \"*\","
        + " \"sourcePortRange\": \"*\", \"destinationPortRange\": \""
        + port
        + "\"}";
  }
}
