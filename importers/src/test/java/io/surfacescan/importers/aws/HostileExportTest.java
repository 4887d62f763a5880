package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exports that nobody's account writes: they end in an answer or a clear refusal, and soon.
@Timeout(120)
class HostileExportTest {
  private static final String ALL = "{\"CidrIp\": \"0.0.0.0/0\"}";
  private static final String OPEN = entry(32_000, "allow", "0.0.0.0/0", -1);

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(1);

  private static String entry(int number, String action, String cidr, int port) {
    return IntStream.range(0, 2)
        .mapToObj(direction ->
            String.format(
                Locale.ROOT,
                "{\"CidrBlock\": \"%s\", \"Egress\": %b, \"Protocol\": \"%s\", \"PortRange\":"
                    + " {\"From\": %d, \"To\": %d}, \"RuleAction\": \"%s\", \"RuleNumber\": %d}",
                cidr,
                direction == 0,
                port < 0 ? "-1" : "6",
                port,
                port,
                action,
                number))
        .collect(Collectors.joining(", "));
  }

  private static String list(int count, IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(", "));
  }

  /// Instances of one VPC in two subnets, on the internet.
  ///
  /// @param permissions of their only group, inbound
  /// @param entries of the network ACL
  private ReadExport read(int instances, String permissions, String entries) throws IOException {
    String nics =
        list(
            instances,
            i ->
                String.format(
                    Locale.ROOT,
                    "{\"NetworkInterfaceId\": \"eni-%d\", \"SubnetId\": \"subnet-%d\","
                        + " \"VpcId\": \"vpc-1\", \"Status\": \"in-use\", \"Groups\":"
                        + " [{\"GroupId\": \"sg-1\"}], \"PrivateIpAddresses\":"
                        + " [{\"PrivateIpAddress\": \"10.0.%d.%d\", \"Association\": {\"PublicIp\":"
                        + " \"54.0.0.%d\"}}]}",
                    i,
                    i % 2,
                    i % 2,
                    i % 250,
                    i % 250));
    Files.writeString(
        folder.resolve("aws.json"),
        """
        {"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
         "Subnets": [{"SubnetId": "subnet-0", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"},
                     {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}],
         "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1"}]}],
         "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}],
           "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
                      {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}],
         "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true,
           "Entries": [%s]}],
         "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [%s],
           "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [%s]}]}],
         "NetworkInterfaces": [%s]}
        """
            .formatted(entries, permissions, ALL, nics));
    return ReadExport.of(folder);
  }

  private String anyRange() {
    return random.nextInt(1, 224) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/24";
  }

  @Test
  void tenThousandRangesOnOneRule_areAsManyRules() throws IOException {
    String ranges = list(10_000, i -> "{\"CidrIp\": \"" + anyRange() + "\"}");
    var read =
        read(
            100,
            "{\"IpProtocol\": \"tcp\", \"FromPort\": 22, \"ToPort\": 22, \"IpRanges\": ["
                + ranges
                + "]}",
            OPEN);
    var environment = read.lowered().environment();
    // Each range is a rule of AWS, with an id of its own; a few were drawn twice.
    assertThat(environment.ruleCount()).isBetween(9_800, 10_002);
    assertThat(read.lowered().externals()).hasSizeBetween(9_000, 10_002);
  }

  @Test
  void portsBeyondAll_areAllPorts() throws IOException {
    var read =
        read(
            2,
            "{\"IpProtocol\": \"tcp\", \"FromPort\": -2147483648, \"ToPort\": 2147483647,"
                + " \"IpRanges\": ["
                + ALL
                + "]}",
            OPEN);
    assertThat(DirectPairs.of(read.lowered().environment()).sure().get("eni-0 -> eni-1"))
        .isEqualTo(Services.parse("tcp").orElseThrow());
  }

  @Test
  void deniesOfOneService_leaveFewRules() throws IOException {
    String denies = list(5_000, i -> entry(i + 1, "deny", anyRange(), 22));
    var read =
        read(100, "{\"IpProtocol\": \"-1\", \"IpRanges\": [" + ALL + "]}", denies + ", " + OPEN);
    assertThat(read.lowered().environment().ruleCount()).isLessThan(20);
  }

  @Test
  void deniesOfManyServices_areRefused_byTheirList() {
    String denies = list(5_000, i -> entry(i + 1, "deny", anyRange(), i + 1));
    assertThatExceptionOfType(TooLarge.class)
        .isThrownBy(() ->
            read(
                100, "{\"IpProtocol\": \"-1\", \"IpRanges\": [" + ALL + "]}", denies + ", " + OPEN))
        .withMessageStartingWith("the rules of network ACL acl-1 of subnet-");
  }
}
