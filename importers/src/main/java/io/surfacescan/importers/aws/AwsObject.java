package io.surfacescan.importers.aws;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.SourceOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// An object of an export with those of its keys that some reader asks for. What has another type
/// than asked for counts as absent: other services may use the same key for something else.
final class AwsObject {
  /// Every key that is asked for below the first level of a document.
  private static final Set<String> KEPT =
      Set.of(
          "AccepterVpcInfo",
          "AccepterTgwInfo",
          "Association",
          "Associations",
          "AssociationDefaultRouteTableId",
          "Attachment",
          "Attachments",
          "Attributes",
          "AvailabilityZone",
          "AvailabilityZones",
          "Actions",
          "Cidr",
          "CidrBlock",
          "CidrBlockAssociationSet",
          "CidrBlockSet",
          "CidrBlockState",
          "CidrIp",
          "CidrIpv4",
          "CidrIpv6",
          "Cidrs",
          "Code",
          "ConnectivityType",
          "DBInstanceIdentifier",
          "DefaultActions",
          "DefaultAssociationRouteTable",
          "DefaultPropagationRouteTable",
          "Description",
          "DestinationCidrBlock",
          "DestinationIpv6CidrBlock",
          "DestinationPrefixListId",
          "EgressOnlyInternetGatewayId",
          "Egress",
          "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
          "Entries",
          "ExclusionId",
          "ForwardConfig",
          "From",
          "FromPort",
          "GatewayId",
          "GroupId",
          "GroupOwnerId",
          "GroupName",
          "Groups",
          "IcmpTypeCode",
          "Id",
          "InstanceId",
          "InstancePort",
          "InstanceProtocol",
          "Instances",
          "InterfaceType",
          "InternetGatewayBlockMode",
          "InternetGatewayExclusionMode",
          "InternetGatewayId",
          "IpPermissions",
          "IpPermissionsEgress",
          "IpProtocol",
          "IpRanges",
          "Ipv6Address",
          "Ipv6Addresses",
          "Ipv6CidrBlock",
          "Ipv6CidrBlockAssociationSet",
          "Ipv6CidrBlockSet",
          "Ipv6CidrBlockState",
          "Ipv6Ranges",
          "IsDefault",
          "IsEgress",
          "Key",
          "Listener",
          "ListenerArn",
          "ListenerDescriptions",
          "Listeners",
          "LoadBalancerArn",
          "LoadBalancerArns",
          "LoadBalancerName",
          "LoadBalancerPort",
          "Main",
          "MapPublicIpOnLaunch",
          "Name",
          "NatGatewayId",
          "NetworkAclId",
          "NetworkInterfaceId",
          "NetworkInterfaceIds",
          "NetworkInterfaces",
          "NetworkLoadBalancerArns",
          "Options",
          "Origin",
          "OwnerId",
          "Placement",
          "Port",
          "PortRange",
          "PrefixListId",
          "PrefixListIds",
          "PrivateIpAddress",
          "PrivateIpAddresses",
          "PropagationDefaultRouteTableId",
          "Protocol",
          "PublicIp",
          "PublicIpAddress",
          "ReferencedGroupInfo",
          "Region",
          "RequesterTgwInfo",
          "RequesterVpcInfo",
          "ResourceArn",
          "ResourceId",
          "ResourceType",
          "RouteTableId",
          "Routes",
          "RuleAction",
          "RuleArn",
          "RuleNumber",
          "Scheme",
          "SecurityGroupId",
          "SecurityGroupReferencingSupport",
          "SecurityGroupRuleId",
          "SecurityGroups",
          "ServiceId",
          "ServiceName",
          "SourceSecurityGroup",
          "State",
          "Status",
          "SubnetId",
          "SubnetIds",
          "Subnets",
          "TagSet",
          "Tags",
          "Target",
          "TargetGroupArn",
          "TargetGroupName",
          "TargetGroups",
          "TargetHealthDescriptions",
          "TargetType",
          "To",
          "ToPort",
          "TransitGatewayAttachmentId",
          "TransitGatewayAttachments",
          "TransitGatewayId",
          "TransitGatewayRouteTableId",
          "TransitGatewayRouteTablePropagations",
          "Type",
          "UserId",
          "UserIdGroupPairs",
          "VPCId",
          "Value",
          "VpnGatewayId",
          "VpcEndpointId",
          "VpcEndpointType",
          "VpcId",
          "VpcOwnerId",
          "VpcPeeringConnectionId",
          "ZoneName",
          "LocalGatewayId",
          "CarrierGatewayId",
          "CoreNetworkArn",
          "PeeringStatus",
          "PeerVpcId",
          "Direction");

