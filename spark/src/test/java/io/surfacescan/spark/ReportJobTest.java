package io.surfacescan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.EnvironmentReport;
import io.surfacescan.report.EnvironmentWriter;
import io.surfacescan.report.format.Format;
import io.surfacescan.spark.JobOptions.RowFormat;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import io.surfacescan.testkit.Json;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `report` on two threads, held against the definition and against `surfacescan report`.
class ReportJobTest {
  private static final int ENVIRONMENTS = 60;

  @TempDir Path directory;

  private static void agree(RandomFleet fleet, Path out, RowFormat format) {
    var rows = RandomFleet.values(LocalSpark.rows(out.resolve("vms"), format));
    var expected = fleet.expected();
    assertThat(rows.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, values) -> assertThat(rows.get(id)).as(id).isEqualTo(values));
    assertThat(out.resolve("vms/_SUCCESS")).exists();
  }

  private static String[] targets(RandomFleet fleet, String... more) {
    return Stream.concat(
            fleet.targets.stream().flatMap(id -> Stream.of("--target", id)), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void ofLines_agreesWithTheDefinition() {
    Seeds.check(
        2,
        seed -> {
          var fleet = new RandomFleet(1_000 * seed, ENVIRONMENTS);
          Path base = Files.createDirectory(directory.resolve("lines-" + seed));
          Path vms = Files.createDirectory(base.resolve("vms"));
          fleet.writeLines(vms);
          fleet.writeRules(base.resolve("rules.json"));
          Path out = base.resolve("out");
          var run = LocalSpark.report(vms, base.resolve("rules.json"), out, targets(fleet));
          assertThat(run.exitCode()).as(run.log()).isZero();
          agree(fleet, out, RowFormat.PARQUET);
        });
  }

  @Test
  void ofParquet_agreesWithTheDefinition_inEveryFormat_andOverwrites() throws IOException {
    var fleet = new RandomFleet(77, ENVIRONMENTS);
    Path vms = directory.resolve("vms.parquet");
    Path rules = directory.resolve("rules.json");
    LocalSpark.SESSION
        .createDataFrame(fleet.rows(), RandomFleet.VMS)
        .write()
        .parquet(vms.toString());
    fleet.writeRules(rules);
    Path out = directory.resolve("out");
    for (var format : List.of(RowFormat.NDJSON, RowFormat.PARQUET, RowFormat.NDJSON)) {
      var more = targets(fleet, "--trust-ids", "--format", format.name().toLowerCase());
      var run = LocalSpark.report(vms, rules, out, more);
      assertThat(run.exitCode()).as(run.log()).isZero();
      agree(fleet, out, format);
    }
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }

  private static List<String> problems(Path out) {
    return LocalSpark.SESSION
        .read()
        .json(out.resolve("problems").toString())
        .collectAsList()
        .stream()
        .map(row -> row.getAs("severity") + " " + row.getAs("kind") + " " + row.getAs("count"))
        .toList();
  }

  @Test
  void split_agreesWithTheDefinition() throws IOException {
    var fleet = new RandomFleet(4_000, 3 * ENVIRONMENTS);
    Path vms = Files.createDirectory(directory.resolve("vms"));
    Path rules = directory.resolve("rules.json");
    fleet.writeLines(vms);
    fleet.writeRules(rules);
    Path out = directory.resolve("out");
    // The environments have nothing in common, so none is larger than the largest of them.
    var run = LocalSpark.report(vms, rules, out, targets(fleet, "--split", "--max-classes", "40"));
    assertThat(run.exitCode()).as(run.log()).isZero();
    agree(fleet, out, RowFormat.PARQUET);

    var refused = LocalSpark.report(vms, rules, out, "--split", "--max-classes", "3");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.log()).contains(" classes are joined by rules, more than --max-classes 3; ");
    assertThat(LocalSpark.report(vms, rules, out, "--split", "--target", "z").exitCode())
        .isEqualTo(4);
  }

  @Test
  void rows_areThoseOfReport() throws IOException {
    var seeded = SeededEnvironment.of(Shape.LAYERED, 3_000, 400, 900, 1);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < 3_000; vm++) {
      builder.vm(seeded.vm(vm).id(), "name " + vm, seeded.vm(vm).tags());
    }
    Path vms = directory.resolve("vms.json");
    try (var out = Files.newOutputStream(vms)) {
      EnvironmentWriter.write(builder.build(), out);
    }
    var rules = new StringBuilder("{\"fw_rules\":[");
    var whole = new EnvironmentBuilder();
    for (int vm = 0; vm < 3_000; vm++) {
      whole.vm(seeded.vm(vm).id(), "name " + vm, seeded.vm(vm).tags());
    }
    for (int rule = 0; rule < 900; rule++) {
      whole.rule(null, seeded.rule(rule).sourceTag(), seeded.rule(rule).destTag());
      rules.append(rule == 0 ? "" : ",").append("{\"source_tag\":");
      rules.append(RandomFleet.json(seeded.rule(rule).sourceTag())).append(",\"dest_tag\":");
      rules.append(RandomFleet.json(seeded.rule(rule).destTag())).append("}");
    }
    Path rulesFile = file("rules.json", rules.append("]}").toString());
    var environment = whole.build();
    var exposures = Exposures.of(AttackGraph.of(environment), Deadline.NONE, Progress.NONE);
    var report =
        new EnvironmentReport(
            exposures,
            Optional.empty(),
            Optional.empty(),
            VmSequence.of(IntStream.range(0, 3_000).toArray()));
    var expected = new ByteArrayOutputStream();
    report.write(expected, Format.NDJSON);

    Path out = directory.resolve("out");
    assertThat(LocalSpark.report(vms, rulesFile, out, "--format", "ndjson").exitCode()).isZero();
    Map<Object, Map<?, ?>> rows = new HashMap<>();
    try (var parts = Files.newDirectoryStream(out.resolve("vms"), "part-*")) {
      for (Path part : parts) {
        for (String line : Files.readAllLines(part)) {
          var row = new HashMap<Object, Object>((Map<?, ?>) Json.read(line));
          assertThat(row.remove("kind")).isEqualTo("vm");
          assertThat(row).containsEntry("scope", null).containsEntry("internet", null);
          row.keySet().removeAll(List.of("scope", "internet", "hops_to_targets"));
          rows.put(row.get("vm_id"), row);
        }
      }
    }
    int count = 0;
    for (var line : expected.toString(StandardCharsets.UTF_8).lines().toList()) {
      var row = (Map<?, ?>) Json.read(line);
      assertThat(rows.get(row.get("vm_id"))).isEqualTo(row);
      count++;
    }
    assertThat(rows).hasSize(count).hasSize(3_000);
  }

  @Test
  void badLines_areProblems_andNothingIsWritten() throws IOException {
    Path vms = directory.resolve("vms");
    Files.createDirectory(vms);
    Files.writeString(
        vms.resolve("a.ndjson"),
        """
        {"vm_id": "one", "name": "n", "tags": ["a"]}
        {"vm_id": "", "name": "n", "tags": ["a"]}
        {"vm_id": "two", "name": "n", "tags": "a"}
        {"vm_id": "three"}
        """);
    Files.writeString(vms.resolve("b.ndjson"), "{\"vm_id\": \"one\", \"tags\": [\"b\"]\n");
    Files.writeString(
        vms.resolve("c.ndjson"),
        "{\"fw_id\": \"f\", \"source_tag\": \"a\", \"dest_tag\": \"b\"}\n");
    Path rules =
        file("rules.json", "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\"}]}");
    Path out = directory.resolve("out");
    Files.createDirectories(out.resolve("vms"));
    Files.writeString(out.resolve("vms/_SUCCESS"), "");

    var run = LocalSpark.report(vms, rules, out);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.log())
        .contains("a.ndjson:byte 45: vm_id is empty; give the VM an id of its own");
    assertThat(run.log()).contains("b.ndjson:byte 0: ").contains("rules stand among the VMs");
    assertThat(out.resolve("vms")).doesNotExist();
    assertThat(problems(out))
        .contains("error empty-field 1", "error wrong-type 1", "error missing-field 1")
        .contains("error malformed-json 1", "error mixed-sources 1");
  }

  @Test
  void sameIds_areFound_inAnyFiles() throws IOException {
    Path vms = directory.resolve("vms");
    Files.createDirectory(vms);
    String line = "{\"vm_id\": \"%s\", \"name\": \"n\", \"tags\": [\"a\"]}%n";
    Files.writeString(vms.resolve("a.ndjson"), line.formatted("one") + line.formatted("two"));
    Files.writeString(vms.resolve("b.ndjson"), line.formatted("three") + line.formatted("two"));
    Path rules =
        file("rules.json", "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\"}]}");
    Path out = directory.resolve("out");

    var run = LocalSpark.report(vms, rules, out);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.log())
        .contains("vm_id \"two\" is used 2 times, first in ")
        .contains("a.ndjson byte 45");
    assertThat(problems(out)).contains("error duplicate-vm-id 1");
    assertThat(LocalSpark.report(vms, rules, out, "--trust-ids").exitCode()).isZero();
  }

  @Test
  void badRowsOfParquet_areProblems() throws IOException {
    var rows =
        List.of(
            RowFactory.create("one", new String[] {"a", "a"}, null, null, null),
            RowFactory.create(null, new String[] {"a"}, null, null, null),
            RowFactory.create("", new String[] {"a"}, null, null, null),
            RowFactory.create("two", null, null, null, null),
            RowFactory.create("three", new String[] {"a", null}, null, null, null),
            RowFactory.create("four", new String[] {""}, null, null, null),
            RowFactory.create("five", new String[] {}, null, "castle", null),
            RowFactory.create("six", new String[] {}, "n", "vm", null));
    Path vms = directory.resolve("vms.parquet");
    LocalSpark.SESSION.createDataFrame(rows, RandomFleet.VMS).write().parquet(vms.toString());
    Path rules =
        file("rules.json", "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"b\"}]}");
    Path out = directory.resolve("out");
    assertThat(LocalSpark.report(vms, rules, out).exitCode()).isEqualTo(3);
    assertThat(problems(out))
        .contains("error missing-field 1", "error missing-field 1", "error wrong-type 1")
        .contains("error empty-field 1", "error invalid-value 1")
        .contains("warning duplicate-tag 1", "warning untagged-vm 1", "warning missing-name 1");
  }

  @Test
  void refusals_nameTheRemedy() throws IOException {
    Path vms =
        file(
            "vms.ndjson",
            "{\"vm_id\":\"x\",\"tags\":[\"a\"]}",
            "{\"vm_id\":\"y\",\"tags\":[\"b\"]}");
    Path rules = file("rules.json", "{\"fw_rules\":[{\"source_tag\":\"a\",\"dest_tag\":\"b\"}]}");
    Path whole = file("whole.json", "{\"vms\":[{\"vm_id\":\"x\",\"tags\":[]}],\"fw_rules\":[]}");
    Path out = directory.resolve("out");
    Files.createDirectories(out.resolve("vms"));
    var tooMany = LocalSpark.report(vms, rules, out, "--max-classes", "1");
    assertThat(tooMany.exitCode()).isEqualTo(3);
    assertThat(tooMany.log())
        .contains("the VMs form 2 classes, more than --max-classes 1; allow more");
    assertThat(LocalSpark.report(vms, rules, out, "--target", "z"))
        .isEqualTo(
            new LocalSpark.Run(
                4,
                "reading\n3 rows\ngrouping\n2 classes\nanswering\nerror: no VM has the id z; correct --target\n"));
    assertThat(out.resolve("vms")).doesNotExist();
    assertThat(LocalSpark.report(vms, whole, out).log()).contains("VMs stand among the rules");
    assertThat(LocalSpark.report(vms, directory.resolve("none"), out).exitCode()).isEqualTo(3);
    assertThat(LocalSpark.report(directory.resolve("none"), rules, out).exitCode()).isEqualTo(3);
    assertThat(LocalSpark.run("report").exitCode()).isEqualTo(2);
    assertThat(LocalSpark.run("report", "--nothing").exitCode()).isEqualTo(2);
    assertThat(
            LocalSpark.report(vms, rules, out, "--partition", "day=1", "--format=csv").exitCode())
        .isZero();
    assertThat(LocalSpark.rows(out.resolve("vms/day=1"), RowFormat.CSV)).hasSize(2);
  }
}
