package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private String converted(int number, String names, String first, String second)
      throws IOException, InterruptedException {
    var recipes = RECIPE.matcher(Files.readString(Path.of("../docs/input.md"))).results().toList();
    assertThat(recipes).hasSize(2);
    var recipe = Files.writeString(folder.resolve("recipe.jq"), recipes.get(number).group(1));
    var a = Files.writeString(folder.resolve("a"), first).toString();
    var b = Files.writeString(folder.resolve("b"), second).toString();
    var out = folder.resolve("environment.json");
    var jq =
        new ProcessBuilder(
                "jq",
                "-n",
                "--slurpfile",
                names.substring(0, 1),
                a,
                "--slurpfile",
                names.substring(1),
                b,
                "-f",
                recipe.toString())
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
            "ig",
            """
            {"Reservations": [{"Instances": [
              {"InstanceId": "i-web", "State": {"Name": "running"}, "Tags": [{"Key": "Name", "Value": "web"}],
               "SecurityGroups": [{"GroupId": "sg-web"}]},
              {"InstanceId": "i-db", "State": {"Name": "stopped"},
               "SecurityGroups": [{"GroupId": "sg-db"}]},
              {"InstanceId": "i-gone", "State": {"Name": "terminated"}}]}]}
            """,
            """
            {"SecurityGroups": [
              {"GroupId": "sg-web", "IpPermissions": [{"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
              {"GroupId": "sg-db", "IpPermissions": [
                {"UserIdGroupPairs": [{"GroupId": "sg-web"}], "IpRanges": []}]}]}
            """);
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
            "if",
            """
            [{"id": "1", "name": "web-1", "tags": {"items": ["web"]}},
             {"id": "2", "name": "db-1", "tags": {"items": ["db"]}},
             {"id": "3", "name": "bare-1", "tags": {}, "serviceAccounts": [{"email": "x@y"}]}]
            """,
            """
            [{"name": "web-to-db", "direction": "INGRESS", "disabled": false, "allowed": [{}],
              "sourceTags": ["web"], "targetTags": ["db"]},
             {"name": "off", "direction": "INGRESS", "disabled": true, "allowed": [{}],
              "sourceTags": ["db"], "targetTags": ["web"]},
             {"name": "in", "direction": "INGRESS", "allowed": [{}],
              "sourceRanges": ["0.0.0.0/0"], "targetServiceAccounts": ["x@y"]}]
            """);
    assertThat(new Trial().run("attack", "--data", data, "db-1").out()).isEqualTo("1\n");
    assertThat(new Trial().run("attack", "--data", data, "web-1").out()).isEmpty();
    assertThat(new Trial().run("attack", "--data", data, "bare-1").out().lines())
        .containsExactlyInAnyOrder("1", "2", "internet");
  }
}
