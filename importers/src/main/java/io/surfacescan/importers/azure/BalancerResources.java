package io.surfacescan.importers.azure;

import static io.surfacescan.importers.azure.AzureFacts.header;

import io.surfacescan.importers.azure.AzureResource.AppGateway;
import io.surfacescan.importers.azure.AzureResource.Backend;
import io.surfacescan.importers.azure.AzureResource.BalancingRule;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.LoadBalancer;
import io.surfacescan.importers.azure.AzureResource.Pool;
import io.surfacescan.importers.azure.AzureResource.PoolAddress;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads load balancers and application gateways.
final class BalancerResources {
  private final AzureFacts facts;

  BalancerResources(AzureFacts facts) {
    this.facts = facts;
  }

  void addBalancer(AzureObject object) {
    facts.count("loadBalancers");
    var header = header(object, "");
    var open = publicFrontends(object, header);
    var pools = new ArrayList<Pool>();
    for (AzureObject pool : object.objects("backendaddresspools")) {
      pools.add(pool(pool, header));
    }
    var rules = new ArrayList<BalancingRule>();
    for (AzureObject rule : object.objects("loadbalancingrules")) {
      addRule(rule, header, open, rules);
    }
    for (AzureObject rule : object.objects("inboundnatrules")) {
      rules.add(
          new BalancingRule(
              header(rule, header.id().text() + "/inboundNatRules"),
              rule.referenceKey("backendaddresspool"),
              rule.referenceKey("backendipconfiguration"),
              services(rule),
              open.contains(rule.referenceKey("frontendipconfiguration")),
              false));
    }
    for (AzureObject rule : object.objects("outboundrules")) {
      rules.add(
          new BalancingRule(
              header(rule, header.id().text() + "/outboundRules"),
              rule.referenceKey("backendaddresspool"),
              "",
              AzureServices.of(rule.text("protocol"), 0),
              false,
              rule.referenceKeys("frontendipconfigurations").stream().anyMatch(open::contains)));
    }
    facts.put(
        new LoadBalancer(
            header, AzureFacts.isStandard(object), List.copyOf(pools), List.copyOf(rules)));
  }

  private static Set<String> publicFrontends(AzureObject object, Header header) {
    var open = new HashSet<String>();
    for (AzureObject frontend : object.objects("frontendipconfigurations")) {
      if (!frontend.reference("publicipaddress").isEmpty()
          || !frontend.reference("publicipprefix").isEmpty()) {
        open.add(header(frontend, header.id().text() + "/frontendIPConfigurations").id().key());
      }
    }
    return open;
  }

  private static Pool pool(AzureObject object, Header header) {
    var addresses = new ArrayList<PoolAddress>();
    for (AzureObject some : object.objects("loadbalancerbackendaddresses")) {
      String vnet = some.referenceKey("virtualnetwork");
      String subnet = some.referenceKey("subnet");
      AddressRange.parse(some.text("ipaddress"))
          .ifPresent(address ->
              addresses.add(
                  new PoolAddress(vnet.isEmpty() ? AzureInventory.vnetOf(subnet) : vnet, address)));
    }
    return new Pool(
        header(object, header.id().text() + "/backendAddressPools").id().key(),
        object.referenceKeys("backendipconfigurations"),
        List.copyOf(addresses));
  }

  private static void addRule(
      AzureObject rule, Header header, Set<String> open, List<BalancingRule> rules) {
    var pools = new ArrayList<String>(rule.referenceKeys("backendaddresspools"));
    String only = rule.referenceKey("backendaddresspool");
    if (!only.isEmpty() && !pools.contains(only)) {
      pools.add(only);
    }
    boolean isOpen = open.contains(rule.referenceKey("frontendipconfiguration"));
    for (String pool : pools) {
      rules.add(
          new BalancingRule(
              header(rule, header.id().text() + "/loadBalancingRules"),
              pool,
              "",
              services(rule),
              isOpen,
              isOpen && !rule.isTrue("disableoutboundsnat")));
    }
  }

