package io.surfacescan.importers.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesProblemsTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: a, namespace: prod, labels: {app: a}}
      """;
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p, namespace: prod}
      spec:
        podSelector: {}
        # Ä, é and 😀 take more than one byte.
        ingress:
        - from: [{podSelector: {}}]
          ports: [{port: PORT}]
      """;

  @TempDir Path folder;

  private static Imported read(String text) {
    return Importers.read(
        List.of("-"), new ByteArrayInputStream(text.getBytes(UTF_8)), (_, _) -> {});
  }

  private Imported readFolder() {
    return Importers.read(List.of(folder.toString()), InputStream.nullInputStream(), (_, _) -> {});
  }

  private static List<String> errors(Imported imported) {
    return imported.problems().errors().stream().map(Problem::toString).toList();
  }

  private static List<String> warnings(Imported imported) {
    return imported.problems().warnings().stream()
        .map(problem -> problem.kind().code() + ": " + problem.place() + ": " + problem.what())
        .toList();
  }

  @Test
  void rule_namesItsPolicy_withFileAndLine() {
    var imported =
        read(POD + "---\n" + POD.replace(" a", " b") + "---\n" + POLICY.replace("PORT", "80"));
    assertThat(errors(imported)).isEmpty();
    assertThat(imported.environment().ruleDetails(0).origins())
        .containsExactly(
            new Origin(
                "netpol/prod/p",
                "ingress policies",
                Optional.of(new Place("<stdin>", 16, 5)),
                "allow tcp/80 from namespace prod"));
  }

  @Test
  void port_thatIsNone_isAnError_whereItStands() {
    assertThat(errors(read(POD + "---\n" + POLICY.replace("PORT", "99999"))))
        .containsExactly(
            "<stdin>:13:20: the ports \"99999\" are none, in NetworkPolicy prod/p; write numbers from"
                + " 1 to 65535, the smaller first");
  }

  @Test
  void unknownOperator_rangesAndPeers_areErrors() {
    String policy = POD + "---\n" + POLICY.replace("{port: PORT}", "");
    assertThat(errors(read(policy.replace("{podSelector: {}}", "{ipBlock: {cidr: 10.0.0.0/99}}"))))
        .singleElement()
        .asString()
        .contains("\"10.0.0.0/99\" is no range of addresses");
    assertThat(errors(read(policy.replace("{podSelector: {}}", "{}"))))
        .singleElement()
        .asString()
        .contains("a peer is none of podSelector, namespaceSelector and ipBlock");
    String operator = "{podSelector: {matchExpressions: [{key: a, operator: Like, values: [b]}]}}";
    assertThat(errors(read(policy.replace("{podSelector: {}}", operator))))
        .singleElement()
        .asString()
        .contains("the operator \"Like\" is not known");
  }

  @Test
  void document_thatIsNoYaml_isAnError_whereItEnds() {
    assertThat(errors(read(POD + "spec: [a\nb: c\n")))
        .singleElement()
        .asString()
        .startsWith("<stdin>:5:")
        .contains("the document is no YAML");
  }

  @Test
  void keysTwiceInOneObject_areErrors() {
    assertThat(errors(read(POD + "kind: Pod\n")))
        .containsExactly(
            "<stdin>:4:1: the key \"kind\" stands twice in one object; keep one of them");
  }

  @Test
  void depthAndAliases_areBounded() {
    assertThat(errors(read(POD + "spec: " + "[".repeat(70) + "]".repeat(70) + "\n")))
        .singleElement()
        .asString()
        .contains("nested deeper than 64");
    var bomb = new StringBuilder(POD).append("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [*a")
          .append(i - 1)
          .append(", *a")
          .append(i - 1)
          .append("]\n");
    }
    assertThat(errors(read(bomb.toString())))
        .singleElement()
        .asString()
        .contains("aliases stand for more than 100000 values");
  }

  @Test
  void aliasesAndMergedKeys_areWhatTheyStandFor() {
    String pods =
        POD.replace("labels: {app: a}", "labels: &l {app: a}")
            + "---\n"
            + """
            apiVersion: v1
            kind: List
            items:
            - &pod
              apiVersion: v1
              kind: Pod
              metadata: {name: b, namespace: prod, labels: {app: b}}
            - <<: *pod
              metadata: {name: c, namespace: prod, labels: {app: b}}
            """;
    var imported = read(pods);
    assertThat(errors(imported)).isEmpty();
    assertThat(imported.environment().findVm("prod/c[Pod]")).isPresent();
  }

  @Test
  void sameResourceTwice_isAnErrorOnlyIfItDiffers() {
    assertThat(errors(read(POD + "---\n" + POD))).isEmpty();
    assertThat(errors(read(POD + "---\n" + POD.replace("app: a", "app: b"))))
        .containsExactly(
            "<stdin>:5:1: the Pod prod/a stands twice and differs, first at <stdin>:1:1; give the"
                + " export of one cluster, as it was at one time; if they are of two, put a file"
                + " COMPLETE into the folder of each");
  }

  @Test
  void listThatGoesOn_isAPartialExport() {
    String list =
        """
        {"apiVersion": "v1", "items": [], "kind": "PodList", "metadata": {"continue": "abc"}}
        """;
    assertThat(errors(read(list))).singleElement().asString().contains("the list goes on");
  }

  @Test
  void whatMayHideAnAttacker_isAWarning() {
    String cilium = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x}\n";
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: prod}
        spec: {type: LoadBalancer, selector: {app: nothing}, ports: [{port: 80}]}
        """;
    assertThat(warnings(read(POD + "---\n" + cilium + "---\n" + service)))
        .containsExactlyInAnyOrder(
            "unread-resource: <stdin>:5:1: policies of Cilium are not read (CiliumNetworkPolicy)",
            "dangling-reference: <stdin>:9:1: Service prod/s selects no pod",
            "absent-layer: <stdin>: the export has no network policy: every pod may reach every"
                + " other");
    assertThat(read(POD).environment().isComplete()).isFalse();
  }

  @Test
  void export_countsWhatWasReadAndLeftOut() {
    String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n";
    var imported = read(POD + "---\n" + map + "---\n" + POLICY.replace("PORT", "80"));
    var export = imported.export().orElseThrow();
    assertThat(export.formats()).containsExactly(InputFormat.KUBERNETES);
    assertThat(export.scopes()).containsOnly(Map.entry("prod", 1L));
    assertThat(export.counts()).containsOnly(Map.entry("Pod", 1L), Map.entry("NetworkPolicy", 1L));
    assertThat(export.leftOut()).containsOnly(Map.entry("ConfigMap (no part of reachability)", 1L));
    assertThat(imported.environment().isComplete()).isTrue();
  }

  @Test
  void folder_isReadWithItsFolders_andOthersArePassedOver() throws IOException {
    Files.createDirectories(folder.resolve("apps/web"));
    Files.writeString(folder.resolve("apps/web/pod.yml"), POD);
    Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("PORT", "80"));
    Files.writeString(folder.resolve("package.json"), "{\"name\": \"web\"}");
    Files.writeString(folder.resolve("notes.txt"), "x");
    var imported = readFolder();
    assertThat(errors(imported)).isEmpty();
    assertThat(imported.environment().findVm("prod/a[Pod]")).isPresent();
    assertThat(warnings(imported))
        .containsExactly(
            "unread-file: "
                + folder.resolve("package.json")
                + ": the file is beside an export and not recognized as a part of it");
  }

  @Test
  void exportInAFolder_besideDocuments_isPassedOver() throws IOException {
    Files.createDirectories(folder.resolve("deploy"));
    Files.writeString(folder.resolve("deploy/pod.json"), "{\"apiVersion\": \"v1\"}");
    Files.writeString(folder.resolve("vms.json"), "{\"vms\": [], \"fw_rules\": []}");
    var imported = readFolder();
    assertThat(errors(imported)).isEmpty();
    assertThat(imported.export()).isEmpty();
    assertThat(warnings(imported))
        .singleElement()
        .asString()
        .startsWith("unread-file: " + folder.resolve("deploy") + ": the folder holds data");
  }

  @Test
  void exportBesideADocument_isAnError() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), POD);
    Files.writeString(folder.resolve("vms.json"), "{\"vms\": [], \"fw_rules\": []}");
    assertThat(errors(readFolder()))
        .containsExactly(
            folder.resolve("vms.json")
                + ": this is no export of kubernetes, but "
                + folder.resolve("a.yaml")
                + " is one; read the one or the other");
  }

  @Test
  void format_canBeForced() {
    String noKind = "metadata: {name: a}\n";
    var options = ReadOptions.STRICT.withFormat(InputFormat.KUBERNETES);
    var imported =
        Importers.read(
            List.of("-"), new ByteArrayInputStream(noKind.getBytes(UTF_8)), (_, _) -> {}, options);
    assertThat(errors(imported))
        .containsExactly("<stdin>:1:1: a resource has no kind; give what kubectl writes");
    var asDocument =
        Importers.read(
            List.of("-"),
            new ByteArrayInputStream(POD.getBytes(UTF_8)),
            (_, _) -> {},
            ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT));
    assertThat(errors(asDocument)).singleElement().asString().contains("is YAML, not JSON");
  }

  @Test
  void sample_hasThePathOfItsStory() {
    Path sample = Path.of("..", "samples", "kubernetes");
    var imported =
        Importers.read(List.of(sample.toString()), InputStream.nullInputStream(), (_, _) -> {});
    assertThat(errors(imported)).isEmpty();
    assertThat(warnings(imported))
        .singleElement()
        .asString()
        .startsWith("assumption: ")
        .endsWith("ports on nodes are taken to be open to the internet");
    assertThat(imported.export().orElseThrow().scopes().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(29);
    assertThat(KubernetesScenarioTest.pairs(imported.environment()))
        .contains(
            "internet > legacy/ftp[Service]: tcp/30021",
            "legacy/ftp[Service] > legacy/ftp[Deployment]: tcp/21",
            "legacy/ftp[Deployment] > data/customers-db[StatefulSet]: tcp/5432",
            "shop/checkout[Deployment] > data/customers-db[StatefulSet]: tcp/5432",
            "data/backup[CronJob] > data/customers-db[StatefulSet]: tcp/5432")
        .noneMatch(pair -> pair.startsWith("shop/frontend[Deployment] > data/customers-db"));
  }

  @Test
  void waysInThatAreNotRead_areWarnings() {
    String pod =
        POD
            + """
            spec:
              containers:
              - name: c
                ports: [{containerPort: 8080, hostPort: 80}]
            ---
            """;
    String listeners =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: l, namespace: prod}
        ---
        """;
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: prod}
        spec: {type: LoadBalancer, ports: [{port: 80}]}
        """;
    assertThat(warnings(read(pod + listeners + service)))
        .contains(
            "unread-resource: <stdin>:7:13: ports that pods open on their nodes (hostPort) are not"
                + " read as a way in",
            "unread-resource: <stdin>:9:1: sets of listeners of the Gateway API are not read"
                + " (ListenerSet)",
            "unread-resource: <stdin>:13:1: Service prod/s has no selector, so where it leads is not"
                + " read");
  }

  @Test
  void podsOfAKindThatIsNotKnown_areMissed_unlessTheyAreExported() {
    String rollout =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: a, namespace: prod}
        spec:
          template:
            metadata: {labels: {app: a}}
            spec: {containers: [{name: c}]}
        ---
        """;
    String missing =
        "unread-resource: <stdin>:1:1: the pods that a Rollout makes are not in the export";
    assertThat(warnings(read(rollout + POD))).doesNotContain(missing);
    assertThat(warnings(read(rollout + POD.replace("app: a", "app: b")))).contains(missing);
  }
}
