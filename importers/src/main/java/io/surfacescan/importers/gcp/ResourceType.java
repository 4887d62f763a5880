package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an object of an export is. The kind tells it, else the type of an asset, else the link, and
/// else the keys: a person may have cut out any of them.
enum ResourceType {
  INSTANCE("instances", "Instance"),
  FIREWALL("firewalls", "Firewall"),
  NETWORK("networks", "Network"),
  SUBNETWORK("subnetworks", "Subnetwork"),
  ROUTE("routes", "Route"),
  ROUTER("routers", "Router"),
  FIREWALL_POLICY("firewallPolicies", "FirewallPolicy", "NetworkFirewallPolicy"),
  FORWARDING_RULE("forwardingRules", "ForwardingRule", "GlobalForwardingRule"),
  BACKEND_SERVICE("backendServices", "BackendService", "RegionBackendService"),
  TARGET_POOL("targetPools", "TargetPool"),
  TARGET_INSTANCE("targetInstances", "TargetInstance"),
  TARGET_HTTP_PROXY("targetHttpProxies", "TargetHttpProxy", "RegionTargetHttpProxy"),
  TARGET_HTTPS_PROXY("targetHttpsProxies", "TargetHttpsProxy", "RegionTargetHttpsProxy"),
  TARGET_TCP_PROXY("targetTcpProxies", "TargetTcpProxy", "RegionTargetTcpProxy"),
  TARGET_SSL_PROXY("targetSslProxies", "TargetSslProxy"),
  TARGET_GRPC_PROXY("targetGrpcProxies", "TargetGrpcProxy"),
  URL_MAP("urlMaps", "UrlMap", "RegionUrlMap"),
  INSTANCE_GROUP("instanceGroups", "InstanceGroup"),
  /// What a group consists of: the file's name tells which.
  GROUP_MEMBER("instanceGroupMembers", "InstanceGroupMember"),
  PROJECT("projects", "Project"),
  FOLDER("folders", "Folder"),
  ORGANIZATION("organizations", "Organization"),
  TAG_BINDING("tagBindings", "TagBinding"),
  /// Says something about a network that is not read.
  VPN_TUNNEL("vpnTunnels", "VpnTunnel"),
  INTERCONNECT("interconnectAttachments", "InterconnectAttachment"),
  PACKET_MIRRORING("packetMirrorings", "PacketMirroring"),
  /// Known, and says nothing about what reaches what.
  UNUSED("addresses", "Address");

  /// Keys that only firewall rules have, even one whose `allowed` is misspelt.
  private static final List<String> FIREWALL_KEYS =
      List.of(
          "allowed",
          "denied",
          "sourceRanges",
          "sourceTags",
          "targetTags",
          "sourceServiceAccounts",
          "targetServiceAccounts",
          "destinationRanges");

  private static final List<String> UNUSED_KINDS =
      List.of(
          "address",
          "autoscaler",
          "disk",
          "externalVpnGateway",
          "healthCheck",
          "httpHealthCheck",
          "httpsHealthCheck",
          "image",
          "instanceGroupManager",
          "instanceTemplate",
          "networkEndpointGroup",
          "region",
          "resourcePolicy",
          "securityPolicy",
          "snapshot",
          "sslCertificate",
          "targetVpnGateway",
          "vpnGateway",
          "zone");

  private static final Map<String, ResourceType> BY_COLLECTION = new HashMap<>();
  private static final Map<String, ResourceType> BY_ASSET = new HashMap<>();
  private static final Map<String, ResourceType> BY_LETTERS = new HashMap<>();

  static {
    for (ResourceType type : values()) {
      BY_COLLECTION.put(type.collection, type);
      type.assets.forEach(asset -> BY_ASSET.put(asset, type));
      BY_LETTERS.put(type.collection.toLowerCase(Locale.ROOT), type);
    }
    BY_LETTERS.put("firewallrules", FIREWALL);
    BY_LETTERS.put("networkfirewallpolicies", FIREWALL_POLICY);
    for (String kind : UNUSED_KINDS) {
      String first = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
      BY_ASSET.put(first, UNUSED);
      BY_COLLECTION.put(kind + "s", UNUSED);
    }
  }

  private final String collection;

  @SuppressWarnings("ImmutableEnumChecker") // A list of `List.of` is.
  private final List<String> assets;

  ResourceType(String collection, String... assets) {
    this.collection = collection;
    this.assets = List.of(assets);
  }

  /// As links name what is of this type.
  String collection() {
    return collection;
  }

  /// By the type of an asset, such as `compute.googleapis.com/Instance`.
  static Optional<ResourceType> ofAsset(String type) {
    return Optional.ofNullable(BY_ASSET.get(type.substring(type.lastIndexOf('/') + 1)));
  }

  static Optional<ResourceType> of(ExportObject object) {
    String kind = object.text("kind");
    if (kind.startsWith("compute#")) {
      String word = kind.substring("compute#".length());
      String first = Character.toUpperCase(word.charAt(0)) + word.substring(1);
      var found = Optional.ofNullable(BY_ASSET.get(first));
      if (found.isPresent()) {
        return found;
      }
    }
    return Links.collection(object.text("selfLink"))
        .flatMap(found -> Optional.ofNullable(BY_COLLECTION.get(found)))
        .or(() -> ofKeys(object));
  }

  private static Optional<ResourceType> ofKeys(ExportObject object) {
    if (object.has("networkInterfaces")) {
      return Optional.of(INSTANCE);
    }
    if (object.has("network") && FIREWALL_KEYS.stream().anyMatch(object::has)) {
      return Optional.of(FIREWALL);
    }
    if (object.has("destRange")) {
      return Optional.of(ROUTE);
    }
    if (object.has("ipCidrRange") && object.has("network")) {
      return Optional.of(SUBNETWORK);
    }
    if (object.has("rules") && (object.has("associations") || object.has("shortName"))) {
      return Optional.of(FIREWALL_POLICY);
    }
    if (object.has("nats") && object.has("network")) {
      return Optional.of(ROUTER);
    }
    if (object.has("peerings") || object.has("autoCreateSubnetworks")) {
      return Optional.of(NETWORK);
    }
    if (object.has("IPProtocol") && object.has("loadBalancingScheme")) {
      return Optional.of(FORWARDING_RULE);
    }
    if (object.text("instance").contains("/instances/") && object.has("status")) {
      return Optional.of(GROUP_MEMBER);
    }
    if (object.has("projectId")) {
      return Optional.of(PROJECT);
    }
    if (object.has("tagValue") && object.has("parent")) {
      return Optional.of(TAG_BINDING);
    }
    return switch (object.text("type")) {
      case "project" -> Optional.of(PROJECT);
      case "folder" -> Optional.of(FOLDER);
      case "organization" -> Optional.of(ORGANIZATION);
      default -> Optional.empty();
    };
  }

  /// By a key of an object that holds lists, such as `instances` or `firewall_rules`.
  static Optional<ResourceType> ofListKey(String key) {
    String letters = key.replaceAll("[^a-zA-Z]", "").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_LETTERS.get(letters));
  }

  /// By the name of a file whose list is empty.
  static Optional<ResourceType> ofFileName(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    Optional<ResourceType> longest = Optional.empty();
    for (ResourceType type : values()) {
      String word = type.collection.toLowerCase(Locale.ROOT);
      String other = type == FIREWALL ? "firewallrules" : word;
      if ((letters.contains(word) || letters.contains(other))
          && longest
              .map(some -> some.collection.length() < type.collection.length())
              .orElse(true)) {
        longest = Optional.of(type);
      }
    }
    return longest;
  }
}
