package io.surfacescan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Environment;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.PolicyFiles;
import io.surfacescan.report.EnvironmentWriter;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `environments` on two threads: each environment has the rows of its own report, whatever becomes
/// of the others.
class EnvironmentsJobTest {
  private static final Path SAMPLE = Path.of("..", "samples", "aws").toAbsolutePath().normalize();

  @TempDir Path directory;

  private static Dataset<Row> rows(Path out, String kind) {
    return LocalSpark.SESSION.read().json(out.resolve(kind).toString());
  }

  private static Map<String, List<Integer>> sizes(Path out, String env) {
    Map<String, List<Integer>> sizes = new HashMap<>();
    for (var row : rows(out, "vms").filter("env = '" + env + "'").collectAsList()) {
      sizes.put(
          row.getAs("vm_id"),
          List.of(
              row.<Long>getAs("attackers").intValue(),
              row.<Long>getAs("direct_attackers").intValue(),
              row.<Long>getAs("blast_radius").intValue(),
              row.<Long>getAs("direct_blast_radius").intValue()));
    }
    return sizes;
  }

  private Environment write(String name, long seed) throws Exception {
    var environment = RandomEnvironments.of(seed);
    try (var out = Files.newOutputStream(directory.resolve(name))) {
      EnvironmentWriter.write(environment, out);
    }
    return environment;
  }

  private static void agrees(Path out, String env, Environment environment) {
    var oracle = NaiveOracle.of(environment);
    Map<String, List<Integer>> expected = new HashMap<>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      expected.put(
          environment.vmId(vm),
          List.of(
              oracle.attackers(vm).size(),
              oracle.attackersWithin(vm, 1).size(),
              oracle.victims(vm).size(),
              oracle.victimsWithin(vm, 1).size()));
    }
    assertThat(sizes(out, env)).isEqualTo(expected);
  }

  @Test
  void eachHasItsReport_andItsFindings_whateverBecomesOfTheOthers() throws Exception {
    var first = write("a 1.json", 11);
    var second = write("b.json", 12);
    Files.writeString(directory.resolve("broken.json"), "{\"vms\": [{\"vm_id\": 1}]");
    // A pipe that never has a writer keeps its reader waiting.
    var pipe = new ProcessBuilder("mkfifo", directory.resolve("slow.json").toString()).start();
    assertThat(pipe.waitFor()).isZero();
    Path out = directory.resolve("out");
    String[] arguments = {
      "environments",
      "--data",
      directory + "/*.json",
      SAMPLE.toString(),
      "--out",
      out.toString(),
      "--policy",
      "pack:baseline",
      "--format",
      "ndjson",
      "--time-limit",
      "4"
    };
    var run = LocalSpark.run(arguments);
    assertThat(run.exitCode()).as(run.log()).isEqualTo(3);
    assertThat(run.log()).contains("5 environments, 2 refused");
    agrees(out, "a 1.json", first);
    agrees(out, "b.json", second);

    var imported =
        Importers.read(
            List.of(SAMPLE.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    var graph = AttackGraph.of(imported.environment());
    var exposures = Exposures.of(graph, Deadline.NONE, Progress.NONE);
    var sizes = sizes(out, "aws");
    assertThat(sizes).hasSize(imported.environment().countedVms()).isNotEmpty();
    sizes.forEach((id, found) -> {
      var exposure = exposures.of(imported.environment().findVm(id).orElseThrow());
      assertThat(found.getFirst()).isEqualTo(exposure.attackers());
      assertThat(found.get(2)).isEqualTo(exposure.victims());
    });
    var policy = PolicyFiles.read(List.of("pack:baseline"), Optional.empty());
    var findings = PolicyCheck.of(graph, policy, CheckOptions.USUAL).all();
    assertThat(
            rows(out, "findings")
                .filter("env = 'aws'")
                .select("fingerprint")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactlyInAnyOrderElementsOf(
            findings.stream().map(finding -> finding.fingerprint()).toList())
        .isNotEmpty();
    var problems = rows(out, "problems").filter("severity = 'error'").collectAsList();
    assertThat(problems.stream().map(row -> row.getAs("env") + " " + row.getAs("kind")))
        .contains("broken.json wrong-type", "slow.json time-limit");
    assertThat(problems.stream().map(row -> row.<String>getAs("place")))
        .anyMatch(place -> place.endsWith("/broken.json:1:20"));

    // The next night: one is refused now, and one is mended.
    Files.writeString(directory.resolve("b.json"), "{");
    Files.delete(directory.resolve("slow.json"));
    var mended = write("broken.json", 13);
    var again = LocalSpark.run(arguments);
    assertThat(again.log()).contains("4 environments, 1 refused");
    agrees(out, "a 1.json", first);
    agrees(out, "broken.json", mended);
    assertThat(sizes(out, "b.json")).isEmpty();
    assertThat(sizes(out, "aws")).isEqualTo(sizes);
    assertThat(out.resolve("vms/_SUCCESS")).exists();
  }

  @Test
  void refusals_nameTheRemedy() throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.yaml"), "rules: 7\n");
    write("a.json", 1);
    String data = directory + "/*.json";
    String out = directory.resolve("out").toString();
    var bad =
        LocalSpark.run("environments", "--data", data, "--out", out, "--policy", policy.toString());
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.log()).contains("policy.yaml");
    assertThat(LocalSpark.run("environments", "--data", directory + "/*.none", "--out", out))
        .satisfies(none -> assertThat(none.exitCode()).isEqualTo(3));
    assertThat(
            LocalSpark.run("environments", "--data", data, "--out", out, "--time-limit", "0")
                .exitCode())
        .isEqualTo(2);
  }
}
