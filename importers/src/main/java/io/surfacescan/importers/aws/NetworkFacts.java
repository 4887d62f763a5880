package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.AccessBlock;
import io.surfacescan.importers.aws.Resource.AccessExclusion;
import io.surfacescan.importers.aws.Resource.AclEntry;
import io.surfacescan.importers.aws.Resource.EndpointService;
import io.surfacescan.importers.aws.Resource.Hop;
import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.OtherGateway;
import io.surfacescan.importers.aws.Resource.Peering;
import io.surfacescan.importers.aws.Resource.PrefixEntries;
import io.surfacescan.importers.aws.Resource.PrefixList;
import io.surfacescan.importers.aws.Resource.Route;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.TransitAttachment;
import io.surfacescan.importers.aws.Resource.TransitEntry;
import io.surfacescan.importers.aws.Resource.TransitGateway;
import io.surfacescan.importers.aws.Resource.TransitTable;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.importers.aws.Resource.VpcEndpoint;
import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Reads VPCs and what is in between them.
///
/// @param facts gets what is read
record NetworkFacts(Facts facts) {
  void add(String list, ExportObject object) {
    switch (list) {
      case "Vpcs" -> facts.put(new Vpc(facts.header(object, "VpcId"), rangesOfVpc(object)));
      case "Subnets" -> facts.put(subnet(object));
      case "NetworkAcls" -> facts.put(acl(object));
      case "RouteTables" -> facts.put(table(object));
      case "InternetGateways" -> facts.put(gateway(object, "InternetGatewayId", false));
      case "EgressOnlyInternetGateways" ->
          facts.put(gateway(object, "EgressOnlyInternetGatewayId", true));
      case "NatGateways" -> facts.put(nat(object));
      case "VpnGateways" ->
          facts.put(
              new OtherGateway(
                  facts.header(object, object.firstText("VpnGatewayId", "GatewayId"), "", "")));
      case "VpcPeeringConnections" -> facts.put(peering(object));
      case "TransitGateways" -> facts.put(transitGateway(object));
      case "TransitGatewayAttachments",
          "TransitGatewayVpcAttachments",
          "TransitGatewayPeeringAttachments" ->
          facts.put(attachment(list, object));
      case "TransitGatewayRouteTables" -> facts.put(transitTable(object));
      case "TransitGatewayStaticRoutes" ->
          addTransit("Routes", object.text("TransitGatewayRouteTableId"), object.objects("Routes"));
      case "TransitGatewayPropagations" ->
          addTransit(
              "TransitGatewayRouteTablePropagations",
              object.text("TransitGatewayRouteTableId"),
              object.objects("TransitGatewayRouteTablePropagations"));
      case "PrefixLists" -> prefixList(object);
      case "VpcEndpoints" -> facts.put(endpoint(object));
      case "ServiceConfigurations" ->
          facts.put(
              new EndpointService(
                  facts.header(object, "ServiceId"),
                  object.text("ServiceName"),
                  object.texts("NetworkLoadBalancerArns")));
      case "VpcBlockPublicAccessOptions" ->
          facts.put(
              new AccessBlock(
                  facts.unit().account(),
                  facts.unit().region(),
                  object.text("InternetGatewayBlockMode"),
                  facts.unit()));
      case "VpcBlockPublicAccessExclusions" -> {
        if (!object.text("State").startsWith("delete")) {
          facts.put(
              new AccessExclusion(
                  object.text("ResourceArn"), object.text("InternetGatewayExclusionMode")));
        }
      }
      default -> throw new IllegalArgumentException(list);
    }
  }

  private static List<AddressRange> rangesOfVpc(ExportObject object) {
    var texts = new ArrayList<String>();
    texts.add(object.text("CidrBlock"));
    for (ExportObject block : object.objects("CidrBlockAssociationSet")) {
      if (isAssociated(block.text("CidrBlockState", "State"))) {
        texts.add(block.text("CidrBlock"));
      }
    }
    texts.addAll(v6Blocks(object));
    return AddressRange.joined(Facts.ranges(texts));
  }

  private static List<String> v6Blocks(ExportObject object) {
    return object.objects("Ipv6CidrBlockAssociationSet").stream()
        .filter(block -> isAssociated(block.text("Ipv6CidrBlockState", "State")))
        .map(block -> block.text("Ipv6CidrBlock"))
        .toList();
  }

  private static boolean isAssociated(String state) {
    return state.isEmpty() || state.equals("associated") || state.equals("associating");
  }

