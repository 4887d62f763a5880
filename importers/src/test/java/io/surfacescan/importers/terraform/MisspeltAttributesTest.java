package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisspeltAttributesTest {
  @TempDir private Path directory;

  private List<String> errors(String address, String values) throws IOException {
    var folder =
        new Folder(directory)
            .with(
                "state.json",
                "{'format_version': '1.0', 'values': {'root_module': {'resources': [{'address': '%s', 'type': '%s', 'values': %s}]}}}"
                    .formatted(address, ResourceAddress.parse(address).type(), values)
                    .replace('\'', '"'));
    return folder.errors(folder.read("state.json"));
  }

  @Test
  void anAttributeThatDecides_isNamed_inBlocksToo() throws IOException {
    assertThat(
            errors(
                "aws_security_group.g",
                "{'ingress': [{'protocol': 'tcp', 'from_port': 22, 'to_port': 22, 'cidr_bloks':"
                    + " ['0.0.0.0/0']}]}"))
        .containsExactly(
            "state.json:1:223: \"cidr_bloks\" in aws_security_group.g is no attribute that Terraform"
                + " writes; write \"cidr_blocks\" if that is meant, or write the file with terraform"
                + " show -json");
    assertThat(errors("google_compute_firewall.f", "{'sourceRanges': ['0.0.0.0/0'], 'allow': []}"))
        .singleElement()
        .asString()
        .contains("write \"source_ranges\" if");
    assertThat(errors("azurerm_network_security_rule.r", "{'acess': 'Deny'}"))
        .singleElement()
        .asString()
        .contains("write \"access\" if");
  }

  @Test
  void whatHasTheAttributeToo_orIsFar_isRead() throws IOException {
    assertThat(
            errors(
                "aws_security_group_rule.r",
                "{'type': 'ingress', 'security_group_id': 'sg-1', 'self': null, 'selfs': true,"
                    + " 'cidr_blocks': [], 'description': '', 'security_group_rule_id': 'sgr-1'}"))
        .isEmpty();
    assertThat(errors("aws_instance.i", "{'tag': 1, 'public_dns': '', 'ipv6_addresses': []}"))
        .isEmpty();
  }
}
