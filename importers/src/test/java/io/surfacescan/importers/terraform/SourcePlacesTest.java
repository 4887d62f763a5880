package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePlacesTest {
  @TempDir private Path directory;

  @BeforeEach
  void writePlan() throws IOException {
    var changes = new StringBuilder();
    String[] modules = {"", "module.net.", "module.net.module.inner[\"a.b\"].", "module.far[0]."};
    for (int i = 0; i < modules.length; i++) {
      String vpc = "vpc-" + i;
      changes.append(
          change(
              modules[i] + "aws_vpc.v", "'id': '%s', 'cidr_block': '10.0.0.0/16'".formatted(vpc)));
      changes.append(
          change(
              modules[i] + "aws_security_group.g[0]",
              ("'id': 'sg-%d', 'vpc_id': '%s', 'egress': [], 'ingress': [{'protocol': 'tcp',"
                      + " 'from_port': 22, 'to_port': 22, 'cidr_blocks': ['0.0.0.0/0']}]")
                  .formatted(i, vpc)));
    }
    new Folder(directory)
        .with(
            "plan.json",
            ("{'format_version': '1.2', 'planned_values': {}, 'resource_changes': ["
                    + changes.substring(0, changes.length() - 2)
                    + "]}")
                .replace('\'', '"'));
  }

  private static String change(String address, String after) {
    var parsed = ResourceAddress.parse(address);
    return "{'address': '%s', 'type': '%s', 'name': '%s', 'change': {'actions': ['create'], 'after': {%s}}},\n"
        .formatted(address.replace("\"", "\\\""), parsed.type(), parsed.name(), after);
  }

  private Imported read(String folder) {
    return new Folder(directory)
        .read(ReadOptions.STRICT.withTerraformSource(directory.resolve(folder)), "plan.json");
  }

  /// The files and lines of the rules, by their groups.
  private Map<String, String> places(Imported imported) {
    var places = new TreeMap<String, String>();
    imported
        .export()
        .orElseThrow()
        .lowered()
        .model()
        .realRules()
        .forEach((id, origin) -> {
          if (id.contains("aws_security_group.g[0]/ingress/")) {
            places.put(
                id.substring(0, id.indexOf("aws_security_group")),
                origin.place().orElseThrow().toString().replace(directory + "/", ""));
          }
        });
    return places;
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static final String GROUP = "\nresource \"aws_security_group\" \"g\" {\n}\n";

  @Test
  void rules_haveTheFileAndLineOfTheirBlocks_inModulesToo() throws IOException {
    write("infra/override.tf", GROUP);
    write("infra/main.tf", "module \"net\" {\n  source = \"../net\"\n}\n" + GROUP);
    write("infra/far.tf", "# far\n  module \"far\" {\n  source = \"example/far/aws\"\n}\n");
    write(
        "net/x.tf.json",
        """
        {"module": {"inner": {"source": "./inner"}},
         "resource": [{"aws_security_group": {
           "g": {"name": "g"}}}]}
        """);
    write("net/inner/y.tf", GROUP);
    var imported = read("infra");
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(places(imported))
        .isEqualTo(
            Map.of(
                "", "infra/main.tf:5:1",
                "module.net.", "net/x.tf.json:3:9",
                "module.net.module.inner[\"a.b\"].", "net/inner/y.tf:2:1",
                "module.far[0].", "infra/far.tf:2:3"));
  }

  @Test
  void installedModules_areFoundWhereTerraformPutThem() throws IOException {
    write("infra/main.tf", "module \"far\" {\n  source = \"example/far/aws\"\n}\n");
    write(
        "infra/.terraform/modules/modules.json",
        "{\"Modules\": [{\"Key\": \"\", \"Source\": \"\", \"Dir\": \".\"},"
            + " {\"Key\": \"far\", \"Dir\": \".terraform/modules/far\"}]}");
    write("infra/.terraform/modules/far/main.tf", GROUP);
    var imported = read("infra");
    var places = places(imported);
    assertThat(places)
        .containsEntry("module.far[0].", "infra/.terraform/modules/far/main.tf:2:1")
        .containsEntry("", "plan.json:2:186");
    assertThat(new Folder(directory).warnings(imported))
        .contains(
            "plan.json:1:70: \"aws_vpc.v\" stands in no .tf file of infra; name the folder where"
                + " terraform plan was run, with the files that it read (dangling-reference, 6"
                + " times, also at plan.json:2:1, plan.json:3:1, …)");
  }

  @Test
  void aFolderWithoutSuchFiles_isRefused() throws IOException {
    Files.createDirectory(directory.resolve("empty"));
    assertThat(new Folder(directory).errors(read("empty")))
        .containsExactly(
            "plan.json: the folder empty, which --terraform-source names, has no .tf file; name the"
                + " folder with the .tf files of the root module, where terraform plan was run");
    assertThat(new Folder(directory).errors(read("infa")))
        .containsExactly(
            "plan.json: there is no folder infa, which --terraform-source names; name the folder"
                + " with the .tf files of the root module");
    new Folder(directory).with("plan.json", "{\"vms\": [], \"fw_rules\": []}");
    assertThat(new Folder(directory).errors(read("empty")))
        .containsExactly(
            "plan.json: --terraform-source goes with a plan or a state of Terraform, and this is"
                + " none; leave it out, or name what terraform show -json writes");
  }
}
