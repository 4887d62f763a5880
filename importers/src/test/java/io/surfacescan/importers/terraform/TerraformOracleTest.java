package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Seeds;
import io.surfacescan.testkit.aws.AwsWorld;
import io.surfacescan.testkit.aws.AwsWorldExport;
import io.surfacescan.testkit.aws.AwsWorldTerraform;
import io.surfacescan.testkit.aws.RandomAwsWorlds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random networks as a state, a raw state or a plan, against the export of the same network: every
/// pair, and every address outside that rules tell apart.
class TerraformOracleTest {
  private static final int WORLDS = 60;

  @TempDir private Path directory;

  private int sure;
  private int assumed;

  @Test
  void document_letsThroughWhatTheExportDoes_inEachForm() {
    Seeds.check(WORLDS, this::check);
    if (Seeds.areUsual()) {
      assertThat(sure).as("pairs that pass").isGreaterThan(900);
      assertThat(assumed).as("pairs that pass only if what is not known is so").isGreaterThan(12);
    }
  }

  private void check(long seed) throws IOException {
    AwsWorld world = AwsWorldTerraform.writable(RandomAwsWorlds.of(seed));
    Path folder = Files.createDirectories(directory.resolve(Long.toString(seed)));
    AwsWorldExport.write(world, seed, folder);
    var forms = AwsWorldTerraform.Form.values();
    var form = forms[Math.floorMod(seed, forms.length)];
    Path file = directory.resolve(seed + ".json");
    Files.writeString(file, AwsWorldTerraform.text(world, seed, form));
    var exported = pairs(read(folder), RandomAwsWorlds.addressesOutside());
    var written = pairs(read(file), RandomAwsWorlds.addressesOutside());
    var expected = new TreeMap<String, String>();
    exported.forEach((pair, services) -> expected.put(renamed(pair), services));
    assertThat(written).as(form + " of world " + seed).isEqualTo(expected);
    sure += (int) expected.values().stream().filter(text -> text.startsWith("sure")).count();
    assumed += (int) expected.values().stream().filter(text -> text.startsWith("none")).count();
  }

  static Imported read(Path path) {
    var imported =
        Importers.read(List.of(path.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors()).isEmpty();
    return imported;
  }

  private static String renamed(String pair) {
    return String.join(
        " -> ",
        List.of(pair.split(" -> ", -1)).stream()
            .map(id -> id.startsWith("i-") ? AwsWorldTerraform.address(id) : id)
            .toList());
  }

  /// What passes between VMs, and between VMs and addresses outside.
  ///
  /// @param outside addresses that rules tell apart
  static Map<String, String> pairs(Imported imported, List<String> outside) {
    var direct = DirectPairs.of(imported.environment());
    var found = new TreeMap<String, String>();
    direct
        .atMost()
        .forEach((pair, most) -> {
          var least = direct.sure().getOrDefault(pair, Services.NONE);
          String text = (least.isEmpty() ? "none" : "sure " + least) + ", at most " + most;
          var ends = pair.split(" -> ", -1);
          for (String from : ends(imported, ends[0], Direction.INGRESS, outside)) {
            for (String to : ends(imported, ends[1], Direction.EGRESS, outside)) {
              found.put(from + " -> " + to, text);
            }
          }
        });
    return found;
  }

  /// An id, or the addresses outside that it stands for.
  private static List<String> ends(
      Imported imported, String id, Direction direction, List<String> outside) {
    var lowered = imported.export().orElseThrow().lowered();
    int vm = imported.environment().findVm(id).orElseThrow();
    int number = vm - lowered.model().endpoints().size();
    if (number < 0) {
      return List.of(id);
    }
    var external = lowered.externals().get(number);
    return outside.stream()
        .filter(address ->
            external.outside().direction() == direction
                && external.ranges().stream()
                    .anyMatch(range -> range.contains(AddressRange.parse(address).orElseThrow())))
        .toList();
  }
}
