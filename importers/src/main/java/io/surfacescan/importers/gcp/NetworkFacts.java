package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Hop;
import io.surfacescan.importers.gcp.Resource.Nat;
import io.surfacescan.importers.gcp.Resource.NatCoverage;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Peering;
import io.surfacescan.importers.gcp.Resource.Route;
import io.surfacescan.importers.gcp.Resource.Router;
import io.surfacescan.importers.gcp.Resource.Subnetwork;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads networks and what is in between them.
final class NetworkFacts {
  private static final int PRIORITY_USUAL = 1000;

  private NetworkFacts() {}

  static Network network(Header head, ExportObject object) {
    var peerings = new ArrayList<Peering>();
    for (ExportObject peering : object.objects("peerings")) {
      peerings.add(
          new Peering(
              peering.text("name"),
              Links.of(peering.text("network"), head.link(), "networks"),
              !peering.text("state").equals("INACTIVE"),
              peering.text("stackType").equals("IPV4_IPV6"),
              peering.spot()));
    }
    return new Network(
        head,
        object.text("networkFirewallPolicyEnforcementOrder").equals("BEFORE_CLASSIC_FIREWALL"),
        peerings);
  }

  static Subnetwork subnetwork(Header head, ExportObject object) {
    var texts =
        new ArrayList<String>(
            List.of(
                object.text("ipCidrRange"),
                object.text("externalIpv6Prefix"),
                object.text("internalIpv6Prefix")));
    texts.addAll(object.textsIn("secondaryIpRanges", "ipCidrRange"));
    return new Subnetwork(
        head,
        Links.of(object.text("network"), head.link(), "networks"),
        AddressRange.joined(Ranges.ofTexts(texts)),
        object.text("purpose"));
  }

  static Route route(Header head, ExportObject object) {
    Hop hop;
    if (object.text("nextHopGateway").endsWith("default-internet-gateway")) {
      hop = Hop.INTERNET;
    } else if (object.has("nextHopNetwork") || object.has("nextHopPeering")) {
      hop = Hop.SUBNET;
    } else {
      hop = Hop.OTHER;
    }
    return new Route(
        head,
        Links.of(object.text("network"), head.link(), "networks"),
        AddressRange.parse(object.text("destRange")),
        object.number("priority").orElse(PRIORITY_USUAL),
        object.texts("tags"),
        hop);
  }

  static Router router(Header head, ExportObject object) {
    var nats = new ArrayList<Nat>();
    for (ExportObject nat : object.objects("nats")) {
      var subnets = new LinkedHashMap<String, NatCoverage>();
      for (ExportObject subnet : nat.objects("subnetworks")) {
        var ranges = subnet.texts("sourceIpRangesToNat");
        boolean isWhole = ranges.isEmpty() || ranges.contains("ALL_IP_RANGES");
        subnets.put(
            Links.of(subnet.text("name"), head.link(), "subnetworks"),
            new NatCoverage(
                isWhole || ranges.contains("PRIMARY_IP_RANGE"),
                isWhole || ranges.contains("LIST_OF_SECONDARY_IP_RANGES")));
      }
      String coverage = nat.text("sourceSubnetworkIpRangesToNat");
      nats.add(
          new Nat(
              nat.text("name"),
              !nat.text("type").equals("PRIVATE"),
              !coverage.equals("LIST_OF_SUBNETWORKS"),
              !coverage.equals("ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES"),
              subnets,
              nat.spot()));
    }
    return new Router(head, Links.of(object.text("network"), head.link(), "networks"), nats);
  }
}
