package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.DirectPairs;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Plans with resources of Google Cloud.
class GooglePlanTest {
  private static Imported read(String name) {
    var imported =
        Importers.read(
            List.of(Path.of("src/test/resources/terraform", name).toString()),
            InputStream.nullInputStream(),
            ReadProgress.NONE,
            1);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.export().map(ImportedExport::formats))
        .contains(List.of(InputFormat.TERRAFORM));
    return imported;
  }

  /// The pairs with their services; `?` behind those that are assumed.
  private static Map<String, String> pairs(Imported imported) {
    var direct = DirectPairs.of(imported.environment());
    var pairs = new TreeMap<String, String>();
    direct
        .atMost()
        .forEach((pair, services) -> {
          boolean isSure = direct.sure().getOrDefault(pair, Services.NONE).equals(services);
          if (!pair.contains("internet-out")) {
            pairs.put(pair.replace("google_compute_instance.", ""), services + (isSure ? "" : "?"));
          }
        });
    return pairs;
  }

  /// Networks that are known by reference alone, an empty `access_config`, a deny at equal
  /// priority:
  /// https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_firewall
  @Test
  void tags_areThoseOfTheNetwork() {
    var imported = read("gcp-tags.json");
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> web", "tcp/443",
                "app -> web", "tcp/443",
                "db -> web", "tcp/443",
                "web -> app", "tcp/8080",
                "app -> db", "tcp/5432"));
    assertThat(imported.problems().counts()).isEmpty();
    assertThat(imported.export().orElseThrow().scopes())
        .isEqualTo(
            Map.of("shop/google_compute_network.vpc", 3L, "shop/google_compute_network.other", 1L));
  }

  @Test
  void unknownValues_areAssumed_notLeftOut() {
    var imported = read("gcp-unknown.json");
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> web", "tcp/22?",
                "vault -> web", "tcp/22?",
                "web -> vault", "tcp/8200?"));
    assertThat(imported.problems().counts().keySet()).containsExactly(ProblemKind.ASSUMPTION);
  }
}
