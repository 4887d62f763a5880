package io.surfacescan.importers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clusters side by side, a folder each.
class ClustersTest {
  private static final String POD =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: NAME, namespace: shop, labels: {app: NAME}}
      spec: {containers: [{name: c, image: i}]}
      """;

  private static final String NAMESPACE =
      """
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: NAME, uid: "UID"}
      """;

  private static final String POLICY =
      """
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        ingress:
        - from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: FROM}}}]
          ports: [{port: 5432}]
      """;

  private static final String SERVICE =
      """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
      """;

  @TempDir private Path folder;

  private static String pod(String name) {
    return POD.replace("NAME", name);
  }

  private static String namespace(String name, String uid) {
    return NAMESPACE.replace("NAME", name).replace("UID", uid);
  }

  private Path write(String file, String... texts) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, String.join("", texts));
  }

  private Imported read(Path... paths) {
    var named = paths.length == 0 ? List.of(folder) : Arrays.asList(paths);
    return Importers.read(
        named.stream().map(Path::toString).toList(), InputStream.nullInputStream(), (_, _) -> {});
  }

  private List<String> problems(List<Problem> some) {
    return some.stream()
        .map(problem -> problem.kind().code() + ": " + problem)
        .map(problem -> problem.replace(folder + "/", ""))
        .toList();
  }

  /// East lets web reach its database, west lets jobs; nothing leads from one to the other.
  @Test
  void clusters_areApart_andWhatStandsInBothHasTheClusterBeforeIt() throws IOException {
    write("east/ns.yaml", namespace("kube-system", "u1"), namespace("shop", "s1"));
    write("east/apps/web.yaml", pod("web"), pod("db"), SERVICE);
    write("east/policies/db.yaml", POLICY.replace("FROM", "web"));
    write(
        "west/all.yaml",
        namespace("kube-system", "u2"),
        namespace("shop", "s2"),
        pod("db"),
        pod("job"));
    write("west/policy.yaml", POLICY.replace("FROM", "job"));
    var imported = read();
    assertThat(problems(imported.problems().errors())).isEmpty();
    assertThat(problems(imported.problems().warnings()))
        .containsExactly(
            "shared-id: west/all.yaml:10:1: the id \"shop/db[Pod]\" stands for different things in"
                + " several clusters; use the ids with the cluster before them (shared-id, 2"
                + " times, also at west/policy.yaml:2:1)");
    var environment = imported.environment();
    var pairs = KubernetesScenarioTest.pairs(environment);
    assertThat(pairs)
        .filteredOn(pair -> !pair.contains("outside-cluster") && !pair.contains("internet-out"))
        .containsExactlyInAnyOrder(
            "east/shop/db[Pod] > shop/web[Pod]: all",
            "internet > shop/web[Service]: tcp/80",
            "shop/web[Pod] > east/shop/db[Pod]: tcp/5432",
            "shop/web[Service] > shop/web[Pod]: tcp/80",
            "shop/job[Pod] > west/shop/db[Pod]: tcp/5432",
            "west/shop/db[Pod] > shop/job[Pod]: all");
    assertThat(pairs)
        .contains("outside-cluster > shop/web[Pod]: all", "shop/job[Pod] > internet-out: all")
        .doesNotContain("outside-cluster > east/shop/db[Pod]: all");
    int web = environment.findVm("shop/web[Pod]").orElseThrow();
    assertThat(environment.vmDetails(web).scope()).contains("east");
    assertThat(imported.export().orElseThrow().scopes())
        .isEqualTo(
            Map.of(
                "east/kube-system", 0L, "east/shop", 2L, "west/kube-system", 0L, "west/shop", 2L));
    assertThat(imported.export().orElseThrow().lowered().model().ruleIds())
        .contains("east/netpol/shop/db", "west/netpol/shop/db", "shop/web[Service]")
        .doesNotContain("netpol/shop/db");
  }

  /// One file for each cluster is enough. Namespaces without `uid` are enough too, with an
  /// assumption.
  @Test
  void clusters_areToldApartByWhatEveryClusterHas() throws IOException {
    var east = write("east.yaml", namespace("default", "u1"), pod("web"));
    var west = write("west.yaml", namespace("default", "u2"), pod("web"));
    assertThat(read(east, west).environment().findVm("west/shop/web[Pod]")).isPresent();
    assertThat(read(east, west).problems().warnings())
        .noneMatch(problem -> problem.what().contains("clusters of their own"));
    write("a/x.yaml", namespace("kube-system", ""), pod("web"));
    write("b/x.yaml", namespace("kube-system", ""), pod("web"));
    var guessed = read(folder.resolve("a"), folder.resolve("b"));
    assertThat(guessed.environment().findVm("b/shop/web[Pod]")).isPresent();
    assertThat(problems(guessed.problems().warnings()))
        .anyMatch(problem ->
            problem.startsWith(
                "assumption: a/x.yaml: each of \"a\", \"b\" has the namespaces that every"
                    + " cluster has"));
  }

  @Test
  void oneCluster_mayStandInManyFolders() throws IOException {
    write("core/ns.yaml", namespace("kube-system", "u1"), namespace("shop", "s1"));
    write("apps/all.yaml", namespace("kube-system", "u1"), namespace("shop", "s1"), pod("web"));
    write("more/shop.yaml", namespace("shop", ""), pod("db"));
    var imported = read();
    assertThat(problems(imported.problems().errors())).isEmpty();
    assertThat(KubernetesScenarioTest.pairs(imported.environment()))
        .contains("shop/web[Pod] > shop/db[Pod]: all");
    int web = imported.environment().findVm("shop/web[Pod]").orElseThrow();
    assertThat(imported.environment().vmDetails(web).scope()).isEqualTo(Optional.of("shop"));
  }

  @Test
  void folderWithTheFileComplete_isACluster() throws IOException {
    write("east/web.yaml", pod("web"));
    write("west/web.yaml", pod("web"));
    assertThat(read().environment().findVm("shop/web[Pod]")).isPresent();
    write("east/COMPLETE", "");
    write("west/COMPLETE", "");
    var imported = read();
    assertThat(imported.environment().findVm("shop/web[Pod]")).isEmpty();
    assertThat(KubernetesScenarioTest.pairs(imported.environment()))
        .noneMatch(pair -> pair.startsWith("east/") && pair.contains("> west/"));
  }

  @Test
  void fileBesideClusters_isAnError() throws IOException {
    write("east/all.yaml", namespace("kube-system", "u1"), pod("web"));
    write("west/all.yaml", namespace("kube-system", "u2"), pod("web"));
    write("policy.yaml", POLICY.replace("FROM", "web"));
    assertThat(problems(read().problems().errors()))
        .containsExactly(
            "mixed-sources: policy.yaml: the file stands beside several clusters (\"east\","
                + " \"west\") and does not show of which it is; move it into the folder of its"
                + " cluster");
  }

  /// What a collecting script is still writing, and what it replaced, is hidden.
  @Test
  void hiddenFolders_areNotRead() throws IOException {
    write("east/all.yaml", namespace("kube-system", "u1"), pod("web"));
    write(".east.partial/all.yaml", namespace("kube-system", "u2"), pod("half"));
    var imported = read();
    assertThat(problems(imported.problems().errors())).isEmpty();
    assertThat(imported.environment().findVm("shop/half[Pod]")).isEmpty();
    assertThat(imported.environment().findVm("shop/web[Pod]")).isPresent();
  }
}
