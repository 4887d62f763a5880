package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportVerbTest {
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop, labels: {app: web}}
      spec: {containers: [{name: c, image: i}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: db, namespace: shop, labels: {app: db}}
      spec: {containers: [{name: c, image: i}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: job, namespace: shop, labels: {app: job}}
      spec: {containers: [{name: c, image: i}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        ingress:
        - from: [{podSelector: {matchLabels: {app: web}}}]
          ports: [{port: 5432}]
      """;

  @TempDir private Path folder;

  private String run(Path data, String... args) {
    var ran = new Trial().variable("SURFACESCAN_DATADIR", data.toString()).run(args);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out();
  }

  @Test
  void document_givesTheAnswersOfTheExport() throws IOException {
    var export = folder.resolve("cluster.yaml");
    Files.writeString(export, MANIFESTS);
    var document = folder.resolve("env.json");
    Files.writeString(document, run(export, "import"));
    assertThat(run(export, "pairs", "-o", "ndjson"))
        .contains("\"services\":[\"tcp/5432\"],\"certainty\":\"sure\"")
        .contains("netpol/shop/db")
        .isEqualTo(run(document, "pairs", "-o", "ndjson"));
    for (String service : new String[] {"postgres", "ssh"}) {
      assertThat(run(export, "report", "--service", service, "-o", "json"))
          .isEqualTo(run(document, "report", "--service", service, "-o", "json"));
    }
  }

  @Test
  void service_seesTheRulesForItAlone() throws IOException {
    var export = folder.resolve("cluster.yaml");
    Files.writeString(export, MANIFESTS);
    assertThat(run(export, "attack", "shop/db[Pod]", "--max-hops", "1", "--service", "postgres"))
        .contains("shop/web[Pod]");
    assertThat(run(export, "attack", "shop/db[Pod]", "--service", "ssh,udp")).isEmpty();
    var refused =
        new Trial()
            .variable("SURFACESCAN_DATADIR", export.toString())
            .run("attack", "shop/db[Pod]", "--service", "shs");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("`shs` is no service; did you mean `ssh`?");
  }
}