  private Subnet subnet(ExportObject object) {
    var texts = new ArrayList<String>(v6Blocks(object));
    texts.add(object.text("CidrBlock"));
    String zone = object.text("AvailabilityZone");
    return new Subnet(
        facts.header(object, object.text("SubnetId"), object.text("OwnerId"), zone),
        object.text("VpcId"),
        zone,
        AddressRange.joined(Facts.ranges(texts)),
        object.isTrue("MapPublicIpOnLaunch"));
  }

  private NetworkAcl acl(ExportObject object) {
    var entries = new ArrayList<AclEntry>();
    for (ExportObject entry : object.objects("Entries")) {
      entries.add(
          new AclEntry(
              "",
              entry.number("RuleNumber").orElse(Integer.MAX_VALUE),
              entry.isTrue("Egress"),
              entry.text("RuleAction").equals("allow"),
              entry.text("Protocol"),
              entry.firstText("CidrBlock", "Ipv6CidrBlock"),
              entry
                  .object("PortRange")
                  .map(range -> range.number("From"))
                  .orElse(OptionalInt.empty()),
              entry
                  .object("PortRange")
                  .map(range -> range.number("To"))
                  .orElse(OptionalInt.empty()),
              entry
                  .object("IcmpTypeCode")
                  .map(type -> type.number("Type"))
                  .orElse(OptionalInt.empty()),
              entry.spot()));
    }
    return new NetworkAcl(
        facts.header(object, "NetworkAclId"),
        object.text("VpcId"),
        object.isTrue("IsDefault"),
        object.textsIn("Associations", "SubnetId"),
        entries);
  }

  private RouteTable table(ExportObject object) {
    boolean isMain = object.objects("Associations").stream().anyMatch(some -> some.isTrue("Main"));
    return new RouteTable(
        facts.header(object, "RouteTableId"),
        object.text("VpcId"),
        isMain,
        object.textsIn("Associations", "SubnetId"),
        object.objects("Routes").stream().map(NetworkFacts::route).toList());
  }

  private static Route route(ExportObject object) {
    String target;
    Hop hop;
    if (object.text("GatewayId").equals("local")) {
      hop = Hop.LOCAL;
      target = "local";
    } else if (object.has("NatGatewayId")) {
      hop = Hop.NAT;
      target = object.text("NatGatewayId");
    } else if (object.has("TransitGatewayId")) {
      hop = Hop.TRANSIT;
      target = object.text("TransitGatewayId");
    } else if (object.has("VpcPeeringConnectionId")) {
      hop = Hop.PEERING;
      target = object.text("VpcPeeringConnectionId");
    } else if (object.has("EgressOnlyInternetGatewayId")) {
      hop = Hop.EGRESS_ONLY;
      target = object.text("EgressOnlyInternetGatewayId");
    } else if (object.has("GatewayId")) {
      hop = Hop.GATEWAY;
      target = object.text("GatewayId");
    } else if (object.has("NetworkInterfaceId") || object.has("InstanceId")) {
      hop = Hop.INTERFACE;
      target = object.firstText("NetworkInterfaceId", "InstanceId");
    } else {
      hop = Hop.OTHER;
      target = object.firstText("LocalGatewayId", "CarrierGatewayId", "CoreNetworkArn");
    }
    return new Route(
        object.firstText("DestinationCidrBlock", "DestinationIpv6CidrBlock"),
        object.text("DestinationPrefixListId"),
        hop,
        target,
        !object.text("State").equals("blackhole"),
        object.spot());
  }

  private InternetGateway gateway(ExportObject object, String idKey, boolean isEgressOnly) {
    var vpcs =
        object.objects("Attachments").stream()
            .filter(attachment -> isAttached(attachment.text("State")))
            .map(attachment -> attachment.text("VpcId"))
            .toList();
    return new InternetGateway(facts.header(object, idKey), isEgressOnly, vpcs);
  }

  private static boolean isAttached(String state) {
    return !state.equals("detached") && !state.equals("detaching");
  }

  private NatGateway nat(ExportObject object) {
    String state = object.text("State");
    return new NatGateway(
        facts.header(object, "NatGatewayId"),
        object.text("VpcId"),
        object.text("SubnetId"),
        !object.text("ConnectivityType").equals("private"),
        state.isEmpty() || state.equals("available") || state.equals("pending"));
  }

  private Peering peering(ExportObject object) {
    return new Peering(
        facts.header(
            object,
            object.text("VpcPeeringConnectionId"),
            object.text("RequesterVpcInfo", "OwnerId"),
            ""),
        object.text("Status", "Code").equals("active"),
        object.text("RequesterVpcInfo", "VpcId"),
        object.text("AccepterVpcInfo", "VpcId"));
  }

