package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is known only after a plan was applied: never left out, where it may let somebody in.
class TerraformLaterTest extends PlanFixture {
  private static final String NEW =
      "{'subnet_id': 'subnet-1', 'associate_public_ip_address': true, 'vpc_security_group_ids': ['%s']}";

  private boolean hasFiles;

  @Override
  ReadOptions options(PlanTime time) {
    var options = super.options(time);
    return hasFiles ? options.withTerraformSource(directory) : options;
  }

  /// A new group with a `dynamic` block of rules looks like one without any:
  /// https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
  @Test
  void aDynamicBlock_isToldByTheFiles_andMayAllowEverything() throws IOException {
    addNetwork();
    created(
        "aws_security_group.g",
        "{'vpc_id': 'vpc-1', 'egress': []}",
        "{'id': true, 'ingress': true}");
    written("aws_security_group.g", "{'vpc_id': {'references': ['aws_vpc.v.id', 'aws_vpc.v']}}");
    created(
        "aws_instance.n",
        "{'subnet_id': 'subnet-1', 'associate_public_ip_address': true}",
        "{'id': true, 'vpc_security_group_ids': true}");
    written(
        "aws_instance.n",
        "{'vpc_security_group_ids': {'references': ['aws_security_group.g.id', 'aws_security_group.g']}}");
    assertThat(pairs(PlanTime.AFTER)).isEmpty();
    assertThat(read(PlanTime.AFTER).problems().warnings().toString())
        .contains(
            "no ingress rules are written in the security group, so it is taken to have none");
    hasFiles = true;
    Files.writeString(
        directory.resolve("main.tf"),
        """
        resource "aws_security_group" "g" {
          dynamic "ingress" {
            for_each = aws_instance.other.private_ip
            content {}
          }
        }
        """);
    assertThat(pairs(PlanTime.AFTER)).isEqualTo(Map.of("internet -> n", "all?"));
    Files.writeString(
        directory.resolve("main.tf"),
        "resource \"aws_security_group\" \"g\" { name = \"ingress\" }");
    assertThat(pairs(PlanTime.AFTER)).isEmpty();
  }

  /// Of a group that a data source looks up nobody knows the rules.
  @Test
  void aGroupOfADataSource_mayAllowEverything_readBeforeOrDuringTheApply() throws IOException {
    addNetwork();
    change(
        "data.aws_security_group.before",
        "no-op",
        "{'id': 'sg-9', 'vpc_id': 'vpc-1'}",
        "{'id': 'sg-9', 'vpc_id': 'vpc-1'}",
        "{}");
    created("aws_instance.a", NEW.formatted("sg-9"), "{'id': true}");
    change("data.aws_security_group.during", "read", "null", "{'vpc_id': 'vpc-1'}", "{'id': true}");
    created(
        "aws_instance.b",
        "{'subnet_id': 'subnet-1', 'associate_public_ip_address': true}",
        "{'id': true, 'vpc_security_group_ids': true}");
    written(
        "aws_instance.b",
        "{'vpc_security_group_ids': {'references': ['data.aws_security_group.during.id',"
            + " 'data.aws_security_group.during']}}");
    assertThat(pairs(PlanTime.AFTER))
        .containsEntry("internet -> a", "all?")
        .containsEntry("internet -> b", "all?");
  }

  /// `count = 0`: the configuration has it, and no instance is there.
  @Test
  void aGroupOfWhichThereIsNone_letsNobodyIn() throws IOException {
    addNetwork();
    kept("aws_security_group.open", group("sg-o", tcp(22, "'cidr_blocks': ['0.0.0.0/0']"), ""));
    written("aws_security_group.none", "{}");
    created("aws_instance.n", NEW.formatted("sg-o"), "{'id': true}");
    written(
        "aws_instance.n",
        "{'vpc_security_group_ids': {'references': ['aws_security_group.none',"
            + " 'aws_security_group.open.id', 'aws_security_group.open']}}");
    assertThat(pairs(PlanTime.AFTER)).isEqualTo(Map.of("internet -> n", "tcp/22"));
  }

  /// Such as with -target, or if a `for_each` is not known yet and its resources are deferred.
  @Test
  void aPlanThatLeavesChangesForLater_isNotComplete() throws IOException {
    addNetwork();
    assertThat(read(PlanTime.AFTER).environment().isComplete()).isTrue();
    more = "'complete': true,";
    assertThat(read(PlanTime.AFTER).environment().isComplete()).isTrue();
    more = "'complete': false,";
    assertThat(read(PlanTime.AFTER).environment().isComplete()).isFalse();
  }

  /// A `for_each` whose values are not known yet: the block stands for one of all.
  @Test
  void aRuleWhosePeerAndPortsAreNotKnown_mayBeAny() throws IOException {
    addNetwork();
    kept("aws_security_group.g", group("sg-1", "", ""));
    kept(
        "aws_instance.a",
        "{'id': 'i-a', 'private_ip': '10.0.1.9', 'public_ip': '198.51.100.7', 'subnet_id': 'subnet-1', 'vpc_security_group_ids': ['sg-1']}");
    created(
        "aws_vpc_security_group_ingress_rule.r[\"x\"]",
        "{'security_group_id': 'sg-1', 'ip_protocol': 'tcp'}",
        "{'id': true, 'cidr_ipv4': true, 'from_port': true, 'to_port': true}");
    written(
        "aws_vpc_security_group_ingress_rule.r",
        "{'cidr_ipv4': {'references': ['each.value']}, 'from_port': {'references': ['each.value']},"
            + " 'to_port': {'references': ['each.value']}}");
    assertThat(pairs(PlanTime.AFTER)).isEqualTo(Map.of("internet -> a", "tcp/1-65535?"));
  }

  @Test
  void aliasesOfAProvider_haveRegionsOfTheirOwn() throws IOException {
    for (String name : new String[] {"home", "away", "inherited"}) {
      created("aws_vpc." + name, "{'cidr_block': '10.0.0.0/16'}", "{'id': true, 'arn': true}");
      created(
          "aws_subnet." + name, "{'cidr_block': '10.0.1.0/24'}", "{'id': true, 'vpc_id': true}");
      created("aws_instance." + name, "{}", "{'id': true, 'subnet_id': true}");
      String key =
          "'provider_config_key': '%s',"
              .formatted(
                  Map.of("home", "aws", "away", "aws.west", "inherited", "module.m:aws").get(name));
      for (String[] link :
          new String[][] {
            {"aws_vpc", "", ""},
            {"aws_subnet", "vpc_id", "aws_vpc"},
            {"aws_instance", "subnet_id", "aws_subnet"}
          }) {
        written(
            link[0] + "." + name,
            link[1].isEmpty()
                ? "{}"
                : "{'%s': {'references': ['%s.%s.id', '%s.%s']}}"
                    .formatted(link[1], link[2], name, link[2], name));
        written.add(written.removeLast().replace("{'address'", "{" + key + " 'address'"));
      }
    }
    providers =
        "'provider_config': {'aws': {'expressions': {'region': {'constant_value': 'eu-central-1'}}},"
            + " 'aws.west': {'expressions': {'region': {'references': ['var.west']}}}},";
    more = "'variables': {'west': {'value': 'us-west-2'}},";
    assertThat(read(PlanTime.AFTER).export().orElseThrow().scopes().keySet().toString())
        .contains("eu-central-1")
        .contains("us-west-2");
    assertThat(read(PlanTime.AFTER).export().orElseThrow().scopes())
        .containsValue(2L)
        .containsValue(1L);
  }
}
