package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export of AWS whose ids all stand in three places: two accounts, and two regions of one.
///
/// Each has `i-db` and `i-web` in one subnet. The rule `sgr-db` lets `i-web` in through tcp/22 in
/// the first, through tcp/3306 in the second, and nobody in the third.
class SharedIdsTest {
  private static final String FIRST = "111111111111/us-east-1/";
  private static final String SECOND = "222222222222/us-east-1/";
  private static final String THIRD = "111111111111/eu-west-1/";

  private static final String EXPORT =
      """
      {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "ACCOUNT", "CidrBlock": "10.0.0.0/16"}],
       "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}],
       "InternetGateways": [], "NatGateways": [],
       "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Entries": []}],
       "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}],
         "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}],
       "SecurityGroups": [
         {"GroupId": "sg-db", "OwnerId": "ACCOUNT", "VpcId": "vpc-1", "IpPermissions": [],
          "IpPermissionsEgress": []},
         {"GroupId": "sg-web", "OwnerId": "ACCOUNT", "VpcId": "vpc-1", "IpPermissions": [],
          "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
       "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-db", "GroupId": "sg-db",
         "IsEgress": false, "IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT,
         "ReferencedGroupInfo": {"GroupId": "PEER"}}],
       "NetworkInterfaces": [
         {"NetworkInterfaceId": "eni-db", "VpcId": "vpc-1", "SubnetId": "subnet-1",
          "Status": "in-use", "Groups": [{"GroupId": "sg-db"}], "PrivateIpAddress": "10.0.1.1",
          "Attachment": {"InstanceId": "i-db"}},
         {"NetworkInterfaceId": "eni-web", "VpcId": "vpc-1", "SubnetId": "subnet-1",
          "Status": "in-use", "Groups": [{"GroupId": "sg-web"}], "PrivateIpAddress": "10.0.1.2",
          "Attachment": {"InstanceId": "i-web"}}],
       "Reservations": [{"OwnerId": "ACCOUNT", "Instances": [
         {"InstanceId": "i-db", "State": {"Name": "running"},
          "NetworkInterfaces": [{"NetworkInterfaceId": "eni-db"}]},
         {"InstanceId": "i-web", "State": {"Name": "running"},
          "NetworkInterfaces": [{"NetworkInterfaceId": "eni-web"}]}]}]}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    write(FIRST, "22", "sg-web");
    write(SECOND, "3306", "sg-web");
    write(THIRD, "22", "sg-db");
  }

  private static void write(String scope, String port, String peer) throws IOException {
    var at = Files.createDirectories(folder.resolve(scope));
    Files.writeString(
        at.resolve("all.json"),
        EXPORT
            .replace("ACCOUNT", scope.substring(0, scope.indexOf('/')))
            .replace("PORT", port)
            .replace("PEER", peer));
  }

  private static String out(String... args) {
    var ran = new Trial().variable("SURFACESCAN_DATADIR", folder.toString()).run(args);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out();
  }

  @Test
  void eachBearer_isAVmOfItsOwn() {
    assertThat(
            out("vms", "-o", "csv")
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(','))))
        .containsExactlyInAnyOrder(
            FIRST + "i-db",
            FIRST + "i-web",
            SECOND + "i-db",
            SECOND + "i-web",
            THIRD + "i-db",
            THIRD + "i-web");
    assertThat(out("pairs", "-o", "ndjson").lines())
        .satisfiesExactlyInAnyOrder(
            pair -> assertThat(pair).contains(FIRST + "i-db", FIRST + "i-web", "[\"tcp/22\"]"),
            pair -> assertThat(pair).contains(SECOND + "i-db", SECOND + "i-web", "[\"tcp/3306\"]"));
    assertThat(out("validate"))
        .contains(
            """
              region 111111111111/eu-west-1: 2 VMs
              region 111111111111/us-east-1: 2 VMs
              region 222222222222/us-east-1: 2 VMs
            """);
  }

  /// What reaches `i-db` differs in each place, so an answer about another one would show.
  @Test
  void everyQuestion_addressesEach() {
    for (String scope : List.of(FIRST, SECOND, THIRD)) {
      String db = scope + "i-db";
      String web = scope + "i-web";
      boolean isReached = !scope.equals(THIRD);
      String port = scope.equals(SECOND) ? "tcp/3306" : "tcp/22";
      String rule = scope + "sgr-db";
      assertThat(out("attack", db)).isEqualTo(isReached ? web + "\n" : "");
      assertThat(out("blast-radius", web)).isEqualTo(isReached ? db + "\n" : "");
      assertThat(out("vm", db, "-o", "json")).contains("\"vm_id\":\"" + db + "\"");
      assertThat(out("explain", web, db)).contains(isReached ? port : "cannot attack", scope);
      assertThat(out("surface", db, "-o", "json").contains(web)).isEqualTo(isReached);
      assertThat(out("chokepoints", db, "-o", "json").contains("\"" + rule + "\""))
          .isEqualTo(isReached);
      if (isReached) {
        assertThat(out("path", web, db, "--why")).contains(port, rule + " at ");
        assertThat(out("what-if", "--remove-rule", rule, db))
            .contains("1 attacker before, 0 after (-1)");
        String other = scope.equals(FIRST) ? SECOND : FIRST;
        assertThat(out("what-if", "--remove-rule", rule, other + "i-db"))
            .contains("1 attacker before, 1 after");
      }
    }
  }

  @Test
  void idWithoutItsScope_isUnknown_andTheBearersAreNamed() {
    var ran = new Trial().variable("SURFACESCAN_DATADIR", folder.toString()).run("attack", "i-db");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains(FIRST + "i-db", SECOND + "i-db", THIRD + "i-db");
  }
}
