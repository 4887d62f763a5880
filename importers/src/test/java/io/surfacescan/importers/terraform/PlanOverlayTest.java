package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan over an export: two instances in a public subnet, whose group lets in nothing.
class PlanOverlayTest {
  private static final String EXPORT =
      """
      {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "411922600114", "CidrBlock": "10.0.0.0/16"}],
       "InternetGateways": [{"InternetGatewayId": "igw-1",
         "Attachments": [{"State": "available", "VpcId": "vpc-1"}]}],
       "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}],
       "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1",
         "Associations": [{"Main": true}],
         "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
                    {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}],
       "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Entries": [
         {"RuleNumber": 100, "Egress": false, "RuleAction": "allow", "Protocol": "-1",
          "CidrBlock": "0.0.0.0/0"},
         {"RuleNumber": 100, "Egress": true, "RuleAction": "allow", "Protocol": "-1",
          "CidrBlock": "0.0.0.0/0"}]}],
       "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "g", "VpcId": "vpc-1",
         "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
           "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}],
       "Reservations": [{"OwnerId": "411922600114", "Instances": [
         {"InstanceId": "i-1", "VpcId": "vpc-1", "SubnetId": "subnet-1",
          "PrivateIpAddress": "10.0.1.5", "PublicIpAddress": "198.51.100.7",
          "SecurityGroups": [{"GroupId": "sg-1"}]},
         {"InstanceId": "i-2", "VpcId": "vpc-1", "SubnetId": "subnet-1",
          "PrivateIpAddress": "10.0.1.6", "SecurityGroups": [{"GroupId": "sg-1"}]}]}]}
      """;

  private static final String PLAN =
      """
      {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [
       {"address": "aws_instance.a", "change": {"actions": ["no-op"],
         "before": {"id": "i-1"}, "after": {"id": "i-1"}}},
       {"address": "aws_instance.b", "change": {"actions": ["delete"],
         "before": {"id": "i-2"}, "after": null}},
       {"address": "aws_security_group_rule.web", "change": {"actions": ["delete"],
         "before": {"type": "ingress", "security_group_id": "sg-1", "protocol": "tcp",
                    "from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/8"]},
         "after": null}},
       {"address": "aws_security_group_rule.ssh", "change": {"actions": ["create"],
         "before": null,
         "after": {"type": "ingress", "security_group_id": "sg-1", "protocol": "tcp",
                   "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]},
         "after_unknown": {"id": true}}},
       {"address": "aws_security_group.out", "change": {"actions": ["create"], "before": null,
         "after": {"vpc_id": "vpc-1", "ingress": [], "egress": [
           {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}]},
         "after_unknown": {"id": true}}},
       {"address": "aws_instance.n", "change": {"actions": ["create"], "before": null,
         "after": {"subnet_id": "subnet-1", "associate_public_ip_address": false},
         "after_unknown": {"id": true, "private_ip": true, "vpc_security_group_ids": true}}}],
       "configuration": {"root_module": {"resources": [
        {"address": "aws_instance.n", "expressions": {"vpc_security_group_ids":
          {"references": ["aws_security_group.out.id", "aws_security_group.out"]}}}]}}}
      """;

  @TempDir private Path directory;

  private Folder folder = new Folder(Path.of(""));

  @BeforeEach
  void write() throws IOException {
    folder = new Folder(directory).with("export.json", EXPORT).with("plan.json", PLAN);
  }

  private Imported read(PlanTime time) {
    var imported =
        folder.read(ReadOptions.STRICT.layingPlans().at(time), "export.json", "plan.json");
    assertThat(folder.errors(imported)).isEmpty();
    return imported;
  }

  private Map<String, String> pairs(PlanTime time) {
    var pairs = new TreeMap<String, String>();
    DirectPairs.of(read(time).environment())
        .sure()
        .forEach((pair, services) -> {
          if (!pair.contains("internet-out")) {
            pairs.put(pair, services.toString());
          }
        });
    return pairs;
  }

  @Test
  void whatThePlanAdds_isThere_andWhatItDeletes_isGone() {
    assertThat(pairs(PlanTime.BEFORE)).isEmpty();
    assertThat(pairs(PlanTime.AFTER))
        .containsExactly(
            Map.entry("aws_instance.n -> i-1", "tcp/22"), Map.entry("internet -> i-1", "tcp/22"));
    assertThat(Folder.vmIds(read(PlanTime.BEFORE))).contains("i-1", "i-2");
    assertThat(Folder.vmIds(read(PlanTime.AFTER)))
        .contains("i-1", "aws_instance.n")
        .doesNotContain("i-2", "aws_instance.a");
  }

  @Test
  void whatTheExportLists_keepsItsId_andGetsItsAddressAsALabel() {
    for (var time : PlanTime.values()) {
      var environment = read(time).environment();
      int vm = environment.findVm("i-1").orElseThrow();
      assertThat(environment.vmDetails(vm).labels()).containsExactly("terraform=aws_instance.a");
    }
  }

  @Test
  void twoStates_areNoExportWithAPlan() {
    var imported = folder.read(ReadOptions.STRICT.layingPlans(), "plan.json");
    assertThat(folder.errors(imported))
        .containsExactly(
            "plan.json: a plan of Terraform is laid over an export of AWS, Azure or Google Cloud,"
                + " and this is not both; name the export with --data, and with --plan what terraform show -json writes"
                + " of a plan");
  }
}
