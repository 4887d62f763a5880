package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.AppGateway;
import io.surfacescan.importers.azure.AzureResource.Backend;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Application gateways. Their parts name each other by their names.
final class AzurePlanGateways {
  static final Wanted GATEWAY =
      new Wanted(Set.of("azurerm_application_gateway"), List.of("/subscriptions/"));

  private static final String FRONTENDS = "frontend_ip_configuration";
  private static final String POOLS = "backend_address_pool";

  private final AzureLinks links;
  private final AzurePlanNetworks networks;

  AzurePlanGateways(AzureLinks links, AzurePlanNetworks networks) {
    this.links = links;
    this.networks = networks;
  }

  /// The keys of the pools that interfaces are put into, by what names them.
  static List<String> pools(AzureLinks links, Section section, String key) {
    var keys = new ArrayList<String>();
    for (AzureId id : links.linked(section, key, GATEWAY).ids()) {
      if (id.key().contains("/backendaddresspools/")) {
        keys.add(id.key());
        continue;
      }
      // The expression names the gateway: any of its pools may be meant.
      for (Section gateway : links.managed("azurerm_application_gateway")) {
        if (links.idOf(gateway).equals(id)) {
          gateway.sections(POOLS).forEach(pool -> keys.add(poolId(id, pool).key()));
        }
      }
    }
    return keys;
  }

  private static AzureId poolId(AzureId gateway, Section pool) {
    String name = pool.text("name");
    return gateway.within("backendaddresspools", AzureLinks.lower(name), name);
  }

  /// Registers the gateways, so that others can name them.
  void register() {
    links.register(AzureLinks.NETWORK + "applicationGateways", GATEWAY);
  }

  void add() {
    for (Section section : links.managed("azurerm_application_gateway")) {
      var id = links.idOf(section);
      var open = new HashSet<String>();
      var addresses = new ArrayList<AddressRange>();
      for (Section frontend : section.sections(FRONTENDS)) {
        if (links.linked(frontend, "public_ip_address_id", AzureLinks.PUBLIC_IP).isGiven()) {
          open.add(frontend.text("name"));
        }
        AddressRange.parse(frontend.text("private_ip_address")).ifPresent(addresses::add);
      }
      var outer = new ArrayList<Services>();
      var inner = new ArrayList<Services>();
      for (String blocks : List.of("http_listener", "listener")) {
        for (Section listener : section.sections(blocks)) {
          String frontend = listener.text(FRONTENDS + "_name");
          var services = port(section, "frontend_port", listener.text("frontend_port_name"));
          boolean isOpen = frontend.isEmpty() ? !open.isEmpty() : open.contains(frontend);
          (isOpen ? outer : inner).add(services);
        }
      }
      links.put(
          new AppGateway(
              links.header(section, id),
              AzureLinks.labels(section),
              section.sections("gateway_ip_configuration").stream()
                  .flatMap(some -> networks.subnetsOf(some, "subnet_id").stream())
                  .findFirst()
                  .orElse(""),
              List.copyOf(addresses),
              Services.union(outer),
              Services.union(inner),
              backends(section, id)));
    }
  }

  /// The port of a block by the block's name; every one if it is not known.
  private static Services port(Section section, String blocks, String name) {
    for (Section block : section.sections(blocks)) {
      var port = block.number("port");
      if (block.text("name").equals(name) && !name.isEmpty() && port.isPresent()) {
        return Services.of(Protocol.TCP, port.getAsInt(), port.getAsInt());
      }
    }
    return Services.of(Protocol.TCP);
  }

  private static List<Backend> backends(Section section, AzureId id) {
    Map<String, Services> ofPool = new HashMap<>();
    for (String blocks : List.of("request_routing_rule", "routing_rule")) {
      section.sections(blocks).forEach(rule -> lead(section, rule, "", ofPool));
    }
    for (Section map : section.sections("url_path_map")) {
      lead(section, map, "default_", ofPool);
      map.sections("path_rule").forEach(rule -> lead(section, rule, "", ofPool));
    }
    var backends = new ArrayList<Backend>();
    for (Section pool : section.sections(POOLS)) {
      String name = pool.text("name");
      var texts = new ArrayList<String>(pool.texts("ip_addresses"));
      texts.addAll(pool.texts("fqdns"));
      var addresses = TerraformFacts.ranges(texts);
      var services = ofPool.getOrDefault(name, Services.NONE);
      services = ofPool.containsKey("") ? Services.of(Protocol.TCP) : services;
      boolean isLater =
          AzureLinks.isLater(pool, "ip_addresses") || AzureLinks.isLater(pool, "fqdns");
      backends.add(
          new Backend(
              new Header(poolId(id, pool), name, pool.spot()),
              services,
              addresses,
              List.of(),
              isLater || addresses.size() < texts.size()));
    }
    return List.copyOf(backends);
  }

  private static void lead(
      Section gateway, Section rule, String prefix, Map<String, Services> ofPool) {
    String pool = rule.text(prefix + "backend_address_pool_name");
    boolean leadsElsewhere =
        pool.isEmpty() && !AzureLinks.isLater(rule, prefix + "backend_address_pool_name");
    if (!leadsElsewhere) {
      String setting =
          rule.firstText(prefix + "backend_http_settings_name", prefix + "backend_name");
      ofPool.merge(pool, port(gateway, "backend_http_settings", setting), Services::or);
    }
  }
}