  private TransitGateway transitGateway(ExportObject object) {
    return new TransitGateway(
        facts.header(object, "TransitGatewayId"),
        object.text("Options", "AssociationDefaultRouteTableId"),
        object.text("Options", "PropagationDefaultRouteTableId"),
        object.text("Options", "SecurityGroupReferencingSupport").equals("enable"));
  }

  private TransitAttachment attachment(String list, ExportObject object) {
    String type = object.text("ResourceType");
    String resource = object.text("ResourceId");
    String gateway = object.text("TransitGatewayId");
    if (list.equals("TransitGatewayVpcAttachments")) {
      type = "vpc";
      resource = object.text("VpcId");
    } else if (list.equals("TransitGatewayPeeringAttachments")) {
      type = "peering";
      gateway = object.text("RequesterTgwInfo", "TransitGatewayId");
      resource = object.text("AccepterTgwInfo", "TransitGatewayId");
    }
    var header = facts.header(object, "TransitGatewayAttachmentId");
    String table = object.text("Association", "TransitGatewayRouteTableId");
    return new TransitAttachment(
        header,
        gateway,
        type,
        resource,
        object.text("State").isEmpty() || object.text("State").equals("available"),
        object.texts("SubnetIds"),
        table,
        list.equals("TransitGatewayAttachments")
            && table.isEmpty()
            && isOfGatewaysOwner(object, header),
        !object.text("Options", "SecurityGroupReferencingSupport").equals("disable"));
  }

  /// Whether the account asked owns the gateway: another does not see its route tables.
  private static boolean isOfGatewaysOwner(ExportObject object, Resource.Header asked) {
    String owner = object.text("TransitGatewayOwnerId");
    return !owner.isEmpty()
        && (owner.equals(asked.owner()) || owner.equals(object.text("ResourceOwnerId")));
  }

  private TransitTable transitTable(ExportObject object) {
    return new TransitTable(
        facts.header(object, "TransitGatewayRouteTableId"),
        object.text("TransitGatewayId"),
        object.isTrue("DefaultAssociationRouteTable"),
        object.isTrue("DefaultPropagationRouteTable"));
  }

  /// @param table what the entries are of; empty if not known
  void addTransit(String list, String table, List<ExportObject> objects) {
    for (ExportObject object : objects) {
      TransitEntry.Sort sort =
          switch (list) {
            case "Routes" -> TransitEntry.Sort.ROUTE;
            case "Associations" -> TransitEntry.Sort.ASSOCIATION;
            default -> TransitEntry.Sort.PROPAGATION;
          };
      var attachments = new ArrayList<String>();
      if (!object.text("TransitGatewayAttachmentId").isEmpty()) {
        attachments.add(object.text("TransitGatewayAttachmentId"));
      }
      attachments.addAll(object.textsIn("TransitGatewayAttachments", "TransitGatewayAttachmentId"));
      String state = object.text("State");
      if (!state.startsWith("disab") && !state.startsWith("disas") && !state.startsWith("delet")) {
        facts.put(
            new TransitEntry(
                table,
                sort,
                object.firstText("DestinationCidrBlock", "DestinationIpv6CidrBlock"),
                attachments,
                object.text("Type").equals("static"),
                state.equals("blackhole"),
                facts.unit(),
                object.spot()));
      }
    }
    if (list.equals("Routes")) {
      // That a table has no routes is known too.
      facts.put(
          new TransitEntry(
              table,
              TransitEntry.Sort.ROUTE,
              "",
              List.of(),
              true,
              false,
              facts.unit(),
              SourceOffset.whole(0)));
    }
  }

  private void prefixList(ExportObject object) {
    facts.put(
        new PrefixList(
            facts.header(object, "PrefixListId"),
            object.has("Cidrs") || object.has("Entries"),
            ranges(object.texts("Cidrs"), object.objects("Entries"))));
  }

  /// @param list the prefix list that they are of; empty if not known
  PrefixEntries entries(String list, List<ExportObject> objects) {
    return new PrefixEntries(list, ranges(List.of(), objects), facts.unit());
  }

  private static List<AddressRange> ranges(List<String> cidrs, List<ExportObject> entries) {
    var texts = new ArrayList<String>(cidrs);
    entries.forEach(entry -> texts.add(entry.text("Cidr")));
    return AddressRange.joined(Facts.ranges(texts));
  }

  private VpcEndpoint endpoint(ExportObject object) {
    String state = object.text("State");
    return new VpcEndpoint(
        facts.header(object, "VpcEndpointId"),
        object.text("VpcId"),
        object.text("VpcEndpointType"),
        object.text("ServiceName"),
        state.isEmpty() || state.equalsIgnoreCase("available"),
        object.texts("NetworkInterfaceIds"));
  }
}
