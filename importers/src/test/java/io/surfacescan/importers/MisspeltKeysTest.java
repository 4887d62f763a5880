package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A key of a rule with a slip in it would lose what it holds, and attackers with it.
class MisspeltKeysTest {
  /// Rules with all the keys that their vendors write, as of the references of their interfaces.
  private static final String GCP_FIREWALL =
      """
      {"kind": "compute#firewall", "id": "1", "creationTimestamp": "2024-01-01", "name": "f", "description": "",
       "network": "https://www.googleapis.com/compute/v1/projects/p/global/networks/n", "priority": 5,
       "sourceRanges": ["10.0.0.0/8"], "destinationRanges": ["10.0.0.0/8"], "sourceTags": ["s"], "targetTags": ["t"],
       "allowed": [{"IPProtocol": "tcp", "ports": ["22"]}], "direction": "INGRESS", "disabled": false,
       "logConfig": {"enable": true, "metadata": "X"}, "enableLogging": true, "params": {}, "tenant": "x",
       "selfLink": "https://www.googleapis.com/compute/v1/projects/p/global/firewalls/f", "selfLinkWithId": "x"}
      """;

  private static final String GCP_POLICY =
      """
      {"kind": "compute#firewallPolicy", "id": "2", "creationTimestamp": "2024-01-01", "name": "g",
       "displayName": "g", "shortName": "g", "fingerprint": "x", "parent": "organizations/1", "ruleTupleCount": 4,
       "policyType": "VPC_POLICY", "region": "r", "packetMirroringRules": [], "selfLinkWithId": "x",
       "associations": [{"attachmentTarget": "organizations/1", "name": "a", "firewallPolicyId": "2"}],
       "rules": [{"kind": "compute#firewallPolicyRule", "action": "allow", "description": "", "direction": "INGRESS",
        "priority": 10, "ruleName": "n", "ruleTupleCount": 2, "enableLogging": true, "disabled": false,
        "securityProfileGroup": "x", "tlsInspect": false, "targetType": "INSTANCES", "targetForwardingRules": [],
        "match": {"srcIpRanges": ["10.0.0.0/8"], "layer4Configs": [{"ipProtocol": "tcp", "ports": ["22"]}],
         "srcNetworkScope": "INTRA_VPC", "srcSecureTags": [{"name": "tagValues/1", "state": "EFFECTIVE"}]}}],
       "selfLink": "https://www.googleapis.com/compute/v1/locations/global/firewallPolicies/2"}
      """;

  private static final String AWS_GROUP =
      """
      {"SecurityGroups": [{"Description": "", "GroupName": "g", "GroupId": "sg-1", "OwnerId": "1", "VpcId": "vpc-1",
       "SecurityGroupArn": "arn:aws:ec2:r:1:security-group/sg-1", "Tags": [{"Key": "k", "Value": "v"}],
       "IpPermissionsEgress": [], "IpPermissions": [{"FromPort": 22, "IpProtocol": "tcp", "ToPort": 22,
        "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": ""}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
        "PrefixListIds": [{"PrefixListId": "pl-1", "Description": ""}],
        "UserIdGroupPairs": [{"Description": "", "GroupId": "sg-1", "GroupName": "g", "PeeringStatus": "active",
         "UserId": "1", "VpcId": "vpc-1", "VpcPeeringConnectionId": "pcx-1"}]}]}]}
      """;

  private static final String AWS_RULE =
      """
      {"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "GroupOwnerId": "1",
       "IsEgress": false, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "10.0.0.0/8",
       "Description": "", "Tags": [], "SecurityGroupRuleArn": "arn:aws:ec2:r:1:security-group-rule/sgr-1"}]}
      """;

  private static final String AWS_ACL =
      """
      {"NetworkAcls": [{"NetworkAclId": "acl-1", "IsDefault": true, "OwnerId": "1", "VpcId": "vpc-1", "Tags": [],
       "Associations": [{"NetworkAclAssociationId": "aa-1", "NetworkAclId": "acl-1", "SubnetId": "subnet-1"}],
       "Entries": [{"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "6", "RuleAction": "allow",
        "RuleNumber": 100, "PortRange": {"From": 1, "To": 2}, "IcmpTypeCode": {"Code": 1, "Type": 1}}]}]}
      """;

