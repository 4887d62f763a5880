package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.BalancingRule;
import io.surfacescan.importers.azure.AzureResource.LoadBalancer;
import io.surfacescan.importers.azure.AzureResource.Pool;
import io.surfacescan.importers.azure.AzureResource.PoolAddress;
import io.surfacescan.importers.azure.AzureServices;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Load balancers with their pools and rules.
final class AzurePlanBalancers {
  private static final String FRONTENDS = "frontend_ip_configuration";
  private static final String FRONTEND_NAME = "frontend_ip_configuration_name";

  private final AzureLinks links;
  private final Map<String, Set<String>> open = new HashMap<>();
  private final Map<AzureId, Section> balancers;
  private final Map<AzureId, List<Pool>> pools = new LinkedHashMap<>();
  private final Map<AzureId, List<BalancingRule>> rules = new LinkedHashMap<>();

  AzurePlanBalancers(AzureLinks links) {
    this.links = links;
    balancers = links.register(AzureLinks.NETWORK + "loadBalancers", AzureLinks.BALANCER);
  }

  void add() {
    balancers.forEach((id, section) -> {
      var names = new HashSet<String>();
      for (Section block : section.sections(FRONTENDS)) {
        if (links.linked(block, "public_ip_address_id", AzureLinks.PUBLIC_IP).isGiven()
            || !block.text("public_ip_prefix_id").isEmpty()
            || AzureLinks.isLater(block, "public_ip_prefix_id")) {
          names.add(AzureLinks.lower(block.text("name")));
        }
      }
      open.put(id.key(), names);
    });
    links.all("azurerm_lb_backend_address_pool").forEach(this::addPool);
    for (Section section : links.managed("azurerm_lb_rule")) {
      var to = links.linked(section, "backend_address_pool_ids", AzureLinks.POOL);
      for (String pool : to.isGiven() ? to.keys() : poolOf(section)) {
        addRule(section, pool, isOpen(section), !section.isTrue("disable_outbound_snat"));
      }
      if (!to.isWhole()) {
        links.later(section, "the backends of " + section.of().text());
      }
    }
    for (Section section : links.managed("azurerm_lb_nat_rule", "azurerm_lb_nat_pool")) {
      var found = poolOf(section);
      addRule(section, found.isEmpty() ? "" : found.getFirst(), isOpen(section), false);
    }
    for (Section section : links.managed("azurerm_lb_outbound_rule")) {
      var names = section.sections(FRONTENDS).stream().map(some -> some.text("name")).toList();
      boolean letsOut = names.stream().anyMatch(name -> isOpen(section, name));
      poolOf(section).forEach(pool -> addRule(section, pool, false, letsOut));
    }
    balancers.forEach((id, section) ->
        links.put(
            new LoadBalancer(
                links.header(section, id),
                !section.text("sku").isEmpty() && !section.text("sku").equalsIgnoreCase("Basic"),
                pools.getOrDefault(id, List.of()),
                rules.getOrDefault(id, List.of()))));
    addToExported();
  }

  private List<String> poolOf(Section section) {
    return links.linked(section, "backend_address_pool_id", AzureLinks.POOL).keys();
  }

  private List<AzureId> balancerOf(Section section) {
    var targets = links.linked(section, "loadbalancer_id", AzureLinks.BALANCER);
    if (targets.sure().isEmpty()) {
      links.later(section, "the load balancer of " + section.of().text());
    }
    return targets.ids().isEmpty() ? List.copyOf(balancers.keySet()) : targets.ids();
  }

  private boolean isOpen(Section section) {
    return isOpen(section, section.text(FRONTEND_NAME));
  }

  /// Whether a frontend has a public address; one without a name that is known is any.
  private boolean isOpen(Section section, String name) {
    return balancerOf(section).stream()
        .anyMatch(id -> {
          var names = open.get(id.key());
          return names == null
              ? isOpenInExport(id)
              : (name.isEmpty() ? !names.isEmpty() : names.contains(AzureLinks.lower(name)))
                  || names.contains("");
        });
  }

  /// Whether a balancer that the plan does not hold lets clients in; one that nobody knows may.
  private boolean isOpenInExport(AzureId id) {
    return links
        .exported(id)
        .map(some ->
            !(some instanceof LoadBalancer balancer)
                || balancer.rules().isEmpty()
                || balancer.rules().stream().anyMatch(BalancingRule::letsIn))
        .orElse(true);
  }

  /// What the plan adds to balancers of an export that it does not hold.
  private void addToExported() {
    var others = new LinkedHashSet<>(pools.keySet());
    others.addAll(rules.keySet());
    others.removeAll(balancers.keySet());
    for (AzureId id : others) {
      links
          .exported(id)
          .ifPresent(some ->
              links.put(
                  new LoadBalancer(
                      some.head(),
                      false,
                      pools.getOrDefault(id, List.of()),
                      rules.getOrDefault(id, List.of()))));
    }
  }

  private void addPool(Section section) {
    var addresses = new ArrayList<PoolAddress>();
    for (AzureId balancer : balancerOf(section)) {
      String name = section.text("name");
      var id =
          AzureLinks.within(
              balancer,
              "backendaddresspools",
              name.isEmpty() ? "(" + section.id() + ")" : AzureLinks.lower(name),
              section);
      if (links.register(section, id)) {
        for (Section some : links.managed("azurerm_lb_backend_address_pool_address")) {
          if (poolOf(some).contains(id.key())) {
            addAddress(some, addresses);
          }
        }
        pools
            .computeIfAbsent(balancer, absent -> new ArrayList<>())
            .add(new Pool(id.key(), List.of(), addresses));
      }
      return;
    }
  }

  private void addAddress(Section section, List<PoolAddress> addresses) {
    var address = AddressRange.parse(section.text("ip_address"));
    var vnets = links.linked(section, "virtual_network_id", AzureLinks.VNET).keys();
    if (address.isEmpty() || vnets.isEmpty()) {
      links.later(section, "what " + section.of().text() + " is");
    }
    address.ifPresent(some -> vnets.forEach(vnet -> addresses.add(new PoolAddress(vnet, some))));
  }

  private void addRule(Section section, String pool, boolean isOpen, boolean letsOut) {
    boolean letsInToo = !section.of().type().equals("azurerm_lb_outbound_rule");
    for (AzureId balancer : balancerOf(section)) {
      var id = AzureLinks.within(balancer, "rules", section.id(), section);
      links.register(section, id);
      rules
          .computeIfAbsent(balancer, absent -> new ArrayList<>())
          .add(
              new BalancingRule(
                  links.header(section, id),
                  pool,
                  "",
                  services(section),
                  letsInToo && isOpen,
                  letsOut && (isOpen || !letsInToo)));
    }
  }

  /// Packets come in on the backend's port; 0 is all.
  private static Services services(Section section) {
    return AzureServices.of(section.text("protocol"), section.number("backend_port").orElse(0));
  }
}
