package io.surfacescan.synthesis;

import java.io.IOException;
import java.util.Locale;

/// The export of invented Azure subscriptions: all resources in one list, as the Azure CLI writes
/// each kind.
///
/// Each virtual network has up to 500 virtual machines in eight subnets of four tiers. A tier has a
/// network security group and an application security group. Rules admit a tier, a subnet, the
/// whole company, or the internet; some deny a port before that. What no rule admits is denied.
/// Networks are peered with the first of their ten, which watches them.
///
/// @param machines at least 1
/// @param rules of network security groups; at least 0
public record SyntheticSubscriptions(int machines, int rules, long seed) {
  private static final int MACHINES_OF_NETWORK = 500;
  private static final int NETWORKS_OF_SUBSCRIPTION = 10;
  private static final int SUBNETS = 8;
  private static final int TIERS = 4;
  private static final int FRONT = 0;
  private static final int PRIORITIES = 3_900;
  private static final int STREAM_PEER = 301;
  private static final int STREAM_PORT = 302;
  private static final int STREAM_TIER = 303;
  private static final int[] PORTS = {22, 443, 5432, 6379, 8080, 8443, 9092, 3306};
  private static final String[] TIER_NAMES = {"front", "web", "app", "data"};

  public SyntheticSubscriptions {
    if (machines < 1 || rules < 0) {
      throw new IllegalArgumentException("a subscription has at least one machine");
    }
  }

  public int networks() {
    return (machines + MACHINES_OF_NETWORK - 1) / MACHINES_OF_NETWORK;
  }

