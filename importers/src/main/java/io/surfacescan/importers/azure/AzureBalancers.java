package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.AppGateway;
import io.surfacescan.importers.azure.AzureResource.Backend;
import io.surfacescan.importers.azure.AzureResource.BalancingRule;
import io.surfacescan.importers.azure.AzureResource.LoadBalancer;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Load balancers and application gateways.
///
/// A load balancer passes packets on with the addresses that they come from, so whoever reaches it
/// reaches its backends: it is a link from the internet, and no hop of its own. An application
/// gateway opens connections itself: it is an endpoint.
///
/// See https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#secure-by-default
final class AzureBalancers {
  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final AzureEndpoints endpoints;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;

  AzureBalancers(
      AzureInventory inventory,
      AzureNetworks networks,
      AzureEndpoints endpoints,
      Findings findings,
      Function<SourceOffset, Place> places,
      ReachabilityModel.Builder model) {
    this.inventory = inventory;
    this.networks = networks;
    this.endpoints = endpoints;
    this.findings = findings;
    this.places = places;
    this.model = model;
  }

  void add() {
    var names =
        AzureNames.of(
            inventory.balancers.all().stream().map(some -> some.head().id()).toList(), false);
    for (LoadBalancer balancer : inventory.balancers.all()) {
      for (BalancingRule rule : balancer.rules()) {
        if (rule.letsIn()) {
          addRule(balancer, names.of(balancer.head().id()), rule);
        }
      }
    }
    inventory.gateways.all().forEach(this::addGateway);
  }

  /// Backends of a Standard load balancer without a security group get nothing.
  private void addRule(LoadBalancer balancer, String name, BalancingRule rule) {
    var backends =
        rule.pool().isEmpty()
            ? Selector.anyOf(
                marked(AzureMarks.configuration(rule.key())),
                marked(AzureMarks.configuration(rule.configuration())))
            : marked(AzureMarks.pool(rule.pool()));
    link(
        name + "/" + rule.head().shown(),
        "load balancer " + name + ", rule " + rule.head().shown(),
        rule.head().spot(),
        marked(Internet.IN),
        balancer.isStandard() ? Selector.allOf(backends, marked(AzureMarks.GUARDED)) : backends,
        rule.services());
  }

  private void addGateway(AppGateway gateway) {
    String vnet = AzureInventory.vnetOf(gateway.subnet());
    String name = gateway.head().shown();
    var spot = gateway.head().spot();
    var guards = endpoints.guards(gateway.subnet());
    var interfaces = new ArrayList<NetworkInterface>();
    String outer = AzureMarks.gateway(gateway.key(), "outside");
    String inner = AzureMarks.gateway(gateway.key(), "inside");
    String sender = AzureMarks.gateway(gateway.key(), "backends");
    addInterfaces(gateway, guards, outer, true, interfaces);
    addInterfaces(gateway, guards, inner, false, interfaces);
    addInterfaces(gateway, guards, sender, true, interfaces);
    if (!gateway.outer().isEmpty()) {
      link(
          name + "/listeners",
          "the listeners of " + name,
          spot,
          marked(Internet.IN),
          marked(outer),
          gateway.outer());
    }
    if (!gateway.inner().isEmpty()) {
      link(
          name + "/private-listeners",
          "the private listeners of " + name,
          spot,
          Selector.allOf(near(vnet), marked(AzureMarks.SENDS)),
          marked(inner),
          gateway.inner());
    }
    for (Backend backend : gateway.backends()) {
      addBackend(name, vnet, sender, backend);
    }
    model.endpoint(
        new Endpoint(
            gateway.head().id().text(),
            Optional.of(name),
            VmKind.LOAD_BALANCER,
            vnet.isEmpty() ? Optional.empty() : Optional.of(networks.scope(vnet)),
            gateway.tags(),
            gateway.addresses().stream().map(Object::toString).toList(),
            interfaces));
  }

  /// @param isAnywhere whether its address is any of its subnet
  private void addInterfaces(
      AppGateway gateway,
      List<String> guards,
      String mark,
      boolean isAnywhere,
      List<NetworkInterface> interfaces) {
    var marks = new ArrayList<String>(guards);
    marks.add(mark);
    var addresses =
        isAnywhere || gateway.addresses().isEmpty()
            ? networks.rangesNear(gateway.subnet())
            : gateway.addresses();
    for (var address : addresses) {
      interfaces.add(new NetworkInterface(model.marks(Marks.of(marks)), address));
    }
  }

  private void addBackend(String gateway, String vnet, String sender, Backend backend) {
    if (backend.hasNames()) {
      findings.notModelled(
          backend.head().spot(), "a backend of an application gateway by its name");
    }
    if (backend.services().isEmpty()) {
      return;
    }
    var targets = new ArrayList<Selector>();
    targets.add(marked(AzureMarks.pool(backend.key())));
    backend
        .configurations()
        .forEach(configuration -> targets.add(marked(AzureMarks.configuration(configuration))));
    if (!backend.addresses().isEmpty()) {
      targets.add(Selector.allOf(near(vnet), new Selector.Within(backend.addresses())));
    }
    link(
        gateway + "/" + backend.head().shown(),
        "the backends " + backend.head().shown() + " of " + gateway,
        backend.head().spot(),
        marked(sender),
        new Selector.AnyOf(targets),
        backend.services());
  }

  /// What is in a network or in one that it is peered with.
  private Selector near(String vnet) {
    var near = new ArrayList<Selector>();
    near.add(marked(AzureMarks.vnet(networks.name(vnet))));
    networks
        .peersOf(vnet)
        .forEach(peer -> near.add(marked(AzureMarks.vnet(networks.name(peer.vnet())))));
    return new Selector.AnyOf(near);
  }

  private static Selector marked(String mark) {
    return Selector.marked(mark);
  }

  private void link(
      String id,
      String name,
      SourceOffset spot,
      Selector sources,
      Selector destinations,
      Services services) {
    model.link(
        new Link(id, name, Optional.of(places.apply(spot)), sources, destinations, services));
  }
}
