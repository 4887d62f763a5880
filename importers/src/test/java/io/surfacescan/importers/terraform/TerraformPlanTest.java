package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Small plans with one trap each.
class TerraformPlanTest extends PlanFixture {
  @Test
  void aRuleOfItsOwnThatIsDeleted_isGone_thoughItsGroupStillShowsIt() throws IOException {
    addNetwork();
    // The provider read the group's rules when the plan was made.
    kept("aws_security_group.g", group("sg-1", tcp(22, "'cidr_blocks': ['0.0.0.0/0']"), ""));
    written("aws_security_group.g", "{'vpc_id': {'references': ['aws_vpc.v.id', 'aws_vpc.v']}}");
    change(
        "aws_security_group_rule.r",
        "delete",
        "{'type': 'ingress', 'security_group_id': 'sg-1', 'protocol': 'tcp', 'from_port': 22,"
            + " 'to_port': 22, 'cidr_blocks': ['0.0.0.0/0']}",
        "null",
        "{}");
    addInstance("a", "sg-1");
    assertThat(pairs(PlanTime.BEFORE)).containsExactly(Map.entry("internet -> a", "tcp/22"));
    assertThat(pairs(PlanTime.AFTER)).isEmpty();
  }

  @Test
  void aDeletedVm_isGone_aForgottenOneStays_aMovedOneHasItsNewAddressOnBothSides()
      throws IOException {
    addNetwork();
    kept("aws_security_group.g", group("sg-1", tcp(22, "'cidr_blocks': ['0.0.0.0/0']"), ""));
    String values =
        "{'id': 'i-1', 'private_ip': '10.0.1.5', 'public_ip': '198.51.100.7',"
            + " 'subnet_id': 'subnet-1', 'vpc_security_group_ids': ['sg-1']}";
    change("aws_instance.gone", "delete", values, "null", "{}");
    change("aws_instance.kept", "forget", values, "null", "{}");
    kept("aws_instance.new", values);
    changes.add(
        changes
            .removeLast()
            .replace("{'address'", "{'previous_address': 'aws_instance.old', 'address'"));
    prior.add(prior.removeLast().replace("aws_instance.new", "aws_instance.old"));
    assertThat(pairs(PlanTime.BEFORE).keySet())
        .containsExactly("internet -> gone", "internet -> kept", "internet -> new");
    assertThat(pairs(PlanTime.AFTER).keySet())
        .containsExactly("internet -> kept", "internet -> new");
  }

  @Test
  void count_andForEach_pickTheInstanceOfTheirOwnIndex() throws IOException {
    addNetwork();
    kept("aws_security_group.out", group("sg-o", "", ANY));
    addInstance("z", "sg-o");
    for (int i = 0; i < 2; i++) {
      created(
          "aws_security_group.g[" + i + "]",
          "{'vpc_id': 'vpc-1', 'ingress': [%s], 'egress': []}"
              .formatted(tcp(80 + i, "'cidr_blocks': ['10.0.0.0/8']")),
          "{'id': true}");
      created(
          "aws_instance.n[" + i + "]",
          "{'subnet_id': 'subnet-1', 'associate_public_ip_address': false}",
          "{'id': true, 'vpc_security_group_ids': true}");
    }
    written("aws_security_group.g", "{}");
    written(
        "aws_instance.n",
        "{'vpc_security_group_ids': {'references': ['aws_security_group.g', 'count.index']}}");
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(Map.entry("z -> n[0]", "tcp/80"), Map.entry("z -> n[1]", "tcp/81"));
  }

  @Test
  void blocksThatOnlyTheirNamesAreKnownOf_mayMeanEachOther() throws IOException {
    addNetwork();
    kept("aws_security_group.a", group("sg-a", "", ANY));
    kept("aws_security_group.b", group("sg-b", "", ANY));
    addInstance("a", "sg-a");
    addInstance("b", "sg-b");
    created(
        "aws_security_group.g",
        "{'vpc_id': 'vpc-1', 'ingress': [%s, %s], 'egress': []}"
            .formatted(tcp(80, "'self': false"), tcp(81, "'self': false")),
        "{'id': true, 'ingress': [{'security_groups': true}, {'security_groups': true}]}");
    written(
        "aws_security_group.g",
        "{'ingress': {'references': ['aws_security_group.a.id', 'aws_security_group.a',"
            + " 'aws_security_group.b.id', 'aws_security_group.b']}}");
    created(
        "aws_instance.n",
        "{'subnet_id': 'subnet-1', 'associate_public_ip_address': false}",
        "{'id': true, 'vpc_security_group_ids': true}");
    written(
        "aws_instance.n",
        "{'vpc_security_group_ids': {'references': ['aws_security_group.g.id',"
            + " 'aws_security_group.g']}}");
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(Map.entry("a -> n", "tcp/80-81?"), Map.entry("b -> n", "tcp/80-81?"));
  }

