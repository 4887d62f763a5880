package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/// Small plans of a network of AWS, which tests put together. The shapes are those of the page on
/// the JSON output format, https://developer.hashicorp.com/terraform/internals/json-format.
abstract class PlanFixture {
  static final String ANY =
      "{'from_port': 0, 'to_port': 0, 'protocol': '-1', 'cidr_blocks': ['0.0.0.0/0']}";

  @TempDir Path directory;

  final List<String> changes = new ArrayList<>();
  final List<String> written = new ArrayList<>();
  final List<String> prior = new ArrayList<>();

  /// A VPC with a public subnet, in the state already.
  void addNetwork() {
    kept("aws_vpc.v", "{'id': 'vpc-1', 'cidr_block': '10.0.0.0/16'}");
    kept("aws_internet_gateway.g", "{'id': 'igw-1', 'vpc_id': 'vpc-1'}");
    kept("aws_subnet.s", "{'id': 'subnet-1', 'vpc_id': 'vpc-1', 'cidr_block': '10.0.1.0/24'}");
    kept(
        "aws_route_table.t",
        "{'id': 'rtb-1', 'vpc_id': 'vpc-1',"
            + " 'route': [{'cidr_block': '0.0.0.0/0', 'gateway_id': 'igw-1'}]}");
    kept("aws_route_table_association.a", "{'subnet_id': 'subnet-1', 'route_table_id': 'rtb-1'}");
  }

  void kept(String address, String values) {
    change(address, "no-op", values, values, "{}");
  }

  void created(String address, String after, String unknown) {
    change(address, "create", "null", after, unknown);
  }

  void change(String address, String action, String before, String after, String unknown) {
    var parsed = ResourceAddress.parse(address);
    String head =
        "'address': '%s', 'mode': 'managed', 'type': '%s', 'name': '%s'"
            .formatted(address.replace("\"", "\\\""), parsed.type(), parsed.name());
    String actions = action.equals("replace") ? "'delete', 'create'" : "'" + action + "'";
    changes.add(
        "{%s, 'change': {'actions': [%s], 'before': %s, 'after': %s, 'after_unknown': %s}}"
            .formatted(head, actions, before, after, unknown));
    if (!before.equals("null")) {
      prior.add("{%s, 'values': %s}".formatted(head, before));
    }
  }

  void written(String address, String expressions) {
    written.add("{'address': '%s', 'expressions': %s}".formatted(address, expressions));
  }

  ReadOptions options(PlanTime time) {
    return ReadOptions.STRICT.at(time);
  }

  /// More keys of the plan, with a comma behind each.
  String more = "";

  /// Likewise of its configuration.
  String providers = "";

  Imported read(PlanTime time) throws IOException {
    String plan =
        """
        {'format_version': '1.2', 'terraform_version': '1.9.5', %s
         'planned_values': {'root_module': {}},
         'resource_changes': [%s],
         'prior_state': {'values': {'root_module': {'resources': [%s]}}},
         'configuration': {%s 'root_module': {'resources': [%s]}}}
        """
            .formatted(
                more,
                String.join(",\n", changes),
                String.join(",\n", prior),
                providers,
                String.join(",\n", written));
    var imported =
        new Folder(directory)
            .with("plan.json", plan.replace('\'', '"'))
            .read(options(time), "plan.json");
    assertThat(imported.problems().errors()).isEmpty();
    return imported;
  }

  /// The pairs with their services; `?` behind those that are assumed.
  Map<String, String> pairs(PlanTime time) throws IOException {
    var direct = DirectPairs.of(read(time).environment());
    var pairs = new TreeMap<String, String>();
    direct
        .atMost()
        .forEach((pair, services) -> {
          boolean isSure = direct.sure().getOrDefault(pair, Services.NONE).equals(services);
          if (!pair.contains("internet-out")) {
            pairs.put(pair.replace("aws_instance.", ""), services + (isSure ? "" : "?"));
          }
        });
    return pairs;
  }

  void addInstance(String name, String group) {
    kept(
        "aws_instance." + name,
        "{'id': 'i-%s', 'private_ip': '10.0.1.%d', 'public_ip': '198.51.100.7', 'subnet_id': 'subnet-1', 'vpc_security_group_ids': ['%s']}"
            .formatted(name, 10 + name.charAt(0) % 100, group));
  }

  static String group(String id, String ingress, String egress) {
    return "{'id': '%s', 'vpc_id': 'vpc-1', 'ingress': [%s], 'egress': [%s]}"
        .formatted(id, ingress, egress);
  }

  static String tcp(int port, String peers) {
    return "{'from_port': %d, 'to_port': %d, 'protocol': 'tcp', %s}".formatted(port, port, peers);
  }
}
