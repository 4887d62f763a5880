package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.TerraformChanges;
import io.surfacescan.testkit.azure.AzureWorld;
import io.surfacescan.testkit.azure.AzureWorldExport;
import io.surfacescan.testkit.azure.AzureWorldTerraform;
import io.surfacescan.testkit.azure.RandomAzureWorlds;
import io.surfacescan.testkit.gcp.GcpWorld;
import io.surfacescan.testkit.gcp.GcpWorldExport;
import io.surfacescan.testkit.gcp.GcpWorldTerraform;
import io.surfacescan.testkit.gcp.RandomGcpWorlds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two random parts of one network: the plan that leads from the one to the other, laid over the
/// export of the one, lets through what the export of the other does.
class LaidPlanTest {
  private static final int WORLDS = 12;

  @TempDir private Path directory;

  private int passed;
  private int changed;

  @Test
  void exportOfGoogleCloud_withAPlan_isTheExportAfterIt() {
    Seeds.check(WORLDS, this::checkGoogle);
    checkWork();
  }

  @Test
  void exportOfAzure_withAPlan_isTheExportAfterIt() {
    Seeds.check(WORLDS, this::checkAzure);
    checkWork();
  }

  private void checkWork() {
    if (Seeds.areUsual()) {
      assertThat(passed).as("pairs that pass").isGreaterThan(100);
      assertThat(changed).as("pairs that the plan changes").isGreaterThan(40);
    }
  }

  private void checkGoogle(long seed) throws IOException {
    GcpWorld world = RandomGcpWorlds.of(seed);
    GcpWorld before = GcpWorldTerraform.part(world, seed);
    GcpWorld after = GcpWorldTerraform.part(world, seed + 1);
    Path old = Files.createDirectories(directory.resolve(seed + "/old"));
    Path now = Files.createDirectories(directory.resolve(seed + "/now"));
    GcpWorldExport.write(before, seed, old);
    GcpWorldExport.write(after, seed, now);
    Path plan = directory.resolve(seed + ".json");
    Files.writeString(
        plan,
        TerraformChanges.text(
            GcpWorldTerraform.resources(before), GcpWorldTerraform.resources(after)));
    Set<String> known =
        before.instances().stream().map(GcpWorld.Instance::id).collect(Collectors.toSet());
    Set<String> all =
        after.instances().stream().map(GcpWorld.Instance::id).collect(Collectors.toSet());
    compare(
        seed,
        old,
        now,
        plan,
        RandomGcpWorlds.addressesOutside(),
        id -> all.contains(id) && !known.contains(id) ? GcpWorldTerraform.address(id) : id);
  }

  private void checkAzure(long seed) throws IOException {
    AzureWorld world = AzureWorldTerraform.writable(RandomAzureWorlds.of(seed));
    AzureWorld before = AzureWorldTerraform.part(world, seed);
    AzureWorld after = AzureWorldTerraform.part(world, seed + 1);
    Path old = directory.resolve(seed + "/old");
    Path now = directory.resolve(seed + "/now");
    AzureWorldExport.write(before, seed, old);
    AzureWorldExport.write(after, seed, now);
    Path plan = directory.resolve(seed + ".json");
    Files.writeString(
        plan,
        TerraformChanges.text(
            AzureWorldTerraform.resources(before, seed),
            AzureWorldTerraform.resources(after, seed)));
    var known = new HashSet<String>();
    before.nics().forEach(nic -> known.add(AzureWorldExport.machineId(before, nic.machine())));
    compare(
        seed,
        old,
        now,
        plan,
        RandomAzureWorlds.addressesOutside(),
        id ->
            id.startsWith("/") && !known.contains(id)
                ? AzureWorldTerraform.address(id.substring(id.lastIndexOf('/') + 1))
                : id);
  }

  private void compare(
      long seed,
      Path old,
      Path now,
      Path plan,
      List<String> outside,
      UnaryOperator<String> renamed) {
    var expected = new TreeMap<String, String>();
    TerraformOracleTest.pairs(TerraformOracleTest.read(now), outside)
        .forEach((pair, services) -> expected.put(renamed(pair, renamed), services));
    var laid = TerraformOracleTest.pairs(laid(old, plan, PlanTime.AFTER), outside);
    assertThat(laid).as("world " + seed).isEqualTo(expected);
    var exported = TerraformOracleTest.pairs(TerraformOracleTest.read(old), outside);
    assertThat(TerraformOracleTest.pairs(laid(old, plan, PlanTime.BEFORE), outside))
        .as("world " + seed + " before")
        .isEqualTo(exported);
    passed += expected.size();
    changed += (int) differing(exported, expected);
  }

  private static long differing(Map<String, String> some, Map<String, String> others) {
    return others.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(some.get(entry.getKey())))
        .count();
  }

  private static Imported laid(Path export, Path plan, PlanTime time) {
    var imported =
        Importers.read(
            List.of(export.toString(), plan.toString()),
            InputStream.nullInputStream(),
            ReadProgress.NONE,
            ReadOptions.STRICT.layingPlans().at(time));
    assertThat(imported.problems().errors()).isEmpty();
    return imported;
  }

  private static String renamed(String pair, UnaryOperator<String> renamed) {
    return List.of(pair.split(" -> ", -1)).stream()
        .map(renamed)
        .collect(Collectors.joining(" -> "));
  }
}
