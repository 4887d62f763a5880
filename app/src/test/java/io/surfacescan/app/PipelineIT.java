package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample cluster in a repository: a change that opens its database fails the pipeline's
/// script, at the line that does so.
class PipelineIT {
  private static final String POLICY =
      """
      rules:
        - id: db-depth
          title: Five hops lie between the internet and the database of the customers
          severity: high
          certain: true
          limit: {of: "data/customers-db[StatefulSet]", internet_hops: 5}
      """;

  private static final String FORGOTTEN = "---\n# The monthly figures for the printing house.\n";

  private static final String OPENS =
      "  - from:\n    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: legacy}}\n";

  @TempDir Path folder;

  private record Ran(int exit, String output) {}

  private Ran run(String command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-ec", command).directory(folder.toFile());
    builder.environment().put("SURFACESCAN", folder.resolve("program").toString());
    builder
        .environment()
        .put("SCRIPT", Repository.root().resolve("scripts/ci/check.sh").toString());
    var process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  @Test
  void brokenBranch_failsTheScript_withSarifThatNamesTheLine()
      throws IOException, InterruptedException {
    String words =
        PackagedProgram.command(List.of()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(folder.resolve("program"), "#!/bin/sh\nexec " + words + " \"$@\"\n");
    assertThat(folder.resolve("program").toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    var manifests = Files.createDirectory(folder.resolve("manifests"));
    var sample = Repository.root().resolve("samples/kubernetes");
    try (Stream<Path> files = Files.list(sample)) {
      for (var file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        Files.copy(file, manifests.resolve(file.getFileName()));
      }
    }
    var policies = manifests.resolve("policies.yaml");
    String asShipped = Files.readString(policies);
    int from = asShipped.indexOf(FORGOTTEN);
    int to = asShipped.indexOf("---\n", from + FORGOTTEN.length());
    assertThat(from).isPositive();
    String repaired = asShipped.substring(0, from) + asShipped.substring(to);
    Files.writeString(policies, repaired);
    var prepared =
        run(
            "git init -q -b main . && git config user.email a@b.example && git config user.name a"
                + " && git add manifests policy.yaml && git commit -qm main"
                + " && git switch -qc printing-house");
    assertThat(prepared.exit()).as(prepared.output()).isZero();
    Files.writeString(policies, asShipped);
    var committed = run("git commit -qam 'Figures for the printing house'");
    assertThat(committed.exit()).as(committed.output()).isZero();

    String pipeline = "\"$SCRIPT\" manifests policy.yaml low findings.sarif text --quiet";
    var broken = run(pipeline);
    assertThat(broken.exit()).as(broken.output()).isEqualTo(1);
    int line = asShipped.substring(0, asShipped.indexOf(OPENS)).split("\n", -1).length;
    assertThat(folder.resolve("findings.sarif"))
        .content()
        .contains("\"ruleId\":\"db-depth\"")
        .contains(
            "\"uri\":\"manifests/policies.yaml\",\"uriBaseId\":\"SRCROOT\"},"
                + "\"region\":{\"startLine\":"
                + line
                + ",\"startColumn\":5}");
    var mended = run("git switch -q main && " + pipeline);
    assertThat(mended.exit()).as(mended.output()).isZero();
    assertThat(folder.resolve("findings.sarif")).content().contains("\"results\":[]");
  }
}
