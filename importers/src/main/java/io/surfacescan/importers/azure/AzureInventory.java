package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.AdminCollection;
import io.surfacescan.importers.azure.AzureResource.AdminRule;
import io.surfacescan.importers.azure.AzureResource.AppGateway;
import io.surfacescan.importers.azure.AzureResource.BalancingRule;
import io.surfacescan.importers.azure.AzureResource.EffectiveGroup;
import io.surfacescan.importers.azure.AzureResource.GroupMember;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.LoadBalancer;
import io.surfacescan.importers.azure.AzureResource.Machine;
import io.surfacescan.importers.azure.AzureResource.NatGateway;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.Other;
import io.surfacescan.importers.azure.AzureResource.Peering;
import io.surfacescan.importers.azure.AzureResource.PublicIp;
import io.surfacescan.importers.azure.AzureResource.Route;
import io.surfacescan.importers.azure.AzureResource.RouteTable;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.azure.AzureResource.Service;
import io.surfacescan.importers.azure.AzureResource.ServiceTag;
import io.surfacescan.importers.azure.AzureResource.Subnet;
import io.surfacescan.importers.azure.AzureResource.Vnet;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that the files of an export say, by kinds.
///
/// Many associations can be told from both ends, and an export may hold one of them only: either
/// counts.
final class AzureInventory {
  final AzureCatalog<Machine> machines = new AzureCatalog<>();
  final AzureCatalog<ScaleSet> scaleSets = new AzureCatalog<>();
  final AzureCatalog<Nic> nics = new AzureCatalog<>();
  final AzureCatalog<Vnet> vnets = new AzureCatalog<>();
  final AzureCatalog<Subnet> subnets = new AzureCatalog<>();
  final AzureCatalog<Peering> peerings = new AzureCatalog<>();
  final AzureCatalog<SecurityGroup> groups = new AzureCatalog<>();
  final AzureCatalog<PublicIp> publicIps = new AzureCatalog<>();
  final AzureCatalog<RouteTable> tables = new AzureCatalog<>();
  final AzureCatalog<NatGateway> nats = new AzureCatalog<>();
  final AzureCatalog<LoadBalancer> balancers = new AzureCatalog<>();
  final AzureCatalog<AppGateway> gateways = new AzureCatalog<>();
  final AzureCatalog<Service> services = new AzureCatalog<>();
  final List<Other> others = new ArrayList<>();
  final List<EffectiveGroup> effective = new ArrayList<>();
  final List<AdminRule> adminRules = new ArrayList<>();

  /// By the keys of collections of admin rules, the groups of networks that they are for.
  final Map<String, List<String>> collectionGroups = new HashMap<>();

  /// By the keys of groups of networks, the networks and subnets in them.
  final Map<String, List<String>> members = new HashMap<>();

  private final AzureCatalog<SecurityRule> loneRules = new AzureCatalog<>();
  private final AzureCatalog<Route> loneRoutes = new AzureCatalog<>();
  private final Map<String, List<AddressRange>> serviceTags = new HashMap<>();
  private final Map<String, List<SecurityRule>> rulesOfGroup = new HashMap<>();
  private final Map<String, List<Route>> routesOfTable = new HashMap<>();
  private final Map<String, String> groupOfSubnet = new HashMap<>();
  private final Map<String, String> groupOfNic = new HashMap<>();
  private final Map<String, String> tableOfSubnet = new HashMap<>();
  private final Map<String, String> natOfSubnet = new HashMap<>();
  private final Map<String, PublicIp> publicIpOfConfiguration = new HashMap<>();
  private final Map<String, List<String>> poolsOfConfiguration = new HashMap<>();
  private final Set<String> natTargets = new HashSet<>();
  private final Map<String, Services> outbound = new HashMap<>();
  private final Map<String, Set<String>> subnetsOfVnet = new LinkedHashMap<>();

  private AzureInventory() {}

  static AzureInventory of(Collection<AzureResource> resources) {
    var inventory = new AzureInventory();
    resources.forEach(inventory::add);
    inventory.associate();
    return inventory;
  }

