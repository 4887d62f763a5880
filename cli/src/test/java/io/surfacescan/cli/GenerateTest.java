package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"uniform, 59", "layered, 90", "chain, 59", "cycles, 90"})
  void generate_givesAnEnvironmentOfTheseSizes(String shape, String rules) {
    String document =
        new Trial()
            .run("generate", "--shape", shape, "--vms", "300", "--tags", "60", "--rules", rules)
            .out();

    assertThat(new Trial().in(document).run("validate", "--data", "-").out())
        .isEqualTo("valid: 300 VMs, " + rules + " rules, 60 tags, 0 errors, 0 warnings\n");
  }

  @Test
  void generate_isTheSameForOneSeedOnly() {
    String once = new Trial().run("generate", "--vms", "100", "--seed", "7").out();

    assertThat(new Trial().run("generate", "--vms", "100", "--seed", "7").out()).isEqualTo(once);
    assertThat(new Trial().run("generate", "--vms", "100", "--seed", "8").out()).isNotEqualTo(once);
  }

  @Test
  void generate_intoAFile_compressesByItsName() throws IOException {
    String plain = folder.resolve("fleet.json").toString();
    String compressed = folder.resolve("fleet.json.gz").toString();
    String piped = new Trial().run("generate", "--vms", "100").out();

    assertThat(new Trial().run("generate", "--vms", "100", plain).out()).isEmpty();
    new Trial().run("generate", "--vms", "100", compressed);

    assertThat(Path.of(plain)).hasContent(piped);
    try (var unzipped = new GZIPInputStream(Files.newInputStream(Path.of(compressed)))) {
      assertThat(unzipped.readAllBytes()).asString().isEqualTo(piped);
    }
    assertThat(folder)
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
  }

  @Test
  void generate_intoAFolderThatIsNotThere_saysSo() {
    String target = folder.resolve("none/fleet.json").toString();
    var ran = new Trial().run("generate", "--vms", "100", target);

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).startsWith("error: " + target + ": cannot be written (");
  }

  @Test
  void generate_withImpossibleSizes_saysWhy() {
    var ran = new Trial().run("generate", "--shape", "chain", "--vms", "3", "--rules", "9");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: no such chain environment: ");
  }

  @Test
  void generate_withAnUnknownShape_namesTheShapes() {
    assertThat(new Trial().run("generate", "--shape", "round").err())
        .startsWith(
            "error: Invalid value for option '--shape': 'round' is not one of uniform, layered,"
                + " chain, cycles, kubernetes, aws, azure, gcp, terraform; see");
  }

  @Test
  void generate_ofACluster_givesAnExportThatIsRead() {
    String export =
        new Trial().run("generate", "--shape", "kubernetes", "--vms", "850", "--rules", "40").out();

    assertThat(new Trial().in(export).run("validate", "--data", "-").out())
        .contains("\n  read: 85 Deployment, 4 Namespace, 40 NetworkPolicy, 850 Pod\nvalid: ")
        .endsWith(" 0 errors, 0 warnings\n");
    // 85 workloads, what can route to pods and what pods reach, in ranges that policies divide.
    assertThat(new Trial().in(export).run("vms", "-o", "ndjson", "--data", "-").out().lines())
        .filteredOn(line -> line.contains("[Deployment]"))
        .hasSize(85);
    assertThat(new Trial().run("generate", "--shape", "kubernetes", "--tags", "3").err())
        .startsWith("error: no such export: it has no tags, so --tags means nothing");
  }

  @Test
  void generate_ofAccounts_givesAnExportThatIsRead() {
    String export =
        new Trial().run("generate", "--shape", "aws", "--vms", "1100", "--rules", "300").out();

    assertThat(new Trial().in(export).run("validate", "--data", "-").out())
        .startsWith("export of aws, with all layers:\n")
        .endsWith(" 0 errors, 0 warnings\n");
    // Of each VPC's 500 interfaces, and of the 100 of the third, these belong to the instance of
    // the
    // one before: 21, 61, 101, and so on.
    assertThat(new Trial().in(export).run("vms", "-o", "ndjson", "--data", "-").out().lines())
        .hasSize(1100 - 12 - 12 - 2);
    assertThat(new Trial().in(export).run("path", "--data", "-", "internet", instance(2)).out())
        .contains("front-000");
    assertThat(new Trial().run("generate", "--shape", "aws", "--vms", "0").err())
        .startsWith("error: no such export: it has at least one VM, and no rule or more");
  }

  @Test
  void generate_ofProjects_givesAnExportThatIsRead() {
    String export =
        new Trial().run("generate", "--shape", "gcp", "--vms", "1200", "--rules", "60").out();

    assertThat(new Trial().in(export).run("validate", "--data", "-").out())
        .startsWith(
            """
            export of gcp, with all layers:
              network shop-000/net-000: 1000 VMs
              network shop-000/net-001: 200 VMs
            """)
        .endsWith(" 0 errors, 0 warnings\n");
    assertThat(
            new Trial()
                .in(export)
                .run("pairs", "--from", "internet", "-o", "ndjson", "--data", "-")
                .out())
        .contains("tcp/443");
  }

  @Test
  void generate_ofAPlan_givesAPlanThatIsRead() {
    String plan =
        new Trial().run("generate", "--shape", "terraform", "--vms", "1040", "--rules", "60").out();

    // The second module has 40 instances; each twentieth instance is new.
    assertThat(new Trial().in(plan).run("validate", "--data", "-").out())
        .startsWith("export of terraform, with all layers:\n")
        .contains("1040 aws_instance")
        .endsWith(" 0 errors, 0 warnings\n");
    assertThat(new Trial().in(plan).run("diff", "--plan", "-", "-o", "ndjson").out().lines())
        .filteredOn(line -> line.startsWith("{\"change\":\"vm-added\""))
        .hasSize(52);
  }

  private static String instance(int number) {
    return String.format(Locale.ROOT, "i-%017x", number);
  }
}
