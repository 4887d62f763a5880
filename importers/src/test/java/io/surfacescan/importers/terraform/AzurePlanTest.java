package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.azure.AzureWorld;
import io.surfacescan.testkit.azure.AzureWorldExport;
import io.surfacescan.testkit.azure.AzureWorldTerraform;
import io.surfacescan.testkit.azure.RandomAzureWorlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans and states with resources of Azure.
class AzurePlanTest {
  private static final int WORLDS = 30;

  @TempDir private Path directory;

  private int sure;
  private int assumed;

  /// The pairs with their services; `?` behind those of which a part is assumed.
  private static Map<String, String> pairs(Imported imported) {
    var direct = DirectPairs.of(imported.environment());
    var pairs = new TreeMap<String, String>();
    direct
        .atMost()
        .forEach((pair, services) -> {
          boolean isSure = direct.sure().getOrDefault(pair, Services.NONE).equals(services);
          if (!pair.contains("internet-out")) {
            pairs.put(
                pair.replace("azurerm_linux_virtual_machine.", ""), services + (isSure ? "" : "?"));
          }
        });
    return pairs;
  }

  private static Imported read(String name) {
    return TerraformOracleTest.read(Path.of("src/test/resources/terraform", name));
  }

  /// The group of a subnet and that of an interface both count, a rule of its own is one of its
  /// group, a prefix that is known later may be any, and of a rule that the plan deletes the list
  /// within its group is out of date:
  /// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/network_security_rule
  @Test
  void plan_isWhatItsReferencesSay() {
    var imported = read("azure-plan.json");
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> web", "tcp/443",
                "web -> db", "tcp/22, tcp/5432?",
                "app -> db", "tcp/22?",
                "web -> app", "all",
                "db -> app", "all"));
    assertThat(imported.problems().counts().keySet()).containsExactly(ProblemKind.ASSUMPTION);
    assertThat(imported.export().orElseThrow().scopes())
        .isEqualTo(Map.of("azurerm_virtual_network.main", 3L));
  }

  /// The same as it is once it is applied: ids in another case, lists within groups and networks
  /// that tell of the resources again, and the prefix known.
  @Test
  void state_saysEverythingTwice_andCountsItOnce() {
    var imported = read("azure-state.json");
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> web", "tcp/443",
                "web -> db", "tcp/5432",
                "app -> db", "tcp/22",
                "web -> app", "all",
                "db -> app", "all"));
    assertThat(imported.problems().counts()).isEmpty();
  }

  @Test
  void document_letsThroughWhatTheExportDoes() {
    Seeds.check(WORLDS, this::check);
    if (Seeds.areUsual()) {
      assertThat(sure).as("pairs that pass").isGreaterThan(200);
      assertThat(assumed).as("pairs that pass only if what is not known is so").isGreaterThan(20);
    }
  }

  private void check(long seed) throws IOException {
    AzureWorld world = AzureWorldTerraform.writable(RandomAzureWorlds.of(seed));
    Path folder = directory.resolve(Long.toString(seed));
    AzureWorldExport.write(world, seed, folder);
    Path file = directory.resolve(seed + ".json");
    Files.writeString(file, AzureWorldTerraform.text(world, seed, seed % 2 == 0));
    var outside = RandomAzureWorlds.addressesOutside();
    var exported = TerraformOracleTest.pairs(TerraformOracleTest.read(folder), outside);
    var written = TerraformOracleTest.pairs(TerraformOracleTest.read(file), outside);
    var expected = new TreeMap<String, String>();
    exported.forEach((pair, services) -> expected.put(renamed(pair), services));
    assertThat(written).as("world " + seed).isEqualTo(expected);
    sure += (int) expected.values().stream().filter(text -> text.startsWith("sure")).count();
    assumed += (int) expected.values().stream().filter(text -> text.startsWith("none")).count();
  }

  private static String renamed(String pair) {
    return String.join(
        " -> ",
        List.of(pair.split(" -> ", -1)).stream()
            .map(id ->
                id.startsWith("/")
                    ? AzureWorldTerraform.address(id.substring(id.lastIndexOf('/') + 1))
                    : id)
            .toList());
  }
}