  private static final String AZURE_GROUP =
      """
      [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n", "name": "n",
       "type": "Microsoft.Network/networkSecurityGroups", "etag": "x", "location": "l", "resourceGroup": "g",
       "resourceGuid": "x", "provisioningState": "Succeeded", "flushConnection": false, "flowLogs": [],
       "networkInterfaces": [], "subnets": [], "tags": {"sourcePort": "x"},
       "securityRules": [{"name": "r", "etag": "x", "type": "x/securityRules", "resourceGroup": "g",
        "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n/securityRules/r",
        "properties": {"access": "Allow", "description": "", "direction": "Inbound", "priority": 100,
         "protocol": "Tcp", "provisioningState": "Succeeded", "sourcePortRange": "*", "sourcePortRanges": [],
         "destinationPortRange": "22", "destinationPortRanges": [], "sourceAddressPrefix": "*",
         "sourceAddressPrefixes": [], "destinationAddressPrefix": "*", "destinationAddressPrefixes": [],
         "sourceApplicationSecurityGroups": [], "destinationApplicationSecurityGroups": []}}],
       "defaultSecurityRules": []}]
      """;

  private static final List<String> ALL =
      List.of(GCP_FIREWALL, GCP_POLICY, AWS_GROUP, AWS_RULE, AWS_ACL, AZURE_GROUP);

  @TempDir private Path directory;

  private Imported read(String text) throws IOException {
    return new Folder(directory).with("a.json", text).read("a.json");
  }

  private static List<Problem> misspelt(Imported imported) {
    return imported.problems().errors().stream()
        .filter(problem -> problem.kind() == ProblemKind.UNSUPPORTED_KEY)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "allowed, allow, a firewall rule",
    "allowed, Allowed, a firewall rule",
    "sourceRanges, sourceRange, a firewall rule",
    "sourceRanges, source_ranges, a firewall rule",
    "sourceTags, sourceTag, a firewall rule",
    "sourceTags, souceTags, a firewall rule",
    "targetTags, target-tags, a firewall rule",
    "IPProtocol, IPProtocl, a firewall rule",
    "direction, Direction, a firewall rule",
    "srcIpRanges, srcIpRange, a firewall policy",
    "layer4Configs, layer4Config, a firewall policy",
    "associations, association_s, a firewall policy",
    "rules, rulse, a firewall policy",
    "IpPermissions, IpPermission, a security group",
    "IpPermissions, ip_permissions, a security group",
    "IpRanges, ipRanges, a security group",
    "UserIdGroupPairs, UserIdGroupPair, a security group",
    "CidrIpv4, CidrIPv4, a security group rule",
    "IsEgress, IsEgres, a security group rule",
    "RuleAction, RuleAcion, a network ACL",
    "Entries, Entires, a network ACL",
    "securityRules, securityRule, a security group",
    "properties, propertes, a security group",
    "access, acces, a security group",
    "destinationPortRange, destinationPort_Rnge, a security group"
  })
  void aKeyWithASlip_isAnError_withThePlaceAndTheKeyThatIsMeant(
      String meant, String written, String what) throws IOException {
    int checked = 0;
    for (String text : ALL) {
      String changed = text.replace("\"" + meant + "\"", "\"" + written + "\"");
      // Nobody lacks what stands beside the other key.
      var found = changed.equals(text) ? List.<Problem>of() : misspelt(read(changed));
      if (found.stream().noneMatch(some -> some.what().startsWith(what + " has the key"))) {
        continue;
      }
      checked++;
      assertThat(found)
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.what())
                .isEqualTo(
                    what
                        + " has the key \""
                        + written
                        + "\", which is not known, so what it holds would be lost");
            assertThat(problem.remedy()).startsWith("write \"" + meant + "\"");
            assertThat(problem.place().line()).isGreaterThan(0);
          });
    }
    assertThat(checked).isEqualTo(1);
  }

  @Test
  void keysThatVendorsWrite_areNone() throws IOException {
    for (String text : ALL) {
      assertThat(misspelt(read(text))).as(text).isEmpty();
    }
  }

  @Test
  void aFirewallRuleOfBareKeys_isKnownAsOne_thoughItsActionIsMisspelt() throws IOException {
    String bare =
        "[{\"network\": \"https://www.googleapis.com/compute/v1/projects/p/global/networks/n\","
            + " \"sourceRanges\": [\"0.0.0.0/0\"], \"alowed\": []}]";
    assertThat(misspelt(read(bare)))
        .singleElement()
        .asString()
        .contains("a.json:1:", "a firewall rule has the key \"alowed\"", "write \"allowed\"");
  }

  @Test
  void aKeyBesideTheOneItLooksLike_isNone() throws IOException {
    assertThat(misspelt(read(GCP_FIREWALL.replace("\"tenant\"", "\"sourceRange\"")))).isEmpty();
  }

  @Test
  void aPermissionOfNobody_isAWarning() throws IOException {
    String bare =
        AWS_GROUP.replaceAll(
            "\"(IpRanges|Ipv6Ranges|PrefixListIds|UserIdGroupPairs)\"", "\"Other$1\"");
    assertThat(read(bare).problems().warnings())
        .anySatisfy(
            problem -> assertThat(problem.what()).startsWith("a permission of a security group"));
  }
}
