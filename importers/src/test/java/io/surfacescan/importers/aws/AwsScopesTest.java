package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

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
}
