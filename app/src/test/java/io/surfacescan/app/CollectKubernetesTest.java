package io.surfacescan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.surfacescan.importers.Importers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/collect/kubernetes` with the real kubectl, which asks a stand-in of a cluster over
/// loopback.
class CollectKubernetesTest {
  /// By API group and version, its path and its kinds by plural name.
  private static final Map<String, Map<String, String>> KINDS =
      new TreeMap<>(
          Map.of(
              "v1",
              Map.of("namespaces", "Namespace", "pods", "Pod", "secrets", "Secret"),
              "apps/v1",
              Map.of("deployments", "Deployment"),
              "networking.k8s.io/v1",
              Map.of("networkpolicies", "NetworkPolicy")));

  private static final Map<String, String> ITEMS =
      Map.of(
          "namespaces", "{\"metadata\": {\"name\": \"prod\"}}",
          "pods",
              "{\"metadata\": {\"name\": \"a\", \"namespace\": \"prod\", \"labels\": {\"app\": \"a\"}}},"
                  + "{\"metadata\": {\"name\": \"b\", \"namespace\": \"prod\", \"labels\": {}}}",
          "networkpolicies",
              "{\"metadata\": {\"name\": \"p\", \"namespace\": \"prod\"}, \"spec\": {\"podSelector\":"
                  + " {\"matchLabels\": {\"app\": \"a\"}}, \"ingress\": []}}");

  @TempDir Path folder;
  private HttpServer cluster;
  private final TreeSet<String> asked = new TreeSet<>();

  @BeforeEach
  void startCluster() throws IOException {
    cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var answers = new TreeMap<String, String>();
    var groups = new ArrayList<String>();
    KINDS.forEach((version, kinds) -> {
      String path = (version.equals("v1") ? "/api/" : "/apis/") + version;
      var resources = new ArrayList<String>();
      kinds.forEach((plural, kind) -> {
        resources.add(
            "{\"name\": \"%s\", \"singularName\": \"\", \"namespaced\": %s, \"kind\": \"%s\","
                    .formatted(plural, !kind.equals("Namespace"), kind)
                + " \"verbs\": [\"get\", \"list\"]}");
        answers.put(path + "/" + plural, list(version, plural, kind));
      });
      answers.put(
          path,
          "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"groupVersion\": \"%s\","
                  .formatted(version)
              + " \"resources\": "
              + resources
              + "}");
      if (version.contains("/")) {
        groups.add(
            "{\"name\": \"%s\", \"versions\": [{\"groupVersion\": \"%s\", \"version\": \"v1\"}]}"
                .formatted(version.replaceFirst("/.*", ""), version));
      }
    });
    answers.put("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
    answers.put(
        "/apis",
        "{\"kind\": \"APIGroupList\", \"apiVersion\": \"v1\", \"groups\": " + groups + "}");
    answers.put("/version", "{\"major\": \"1\", \"minor\": \"32\", \"gitVersion\": \"v1.32.0\"}");
    cluster.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          synchronized (asked) {
            asked.add(path);
          }
          byte[] body =
              answers.getOrDefault(path, "{\"kind\": \"Status\", \"code\": 404}").getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    cluster.start();
  }

  @AfterEach
  void stopCluster() {
    cluster.stop(0);
  }

  private static String list(String version, String plural, String kind) {
    return "{\"kind\": \"%sList\", \"apiVersion\": \"%s\", \"metadata\": {}, \"items\": [%s]}"
        .formatted(kind, version, ITEMS.getOrDefault(plural, ""));
  }

  @Test
  void script_exportsWhatIsRead_andTheExportAnswers() throws IOException, InterruptedException {
    Path export = folder.resolve("export");
    Files.createDirectories(export);
    Files.writeString(export.resolve("old.json"), "{}");

    run(export);

    assertThat(export)
        .isDirectoryContaining("glob:**/pods.json")
        .isDirectoryNotContaining("glob:**/secrets.json")
        .isDirectoryNotContaining("glob:**/old.json");
    assertThat(folder.resolve(".export.before/old.json")).exists();
    assertThat(folder.resolve(".export.partial")).doesNotExist();
    assertThat(export.resolve("COMPLETE")).exists();
    assertThat(asked).noneMatch(path -> path.contains("secrets"));
    var imported =
        Importers.read(List.of(export.toString()), InputStream.nullInputStream(), (_, _) -> {});
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.problems().warnings()).isEmpty();
    var environment = imported.environment();
    assertThat(imported.export().orElseThrow().counts())
        .isEqualTo(Map.of("Namespace", 1L, "Pod", 2L, "NetworkPolicy", 1L));
    int isolated = environment.findVm("prod/a[Pod]").orElseThrow();
    int open = environment.findVm("prod/b[Pod]").orElseThrow();
    assertThat(environment.rules())
        .noneMatch(rule -> environment.vm(isolated).tags().contains(rule.destTag()))
        .anyMatch(rule -> environment.vm(open).tags().contains(rule.destTag()));
  }

  private void run(Path export) throws IOException, InterruptedException {
    var script = Repository.root().resolve("scripts/collect/kubernetes").toString();
    String server = "http://127.0.0.1:" + cluster.getAddress().getPort();
    var process = new ProcessBuilder("sh", script, export.toString(), "--server", server);
    var environment = process.environment();
    // Neither the user's configuration nor the user's cache.
    environment.put("HOME", folder.toString());
    environment.remove("KUBECONFIG");
    Path client = Files.createDirectories(folder.resolve("bin")).resolve("kubectl");
    Files.createSymbolicLink(client, Path.of(kubectl()));
    environment.put("PATH", client.getParent() + ":" + environment.get("PATH"));
    var log = folder.resolve("log").toFile();
    int exit = process.redirectErrorStream(true).redirectOutput(log).start().waitFor();
    assertThat(exit).as(Files.readString(log.toPath())).isZero();
  }

  private static String kubectl() throws IOException, InterruptedException {
    var search =
        new ProcessBuilder(Repository.root().resolve("scripts/get-kubectl").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(search.getInputStream().readAllBytes(), UTF_8).strip();
    assumeTrue(search.waitFor() == 0, said);
    return said;
  }
}