  private void add(AzureResource resource) {
    switch (resource) {
      case Machine some -> machines.add(some);
      case ScaleSet some -> scaleSets.add(some);
      case Nic some -> nics.add(some);
      case Vnet some -> vnets.add(some);
      case Subnet some -> subnets.add(some);
      case Peering some -> peerings.add(some);
      case SecurityGroup some -> groups.add(some);
      case SecurityRule some -> loneRules.add(some);
      case PublicIp some -> publicIps.add(some);
      case RouteTable some -> tables.add(some);
      case Route some -> loneRoutes.add(some);
      case NatGateway some -> nats.add(some);
      case LoadBalancer some -> balancers.add(some);
      case AppGateway some -> gateways.add(some);
      case Service some -> services.add(some);
      case EffectiveGroup some -> effective.add(some);
      case AdminRule some -> adminRules.add(some);
      case AdminCollection some -> collectionGroups.put(some.key(), some.groups());
      case GroupMember some ->
          members.computeIfAbsent(some.group(), absent -> new ArrayList<>()).add(some.member());
      case ServiceTag some ->
          serviceTags.put(some.head().name().toLowerCase(Locale.ROOT), some.ranges());
      case Other some -> others.add(some);
    }
  }

  private void associate() {
    for (SecurityRule rule : loneRules.all()) {
      rulesOfGroup.computeIfAbsent(rule.group(), absent -> new ArrayList<>()).add(rule);
    }
    for (Route route : loneRoutes.all()) {
      routesOfTable.computeIfAbsent(route.table(), absent -> new ArrayList<>()).add(route);
    }
    for (SecurityGroup group : groups.all()) {
      group.subnets().forEach(subnet -> groupOfSubnet.putIfAbsent(subnet, group.key()));
      group.nics().forEach(nic -> groupOfNic.putIfAbsent(nic, group.key()));
    }
    for (RouteTable table : tables.all()) {
      table.subnets().forEach(subnet -> tableOfSubnet.putIfAbsent(subnet, table.key()));
    }
    for (NatGateway nat : nats.all()) {
      nat.subnets().forEach(subnet -> natOfSubnet.putIfAbsent(subnet, nat.key()));
    }
    associateBackends();
    gatherSubnets();
    var referred = new HashSet<String>();
    nics.all().stream()
        .flatMap(nic -> nic.configurations().stream())
        .forEach(configuration -> referred.add(configuration.publicIp()));
    for (PublicIp ip : publicIps.all()) {
      if (!ip.configuration().isEmpty() && !referred.contains(ip.key())) {
        publicIpOfConfiguration.putIfAbsent(ip.configuration(), ip);
      }
    }
  }

  private void associateBackends() {
    for (LoadBalancer balancer : balancers.all()) {
      for (var pool : balancer.pools()) {
        pool.configurations().forEach(configuration -> addToPool(configuration, pool.key()));
        pool.addresses()
            .forEach(address -> addToPool(address.vnet() + " " + address.address(), pool.key()));
      }
      for (BalancingRule rule : balancer.rules()) {
        natTargets.add(rule.configuration());
        if (rule.letsOut()) {
          outbound.merge(rule.pool(), rule.services(), Services::or);
        }
      }
    }
    for (AppGateway gateway : gateways.all()) {
      gateway.backends().forEach(backend -> natTargets.addAll(backend.configurations()));
    }
    natTargets.remove("");
  }

  private void addToPool(String configuration, String pool) {
    poolsOfConfiguration.computeIfAbsent(configuration, absent -> new ArrayList<>(1)).add(pool);
  }

  /// By which protocols the backends of a pool may open connections through their load balancer.
  Services outboundOf(String pool) {
    return outbound.getOrDefault(pool, Services.NONE);
  }

  /// The network that a subnet is in, as its key; empty if the subnet's key has none.
  static String vnetOf(String subnet) {
    return AzureId.parent(subnet);
  }

