package io.surfacescan.synthesis;

import java.io.IOException;
import java.util.Locale;

/// The export of invented AWS accounts, as the lists that `aws ec2 describe-…` and `aws elbv2
/// describe-…` write, in one document.
///
/// Each VPC has up to 500 network interfaces in eight subnets of two zones: a balancer, instances,
/// of which some have two interfaces, databases and functions. Groups of one VPC name each other;
/// some rules admit a subnet, the whole company, a prefix list, or by mistake everybody. Every
/// fourth VPC has a network ACL that denies some. VPCs are peered with the first of their ten,
/// which watches them.
///
/// @param interfaces at least 1
/// @param rules of security groups, outbound ones too; at least 0
public record SyntheticAccounts(int interfaces, int rules, long seed) {
  private static final int INTERFACES_OF_VPC = 500;
  private static final int RULES_OF_GROUP = 5;
  private static final int GROUPS_MIN = 3;
  private static final int SUBNETS = 8;
  private static final int PUBLIC_SUBNETS = 2;
  private static final int VPCS_OF_ACCOUNT = 10;
  private static final int STREAM_GROUP = 201;
  private static final int STREAM_BASE = 202;
  private static final int STREAM_PEER = 203;
  private static final int STREAM_KIND = 204;
  private static final int STREAM_PORT = 205;
  private static final int BASE = 0;
  private static final int FRONT = 1;
  private static final int WEB = 2;
  private static final int TARGETS = 8;
  private static final int[] PORTS = {22, 443, 5432, 6379, 8080, 8443, 9092, 3306};

  /// A rule of a security group.
  ///
  /// @param peerKey the list of a permission that the peer stands in
  /// @param peer as that list has it
  /// @param ruleKey the same in a list of rules
  private record Rule(
      boolean isEgress,
      String protocol,
      int from,
      int to,
      String peerKey,
      String peer,
      String ruleKey) {
    String ports() {
      return "\"FromPort\": " + from + ", \"ToPort\": " + to + ", ";
    }
  }

  /// Writes one element of a list.
  @FunctionalInterface
  private interface Element {
    void write(Appendable out, int number) throws IOException;
  }

  public SyntheticAccounts {
    if (interfaces < 1 || rules < 0) {
      throw new IllegalArgumentException("an account has at least one interface");
    }
  }

  public int vpcs() {
    return (interfaces + INTERFACES_OF_VPC - 1) / INTERFACES_OF_VPC;
  }

  private int groupsOfVpc() {
    return Math.max(GROUPS_MIN, rules / vpcs() / RULES_OF_GROUP);
  }

  /// Writes the export; the same accounts give the same text.
  public void write(Appendable out) throws IOException {
    int vpcs = vpcs();
    int groups = vpcs * groupsOfVpc();
    out.append("{\n");
    list(out, "Vpcs", vpcs, SyntheticAccounts::writeVpc);
    list(out, "Subnets", vpcs * SUBNETS, SyntheticAccounts::writeSubnet);
    list(out, "InternetGateways", vpcs, SyntheticAccounts::writeGateway);
    list(out, "NatGateways", vpcs, SyntheticAccounts::writeNat);
    list(out, "RouteTables", 2 * vpcs, this::writeTable);
    list(out, "NetworkAcls", vpcs + (vpcs + 3) / 4, this::writeAcl);
    list(
        out,
        "VpcPeeringConnections",
        vpcs - (vpcs + VPCS_OF_ACCOUNT - 1) / VPCS_OF_ACCOUNT,
        SyntheticAccounts::writePeering);
    list(out, "PrefixLists", 1, SyntheticAccounts::writePrefixList);
    list(out, "SecurityGroups", groups, this::writeGroup);
    list(out, "SecurityGroupRules", rules, this::writeRule);
    list(out, "LoadBalancers", vpcs, SyntheticAccounts::writeBalancer);
    list(out, "Listeners", vpcs, SyntheticAccounts::writeListener);
    list(out, "TargetGroups", vpcs, SyntheticAccounts::writeTargetGroup);
    list(out, "LoadBalancerTargetHealth", vpcs, this::writeTargets);
    list(out, "NetworkInterfaces", interfaces, this::writeInterface);
    out.append("\"Reservations\": [");
    String separator = "\n";
    for (int number = 0; number < interfaces; number++) {
      if (isInstance(number) && instanceOf(number) == number) {
        out.append(separator);
        writeReservation(out, number);
        separator = ",\n";
      }
    }
    out.append("\n]\n}\n");
  }