  private final SourceOffset spot;
  private final Map<String, Object> fields = new HashMap<>(16);

  private AwsObject(SourceOffset spot) {
    this.spot = spot;
  }

  /// Reads the object whose start the cursor stands at, to its end.
  static AwsObject read(JsonCursor json) {
    var object = new AwsObject(json.spot());
    while (json.nextKey()) {
      String key = json.key();
      if (object.fields.containsKey(key)) {
        json.tellRepeated(key);
      }
      json.next();
      if (KEPT.contains(key)) {
        Object value = value(json);
        if (value != null) {
          object.fields.put(key, value);
        }
      } else {
        json.skipValue();
      }
    }
    return object;
  }

  /// The current value: an object, a list without its nulls, or a text; null if it is null.
  private static @Nullable Object value(JsonCursor json) {
    return switch (json.current()) {
      case START_OBJECT -> read(json);
      case START_ARRAY -> list(json);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.text();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> null;
    };
  }

  private static List<Object> list(JsonCursor json) {
    if (json.next() == JsonToken.END_ARRAY) {
      return List.of();
    }
    var list = new ArrayList<Object>(2);
    do {
      Object value = value(json);
      if (value != null) {
        list.add(value);
      }
    } while (json.next() != JsonToken.END_ARRAY);
    return list;
  }

  /// Where it starts.
  SourceOffset spot() {
    return spot;
  }

  /// The text, number or truth value under the key, as text; empty without one.
  String text(String key) {
    return fields.get(key) instanceof String text ? text : "";
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /// The first of these texts that is there.
  String firstText(String... keys) {
    for (String key : keys) {
      if (!text(key).isEmpty()) {
        return text(key);
      }
    }
    return "";
  }

  boolean isTrue(String key) {
    return text(key).equalsIgnoreCase("true");
  }

  OptionalInt number(String key) {
    try {
      return text(key).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(text(key)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  Optional<AwsObject> object(String key) {
    return fields.get(key) instanceof AwsObject object ? Optional.of(object) : Optional.empty();
  }

  /// A text of an object; empty if either is not there.
  String text(String object, String key) {
    return object(object).map(some -> some.text(key)).orElse("");
  }

  /// The objects of a list; none if there is no list.
  List<AwsObject> objects(String key) {
    return of(key, AwsObject.class);
  }

  /// The texts of a list; none if there is no list.
  List<String> texts(String key) {
    return of(key, String.class);
  }

  private <T> List<T> of(String key, Class<T> type) {
    if (!(fields.get(key) instanceof List<?> list) || list.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<T>(list.size());
    for (Object some : list) {
      if (type.isInstance(some)) {
        found.add(type.cast(some));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The texts under one key in the objects of a list, without empty ones.
  List<String> textsIn(String list, String key) {
    var texts = new ArrayList<String>(2);
    for (AwsObject object : objects(list)) {
      String text = object.text(key);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  /// The value of a tag, which is a pair of `Key` and `Value`.
  String tag(String key) {
    for (String list : List.of("Tags", "TagSet")) {
      for (AwsObject tag : objects(list)) {
        if (tag.text("Key").equals(key)) {
          return tag.text("Value");
        }
      }
    }
    return "";
  }
}