  /// Writes the export; the same subscriptions give the same text.
  public void write(Appendable out) throws IOException {
    out.append("[\n");
    for (int network = 0; network < networks(); network++) {
      writeNetwork(out, network);
      out.append(",\n");
      for (int tier = 0; tier < TIERS; tier++) {
        writeGroup(out, network, tier);
        out.append(",\n");
      }
    }
    for (int number = 0; number < machines; number++) {
      writeMachine(out, number);
      out.append(number + 1 < machines ? ",\n" : "\n");
    }
    out.append("]\n");
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would take one more library.
  private static void format(Appendable out, String text, Object... values) throws IOException {
    out.append(String.format(Locale.ROOT, text, values));
  }

  private static String provider(int network) {
    return String.format(
        Locale.ROOT,
        "/subscriptions/00000000-0000-4000-8000-%012d/resourceGroups/rg-%03d/providers",
        network / NETWORKS_OF_SUBSCRIPTION,
        network);
  }

  private static String id(int network, String type, String name) {
    return provider(network) + "/Microsoft.Network/" + type + "/" + name;
  }

  private static String vnetId(int network) {
    return id(network, "virtualNetworks", "network-" + network);
  }

  private static String groupId(int network, int tier) {
    return id(network, "networkSecurityGroups", "nsg-" + TIER_NAMES[tier]);
  }

  private static String asgId(int network, int tier) {
    return id(network, "applicationSecurityGroups", "asg-" + TIER_NAMES[tier]);
  }

  /// The first two bytes of a network's addresses, which repeat after 250.
  private static String prefix(int network) {
    return "10." + network % 250;
  }

  private void writeNetwork(Appendable out, int network) throws IOException {
    format(
        out,
        """
        {"addressSpace": {"addressPrefixes": ["%s.0.0/16"]}, "id": "%s", "location": "westeurope", \
        "name": "network-%d", "subnets": [\
        """,
        prefix(network),
        vnetId(network),
        network);
    for (int subnet = 0; subnet < SUBNETS; subnet++) {
      format(
          out,
          """
          %s{"addressPrefix": "%s.%d.0/24", "id": "%s/subnets/subnet-%d", "name": "subnet-%d", \
          "networkSecurityGroup": {"id": "%s"}}\
          """,
          subnet == 0 ? "" : ", ",
          prefix(network),
          subnet,
          vnetId(network),
          subnet,
          subnet,
          groupId(network, subnet / 2));
    }
    out.append("], \"virtualNetworkPeerings\": [");
    int hub = network - network % NETWORKS_OF_SUBSCRIPTION;
    if (network != hub) {
      writePeering(out, network, hub);
    } else {
      int last = Math.min(networks(), hub + NETWORKS_OF_SUBSCRIPTION);
      for (int spoke = hub + 1; spoke < last; spoke++) {
        out.append(spoke == hub + 1 ? "" : ", ");
        writePeering(out, hub, spoke);
      }
    }
    out.append("]}");
  }

  private static void writePeering(Appendable out, int from, int to) throws IOException {
    format(
        out,
        """
        {"allowForwardedTraffic": false, "allowVirtualNetworkAccess": true, \
        "id": "%s/virtualNetworkPeerings/to-%d", "name": "to-%d", "peeringState": "Connected", \
        "remoteVirtualNetwork": {"id": "%s"}}\
        """,
        vnetId(from),
        to,
        to,
        vnetId(to));
  }

  private void writeGroup(Appendable out, int network, int tier) throws IOException {
    String id = groupId(network, tier);
    format(
        out,
        "{\"id\": \"%s\", \"location\": \"westeurope\", \"name\": \"nsg-%s\", \"securityRules\": [",
        id,
        TIER_NAMES[tier]);
    int groups = networks() * TIERS;
    int group = network * TIERS + tier;
    int count = Math.min(PRIORITIES, rules / groups + (group < rules % groups ? 1 : 0));
    for (int i = 0; i < count; i++) {
      writeRule(out, network, tier, i);
      out.append(", ");
    }
    format(
        out,
        """
        {"access": "Deny", "destinationAddressPrefix": "*", "destinationPortRange": "*", \
        "direction": "Inbound", "id": "%s/securityRules/rest", "name": "rest", "priority": 4096, \
        "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*"}]}\
        """,
        id);
  }

  private void writeRule(Appendable out, int network, int tier, int number) throws IOException {
    var draws = new SeededDraws(seed);
    long index = ((long) network * TIERS + tier) * PRIORITIES + number;
    int kind = draws.below(20, STREAM_PEER, index);
    int port = PORTS[draws.below(PORTS.length, STREAM_PORT, index)];
    int other = draws.below(TIERS, STREAM_TIER, index);
    boolean isDeny = kind == 0;
    String source;
    if (kind < 2) {
      source = "\"sourceAddressPrefix\": \"VirtualNetwork\"";
    } else if (kind < 10) {
      source = "\"sourceApplicationSecurityGroups\": [{\"id\": \"" + asgId(network, other) + "\"}]";
    } else if (kind < 18 || tier != FRONT) {
      source =
          "\"sourceAddressPrefix\": \""
              + prefix(network)
              + "."
              + draws.below(SUBNETS, STREAM_TIER, index + 1)
              + ".0/24\"";
    } else {
      source = "\"sourceAddressPrefix\": \"" + (kind == 18 ? "Internet" : "10.0.0.0/8") + "\"";
    }
    format(
        out,
        """
        {"access": "%s", %s, "destinationPortRange": "%d", "direction": "Inbound", \
        "id": "%s/securityRules/rule-%d", "name": "rule-%d", "priority": %d, "protocol": "Tcp", \
        %s, "sourcePortRange": "*"}\
        """,
        isDeny ? "Deny" : "Allow",
        kind % 2 == 0
            ? "\"destinationAddressPrefix\": \"*\""
            : "\"destinationApplicationSecurityGroups\": [{\"id\": \""
                + asgId(network, tier)
                + "\"}]",
        port,
        groupId(network, tier),
        number,
        number,
        100 + number,
        source);
  }

  private static void writeMachine(Appendable out, int number) throws IOException {
    int network = number / MACHINES_OF_NETWORK;
    int subnet = number % SUBNETS;
    int host = 4 + number % MACHINES_OF_NETWORK / SUBNETS;
    String nic = id(network, "networkInterfaces", "nic-" + number);
    String machine = provider(network) + "/Microsoft.Compute/virtualMachines/machine-" + number;
    format(
        out,
        """
        {"id": "%s", "location": "westeurope", "name": "machine-%d", "networkProfile": \
        {"networkInterfaces": [{"id": "%s", "primary": true}]}, "tags": {"tier": "%s"}},
        {"enableIPForwarding": false, "id": "%s", "ipConfigurations": \
        [{"applicationSecurityGroups": [{"id": "%s"}], "id": "%s/ipConfigurations/primary", \
        "name": "primary", "primary": true, "privateIPAddress": "%s.%d.%d", %s"subnet": \
        {"id": "%s/subnets/subnet-%d"}}], "name": "nic-%d", "virtualMachine": {"id": "%s"}}\
        """,
        machine,
        number,
        nic,
        TIER_NAMES[subnet / 2],
        nic,
        asgId(network, subnet / 2),
        nic,
        prefix(network),
        subnet,
        host,
        isPublic(number)
            ? "\"publicIPAddress\": {\"id\": \"" + addressId(network, number) + "\"}, "
            : "",
        vnetId(network),
        subnet,
        number,
        machine);
    if (isPublic(number)) {
      format(
          out,
          """
          ,
          {"id": "%s", "ipAddress": "20.%d.%d.%d", "location": "westeurope", "name": "address-%d", \
          "sku": {"name": "Standard"}}\
          """,
          addressId(network, number),
          number >> 16,
          number >> 8 & 0xFF,
          number & 0xFF,
          number);
    }
  }

  private static String addressId(int network, int number) {
    return id(network, "publicIPAddresses", "address-" + number);
  }

  /// Some machines of the front subnets.
  private static boolean isPublic(int number) {
    return number % SUBNETS == 0 && number / SUBNETS % 5 == 0;
  }
}