  /// The keys of all networks that resources name, those that the export does not list too.
  Set<String> vnetKeys() {
    return Collections.unmodifiableSet(subnetsOfVnet.keySet());
  }

  /// The keys of the subnets of a network that resources name.
  Set<String> subnetsOf(String vnet) {
    return subnetsOfVnet.getOrDefault(vnet, Set.of());
  }

  private void gatherSubnets() {
    var keys = new LinkedHashSet<String>();
    subnets.all().forEach(subnet -> keys.add(subnet.key()));
    Stream.concat(nics.all().stream(), scaleSets.all().stream().flatMap(set -> set.nics().stream()))
        .flatMap(nic -> nic.configurations().stream())
        .map(IpConfiguration::subnet)
        .forEach(keys::add);
    services.all().forEach(service -> keys.add(service.subnet()));
    gateways.all().forEach(gateway -> keys.add(gateway.subnet()));
    vnets.all().forEach(vnet -> subnetsOfVnet.put(vnet.key(), new LinkedHashSet<>()));
    for (String key : keys) {
      String vnet = vnetOf(key);
      if (!vnet.isEmpty()) {
        subnetsOfVnet.computeIfAbsent(vnet, absent -> new LinkedHashSet<>()).add(key);
      }
    }
  }

  /// The pools of load balancers and application gateways that a configuration is in.
  List<String> poolsOf(IpConfiguration configuration) {
    var pools = new ArrayList<String>(configuration.pools());
    pools.addAll(configuration.gatewayPools());
    pools.addAll(poolsOfConfiguration.getOrDefault(configuration.key(), List.of()));
    configuration
        .address()
        .map(address -> vnetOf(configuration.subnet()) + " " + address)
        .map(poolsOfConfiguration::get)
        .ifPresent(pools::addAll);
    return pools.stream().distinct().toList();
  }

  /// Whether a rule of a load balancer is about this configuration alone.
  boolean isNatTarget(IpConfiguration configuration) {
    return !configuration.natRules().isEmpty() || natTargets.contains(configuration.key());
  }

  /// The key of the security group of a subnet; empty without one.
  String groupOf(String subnet) {
    return first(subnets.find(subnet).map(Subnet::nsg), groupOfSubnet.get(subnet));
  }

  String groupOf(Nic nic) {
    return first(Optional.of(nic.nsg()), groupOfNic.get(nic.key()));
  }

  /// The key of the route table of a subnet; empty without one.
  String tableOf(String subnet) {
    return first(subnets.find(subnet).map(Subnet::table), tableOfSubnet.get(subnet));
  }

  /// The key of the NAT gateway of a subnet; empty without one.
  String natOf(String subnet) {
    return first(subnets.find(subnet).map(Subnet::nat), natOfSubnet.get(subnet));
  }

  private static String first(Optional<String> own, @Nullable String other) {
    return own.filter(text -> !text.isEmpty()).orElse(other == null ? "" : other);
  }

  /// The public address of a configuration, if the export lists it.
  Optional<PublicIp> publicIpOf(IpConfiguration configuration) {
    return publicIps
        .find(configuration.publicIp())
        .or(() -> Optional.ofNullable(publicIpOfConfiguration.get(configuration.key())));
  }

  /// The rules of a security group, by itself or listed apart.
  List<SecurityRule> rulesOf(SecurityGroup group) {
    return joined(group.rules(), rulesOfGroup.getOrDefault(group.key(), List.of()));
  }

  List<Route> routesOf(RouteTable table) {
    return joined(table.routes(), routesOfTable.getOrDefault(table.key(), List.of()));
  }

  private static <T extends AzureResource> List<T> joined(List<T> own, List<T> others) {
    var all = new AzureCatalog<T>();
    own.forEach(all::add);
    others.forEach(all::add);
    return List.copyOf(all.all());
  }

  /// The addresses of a service tag, if the export has the list that Azure publishes.
  Optional<List<AddressRange>> rangesOf(String tag) {
    return Optional.ofNullable(serviceTags.get(tag.toLowerCase(Locale.ROOT)));
  }
}
