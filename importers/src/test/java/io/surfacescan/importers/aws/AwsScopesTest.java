package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Problem;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts and regions: which were read, and what has one id in several of them.
class AwsScopesTest {
  private static final String EMPTY =
      """
      {"Reservations": [], "NetworkInterfaces": [],
       "Vpcs": [{"VpcId": "vpc-0", "OwnerId": "111111111111", "CidrBlock": "172.31.0.0/16"}]}
      """;

  private static final String ONE =
      """
      {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "111111111111", "CidrBlock": "10.0.0.0/16"}],
       "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}],
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "OwnerId": "111111111111",
         "VpcId": "vpc-1", "SubnetId": "subnet-1", "Status": "in-use", "Groups": [],
         "PrivateIpAddress": "10.0.1.1"}]}
      """;

  /// An account whose ids are those of all others: only its owner and the CIDR of its rule differ.
  private static final String SAME_IDS =
      """
      {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "OWNER", "CidrBlock": "10.0.0.0/16"}],
       "Subnets": [{"SubnetId": "subnet-1", "OwnerId": "OWNER", "VpcId": "vpc-1",
         "CidrBlock": "10.0.1.0/24"}],
       "SecurityGroups": [{"GroupId": "sg-1", "OwnerId": "OWNER", "VpcId": "vpc-1",
         "IpPermissions": [{"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT,
           "IpRanges": [{"CidrIp": "10.0.1.0/24"}]}],
         "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
       "Reservations": [{"OwnerId": "OWNER", "Instances": [
         {"InstanceId": "i-1", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
           "OwnerId": "OWNER", "VpcId": "vpc-1", "SubnetId": "subnet-1", "Status": "in-use",
           "Groups": [{"GroupId": "sg-1"}], "PrivateIpAddress": "10.0.1.1"}]},
         {"InstanceId": "i-2", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-2",
           "OwnerId": "OWNER", "VpcId": "vpc-1", "SubnetId": "subnet-1", "Status": "in-use",
           "Groups": [{"GroupId": "sg-1"}], "PrivateIpAddress": "10.0.1.2"}]}]}]}
      """;

  private static String sameIds(String owner, int port) {
    return SAME_IDS.replace("OWNER", owner).replace("PORT", String.valueOf(port));
  }

  @TempDir private Path folder;

