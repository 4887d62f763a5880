package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.surfacescan.importers.Folder;
import io.surfacescan.testkit.Scenario;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema and the reader accept and refuse the same structures.
class EnvironmentSchemaTest {
  private static final String EMPTY = "{\"vms\": [], \"fw_rules\": []}";

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(EnvironmentSchema.bytes(), StandardCharsets.UTF_8));

  @TempDir private Path directory;

  private static boolean isValid(String document) {
    return SCHEMA.validate(document, InputFormat.JSON).isEmpty();
  }

  /// Both lists stand in another file, so that only the document's own structure counts.
  private boolean isRead(String document) throws IOException {
    return new Folder(directory)
        .with("document.json", document)
        .with("lists.json", EMPTY)
        .read("document.json", "lists.json")
        .problems()
        .errors()
        .isEmpty();
  }

  @Test
  void schema_acceptsRandomDocuments() {
    Seeds.check(200, seed -> assertThat(isValid(RandomDocument.of(seed))).isTrue());
  }

  @ParameterizedTest
  @MethodSource("io.surfacescan.testkit.Scenario#all")
  void schema_acceptsScenarios(Scenario scenario) {
    assertThat(isValid(scenario.document())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"vms\": []}",
        "{\"fw_rules\": []}",
        EMPTY,
        "{\"$schema\": \"environment.schema.json\", \"vms\": []}",
        "{\"vm_id\": \"a\", \"tags\": []}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [\"t\"], \"name\": null, \"x\": [1, {}]}]}",
        "{\"source_tag\": \"a\", \"dest_tag\": \"b\"}",
        "{\"fw_rules\": [{\"fw_id\": null, \"source_tag\": \"a\", \"dest_tag\": \"b\"}]}",
        "{\"fw_rules\": [{\"fw_id\": \"\", \"source_tag\": \"a\", \"dest_tag\": \"a\"}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"kind\": \"gateway\", \"scope\": \"s\","
            + " \"labels\": [\"a=b\"], \"addresses\": [\"10.0.0.0/8\"]}]}",
        "{\"complete\": false, \"classes\": [{\"class_id\": \"c\", \"tags\": [\"t\"]}],"
            + " \"vms\": [{\"vm_id\": \"a\", \"class\": \"c\"}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"class\": \"c\"}], \"classes\": [{\"tags\": [],"
            + " \"class_id\": \"c\"}], \"complete\": true}",
        "{\"kind\": \"gateway\", \"addresses\": [], \"vm_id\": \"a\", \"tags\": []}",
        "{\"services\": [\"tcp/22\"], \"origin\": [{\"id\": \"r\", \"file\": \"f\", \"line\": 1,"
            + " \"column\": 2}], \"source_tag\": \"a\", \"dest_tag\": \"b\"}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"services\": [\"tcp/22\","
            + " \"udp/1-9\", \"sctp\", \"icmp\", \"all\"], \"assumed\": \"why\", \"origin\": [{}]}]}"
      })
  void schemaAndReader_accept(String document) throws IOException {
    assertThat(isRead(document)).isTrue();
    assertThat(isValid(document)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "null",
        "{}",
        "{\"machines\": []}",
        "{\"vms\": {}}",
        "{\"vms\": null}",
        "{\"fw_rules\": \"all\"}",
        "{\"vms\": [7]}",
        "{\"vms\": [null]}",
        "{\"fw_rules\": [[]]}",
        "{\"vms\": [{\"tags\": []}]}",
        "{\"vms\": [{\"vm_id\": \"\", \"tags\": []}]}",
        "{\"vms\": [{\"vm_id\": null, \"tags\": []}]}",
        "{\"vms\": [{\"vm_id\": 7, \"tags\": []}]}",
        "{\"vms\": [{\"vm_id\": \"a\"}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": null}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": \"t\"}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": {\"t\": \"u\"}}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [null]}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [7]}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"name\": 7}]}",
        "{\"fw_rules\": [{\"dest_tag\": \"b\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"\", \"dest_tag\": \"b\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": null}]}",
        "{\"fw_rules\": [{\"source_tag\": [\"a\"], \"dest_tag\": \"b\"}]}",
        "{\"fw_rules\": [{\"fw_id\": 7, \"source_tag\": \"a\", \"dest_tag\": \"b\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"services\": []}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"services\": \"tcp/22\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"services\": [22]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"services\": [\"tcp 22\"]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"assumed\": \"\"}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": {}}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": [7]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": [{\"line\": 1}]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": [{\"file\": \"f\","
            + " \"line\": 0}]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": [{\"file\": \"f\","
            + " \"line\": \"1\"}]}]}",
        "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\", \"origin\": [{\"id\": 7}]}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"kind\": \"compute#instance\"}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"labels\": {\"a\": \"b\"}}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"labels\": [\"\"]}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"scope\": null}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"addresses\": 7}]}",
        "{\"vms\": [{\"vm_id\": \"a\", \"tags\": [], \"addresses\": [\"ten\"]}]}",
        "{\"kind\": 7, \"vm_id\": \"a\", \"tags\": []}",
        "{\"services\": [], \"source_tag\": \"a\", \"dest_tag\": \"a\"}",
        "{\"complete\": \"no\", \"vms\": []}",
        "{\"classes\": {}, \"vms\": []}",
        "{\"classes\": [7], \"vms\": []}",
        "{\"classes\": [{\"class_id\": \"c\"}], \"vms\": []}",
        "{\"classes\": [{\"tags\": []}], \"vms\": []}",
        "{\"classes\": [{\"class_id\": \"\", \"tags\": []}], \"vms\": []}",
        "{\"classes\": [{\"class_id\": \"c\", \"tags\": []}],"
            + " \"vms\": [{\"vm_id\": \"a\", \"class\": \"c\", \"tags\": []}]}",
        "{\"vm_id\": \"a\"}",
        "{\"source_tag\": \"a\"}"
      })
  void schemaAndReader_refuse(String document) throws IOException {
    assertThat(isRead(document)).isFalse();
    assertThat(isValid(document)).isFalse();
  }

  @Test
  void schemaAndReader_boundIds() throws IOException {
    String most = "a".repeat(1 << 16);
    for (String vm :
        new String[] {
          "{\"vm_id\": \"%s\", \"tags\": []}", "{\"vm_id\": \"b\", \"tags\": [\"%s\"]}"
        }) {
      assertThat(isRead(vm.formatted(most))).isTrue();
      assertThat(isValid(vm.formatted(most))).isTrue();
      assertThat(isRead(vm.formatted(most + "a"))).isFalse();
      assertThat(isValid(vm.formatted(most + "a"))).isFalse();
    }
  }
}