  /// Packets come in on the backend's port; 0 is all.
  private static Services services(AzureObject rule) {
    return AzureServices.of(rule.text("protocol"), rule.number("backendport").orElse(0));
  }

  void addGateway(AzureObject object) {
    facts.count("applicationGateways");
    var header = header(object, "");
    var open = publicFrontends(object, header);
    Map<String, Integer> ports = new HashMap<>();
    for (AzureObject port : object.objects("frontendports")) {
      port.number("port")
          .ifPresent(number ->
              ports.put(header(port, header.id().text() + "/frontendPorts").id().key(), number));
    }
    var outer = new ArrayList<Services>();
    var inner = new ArrayList<Services>();
    for (String list : List.of("httplisteners", "listeners")) {
      for (AzureObject listener : object.objects(list)) {
        Integer port = ports.get(listener.referenceKey("frontendport"));
        var services =
            port == null ? Services.of(Protocol.TCP) : Services.of(Protocol.TCP, port, port);
        boolean isOpen = open.contains(listener.referenceKey("frontendipconfiguration"));
        (isOpen ? outer : inner).add(services);
      }
    }
    var addresses = new ArrayList<AddressRange>();
    for (AzureObject frontend : object.objects("frontendipconfigurations")) {
      AddressRange.parse(frontend.text("privateipaddress")).ifPresent(addresses::add);
    }
    facts.put(
        new AppGateway(
            header,
            object.tags(),
            object.objects("gatewayipconfigurations").stream()
                .map(some -> some.referenceKey("subnet"))
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElse(""),
            List.copyOf(addresses),
            Services.union(outer),
            Services.union(inner),
            backends(object, header)));
  }

  private static List<Backend> backends(AzureObject object, Header header) {
    Map<String, Services> settings = new HashMap<>();
    for (String list :
        List.of(
            "backendhttpsettingscollection", "backendsettingscollection", "backendhttpsettings")) {
      for (AzureObject some : object.objects(list)) {
        some.number("port")
            .ifPresent(port ->
                settings.put(
                    header(some, header.id().text() + "/backendHttpSettingsCollection").id().key(),
                    Services.of(Protocol.TCP, port, port)));
      }
    }
    Map<String, Services> ofPool = new HashMap<>();
    for (String list : List.of("requestroutingrules", "routingrules")) {
      object.objects(list).forEach(rule -> lead(rule, "", settings, ofPool));
    }
    for (AzureObject map : object.objects("urlpathmaps")) {
      lead(map, "default", settings, ofPool);
      map.objects("pathrules").forEach(rule -> lead(rule, "", settings, ofPool));
    }
    var backends = new ArrayList<Backend>();
    for (AzureObject pool : object.objects("backendaddresspools")) {
      var poolHeader = header(pool, header.id().text() + "/backendAddressPools");
      var services = ofPool.getOrDefault(poolHeader.id().key(), Services.NONE);
      var addresses = new ArrayList<AddressRange>();
      boolean hasNames = false;
      for (AzureObject address : pool.objects("backendaddresses")) {
        // What stands as a name may be an address.
        String text =
            address.text("ipaddress").isEmpty() ? address.text("fqdn") : address.text("ipaddress");
        AddressRange.parse(text).ifPresent(addresses::add);
        hasNames |= AddressRange.parse(text).isEmpty();
      }
      backends.add(
          new Backend(
              poolHeader,
              services,
              List.copyOf(addresses),
              pool.referenceKeys("backendipconfigurations"),
              hasNames));
    }
    return List.copyOf(backends);
  }

  private static void lead(
      AzureObject rule,
      String prefix,
      Map<String, Services> settings,
      Map<String, Services> ofPool) {
    String pool = rule.referenceKey(prefix + "backendaddresspool");
    String setting = rule.referenceKey(prefix + "backendhttpsettings");
    if (setting.isEmpty()) {
      setting = rule.referenceKey(prefix + "backendsettings");
    }
    if (!pool.isEmpty()) {
      ofPool.merge(pool, settings.getOrDefault(setting, Services.of(Protocol.TCP)), Services::or);
    }
  }
}
