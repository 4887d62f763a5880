package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import io.surfacescan.importers.azure.AzureResource.Service;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands in subnets without interfaces of its own: databases, containers, private endpoints
/// and the nodes of clusters.
final class AzurePlanServices {
  /// A service by the attribute that names its subnet.
  private record Kind(String type, String subnet, String provider, VmKind kind) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "azurerm_container_group",
              "subnet_ids",
              "microsoft.containerinstance/containergroups",
              VmKind.WORKLOAD),
          new Kind(
              "azurerm_mssql_managed_instance",
              "subnet_id",
              "microsoft.sql/managedinstances",
              VmKind.DATABASE),
          new Kind(
              "azurerm_mysql_flexible_server",
              "delegated_subnet_id",
              "microsoft.dbformysql/flexibleservers",
              VmKind.DATABASE),
          new Kind(
              "azurerm_postgresql_flexible_server",
              "delegated_subnet_id",
              "microsoft.dbforpostgresql/flexibleservers",
              VmKind.DATABASE),
          new Kind("azurerm_redis_cache", "subnet_id", "microsoft.cache/redis", VmKind.DATABASE));

  private static final String ENDPOINT = "azurerm_private_endpoint";
  private static final String CLUSTER = "azurerm_kubernetes_cluster";
  private static final String POOL = "azurerm_kubernetes_cluster_node_pool";

  private final AzureLinks links;
  private final AzurePlanNetworks networks;

  AzurePlanServices(AzureLinks links, AzurePlanNetworks networks) {
    this.links = links;
    this.networks = networks;
  }

  static List<String> types() {
    var types = new ArrayList<>(List.of(ENDPOINT, CLUSTER, POOL));
    KINDS.forEach(kind -> types.add(kind.type));
    return types;
  }

  void add() {
    for (Kind kind : KINDS) {
      for (Section section : links.managed(kind.type)) {
        addService(kind, section);
      }
    }
    links.managed(ENDPOINT).forEach(this::addEndpoint);
    addClusters();
  }

  private void addService(Kind kind, Section section) {
    var id = AzureLinks.ownId(section, kind.provider);
    if (!links.register(section, id)) {
      return;
    }
    links.put(
        new Service(
            links.header(section, id),
            kind.kind,
            AzureLinks.labels(section),
            isGiven(section, kind.subnet)
                ? networks.subnetsOf(section, kind.subnet).getFirst()
                : "",
            kind.kind == VmKind.WORKLOAD
                ? AddressRange.parse(section.text("ip_address"))
                : Optional.empty()));
  }

  private boolean isGiven(Section section, String key) {
    return links.linked(section, key, AzureLinks.SUBNET).isGiven();
  }

  private void addEndpoint(Section section) {
    var id = AzureLinks.ownId(section, "microsoft.network/privateendpoints");
    if (!links.register(section, id)) {
      return;
    }
    var head = links.header(section, id);
    var address =
        section.sections("private_service_connection").stream()
            .flatMap(some -> AddressRange.parse(some.text("private_ip_address")).stream())
            .findFirst();
    var configurations = new ArrayList<IpConfiguration>();
    for (String subnet : networks.subnetsOf(section, "subnet_id")) {
      configurations.add(configuration(head, subnet, address));
    }
    links.put(
        new Nic(
            new Header(id.within("networkinterfaces", "nic", "nic"), head.name(), head.spot()),
            AzureId.NONE,
            id,
            "",
            false,
            configurations));
  }

  private static IpConfiguration configuration(
      Header head, String subnet, Optional<AddressRange> address) {
    return new IpConfiguration(
        head.id().within("ipconfigurations", "ip", "ip").key(),
        address,
        address.map(AddressRange::isV6).orElse(false),
        subnet,
        "",
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /// Pools of nodes are scale sets, in a security group that Azure makes and no plan holds.
  private void addClusters() {
    for (Section cluster : links.managed(CLUSTER)) {
      links
          .facts()
          .absent(
              cluster.spot(),
              "the load balancer and the security rules that AKS makes for "
                  + cluster.of().text()
                  + " are not in a plan");
      for (Section pool : cluster.sections("default_node_pool")) {
        addPool(pool, AzureLinks.ownId(cluster, "microsoft.containerservice/managedclusters"));
      }
    }
    for (Section pool : links.managed(POOL)) {
      addPool(pool, AzureLinks.ownId(pool, "microsoft.containerservice/agentpools"));
    }
  }

  private void addPool(Section pool, AzureId id) {
    if (!isGiven(pool, "vnet_subnet_id")) {
      links
          .facts()
          .absent(
              pool.spot(),
              "the virtual network that AKS makes for "
                  + pool.of().text()
                  + " is not in a plan, nor are the nodes in it");
      return;
    }
    String name = pool.text("name").isEmpty() ? pool.of().address().name() : pool.text("name");
    var head = new Header(id, name, pool.spot());
    var configurations = new ArrayList<IpConfiguration>();
    for (String subnet : networks.subnetsOf(pool, "vnet_subnet_id")) {
      configurations.add(configuration(head, subnet, Optional.empty()));
    }
    links.later(pool, "which security rules AKS makes for " + pool.of().text());
    links.put(
        new ScaleSet(
            head,
            AzureLinks.labels(pool),
            List.of(
                new Nic(
                    new Header(id.within("networkinterfaces", "nic", "nic"), "nic", pool.spot()),
                    AzureId.NONE,
                    AzureId.NONE,
                    AzureLinks.unknown(pool, AzurePlanNics.GROUPS),
                    false,
                    configurations))));
  }
}
