package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The manifests are what Kubernetes takes, and name what the program and the image have.
class KubernetesTest {
  private static final Path FOLDER = Repository.root().resolve("deploy/kubernetes");

  static Stream<String> manifests() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("kustomization.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_isWhatKubernetesTakes(String file) throws IOException {
    var objects = objects(file);
    assertThat(objects).isNotEmpty();
    for (var object : objects) {
      assertThat(KubernetesModel.problems(object)).isEmpty();
      assertThat(String.valueOf(at(object, "metadata", "name")))
          .matches("[a-z]([a-z0-9-]*[a-z0-9])?");
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "  replicas: 2", "  replica: 2", ".spec.replica is no field of V1StatefulSetSpec"),
        arguments("  replicas: 2", "  replicas: \"2\"", ".spec.replicas is 2 and not of Integer"),
        arguments("  replicas: 2", "  replicas: 2.5", ".spec.replicas is 2.5 and not of Integer"),
        arguments(
            "        runAsNonRoot: true", "        runAsNonRoot: \"true\"", "runAsNonRoot is"),
        arguments(
            "              value: surfacescan,", "              value: 1 #", "value is 1 and"),
        arguments("            - name: http\n", "            - nam: http\n", ".nam is no field of"),
        arguments("containerPort: 8001", "hostPort: 8001", "].containerPort is missing"),
        arguments("drop: [\"ALL\"]", "drop: ALL", "drop is ALL and not of"),
        arguments("drop: [\"ALL\"]", "drop: [1]", "drop[0] is 1 and not of"),
        arguments("  selector:\n", "  selectors:\n", ".spec.selector is missing"),
        arguments(
            "              path: /health/live", "              file: x", ".file is no field of"),
        arguments("apps/v1", "apps/v2", "apps/v2 StatefulSet is not known"),
        arguments("metadata:\n", "metadatas:\n", "metadata is missing"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isSeen(String right, String wrong, String problem) throws IOException {
    String text = text("deploy/kubernetes/stateful-set.yaml");
    assertThat(text).contains(right);
    String changed = text.replaceFirst(Pattern.quote(right), wrong);

    assertThat(KubernetesModel.problems(object(Yaml.read(changed))))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @Test
  void mistake_isSeen_inWhatIsOfThePrometheusOperator() throws IOException {
    String text = text("deploy/kubernetes/service-monitor.yaml");
    String changed =
        text.replace("interval: 15s", "intervall: 15s").replace("port: http", "port: 1");

    assertThat(KubernetesModel.problems(object(Yaml.read(changed))))
        .containsExactly(
            ".spec.endpoints[0].port is 1 and not of String",
            ".spec.endpoints[0].intervall is no field of Endpoint");
  }

  @Test
  void kustomization_namesEveryManifest() throws IOException {
    String text = text("deploy/kubernetes/kustomization.yaml");
    var kustomization = object(Yaml.read(text));

    assertThat(kustomization)
        .containsEntry("apiVersion", "kustomize.config.k8s.io/v1beta1")
        .containsEntry("kind", "Kustomization")
        .containsEntry("namespace", "surfacescan")
        .containsOnlyKeys("apiVersion", "kind", "namespace", "resources", "images");
    assertThat(manifests()).allMatch(file -> text.contains("- " + file + "\n"));
    assertThat(list(kustomization, "resources"))
        .allMatch(file -> Files.exists(FOLDER.resolve(String.valueOf(file))));
    assertThat(at(list(kustomization, "images").getFirst(), "name"))
        .isEqualTo(container().get("image"));
    assertThat(at(object("Namespace", "surfacescan"), "metadata", "name")).isEqualTo("surfacescan");
  }

  @Test
  void probes_askForRoutes_underANameThatIsAllowed() throws IOException {
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      var get = object(at(container(), probe, "httpGet"));
      assertThat(routes()).contains(String.valueOf(get.get("path")));
      assertThat(get).containsEntry("port", portName());
      assertThat(list(get, "httpHeaders"))
          .isEqualTo(List.of(Map.of("name", "Host", "value", "localhost")));
    }
    assertThat(at(container(), "readinessProbe", "httpGet", "path")).isEqualTo("/health/ready");
    assertThat(at(container(), "livenessProbe", "httpGet", "path")).isEqualTo("/health/live");
  }

  @Test
  void ports_match() throws IOException {
    assertThat(image("EXPOSE (\\d+)")).isEqualTo(String.valueOf(port().get("containerPort")));
    for (String name : List.of("surfacescan", "surfacescan-replicas")) {
      assertThat(object(list(object("Service", name), "spec", "ports").getFirst()))
          .containsEntry("name", portName())
          .containsEntry("port", port().get("containerPort"))
          .containsEntry("targetPort", portName());
    }
    var policy = object("NetworkPolicy", "surfacescan");
    assertThat(list(list(policy, "spec", "ingress").getFirst(), "ports"))
        .isEqualTo(List.of(Map.of("port", portName())));
    var endpoint =
        object(list(object("ServiceMonitor", "surfacescan"), "spec", "endpoints").getFirst());
    assertThat(endpoint).containsEntry("port", portName());
    assertThat(routes()).contains(String.valueOf(endpoint.get("path")));
  }

  @Test
  void selectors_findThePods_andMonitorsOneService() throws IOException {
    var labels = at(statefulSet(), "spec", "template", "metadata", "labels");
    var spread = list(pod(), "topologySpreadConstraints").getFirst();

    assertThat(at(statefulSet(), "spec", "selector", "matchLabels")).isEqualTo(labels);
    assertThat(at(spread, "labelSelector", "matchLabels")).isEqualTo(labels);
    assertThat(at(object("Service", "surfacescan"), "spec", "selector")).isEqualTo(labels);
    assertThat(at(object("Service", "surfacescan-replicas"), "spec", "selector")).isEqualTo(labels);
    assertThat(at(object("PodDisruptionBudget", "surfacescan"), "spec", "selector", "matchLabels"))
        .isEqualTo(labels);
    assertThat(at(object("NetworkPolicy", "surfacescan"), "spec", "podSelector", "matchLabels"))
        .isEqualTo(labels);
    assertThat(at(statefulSet(), "spec", "serviceName")).isEqualTo("surfacescan-replicas");
    var monitored = object("ServiceMonitor", "surfacescan");
    assertThat(at(monitored, "spec", "selector", "matchLabels"))
        .isEqualTo(at(object("Service", "surfacescan"), "metadata", "labels"));
    assertThat(object(at(object("Service", "surfacescan-replicas"), "metadata")))
        .doesNotContainKey("labels");
  }

  @Test
  void variables_areFlagsOfServe() throws IOException {
    var names = new TreeSet<String>();
    for (var variable : list(container(), "env")) {
      names.add(String.valueOf(at(variable, "name")));
    }
    assertThat(names).contains("POD_IP", "SURFACESCAN_ALLOWED_HOST", "SURFACESCAN_STATS_URL");
    names.remove("POD_IP");
    String help = helpOfServe();
    assertThat(names)
        .allSatisfy(name -> {
          String flag =
              name.replace("SURFACESCAN_", "--").toLowerCase(Locale.ROOT).replace('_', '-');
          assertThat(help).containsPattern("(?m)" + flag + "\\b(?!-)");
        });
  }

  @Test
  void allowedHosts_areTheNamesOfTheService_andTheAddressOfThePod() throws IOException {
    String allowed = variables().getOrDefault("SURFACESCAN_ALLOWED_HOST", "");
    String name = String.valueOf(at(object("Service", "surfacescan"), "metadata", "name"));
    String inNamespace = name + "." + at(object("Namespace", "surfacescan"), "metadata", "name");
    assertThat(allowed.split(","))
        .containsExactly(
            name,
            inNamespace,
            inNamespace + ".svc",
            inNamespace + ".svc.cluster.local",
            "$(POD_IP)");
  }

  @Test
  void container_mayDoNothingBesides() throws IOException {
    int user = Integer.parseInt(image("USER (\\d+)"));
    assertThat(pod()).containsEntry("automountServiceAccountToken", false);
    assertThat(object(pod().get("securityContext")))
        .containsEntry("runAsNonRoot", true)
        .containsEntry("runAsUser", user)
        .containsEntry("fsGroup", user)
        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    assertThat(object(container().get("securityContext")))
        .containsEntry("allowPrivilegeEscalation", false)
        .containsEntry("readOnlyRootFilesystem", true)
        .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
    assertThat(at(container(), "resources", "limits", "memory"))
        .isEqualTo(at(container(), "resources", "requests", "memory"));
  }

  @Test
  void volumes_areWhereTheImageLooks() throws IOException {
    var volumes = new TreeSet<String>();
    for (var volume : list(pod(), "volumes")) {
      volumes.add(String.valueOf(at(volume, "name")));
    }
    for (var claim : list(statefulSet(), "spec", "volumeClaimTemplates")) {
      volumes.add(String.valueOf(at(claim, "metadata", "name")));
    }
    var paths = new TreeSet<String>();
    var mounted = new TreeSet<String>();
    for (var mount : list(container(), "volumeMounts")) {
      mounted.add(String.valueOf(at(mount, "name")));
      paths.add(String.valueOf(at(mount, "mountPath")));
      // Changes of a ConfigMap or Secret do not arrive in a part of it.
      assertThat(object(mount)).doesNotContainKey("subPath");
    }
    assertThat(mounted).isEqualTo(volumes);
    assertThat(paths)
        .contains(
            image("SURFACESCAN_DATADIR=(\\S+)"), image("SURFACESCAN_STATE_DIR=(\\S+)"), "/tmp");
  }

  @Test
  void askers_haveTokens_ofASecretThatMustBeThere() throws IOException {
    var variables = variables();
    assertThat(variables).doesNotContainKey("SURFACESCAN_INSECURE");
    var file = Path.of(variables.getOrDefault("SURFACESCAN_TOKENS", ""));
    var mount =
        found(list(container(), "volumeMounts"), "mountPath", String.valueOf(file.getParent()));
    var secret = object(found(list(pod(), "volumes"), "name", mount.get("name")).get("secret"));

    assertThat(mount).containsEntry("readOnly", true);
    assertThat(secret).containsKey("secretName").doesNotContainKeys("optional", "items");
    assertThat(text("docs/operations.md"))
        .contains(
            "create secret generic %s --from-file=%s\n"
                .formatted(secret.get("secretName"), file.getFileName()));
  }

  @Test
  void pods_haveTimeToStop() throws IOException {
    int before =
        (int) Objects.requireNonNull(at(container(), "lifecycle", "preStop", "sleep", "seconds"));
    assertThat((int) Objects.requireNonNull(pod().get("terminationGracePeriodSeconds")))
        .isGreaterThan(before + 8);
  }

  private static String text(String file) throws IOException {
    return Files.readString(Repository.root().resolve(file));
  }

  private static List<Map<String, Object>> objects(String file) throws IOException {
    var objects = new ArrayList<Map<String, Object>>();
    Yaml.readAll(text("deploy/kubernetes/" + file)).forEach(o -> objects.add(object(o)));
    return objects;
  }

  private static Map<String, Object> object(String kind, String name) throws IOException {
    for (String file : manifests().toList()) {
      for (var object : objects(file)) {
        if (kind.equals(object.get("kind")) && name.equals(at(object, "metadata", "name"))) {
          return object;
        }
      }
    }
    throw new AssertionError("no " + kind + " " + name);
  }

  private static Map<String, Object> statefulSet() throws IOException {
    return object("StatefulSet", "surfacescan");
  }

  private static Map<String, Object> pod() throws IOException {
    return object(at(statefulSet(), "spec", "template", "spec"));
  }

  private static Map<String, Object> container() throws IOException {
    return object(list(pod(), "containers").getFirst());
  }

  private static Map<String, Object> port() throws IOException {
    return object(list(container(), "ports").getFirst());
  }

  /// Those with a value of their own.
  private static Map<String, String> variables() throws IOException {
    var variables = new TreeMap<String, String>();
    for (var variable : list(container(), "env")) {
      if (object(variable).get("value") instanceof String value) {
        variables.put(String.valueOf(at(variable, "name")), value);
      }
    }
    return variables;
  }

  private static Map<String, Object> found(List<?> objects, String field, @Nullable Object value) {
    for (var object : objects) {
      if (Objects.equals(at(object, field), value)) {
        return object(object);
      }
    }
    throw new AssertionError("nothing has %s %s".formatted(field, value));
  }

  private static Object portName() throws IOException {
    return Objects.requireNonNull(port().get("name"));
  }

  /// The first group of what the Dockerfile has.
  private static String image(String pattern) throws IOException {
    var found = Pattern.compile(pattern).matcher(text("Dockerfile"));
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private static Iterable<String> routes() throws IOException {
    return object(
            object(Yaml.read(text("service/src/main/resources/META-INF/openapi.yaml")))
                .get("paths"))
        .keySet();
  }

  private static String helpOfServe() {
    var out = new ByteArrayOutputStream();
    var around =
        new ProcessContext(
            InputStream.nullInputStream(), out, false, out, false, Map.of(), Optional.empty());
    assertThat(Surfacescan.run(around, (_, _) -> 1, "serve", "--help")).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  private static List<?> list(Object value, String... path) {
    return (List<?>) Objects.requireNonNull(at(value, path));
  }

  private static @Nullable Object at(@Nullable Object value, String... path) {
    Object at = value;
    for (String key : path) {
      at = object(at).get(key);
    }
    return at;
  }
}