  private AwsScopesTest with(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  private Map<String, Long> scopes() throws IOException {
    return ReadExport.of(folder).scopes();
  }

  @Test
  void regionThatWasReadAndHoldsNothing_isListed() throws IOException {
    with("111111111111/us-east-1/aws.json", ONE)
        .with("111111111111/eu-north-1/aws.json", EMPTY)
        .with("111111111111/eu-west-1/instances.json", "{\"Reservations\": []}");
    assertThat(scopes())
        .isEqualTo(
            Map.of(
                "111111111111/us-east-1", 1L,
                "111111111111/eu-north-1", 0L,
                "111111111111/eu-west-1", 0L));
  }

  /// The account's number stands in what its other regions hold.
  @Test
  void regionOfAnAccountByItsName_isListedByTheAccountsNumber() throws IOException {
    with("shop/us-east-1/aws.json", ONE)
        .with("shop/eu-north-1/instances.json", "{\"Reservations\": []}")
        .with("other/eu-north-1/instances.json", "{\"Reservations\": []}");
    assertThat(scopes())
        .isEqualTo(
            Map.of(
                "111111111111/us-east-1", 1L,
                "111111111111/eu-north-1", 0L,
                "other/eu-north-1", 0L));
  }

  /// A region of which no list of VMs was read is one that was forgotten.
  @Test
  void regionWithoutListsOfVms_isNotListed() throws IOException {
    with("111111111111/us-east-1/aws.json", ONE)
        .with("111111111111/eu-north-1/vpcs.json", "{\"Vpcs\": [], \"SecurityGroups\": []}");
    assertThat(scopes()).containsOnlyKeys("111111111111/us-east-1");
  }

  @Test
  void regionWhereAllIsLeftOut_isListed() throws IOException {
    with(
        "111111111111/us-east-1/aws.json",
        """
        {"Reservations": [{"OwnerId": "111111111111", "Instances": [{"InstanceId": "i-1",
          "State": {"Name": "terminated"}, "NetworkInterfaces": []}]}]}
        """);
    assertThat(scopes()).isEqualTo(Map.of("111111111111/us-east-1", 0L));
  }

  @Test
  void accountsOfOneFolderWithEqualIds_areToldApartByTheirOwners() throws IOException {
    with("one.json", sameIds("111111111111", 22)).with("two.json", sameIds("222222222222", 80));
    var export = ReadExport.of(folder);
    assertThat(export.problems().errors()).isEmpty();
    assertThat(export.scopes()).isEqualTo(Map.of("111111111111", 2L, "222222222222", 2L));
    assertThat(DirectPairs.of(export.lowered().environment()).toString())
        .contains("111111111111/i-1", "222222222222/i-1");
    // In folders of their own they give the same answers.
    with("apart/111111111111/us-east-1/one.json", sameIds("111111111111", 22))
        .with("apart/222222222222/us-east-1/two.json", sameIds("222222222222", 80));
    var apart = ReadExport.of(folder.resolve("apart"));
    assertThat(DirectPairs.of(export.lowered().environment()).toString())
        .isEqualTo(
            DirectPairs.of(apart.lowered().environment()).toString().replace("/us-east-1/", "/"));
  }

  /// A document that holds both, as one list of pages.
  @Test
  void accountsOfOneFileWithEqualIds_areToldApartByTheirOwners() throws IOException {
    with("all.json", "[" + sameIds("111111111111", 22) + "," + sameIds("222222222222", 80) + "]");
    assertThat(scopes()).isEqualTo(Map.of("111111111111", 2L, "222222222222", 2L));
  }

  @Test
  void resourceWithoutOwner_betweenAccountsWithEqualIds_isAnError() throws IOException {
    with("one.json", sameIds("111111111111", 22))
        .with("two.json", sameIds("222222222222", 80))
        .with(
            "nat.json", "{\"NatGateways\": [{\"NatGatewayId\": \"nat-1\", \"VpcId\": \"vpc-1\"}]}");
    assertThat(ReadExport.of(folder).problems().errors())
        .extracting(Problem::toString)
        .containsExactly(
            "nat.json:1:18: the folder holds the accounts \"111111111111\" and \"222222222222\","
                + " which both have \"vpc-1\", and the account of \"nat-1\" is not known; put"
                + " the export of each account and region into a folder of its own");
  }

  /// What names no owner is of the account that the rest of its file is of.
  @Test
  void resourceWithoutOwner_isOfTheOnlyAccountOfItsFile() throws IOException {
    with(
            "one.json",
            sameIds("111111111111", 22)
                .replaceFirst(
                    "\\{",
                    "{\"NatGateways\": [{\"NatGatewayId\": \"nat-1\", \"VpcId\": \"vpc-1\"}],"))
        .with("two.json", sameIds("222222222222", 80));
    assertThat(ReadExport.of(folder).problems().errors()).isEmpty();
  }

  @Test
  void idThatIsListedTwiceAndDiffers_withoutOwners_isAnError() throws IOException {
    String ownerless = ", \"OwnerId\": \"111111111111\"";
    with("one.json", ONE.replace(ownerless, ""))
        .with("two.json", ONE.replace(ownerless, "").replace("10.0.", "10.7."));
    assertThat(ReadExport.of(folder).problems().errors())
        .extracting(Problem::toString)
        .containsExactly(
            "two.json:1:11: \"vpc-1\" is listed twice in one folder with different ranges, and"
                + " without the owners that distinguish two accounts; put the export of each account"
                + " and region into a folder of its own",
            "two.json:2:14: \"subnet-1\" is listed twice in one folder with different ranges, and"
                + " without the owners that distinguish two accounts; put the export of each account"
                + " and region into a folder of its own",
            "two.json:3:24: \"eni-1\" is listed twice in one folder with different addresses, and"
                + " without the owners that distinguish two accounts; put the export of each account"
                + " and region into a folder of its own");
  }

  /// Pages may overlap.
  @Test
  void idThatIsListedTwiceAlike_isOne() throws IOException {
    with("one.json", ONE).with("two.json", ONE);
    assertThat(ReadExport.of(folder).problems().errors()).isEmpty();
    assertThat(scopes()).isEqualTo(Map.of("111111111111", 1L));
  }

  @Test
  void rulesAboutDocumentationRanges_areCountedAsLeftOut() throws IOException {
    String text =
        sameIds("111111111111", 22).replace("10.0.1.0/24\"}]}],", "203.0.113.0/28\"}]}],");
    with("one.json", text);
    assertThat(ReadExport.of(folder).leftOut())
        .isEqualTo(Map.of("rules about addresses of documentation, which no host has", 1L));
    // A VPC may have any range.
    with("one.json", text.replace("10.0.0.0/16", "203.0.113.0/24"));
    assertThat(ReadExport.of(folder).leftOut()).isEmpty();
  }
}
