package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `validate` shows of an export, and what answers say if it lacks a layer.
class ExportCoverageTest {
  private static final String PODS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: empty}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop, labels: {app: web}}
      spec: {containers: [{name: c, image: i}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: db, namespace: shop, labels: {app: db}}
      spec: {hostNetwork: true, containers: [{name: c, image: i}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: s, namespace: shop}
      spec: {type: LoadBalancer, selector: {app: nothing}, ports: [{port: 80}]}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: s, namespace: shop}
      ---
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: {name: c, namespace: shop}
      """;

  private static final String POLICY =
      """
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec: {podSelector: {matchLabels: {app: db}}, ingress: []}
      """;

  private static final String LINE =
      "The export lacks a layer, so this answer may be wrong; `surfacescan validate` names what is"
          + " absent.\n";

  private static Trial.Outcome run(String export, String... arguments) {
    return new Trial().in(export).variable("SURFACESCAN_DATADIR", "-").run(arguments);
  }

  @Test
  void validate_listsWhatWasRead_andWhatWasNot() {
    var ran = run(PODS, "validate");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains(
            """
            export of kubernetes, in which a layer is absent:
              namespace empty: 0 VMs
              namespace shop: 2 VMs
              read: 2 Namespace, 2 Pod, 1 Service
              left out: 1 CiliumNetworkPolicy (policies of Cilium are not read), \
            1 Secret (no part of reachability)
              to look at: 1 absent layer, 1 dangling reference, 1 unread resource, 1 assumption
            valid: 3 VMs, 4 rules,\
            """);
  }

  @Test
  void validate_asJson_hasTheSame() {
    assertThat(run(PODS, "validate", "-o", "json").out())
        .contains(
            "\"complete\":false,\"export\":{\"format\":\"kubernetes\",\"complete\":false,"
                + "\"scopes\":{\"empty\":0,\"shop\":2},"
                + "\"resources\":{\"Namespace\":2,\"Pod\":2,\"Service\":1},"
                + "\"left_out\":{\"CiliumNetworkPolicy (policies of Cilium are not read)\":1,"
                + "\"Secret (no part of reachability)\":1},"
                + "\"absent_layers\":1,\"dangling_references\":1,\"unread_resources\":1,"
                + "\"assumptions\":1},");
    assertThat(run(PODS + POLICY, "validate", "-o", "json").out())
        .contains("\"export\":{\"format\":\"kubernetes\",\"complete\":true,")
        .doesNotContain("\"complete\":false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack shop/db[Pod]",
        "pairs",
        "path shop/web[Pod] shop/db[Pod]",
        "report",
        "vm shop/db[Pod]"
      })
  void textAnswers_endWithALineOnStandardError_ifALayerIsAbsent(String line) {
    assertThat(run(PODS, line.split(" ")).err()).endsWith(LINE);
    assertThat(run(PODS + POLICY, line.split(" ")).err()).doesNotContain("lacks a layer");
    assertThat(run(PODS, (line + " -o ndjson").split(" ")).err()).doesNotContain("lacks a layer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path shop/web[Pod] shop/db[Pod]",
        "surface shop/db[Pod]",
        "chokepoints shop/db[Pod]",
        "report",
        "vm shop/db[Pod]"
      })
  void jsonObjects_startWithIt(String line) {
    assertThat(run(PODS, (line + " -o json").split(" ")).out()).startsWith("{\"complete\":false,");
    assertThat(run(PODS + POLICY, (line + " -o json").split(" ")).out())
        .startsWith("{")
        .doesNotContain("\"complete\"");
  }

  @Test
  void documentOfTheExport_isNoMoreComplete() {
    String document = run(PODS, "import").out();
    assertThat(document).startsWith("{\"complete\":false,");
    assertThat(run(document, "report", "-o", "json").out())
        .isEqualTo(run(PODS, "report", "-o", "json").out());
    assertThat(run(document, "validate").out())
        .contains("the export that this was made of lacks a layer\n");
    assertThat(run(PODS + POLICY, "import").out()).doesNotContain("complete");
  }
}
