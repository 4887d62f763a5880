package io.surfacescan.importers.azure;

/// The marks by which rules of Azure tell interfaces apart.
final class AzureMarks {
  /// On what opens connections.
  static final String SENDS = "opens connections";

  /// On what has a public address that packets come in by.
  static final String OPEN = "has an open public address";

  /// On what has a public address of an unknown kind, and no security group: it may be closed.
  static final String MAYBE_OPEN = "may have an open public address";

  /// On what leaves by a public address of its own.
  static final String PUBLIC = "has a public address";

  /// On what leaves by a NAT gateway.
  static final String NAT = "has a NAT gateway";

  /// On what leaves by the address that Azure gives to what has no other.
  static final String DEFAULT_OUT = "has default outbound access";

  /// On what some security group guards.
  static final String GUARDED = "has a network security group";

  /// On what leaves by a load balancer.
  static final String BALANCED_TCP = "has a load balancer for TCP";

  static final String BALANCED_UDP = "has a load balancer for UDP";

  private AzureMarks() {}

  /// On a part of an application gateway.
  static String gateway(String key, String part) {
    return "gateway " + key + ", " + part;
  }

  static String vnet(String name) {
    return "virtual network " + name;
  }

  static String subnet(String name) {
    return "subnet " + name;
  }

  /// On what the tag `VirtualNetwork` means for the interfaces of a network.
  static String virtualNetwork(String name) {
    return "VirtualNetwork of " + name;
  }

  static String subnetGroup(String nsg, String vnet) {
    return "subnets of " + vnet + " with " + AzureId.words(nsg, "networksecuritygroups");
  }

  static String nicGroup(String nsg, String vnet) {
    return "interfaces in " + vnet + " with " + AzureId.words(nsg, "networksecuritygroups");
  }

  static String asg(String key) {
    return "application security group " + AzureId.words(key, "applicationsecuritygroups");
  }

  static String routes(String table, String vnet) {
    return "routes of " + AzureId.words(table, "routetables") + " in " + vnet;
  }

  static String pool(String key) {
    return "backends " + key;
  }

  static String configuration(String key) {
    return "address " + key;
  }
}