  @Test
  void aGroupOfALocalValue_mayAllowEverything() throws IOException {
    addNetwork();
    kept("aws_security_group.a", group("sg-a", "", ANY));
    addInstance("a", "sg-a");
    created(
        "aws_instance.n",
        "{'subnet_id': 'subnet-1', 'associate_public_ip_address': false}",
        "{'id': true, 'vpc_security_group_ids': true}");
    written("aws_instance.n", "{'vpc_security_group_ids': {'references': ['local.groups']}}");
    assertThat(pairs(PlanTime.AFTER)).containsEntry("a -> n", "all?");
  }

  @Test
  void withoutGroups_theVpcsDefaultGroupCounts() throws IOException {
    addNetwork();
    for (String name : List.of("m", "n")) {
      created(
          "aws_instance." + name,
          "{'subnet_id': 'subnet-1', 'associate_public_ip_address': true}",
          "{'id': true, 'vpc_security_group_ids': true, 'public_ip': true}");
      written("aws_instance." + name, "{'subnet_id': {}}");
    }
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(Map.entry("m -> n", "all"), Map.entry("n -> m", "all"));
  }

  @Test
  void anAddressThatIsNotKnown_isOneOfItsSubnet() throws IOException {
    addNetwork();
    kept("aws_security_group.g", group("sg-1", tcp(80, "'cidr_blocks': ['10.0.1.0/25']"), ANY));
    for (String name : List.of("m", "n")) {
      created(
          "aws_instance." + name,
          "{'subnet_id': 'subnet-1', 'vpc_security_group_ids': ['sg-1']}",
          "{'id': true, 'private_ip': true}");
    }
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(Map.entry("m -> n", "tcp/80?"), Map.entry("n -> m", "tcp/80?"));
  }

  @Test
  void aBalancer_leadsFromTheInternetToItsTargets() throws IOException {
    addNetwork();
    kept("aws_security_group.lb", group("sg-lb", tcp(443, "'cidr_blocks': ['0.0.0.0/0']"), ANY));
    kept("aws_security_group.web", group("sg-web", tcp(8080, "'security_groups': ['sg-lb']"), ""));
    addInstance("w", "sg-web");
    created(
        "aws_lb.front",
        "{'load_balancer_type': 'application', 'internal': false, 'subnets': ['subnet-1'],"
            + " 'security_groups': ['sg-lb']}",
        "{'id': true, 'arn': true}");
    created(
        "aws_lb_target_group.web",
        "{'port': 8080, 'protocol': 'HTTP', 'target_type': 'instance', 'vpc_id': 'vpc-1'}",
        "{'id': true, 'arn': true}");
    created(
        "aws_lb_listener.https",
        "{'port': 443, 'protocol': 'HTTPS', 'default_action': [{'type': 'forward'}]}",
        "{'load_balancer_arn': true, 'default_action': [{'target_group_arn': true}]}");
    written(
        "aws_lb_listener.https",
        "{'load_balancer_arn': {'references': ['aws_lb.front.arn', 'aws_lb.front']},"
            + " 'default_action': [{'target_group_arn': {'references':"
            + " ['aws_lb_target_group.web.arn', 'aws_lb_target_group.web']}}]}");
    created(
        "aws_lb_target_group_attachment.w",
        "{'target_id': 'i-w', 'port': 8080}",
        "{'target_group_arn': true}");
    written(
        "aws_lb_target_group_attachment.w",
        "{'target_group_arn': {'references': ['aws_lb_target_group.web.arn',"
            + " 'aws_lb_target_group.web']}}");
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(
            Map.entry("aws_lb.front -> w", "tcp/8080"),
            Map.entry("internet -> aws_lb.front", "tcp/443"));
  }

  @Test
  void sensitiveValues_areNeverShown_andCountAsNotKnown() throws IOException {
    addNetwork();
    kept("aws_security_group.g", group("sg-1", tcp(22, "'cidr_blocks': ['203.0.113.77/32']"), ""));
    changes.add(
        changes
            .removeLast()
            .replace(
                "'after_unknown': {}",
                "'after_unknown': {}, 'after_sensitive': {'ingress': [{'cidr_blocks': true}]}"));
    addInstance("a", "sg-1");
    assertThat(pairs(PlanTime.AFTER)).containsEntry("internet -> a", "tcp/22?");
    var imported = read(PlanTime.AFTER);
    assertThat(Folder.meaning(imported.environment()).toString()).doesNotContain("203.0.113.77");
    assertThat(imported.problems().warnings().toString())
        .doesNotContain("203.0.113.77")
        .contains("the peer of a rule of aws_security_group.g is known only after");
  }

  @Test
  void references_thatGoInCircles_end() throws IOException {
    addNetwork();
    created(
        "aws_instance.n",
        "{'subnet_id': 'subnet-1'}",
        "{'id': true, 'vpc_security_group_ids': true, 'vpc_id': true}");
    written(
        "aws_instance.n",
        "{'vpc_security_group_ids': {'references': ['aws_instance.n.vpc_id', 'each.value']},"
            + " 'vpc_id': {'references': ['aws_instance.n.vpc_id', 'module.m.o', 'var.x']}}");
    assertThat(read(PlanTime.AFTER).problems().warnings().toString())
        .contains("(known after apply)");
  }
}
