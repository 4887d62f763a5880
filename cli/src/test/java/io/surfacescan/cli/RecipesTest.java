package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recipes of `docs/input.md`, as they stand there; not run where jq is not installed.
class RecipesTest {
  private static final Pattern RECIPE = Pattern.compile("```jq\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @BeforeEach
  void setUp() {
    assumeTrue(
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path, "jq"))),
        "jq is not installed");
  }

  /// @param number which of the page's recipes
  /// @param files by the names that the recipe gives them
  private String converted(int number, Map<String, String> files)
      throws IOException, InterruptedException {
    var recipes = RECIPE.matcher(Files.readString(Path.of("../docs/input.md"))).results().toList();
    assertThat(recipes).hasSize(3);
    var recipe = Files.writeString(folder.resolve("recipe.jq"), recipes.get(number).group(1));
    var command = new ArrayList<>(List.of("jq", "-n", "-f", recipe.toString()));
    for (var file : files.entrySet()) {
      var path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
      command.addAll(List.of("--slurpfile", file.getKey(), path.toString()));
    }
    var out = folder.resolve("environment.json");
    var jq =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(jq.waitFor()).isZero();
    return out.toString();
  }

  @Test
  void aws_findsWhoGroupsAndRangesLetIn() throws Exception {
    String data =
        converted(
            0,
            Map.of(
                "i",
                """
                {"Reservations": [{"Instances": [
                  {"InstanceId": "i-web", "State": {"Name": "running"}, "Tags": [{"Key": "Name", "Value": "web"}],
                   "SecurityGroups": [{"GroupId": "sg-web"}]},
                  {"InstanceId": "i-db", "State": {"Name": "stopped"},
                   "SecurityGroups": [{"GroupId": "sg-db"}]},
                  {"InstanceId": "i-gone", "State": {"Name": "terminated"}}]}]}
                """,
                "g",
                """
                {"SecurityGroups": [
                  {"GroupId": "sg-web", "IpPermissions": [{"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
                  {"GroupId": "sg-db", "IpPermissions": [
                    {"UserIdGroupPairs": [{"GroupId": "sg-web"}], "IpRanges": []}]}]}
                """));
    assertThat(new Trial().run("attack", "--max-hops", "1", "--data", data, "i-db").out())
        .isEqualTo("i-web\n");
    assertThat(new Trial().run("attack", "--data", data, "web").out().lines())
        .containsExactlyInAnyOrder("i-db", "internet");
    assertThat(new Trial().run("attack", "--data", data, "i-gone").exit()).isEqualTo(4);
  }

  @Test
  void gcp_findsWhoTagsAccountsAndRangesLetIn() throws Exception {
    String data =
        converted(
            1,
            Map.of(
                "i",
                """
                [{"id": "1", "name": "web-1", "tags": {"items": ["web"]}},
                 {"id": "2", "name": "db-1", "tags": {"items": ["db"]}},
                 {"id": "3", "name": "bare-1", "tags": {}, "serviceAccounts": [{"email": "x@y"}]}]
                """,
                "f",
                """
                [{"name": "web-to-db", "direction": "INGRESS", "disabled": false, "allowed": [{}],
                  "sourceTags": ["web"], "targetTags": ["db"]},
                 {"name": "off", "direction": "INGRESS", "disabled": true, "allowed": [{}],
                  "sourceTags": ["db"], "targetTags": ["web"]},
                 {"name": "in", "direction": "INGRESS", "allowed": [{}],
                  "sourceRanges": ["0.0.0.0/0"], "targetServiceAccounts": ["x@y"]}]
                """));
    assertThat(new Trial().run("attack", "--data", data, "db-1").out()).isEqualTo("1\n");
    assertThat(new Trial().run("attack", "--data", data, "web-1").out()).isEmpty();
    assertThat(new Trial().run("attack", "--data", data, "bare-1").out().lines())
        .containsExactlyInAnyOrder("1", "2", "internet");
  }

  @Test
  void kubernetes_findsWhoPoliciesLetIn() throws Exception {
    String data =
        converted(
            2,
            Map.of(
                "c",
                """
                {"items": [
                  {"kind": "Namespace", "metadata": {"name": "shop", "labels": {"team": "a"}}},
                  {"kind": "Namespace", "metadata": {"name": "ops", "labels": {"team": "b"}}},
                  {"kind": "Pod", "metadata": {"namespace": "shop", "name": "web", "labels": {"app": "web"}}},
                  {"kind": "Pod", "metadata": {"namespace": "shop", "name": "db", "labels": {"app": "db"}}},
                  {"kind": "Pod", "metadata": {"namespace": "shop", "name": "done", "labels": {"app": "web"}},
                   "status": {"phase": "Succeeded"}},
                  {"kind": "Pod", "metadata": {"namespace": "ops", "name": "web", "labels": {"app": "web"}}},
                  {"kind": "Pod", "metadata": {"namespace": "ops", "name": "probe", "labels": {"app": "probe"}}},
                  {"kind": "Pod", "metadata": {"namespace": "ops", "name": "agent"}},
                  {"kind": "NetworkPolicy", "metadata": {"namespace": "shop", "name": "db"},
                   "spec": {"podSelector": {"matchLabels": {"app": "db"}}, "ingress": [
                     {"from": [{"podSelector": {"matchLabels": {"app": "web"}}},
                       {"namespaceSelector": {"matchExpressions": [{"key": "team", "operator": "NotIn", "values": ["a"]}]},
                        "podSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["probe"]}]}}]}]}},
                  {"kind": "NetworkPolicy", "metadata": {"namespace": "shop", "name": "web"},
                   "spec": {"podSelector": {"matchLabels": {"app": "web"}}, "ingress": [
                     {"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}},
                  {"kind": "NetworkPolicy", "metadata": {"namespace": "ops", "name": "none"},
                   "spec": {"podSelector": {}, "policyTypes": ["Ingress"]}},
                  {"kind": "NetworkPolicy", "metadata": {"namespace": "ops", "name": "out"},
                   "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": []}}]}
                """));
    assertThat(direct(data, "shop/db")).containsExactlyInAnyOrder("shop/web", "ops/probe");
    assertThat(direct(data, "shop/web"))
        .containsExactlyInAnyOrder("shop/db", "ops/web", "ops/probe", "ops/agent", "internet");
    assertThat(direct(data, "ops/agent")).isEmpty();
  }

  private static List<String> direct(String data, String vm) {
    return new Trial().run("attack", "--max-hops", "1", "--data", data, vm).out().lines().toList();
  }
}