  private static void list(Appendable out, String name, int count, Element element)
      throws IOException {
    out.append('"').append(name).append("\": [");
    for (int number = 0; number < count; number++) {
      out.append(number == 0 ? "\n" : ",\n");
      element.write(out, number);
    }
    out.append("\n],\n");
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would take one more library.
  private static void format(Appendable out, String text, Object... values) throws IOException {
    out.append(String.format(Locale.ROOT, text, values));
  }

  private static String id(String kind, int number) {
    return String.format(Locale.ROOT, "%s-%017x", kind, number);
  }

  private static String owner(int vpc) {
    return String.format(Locale.ROOT, "%012d", 100_000_000_000L + vpc / VPCS_OF_ACCOUNT);
  }

  /// The first two bytes of a VPC's addresses, which repeat after 250.
  private static String network(int vpc) {
    return "10." + vpc % 250;
  }

  private static String zone(int subnet) {
    return subnet % 2 == 0 ? "eu-west-1a" : "eu-west-1b";
  }

  private static void writeVpc(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"CidrBlock": "%s.0.0/16", "CidrBlockAssociationSet": [{"CidrBlock": "%s.0.0/16", \
        "CidrBlockState": {"State": "associated"}}], "IsDefault": false, "OwnerId": "%s", \
        "State": "available", "Tags": [{"Key": "Name", "Value": "network-%03d"}], "VpcId": "%s"}\
        """,
        network(vpc),
        network(vpc),
        owner(vpc),
        vpc,
        id("vpc", vpc));
  }

  private static void writeSubnet(Appendable out, int number) throws IOException {
    int vpc = number / SUBNETS;
    int subnet = number % SUBNETS;
    format(
        out,
        """
        {"AvailabilityZone": "%s", "CidrBlock": "%s.%d.0/24", "MapPublicIpOnLaunch": false, \
        "OwnerId": "%s", "State": "available", "SubnetId": "%s", "VpcId": "%s"}\
        """,
        zone(subnet),
        network(vpc),
        subnet,
        owner(vpc),
        id("subnet", number),
        id("vpc", vpc));
  }

  private static void writeGateway(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"Attachments": [{"State": "available", "VpcId": "%s"}], "InternetGatewayId": "%s", \
        "OwnerId": "%s"}\
        """,
        id("vpc", vpc),
        id("igw", vpc),
        owner(vpc));
  }

  private static void writeNat(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"ConnectivityType": "public", "NatGatewayId": "%s", "State": "available", \
        "SubnetId": "%s", "VpcId": "%s"}\
        """,
        id("nat", vpc),
        id("subnet", vpc * SUBNETS),
        id("vpc", vpc));
  }

  /// The VPC that watches nine others, which are peered with it.
  private static int hub(int vpc) {
    return vpc - vpc % VPCS_OF_ACCOUNT;
  }

  private static String peering(int vpc) {
    return id("pcx", vpc);
  }

  private void writeTable(Appendable out, int number) throws IOException {
    int vpc = number / 2;
    boolean isMain = number % 2 == 0;
    var associations = new StringBuilder();
    if (isMain) {
      associations.append("{\"Main\": true}");
    } else {
      for (int subnet = 0; subnet < PUBLIC_SUBNETS; subnet++) {
        associations
            .append(subnet == 0 ? "" : ", ")
            .append("{\"Main\": false, \"SubnetId\": \"")
            .append(id("subnet", vpc * SUBNETS + subnet))
            .append("\"}");
      }
    }
    var routes = new StringBuilder();
    route(routes, network(vpc) + ".0.0/16", "GatewayId", "local");
    if (isMain) {
      route(routes, "0.0.0.0/0", "NatGatewayId", id("nat", vpc));
    } else {
      route(routes, "0.0.0.0/0", "GatewayId", id("igw", vpc));
    }
    if (hub(vpc) != vpc) {
      route(routes, network(hub(vpc)) + ".0.0/16", "VpcPeeringConnectionId", peering(vpc));
    } else {
      for (int other = vpc + 1; other < Math.min(vpc + VPCS_OF_ACCOUNT, vpcs()); other++) {
        route(routes, network(other) + ".0.0/16", "VpcPeeringConnectionId", peering(other));
      }
    }
    format(
        out,
        """
        {"Associations": [%s], "OwnerId": "%s", "PropagatingVgws": [], "RouteTableId": "%s", \
        "Routes": [%s], "VpcId": "%s"}\
        """,
        associations,
        owner(vpc),
        id("rtb", number),
        routes,
        id("vpc", vpc));
  }

  private static void route(StringBuilder routes, String to, String key, String target) {
    routes
        .append(routes.isEmpty() ? "" : ", ")
        .append("{\"DestinationCidrBlock\": \"")
        .append(to)
        .append("\", \"")
        .append(key)
        .append("\": \"")
        .append(target)
        .append("\", \"Origin\": \"CreateRoute\", \"State\": \"active\"}");
  }

  /// The default ACLs, and behind them one that denies some for every fourth VPC.
  private void writeAcl(Appendable out, int number) throws IOException {
    boolean isDefault = number < vpcs();
    int vpc = isDefault ? number : (number - vpcs()) * 4;
    var entries = new StringBuilder();
    for (boolean isEgress : new boolean[] {false, true}) {
      if (!isDefault) {
        entry(entries, 80, isEgress, "deny", "-1", "20.50.0.0/16");
        entry(entries, 90, isEgress, "deny", "6", network(vpc) + ".1.0/24");
      }
      entry(entries, 100, isEgress, "allow", "-1", "0.0.0.0/0");
      entry(entries, 32_767, isEgress, "deny", "-1", "0.0.0.0/0");
    }
    var associations = new StringBuilder();
    for (int subnet = 0; subnet < SUBNETS; subnet++) {
      boolean isGuarded = vpc % 4 == 0 && subnet >= SUBNETS - 2;
      if (isGuarded != isDefault) {
        associations
            .append(associations.isEmpty() ? "" : ", ")
            .append("{\"SubnetId\": \"")
            .append(id("subnet", vpc * SUBNETS + subnet))
            .append("\"}");
      }
    }
    format(
        out,
        """
        {"Associations": [%s], "Entries": [%s], "IsDefault": %b, "NetworkAclId": "%s", \
        "OwnerId": "%s", "VpcId": "%s"}\
        """,
        associations,
        entries,
        isDefault,
        id("acl", number),
        owner(vpc),
        id("vpc", vpc));
  }

  private static void entry(
      StringBuilder entries,
      int number,
      boolean isEgress,
      String action,
      String protocol,
      String range) {
    entries
        .append(entries.isEmpty() ? "" : ", ")
        .append(
            String.format(
                Locale.ROOT,
                """
                {"CidrBlock": "%s", "Egress": %b, %s"Protocol": "%s", "RuleAction": "%s", \
                "RuleNumber": %d}\
                """,
                range,
                isEgress,
                protocol.equals("6") ? "\"PortRange\": {\"From\": 22, \"To\": 22}, " : "",
                protocol,
                action,
                number));
  }

  private static void writePeering(Appendable out, int number) throws IOException {
    int vpc = number + number / (VPCS_OF_ACCOUNT - 1) + 1;
    format(
        out,
        """
        {"AccepterVpcInfo": {"OwnerId": "%s", "VpcId": "%s"}, "RequesterVpcInfo": {\
        "OwnerId": "%s", "VpcId": "%s"}, "Status": {"Code": "active"}, \
        "VpcPeeringConnectionId": "%s"}\
        """,
        owner(hub(vpc)),
        id("vpc", hub(vpc)),
        owner(vpc),
        id("vpc", vpc),
        peering(vpc));
  }

  private static void writePrefixList(Appendable out, int number) throws IOException {
    format(
        out,
        """
        {"Cidrs": ["10.0.0.0/16", "20.40.60.0/24"], "PrefixListId": "%s", \
        "PrefixListName": "offices"}\
        """,
        id("pl", number));
  }

  private String groupId(int vpc, int group) {
    return id("sg", vpc * groupsOfVpc() + group);
  }

  /// The rule of a group with a place among its rules: the first one is outbound.
  private Rule rule(int number) {
    int groups = vpcs() * groupsOfVpc();
    int vpc = number % groups / groupsOfVpc();
    int group = number % groups % groupsOfVpc();
    var draws = new SeededDraws(seed);
    int draw = draws.below(100, STREAM_KIND, number);
    int port = PORTS[draws.below(PORTS.length, STREAM_PORT, number)];
    String other = groupId(vpc, draws.below(groupsOfVpc(), STREAM_PEER, number));
    if (number < groups) {
      return draw < 80 || group <= FRONT
          ? range(true, "-1", -1, "0.0.0.0/0")
          : draw < 90 ? range(true, "tcp", 443, "0.0.0.0/0") : member(true, port, other);
    }
    if (group == FRONT) {
      return range(false, "tcp", number < 2 * groups ? 443 : port, "0.0.0.0/0");
    }
    if (group == BASE) {
      return number < 2 * groups
          ? range(false, "tcp", 22, network(vpc) + ".1.0/24")
          : range(false, "tcp", 9100, network(hub(vpc)) + ".0.0/16");
    }
    if (group == WEB && number < 2 * groups) {
      return member(false, 8080, groupId(vpc, FRONT));
    }
    if (draw < 72) {
      return member(false, port, other);
    }
    if (draw < 84) {
      return range(false, "tcp", port, network(vpc) + "." + draw % SUBNETS + ".0/24");
    }
    if (draw < 93) {
      return range(false, "tcp", port, "10.0.0.0/8");
    }
    if (draw < 98) {
      return new Rule(
          false,
          "tcp",
          port,
          port,
          "PrefixListIds",
          "{\"PrefixListId\": \"" + id("pl", 0) + "\"}",
          "\"PrefixListId\": \"" + id("pl", 0) + "\"");
    }
    return range(false, draw < 99 ? "icmp" : "tcp", draw < 99 ? -1 : port, "0.0.0.0/0");
  }

  private static Rule range(boolean isEgress, String protocol, int port, String cidr) {
    return new Rule(
        isEgress,
        protocol,
        port,
        port,
        "IpRanges",
        "{\"CidrIp\": \"" + cidr + "\"}",
        "\"CidrIpv4\": \"" + cidr + "\"");
  }

  private static Rule member(boolean isEgress, int port, String group) {
    return new Rule(
        isEgress,
        "tcp",
        port,
        port,
        "UserIdGroupPairs",
        "{\"GroupId\": \"" + group + "\"}",
        "\"ReferencedGroupInfo\": {\"GroupId\": \"" + group + "\"}");
  }

  private void writeGroup(Appendable out, int number) throws IOException {
    int groups = vpcs() * groupsOfVpc();
    int vpc = number / groupsOfVpc();
    var in = new StringBuilder();
    var egress = new StringBuilder();
    for (int rule = number; rule < rules; rule += groups) {
      var content = rule(rule);
      var permissions = content.isEgress ? egress : in;
      permissions
          .append(permissions.isEmpty() ? "" : ", ")
          .append('{')
          .append(content.protocol.equals("-1") ? "" : content.ports())
          .append("\"IpProtocol\": \"")
          .append(content.protocol)
          .append('"');
      for (String key :
          new String[] {"IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"}) {
        permissions
            .append(", \"")
            .append(key)
            .append("\": [")
            .append(key.equals(content.peerKey) ? content.peer : "")
            .append(']');
      }
      permissions.append('}');
    }
    format(
        out,
        """
        {"Description": "service %d", "GroupId": "%s", "GroupName": "service-%d", \
        "IpPermissions": [%s], "IpPermissionsEgress": [%s], "OwnerId": "%s", "VpcId": "%s"}\
        """,
        number,
        id("sg", number),
        number,
        in,
        egress,
        owner(vpc),
        id("vpc", vpc));
  }

  private void writeRule(Appendable out, int number) throws IOException {
    int group = number % (vpcs() * groupsOfVpc());
    var rule = rule(number);
    format(
        out,
        """
        {%s, "Description": "", %s"GroupId": "%s", "GroupOwnerId": "%s", \
        "IpProtocol": "%s", "IsEgress": %b, "SecurityGroupRuleId": "%s", "Tags": []}\
        """,
        rule.ruleKey,
        rule.ports(),
        id("sg", group),
        owner(group / groupsOfVpc()),
        rule.protocol,
        rule.isEgress,
        id("sgr", number));
  }

  private static String arn(int vpc, String resource) {
    return "arn:aws:elasticloadbalancing:eu-west-1:" + owner(vpc) + ":" + resource;
  }

  private static String balancer(int vpc) {
    return String.format(Locale.ROOT, "app/front-%03d/%016x", vpc, vpc);
  }

  private static String balancerArn(int vpc) {
    return arn(vpc, "loadbalancer/" + balancer(vpc));
  }

  private static String targetGroupArn(int vpc) {
    return arn(vpc, String.format(Locale.ROOT, "targetgroup/web-%03d/%016x", vpc, vpc));
  }

  private static void writeBalancer(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"LoadBalancerArn": "%s", "LoadBalancerName": "front-%03d", "Scheme": "internet-facing", \
        "State": {"Code": "active"}, "Type": "application", "VpcId": "%s"}\
        """,
        balancerArn(vpc),
        vpc,
        id("vpc", vpc));
  }

  private static void writeListener(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"DefaultActions": [{"TargetGroupArn": "%s", "Type": "forward"}], "ListenerArn": "%s", \
        "LoadBalancerArn": "%s", "Port": 443, "Protocol": "HTTPS"}\
        """,
        targetGroupArn(vpc),
        arn(vpc, "listener/" + balancer(vpc) + "/0"),
        balancerArn(vpc));
  }

  private static void writeTargetGroup(Appendable out, int vpc) throws IOException {
    format(
        out,
        """
        {"LoadBalancerArns": ["%s"], "Port": 8080, "Protocol": "HTTP", "TargetGroupArn": "%s", \
        "TargetGroupName": "web-%03d", "TargetType": "instance", "VpcId": "%s"}\
        """,
        balancerArn(vpc),
        targetGroupArn(vpc),
        vpc,
        id("vpc", vpc));
  }

  private void writeTargets(Appendable out, int vpc) throws IOException {
    var targets = new StringBuilder();
    int first = vpc * INTERFACES_OF_VPC;
    for (int number = first; number < Math.min(first + INTERFACES_OF_VPC, interfaces); number++) {
      if (!isTarget(number)) {
        continue;
      }
      targets
          .append(targets.isEmpty() ? "" : ", ")
          .append("{\"Target\": {\"Id\": \"")
          .append(id("i", number))
          .append("\", \"Port\": 8080}}");
    }
    format(
        out,
        "{\"TargetGroupArn\": \"%s\", \"TargetHealthDescriptions\": [%s]}",
        targetGroupArn(vpc),
        targets);
  }

  private static boolean isOfBalancer(int number) {
    return number % INTERFACES_OF_VPC < PUBLIC_SUBNETS;
  }

  private static boolean isTarget(int number) {
    int local = number % INTERFACES_OF_VPC;
    return local >= PUBLIC_SUBNETS && local < PUBLIC_SUBNETS + TARGETS;
  }

  private static boolean isDatabase(int number) {
    return number % INTERFACES_OF_VPC % 50 == 49;
  }

  private static boolean isFunction(int number) {
    return number % INTERFACES_OF_VPC % 25 == 13;
  }

  private static boolean isInstance(int number) {
    return !isOfBalancer(number) && !isDatabase(number) && !isFunction(number);
  }

  /// The interface whose number the instance of an interface has: its first.
  private static int instanceOf(int number) {
    return number % INTERFACES_OF_VPC % 40 == 21 ? number - 1 : number;
  }

  /// What both listings of an interface say.
  private String common(int number) {
    int vpc = number / INTERFACES_OF_VPC;
    int local = number % INTERFACES_OF_VPC;
    int subnet = local % SUBNETS;
    String address = network(vpc) + "." + subnet + "." + (4 + local / SUBNETS);
    boolean isPublic = subnet < PUBLIC_SUBNETS && local / SUBNETS % 4 == 0;
    String association =
        isPublic
            ? String.format(
                Locale.ROOT,
                "\"Association\": {\"IpOwnerId\": \"amazon\", \"PublicIp\": \"54.%d.%d.%d\"}, ",
                number >> 16 & 0xFF,
                number >> 8 & 0xFF,
                number & 0xFF)
            : "";
    var groups = new StringBuilder();
    var draws = new SeededDraws(seed);
    if (isOfBalancer(number)) {
      group(groups, vpc, FRONT);
    } else {
      int service = WEB + draws.below(groupsOfVpc() - WEB, STREAM_GROUP, number);
      group(groups, vpc, isTarget(number) ? WEB : service);
      if (isInstance(number) && draws.below(4, STREAM_BASE, number) > 0) {
        group(groups, vpc, BASE);
      }
    }
    return String.format(
        Locale.ROOT,
        """
        %s"Groups": [%s], "InterfaceType": "interface", "Ipv6Addresses": [], \
        "MacAddress": "02:00:00:%02x:%02x:%02x", "NetworkInterfaceId": "%s", "OwnerId": "%s", \
        "PrivateDnsName": "ip-%s.eu-west-1.compute.internal", "PrivateIpAddress": "%s", \
        "PrivateIpAddresses": [{%s"Primary": true, "PrivateIpAddress": "%s"}], \
        "SourceDestCheck": true, "Status": "in-use", "SubnetId": "%s", "VpcId": "%s"\
        """,
        association,
        groups,
        number >> 16 & 0xFF,
        number >> 8 & 0xFF,
        number & 0xFF,
        id("eni", number),
        owner(vpc),
        address.replace('.', '-'),
        address,
        association,
        address,
        id("subnet", vpc * SUBNETS + subnet),
        id("vpc", vpc));
  }

  private void group(StringBuilder groups, int vpc, int group) {
    groups
        .append(groups.isEmpty() ? "" : ", ")
        .append("{\"GroupId\": \"")
        .append(groupId(vpc, group))
        .append("\", \"GroupName\": \"service-")
        .append(vpc * groupsOfVpc() + group)
        .append("\"}");
  }

  private static String attachment(int number) {
    return String.format(
        Locale.ROOT,
        """
        "Attachment": {"AttachTime": "2026-01-01T00:00:00+00:00", "AttachmentId": "%s", \
        "DeleteOnTermination": true, "DeviceIndex": %d, "InstanceId": "%s", "Status": "attached"}\
        """,
        id("eni-attach", number),
        number - instanceOf(number),
        id("i", instanceOf(number)));
  }

  private void writeInterface(Appendable out, int number) throws IOException {
    int vpc = number / INTERFACES_OF_VPC;
    boolean isInstance = isInstance(number);
    String description =
        isOfBalancer(number)
            ? "ELB " + balancer(vpc)
            : isDatabase(number)
                ? "RDSNetworkInterface"
                : isFunction(number) ? "AWS Lambda VPC ENI-worker-" + number : "";
    format(
        out,
        """
        {%s, "AvailabilityZone": "%s", "Description": "%s", "RequesterManaged": %b, \
        "TagSet": [], %s}\
        """,
        isInstance ? attachment(number) : "\"Attachment\": {\"Status\": \"attached\"}",
        zone(number % INTERFACES_OF_VPC % SUBNETS),
        description,
        !isInstance,
        common(number));
  }

  private void writeReservation(Appendable out, int number) throws IOException {
    boolean hasSecond = number + 1 < interfaces && instanceOf(number + 1) == number;
    var nics = new StringBuilder();
    for (int nic = number; nic <= number + (hasSecond ? 1 : 0); nic++) {
      nics.append(nics.isEmpty() ? "{" : ", {")
          .append(attachment(nic))
          .append(", ")
          .append(common(nic))
          .append('}');
    }
    format(
        out,
        """
        {"Groups": [], "Instances": [{"AmiLaunchIndex": 0, "Architecture": "x86_64", \
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"DeleteOnTermination": true, \
        "Status": "attached", "VolumeId": "%s"}}], "EbsOptimized": true, "ImageId": "%s", \
        "InstanceId": "%s", "InstanceType": "m7g.large", "LaunchTime": "2026-01-01T00:00:00+00:00", \
        "MetadataOptions": {"HttpEndpoint": "enabled", "HttpTokens": "required"}, \
        "Monitoring": {"State": "disabled"}, "NetworkInterfaces": [%s], "Placement": {\
        "AvailabilityZone": "%s", "Tenancy": "default"}, "State": {"Code": 16, \
        "Name": "running"}, "Tags": [{"Key": "Name", "Value": "service-%d"}, {"Key": "stage", \
        "Value": "%s"}], "VirtualizationType": "hvm"}], "OwnerId": "%s", "ReservationId": "%s"}\
        """,
        id("vol", number),
        id("ami", number % 30),
        id("i", number),
        nics,
        zone(number % INTERFACES_OF_VPC % SUBNETS),
        number % 700,
        number % 3 == 0 ? "prod" : "dev",
        owner(number / INTERFACES_OF_VPC),
        id("r", number));
  }
}
