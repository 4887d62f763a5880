package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformRecognitionTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\",\"planned_values\":{}}",
        "{\"format_version\": \"0.1\", \"values\": {}}",
        "{\"format_version\":\"1.0\"}",
        "{\n \"planned_values\": {}, \"format_version\": \"1.2\"}",
        "{\"configuration\": {\"root_module\": {}}, \"format_version\": \"1.2\"}",
        "{\"applyable\": true, \"complete\": true, \"configuration\": {\"provider_config\": {}}}",
        "\u00EF\u00BB\u00BF{\"version\": 4, \"terraform_version\": \"1.9.5\", \"serial\": 1}"
      })
  void isRecognized_plansAndStates(String start) {
    assertThat(TerraformExport.isRecognized(start)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[{\"format_version\":\"1.2\"}]",
        "{\"vms\": [], \"fw_rules\": []}",
        "{\"version\": 4, \"resources\": []}",
        "{\"format_version\": 2, \"values\": {}}",
        "{\"configuration\": {\"name\": \"x\"}}",
        "{\"Vpcs\": []}"
      })
  void isRecognized_notOthers(String start) {
    assertThat(TerraformExport.isRecognized(start)).isFalse();
  }

  @Test
  void read_takesAnEmptyState() throws IOException {
    var imported =
        new Folder(directory).with("a.json", "{\"format_version\":\"1.0\"}").read("a.json");
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.export().map(ImportedExport::formats))
        .contains(List.of(InputFormat.TERRAFORM));
    assertThat(imported.export().orElseThrow().lowered().model().endpoints()).isEmpty();
  }

  @Test
  void read_refusesWhatIsNoPlan_withTheCommandThatWritesOne() throws IOException {
    var folder = new Folder(directory).with("a.json", "{\"version\": 3,\n \"modules\": []}");
    var forced = ReadOptions.STRICT.withFormat(InputFormat.TERRAFORM);
    assertThat(folder.errors(folder.read(forced, "a.json")))
        .containsExactly(
            "a.json:1:13: this is a raw state of another version than 4; write it with `terraform"
                + " show -json FILE`, where FILE is a plan or a state of Terraform 0.12 or later");
    folder.with("b.json", "{\"format_version\": \"2.0\"}");
    assertThat(folder.errors(folder.read(forced, "b.json")))
        .singleElement()
        .asString()
        .startsWith("b.json:1:20: the document's format_version is not one of 0.1 to 1.x; ");
    folder.with(
        "c.json", "{\"format_version\": \"1.2\", \"planned_values\": {}, \"errored\": true}");
    assertThat(folder.errors(folder.read("c.json")))
        .singleElement()
        .asString()
        .startsWith("c.json:1:60: the plan ended with an error, so it does not hold all changes; ");
  }

  /// What people have beside the plan that `terraform show -json` writes.
  @Test
  void read_namesTheLogOfAPlanAndAPlanThatWasSaved() throws IOException {
    var folder =
        new Folder(directory)
            .with(
                "log.json",
                """
                {"@level":"info","@message":"Terraform 1.9.0","@module":"terraform.ui"}
                {"@level":"info","@message":"aws_vpc.a: Plan to create","type":"planned_change"}
                """);
    assertThat(folder.errors(folder.read("log.json")))
        .containsExactly(
            "log.json:1:1: the document is the log that terraform plan -json writes, not a plan; run"
                + " terraform plan -out=tfplan, then terraform show -json tfplan > plan.json");
    // Its time stands among the first bytes, which are then text, or are not.
    for (String time : List.of("2026-01-01T01:01:00", "2026-11-30T23:12:00")) {
      try (var zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("saved.json")))) {
        var entry = new ZipEntry("tfplan");
        entry.setTimeLocal(LocalDateTime.parse(time));
        zip.putNextEntry(entry);
        zip.write(new byte[100]);
      }
      assertThat(folder.errors(folder.read("saved.json")))
          .containsExactly(
              "saved.json:1:1: the document is a plan that terraform plan -out saved, not JSON; write"
                  + " it as JSON: terraform show -json FILE > plan.json");
    }
  }

  @Test
  void read_tellsOfOtherClouds_andIsNotComplete() throws IOException {
    var folder =
        new Folder(directory)
            .with(
                "a.json",
                """
                {"format_version": "1.0", "values": {"root_module": {"resources": [
                  {"address": "oci_core_instance.a", "mode": "managed",
                   "type": "oci_core_instance", "name": "a", "values": {}},
                  {"address": "aws_vpn_connection.b", "mode": "managed",
                   "type": "aws_vpn_connection", "name": "b", "values": {}},
                  {"address": "aws_iam_role.c", "mode": "managed",
                   "type": "aws_iam_role", "name": "c", "values": {}}]}}}
                """);
    var imported = folder.read("a.json");
    assertThat(imported.environment().isComplete()).isFalse();
    assertThat(folder.warnings(imported))
        .containsExactly(
            "a.json:2:3: resources of type oci_core_instance are not read, only those of AWS, Azure"
                + " and Google Cloud are; see docs/import/terraform.md for what that means",
            "a.json:4:3: resources of type aws_vpn_connection are not read; see"
                + " docs/import/terraform.md for what that means");
    assertThat(imported.export().orElseThrow().leftOut())
        .containsEntry("oci_core_instance", 1L)
        .containsEntry("aws_vpn_connection", 1L)
        .containsEntry("resources of types that have no place in a network", 1L)
        .hasSize(3);
  }
}
