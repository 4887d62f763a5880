package io.surfacescan.importers.azure;

import static io.surfacescan.importers.azure.AzureFacts.header;

import io.surfacescan.importers.azure.AzureResource.Access;
import io.surfacescan.importers.azure.AzureResource.EffectiveGroup;
import io.surfacescan.importers.azure.AzureResource.EffectiveRule;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.Hop;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.NatGateway;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.Peering;
import io.surfacescan.importers.azure.AzureResource.Route;
import io.surfacescan.importers.azure.AzureResource.RouteTable;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.azure.AzureResource.Side;
import io.surfacescan.importers.azure.AzureResource.Subnet;
import io.surfacescan.importers.azure.AzureResource.Vnet;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the resources of `Microsoft.Network`.
final class NetworkResources {
  private static final int NO_PRIORITY = Integer.MAX_VALUE;

  private final AzureFacts facts;
  private final BalancerResources balancers;

  NetworkResources(AzureFacts facts) {
    this.facts = facts;
    balancers = new BalancerResources(facts);
  }

  /// Adds a resource; false if its type says nothing here.
  boolean add(String type, AzureObject object) {
    switch (type) {
      case "microsoft.network/networkinterfaces",
          "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces",
          "microsoft.compute/virtualmachinescalesets/networkinterfaces" -> {
        facts.count("networkInterfaces");
        facts.put(nic(object, header(object, "")));
      }
      case "microsoft.network/virtualnetworks" -> addVnet(object);
      case "microsoft.network/virtualnetworks/subnets" -> addSubnet(object, "");
      case "microsoft.network/virtualnetworks/virtualnetworkpeerings" -> addPeering(object, "");
      case "microsoft.network/networksecuritygroups" -> addGroup(object);
      case "microsoft.network/networksecuritygroups/securityrules",
          "microsoft.network/networksecuritygroups/defaultsecurityrules" -> {
        var header = header(object, "");
        facts.count("securityRules");
        facts.put(rule(object, header, AzureId.parent(header.id().key())));
      }
      case "microsoft.network/routetables" -> addTable(object);
      case "microsoft.network/routetables/routes" -> {
        var header = header(object, "");
        facts.put(route(object, header, AzureId.parent(header.id().key())));
      }
      case "microsoft.network/natgateways" -> addNat(object);
      case "microsoft.network/loadbalancers" -> balancers.addBalancer(object);
      case "microsoft.network/applicationgateways" -> balancers.addGateway(object);
      case "microsoft.network/applicationsecuritygroups" ->
          // Who is in it stands with the interfaces.
          facts.count("applicationSecurityGroups");
      default -> {
        return false;
      }
    }
    return true;
  }

  Nic nic(AzureObject object, Header header) {
    var configurations = new ArrayList<IpConfiguration>();
    for (AzureObject some : object.objects("ipconfigurations")) {
      configurations.add(configuration(some, header));
    }
    return new Nic(
        header,
        AzureId.of(object.reference("virtualmachine")),
        AzureId.of(object.reference("privateendpoint")),
        facts.shared(object.referenceKey("networksecuritygroup")),
        object.isTrue("defaultoutboundconnectivityenabled"),
        List.copyOf(configurations));
  }

  private IpConfiguration configuration(AzureObject object, Header nic) {
    var address = AddressRange.parse(object.text("privateipaddress"));
    return new IpConfiguration(
        header(object, nic.id().text() + "/ipConfigurations").id().key(),
        address,
        address
            .map(AddressRange::isV6)
            .orElse(object.text("privateipaddressversion").equalsIgnoreCase("IPv6")),
        facts.shared(object.referenceKey("subnet")),
        object.referenceKey("publicipaddress"),
        object.object("publicipaddressconfiguration").map(AzureFacts::isStandard),
        facts.shared(object.referenceKeys("applicationsecuritygroups")),
        facts.shared(object.referenceKeys("loadbalancerbackendaddresspools")),
        object.referenceKeys("loadbalancerinboundnatrules"),
        object.referenceKeys("applicationgatewaybackendaddresspools"));
  }

  private void addVnet(AzureObject object) {
    facts.count("virtualNetworks");
    var header = header(object, "");
    var ranges =
        object
            .object("addressspace")
            .map(space -> Ranges.ofTexts(space.texts("addressprefixes")))
            .orElse(List.of());
    facts.put(new Vnet(header, ranges));
    object.objects("subnets").forEach(subnet -> addSubnet(subnet, header.id().text()));
    object
        .objects("virtualnetworkpeerings")
        .forEach(peering -> addPeering(peering, header.id().text()));
  }

