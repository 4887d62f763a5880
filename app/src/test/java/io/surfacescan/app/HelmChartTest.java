package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The Helm chart, as Helm itself reads it. Helm takes seconds to load, so that `scripts/soak` runs
/// it.
@Tag("soak")
class HelmChartTest {
  private static final Path CHART = Repository.root().resolve("deploy/helm/surfacescan");

  @Test
  void chart_passesHelmsLint() {
    var linted = new Helm(CHART).lint().strict().call();

    assertThat(linted.isFailed()).as(String.join("\n", linted.getMessages())).isFalse();
  }

  /// So what the docs and `KubernetesTest` say of these holds for the chart, too.
  @Test
  void chart_withTheValuesThatItHas_isTheManifests() throws IOException {
    var manifests = new TreeMap<String, Object>();
    try (Stream<Path> files = Files.list(Repository.root().resolve("deploy/kubernetes"))) {
      for (Path file : files.sorted().toList()) {
        manifests.putAll(objects(Files.readString(file)));
      }
    }
    manifests
        .keySet()
        .removeIf(name -> name.matches("(Kustomization|Namespace|ServiceMonitor) .*"));
    assertThat(manifests).hasSize(5);

    assertThat(objects(rendered(chart()).replace("\"surfacescan:0.0.0\"", "surfacescan")))
        .isEqualTo(manifests);
  }

  @Test
  void values_areWhereTheyBelong() {
    String all =
        rendered(
            chart()
                .withNamespace("scans")
                .set("replicas", 3)
                .set("image.repository", "registry.example/surfacescan")
                .set("image.tag", "9.8.7")
                .set("environment.claim", "big")
                .set("tokens.secret", "my-tokens")
                .set("statistics.secret", "my-database")
                .set("allowedHosts[0]", "scan.example")
                .set("env[0].name", "SURFACESCAN_OIDC_ISSUER")
                .set("env[0].value", "https://issuer.example")
                .set("resources.limits.memory", "2Gi")
                .set("state.size", "5Gi")
                .set("state.storageClass", "fast")
                .set("networkPolicy.from[0].ipBlock.cidr", "192.0.2.0/24")
                .set("podDisruptionBudget.maxUnavailable", 2)
                .set("serviceMonitor.enabled", true));

    assertThat(all)
        .contains(
            "  replicas: 3\n",
            "image: \"registry.example/surfacescan:9.8.7\"\n",
            "persistentVolumeClaim:\n            claimName: big\n            readOnly: true\n",
            "secretName: my-tokens\n",
            "name: my-database\n",
            "value: surfacescan,surfacescan.scans,surfacescan.scans.svc,"
                + "surfacescan.scans.svc.cluster.local,$(POD_IP),scan.example\n",
            "- name: SURFACESCAN_OIDC_ISSUER\n              value: https://issuer.example\n",
            "memory: 2Gi\n",
            "storageClassName: fast\n",
            "storage: 5Gi\n",
            "- ipBlock:\n            cidr: 192.0.2.0/24\n",
            "maxUnavailable: 2\n")
        .doesNotContain("surfacescan-environment");
    assertThat(objects(all))
        .hasSize(6)
        .containsKey("ServiceMonitor surfacescan")
        .allSatisfy((name, object) ->
            assertThat(KubernetesModel.problems((Map<?, ?>) object)).as(name).isEmpty());
    assertThat(rendered(chart().set("networkPolicy.enabled", false)))
        .doesNotContain("kind: NetworkPolicy");
  }

  private static TemplateCommand chart() {
    return new Helm(CHART).template().withName("surfacescan").withNamespace("surfacescan");
  }

  private static String rendered(TemplateCommand chart) {
    return Objects.requireNonNull(chart.call());
  }

  /// The objects by kind and name.
  private static Map<String, Object> objects(String text) {
    var objects = new TreeMap<String, Object>();
    for (@Nullable Object document : Yaml.readAll(text)) {
      if (document instanceof Map<?, ?> object) {
        objects.put(object.get("kind") + " " + name(object), object);
      }
    }
    return objects;
  }

  private static @Nullable Object name(Map<?, ?> object) {
    return object.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
  }
}
