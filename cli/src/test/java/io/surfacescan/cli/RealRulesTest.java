package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions about real rules: web may use the database's port, and job nothing of it; what leaves
/// job is closed too.
class RealRulesTest {
  private static final String MANIFESTS =
      """
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
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: job, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: job}}
        policyTypes: [Egress]
      """;

  @TempDir static Path folder;
  private static String export = "";
  private static String document = "";

  @BeforeAll
  static void write() throws IOException {
    export = folder.resolve("cluster.yaml").toString();
    Files.writeString(Path.of(export), MANIFESTS);
    document = folder.resolve("env.json").toString();
    Files.writeString(Path.of(document), run(export, "import").out());
  }

  private static Outcome run(String data, String... args) {
    return new Trial().variable("SURFACESCAN_DATADIR", data).run(args);
  }

  /// The answer without the folder.
  private static String out(String data, String... args) {
    var ran = run(data, args);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out().replace(folder + "/", "");
  }

  @Test
  void explain_namesWhatLetsAPairThrough_withFileAndLine() {
    assertThat(out(export, "explain", "shop/web[Pod]", "shop/db[Pod]"))
        .isEqualTo(
            """
            web (shop/web[Pod]) can attack db (shop/db[Pod]) directly through tcp/5432:
              route: carries all
                  cluster-network: the cluster's network
              out, egress policies: lets through all
                  no rule forbids it
              in, ingress policies: lets through tcp/5432
                  netpol/shop/db at cluster.yaml:26:5: allow tcp/5432 from namespace shop and app=web
            """);
  }

  @Test
  void explain_namesTheFirstGateThatBlocks_andAllThatDoSoByThemselves() {
    assertThat(out(export, "explain", "shop/job[Pod]", "shop/db[Pod]"))
        .isEqualTo(
            """
            job (shop/job[Pod]) cannot attack db (shop/db[Pod]) directly:
              first blocked by: out, egress policies
              blocks by itself too: in, ingress policies
              route: carries all
                  cluster-network: the cluster's network
              out, egress policies: blocks
                  selected by netpol/shop/job at cluster.yaml:29:1
                  no rule allows it
              in, ingress policies: blocks
                  selected by netpol/shop/db at cluster.yaml:20:1
                  no rule allows it
            Over other VMs it cannot either
            """);
  }

  @Test
  void explain_ofServices_sees_theseAlone() {
    assertThat(out(export, "explain", "shop/web[Pod]", "shop/db[Pod]", "--service", "postgres"))
        .contains("directly through tcp/5432:")
        .contains("route: carries tcp/5432\n");
    assertThat(out(export, "explain", "shop/web[Pod]", "shop/db[Pod]", "--service", "ssh"))
        .contains("cannot attack")
        .contains("first blocked by: in, ingress policies");
  }

  @Test
  void explain_ofTheInternetAsTarget_meansTheSink() {
    assertThat(out(export, "explain", "shop/web[Pod]", "internet-out"))
        .contains("can attack addresses outside the cluster (internet-out) directly through all:");
  }

  @ParameterizedTest
  @CsvSource({"json, 1", "ndjson, 3", "csv, 4"})
  void explain_hasARowForEachStep(String format, int lines) {
    String out = out(export, "explain", "shop/web[Pod]", "shop/db[Pod]", "-o", format);
    assertThat(out.lines()).hasSize(lines);
    assertThat(out).contains("netpol/shop/db").contains("cluster.yaml").contains("26");
  }

  @Test
  void explain_ofADocumentOfAnExport_showsTheOriginsOfItsRules() {
    assertThat(out(document, "explain", "shop/web[Pod]", "shop/db[Pod]"))
        .isEqualTo(
            """
            web (shop/web[Pod]) can attack db (shop/db[Pod]) directly through tcp/5432:
              by netpol/shop/db at cluster.yaml:26:5 (tcp/5432)
            """);
  }

  @Test
  void path_why_namesTheRealRulesOfEachHop() {
    assertThat(out(export, "path", "shop/web[Pod]", "shop/db[Pod]", "--why"))
        .isEqualTo(
            """
            web (shop/web[Pod]) attacks db (shop/db[Pod]) in 1 hop:
              web (shop/web[Pod]) attacks db (shop/db[Pod]) through tcp/5432:
                route:
                  cluster-network: the cluster's network
                out, egress policies: no rule forbids it
                in, ingress policies:
                  netpol/shop/db at cluster.yaml:26:5: allow tcp/5432 from namespace shop and app=web
            """);
    assertThat(out(export, "path", "shop/web[Pod]", "shop/db[Pod]", "--why", "-o", "csv"))
        .endsWith(
            "1,shop/web[Pod],shop/db[Pod],ingress,policies/ingress,ingress policies,netpol/shop/db,"
                + "allow,\"[\"\"tcp/5432\"\"]\",cluster.yaml,26,5,"
                + "allow tcp/5432 from namespace shop and app=web,web,db\n");
    assertThat(out(document, "path", "shop/web[Pod]", "shop/db[Pod]", "--why", "-o", "json"))
        .isEqualTo(out(document, "path", "shop/web[Pod]", "shop/db[Pod]", "-o", "json"));
  }

  @Test
  void whatIf_removesARealRule() {
    assertThat(out(export, "what-if", "--remove-rule", "netpol/shop/job", "shop/job[Pod]"))
        .startsWith("without netpol/shop/job at cluster.yaml:29:1 (allows nothing)\n")
        .contains("can attack 0 before, ");
    assertThat(
            out(
                export,
                "what-if",
                "--remove-rule",
                "netpol/shop/job",
                "shop/job[Pod]",
                "-o",
                "json"))
        .contains("\"victims\":{\"before\":0,")
        .contains("\"shop/web[Pod]\"");
    assertThat(out(export, "what-if", "--remove-rule", "netpol/shop/db", "shop/db[Pod]"))
        .contains("1 attacker before, 1 after")
        .startsWith("without netpol/shop/db at cluster.yaml:26:5 (allow tcp/5432 from ");
    var narrowed = out(export, "what-if", "--narrow-rule", "netpol/shop/db=ssh", "shop/db[Pod]");
    assertThat(narrowed)
        .startsWith("with tcp/22 alone of netpol/shop/db at cluster.yaml:26:5")
        .contains("1 attacker before, 0 after (-1)");
  }

  @Test
  void whatIf_ofAnUnknownRealRule_namesTheNearest() {
    var ran = run(export, "what-if", "--remove-rule", "netpol/shop/bd");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("`netpol/shop/bd`: no rule has this id; did you mean `netpol/shop/db`");
  }

  @Test
  void whatIf_ofADocumentOfAnExport_asksForTheExport() {
    var ran = run(document, "what-if", "--remove-rule", "netpol/shop/db");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("`netpol/shop/db`: real rules can be changed")
        .contains("ask the export");
  }

  @Test
  void chokepoints_nameRealRules() {
    assertThat(out(export, "chokepoints", "shop/web[Pod]"))
        .contains("Real rules: none found that loses any of 1 attackers");
    assertThat(out(export, "chokepoints", "shop/db[Pod]", "-o", "json"))
        .contains("\"real_attackers\":1,\"real_rules\":[]");
    assertThat(out(document, "chokepoints", "shop/db[Pod]", "-o", "json")).doesNotContain("real_");
  }
}