  private void addSubnet(AzureObject object, String vnet) {
    facts.count("subnets");
    String policies = object.text("privateendpointnetworkpolicies");
    facts.put(
        new Subnet(
            header(object, vnet + "/subnets"),
            Ranges.ofTexts(object.textOrTexts("addressprefix", "addressprefixes")),
            object.referenceKey("networksecuritygroup"),
            object.referenceKey("routetable"),
            object.referenceKey("natgateway"),
            policies.equalsIgnoreCase("Enabled")
                || policies.equalsIgnoreCase("NetworkSecurityGroupEnabled")));
  }

  private void addPeering(AzureObject object, String vnet) {
    facts.count("virtualNetworkPeerings");
    var header = header(object, vnet + "/virtualNetworkPeerings");
    String state = object.text("peeringstate");
    facts.put(
        new Peering(
            header,
            AzureId.parent(header.id().key()),
            object.referenceKey("remotevirtualnetwork"),
            state.isEmpty() ? Optional.empty() : Optional.of(state.equalsIgnoreCase("Connected")),
            !object.isFalse("allowvirtualnetworkaccess"),
            object.isTrue("allowforwardedtraffic"),
            object.isFalse("peercompletevnets"),
            lower(object.texts("localsubnetnames")),
            lower(object.texts("remotesubnetnames"))));
  }

  private static List<String> lower(List<String> texts) {
    return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }

  private void addGroup(AzureObject object) {
    facts.count("networkSecurityGroups");
    var header = header(object, "");
    var rules = new ArrayList<SecurityRule>();
    for (AzureObject rule : object.objects("securityrules")) {
      facts.count("securityRules");
      rules.add(rule(rule, header(rule, header.id().text() + "/securityRules"), header.id().key()));
    }
    for (AzureObject rule : object.objects("defaultsecurityrules")) {
      rules.add(
          rule(
              rule, header(rule, header.id().text() + "/defaultSecurityRules"), header.id().key()));
    }
    facts.put(
        new SecurityGroup(
            header,
            List.copyOf(rules),
            object.referenceKeys("subnets"),
            object.referenceKeys("networkinterfaces")));
  }

  private static SecurityRule rule(AzureObject object, Header header, String group) {
    return new SecurityRule(
        header,
        group,
        object.number("priority").orElse(NO_PRIORITY),
        !object.text("direction").equalsIgnoreCase("Outbound"),
        Access.of(object.text("access")),
        object.text("protocol"),
        object.textOrTexts("destinationportrange", "destinationportranges"),
        object.textOrTexts("sourceportrange", "sourceportranges"),
        side(object, "source"),
        side(object, "destination"),
        "");
  }

  void addEffective(AzureObject object) {
    facts.count("effectiveSecurityGroups");
    String group = object.referenceKey("networksecuritygroup");
    var association = object.object("association");
    var rules = new ArrayList<EffectiveRule>();
    for (AzureObject rule : object.objects("effectivesecurityrules")) {
      rules.add(
          new EffectiveRule(
              rule(rule, header(rule, group), group),
              Ranges.ofTexts(rule.texts("expandedsourceaddressprefix"))));
    }
    facts.put(
        new EffectiveGroup(
            header(object, group + "/effective"),
            group,
            association.map(some -> some.referenceKey("networkinterface")).orElse(""),
            association.map(some -> some.referenceKey("subnet")).orElse(""),
            List.copyOf(rules)));
  }

  private static Side side(AzureObject object, String side) {
    return new Side(
        object.textOrTexts(side + "addressprefix", side + "addressprefixes"),
        object.referenceKeys(side + "applicationsecuritygroups"),
        List.of());
  }

  private void addTable(AzureObject object) {
    facts.count("routeTables");
    var header = header(object, "");
    facts.put(
        new RouteTable(
            header,
            object.objects("routes").stream()
                .map(route ->
                    route(route, header(route, header.id().text() + "/routes"), header.id().key()))
                .toList(),
            object.referenceKeys("subnets")));
  }

  private static Route route(AzureObject object, Header header, String table) {
    return new Route(
        header,
        table,
        object.text("addressprefix"),
        Hop.of(object.text("nexthoptype")),
        object.text("nexthopipaddress"));
  }

  private void addNat(AzureObject object) {
    facts.count("natGateways");
    boolean hasAddress =
        !object.referenceKeys("publicipaddresses").isEmpty()
            || !object.referenceKeys("publicipprefixes").isEmpty();
    facts.put(new NatGateway(header(object, ""), hasAddress, object.referenceKeys("subnets")));
  }
}
