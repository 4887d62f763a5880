package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.Vpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where interfaces are: in which VPC and subnet, behind which route table and network ACL.
///
/// A subnet that no route table names uses the VPC's main one, and a subnet that no network ACL
/// names the VPC's default one.
final class Sites {
  /// Where an interface is. Each place is one object, and compared as that.
  ///
  /// @param vpc its name; empty if the export does not tell it
  record Site(
      String vpc,
      Optional<Vpc> knownVpc,
      String subnet,
      Optional<Subnet> knownSubnet,
      String zone,
      Optional<RouteTable> table,
      Optional<NetworkAcl> acl) {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private record Key(String vpc, String subnet, String zone, String folder) {}

  private final Inventory inventory;
  private final Map<String, List<RouteTable>> tablesOfSubnet = new HashMap<>();
  private final Map<String, List<RouteTable>> mainTables = new HashMap<>();
  private final Map<String, List<NetworkAcl>> aclsOfSubnet = new HashMap<>();
  private final Map<String, List<NetworkAcl>> defaultAcls = new HashMap<>();
  private final Map<Key, Site> found = new HashMap<>();

  Sites(Inventory inventory) {
    this.inventory = inventory;
    for (RouteTable table : inventory.tables.all()) {
      table.subnets().forEach(subnet -> put(tablesOfSubnet, subnet, table));
      if (table.isMain()) {
        put(mainTables, table.vpc(), table);
      }
    }
    for (NetworkAcl acl : inventory.acls.all()) {
      acl.subnets().forEach(subnet -> put(aclsOfSubnet, subnet, acl));
      if (acl.isDefault()) {
        put(defaultAcls, acl.vpc(), acl);
      }
    }
  }

  private static <T> void put(Map<String, List<T>> map, String key, T value) {
    map.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(value);
  }

  Site of(Nic nic) {
    return of(nic.vpc(), nic.subnet(), nic.zone(), nic.head().unit());
  }

  /// The site of whatever stands in a subnet.
  Site of(String vpcId, String subnetId, String zone, Unit near) {
    return found.computeIfAbsent(
        new Key(vpcId, subnetId, zone, near.folder()),
        ignored -> find(vpcId, subnetId, zone, near));
  }

  private Site find(String vpcId, String subnetId, String zone, Unit near) {
    var subnet = inventory.subnets.find(subnetId, near);
    String vpc = vpcId.isEmpty() ? subnet.map(Subnet::vpc).orElse("") : vpcId;
    // What the owner of a shared subnet tells of it stands in the owner's folder.
    Unit unit = subnet.map(some -> some.head().unit()).orElse(near);
    var knownVpc = inventory.vpcs.find(vpc, unit);
    return new Site(
        knownVpc.map(inventory.vpcs::name).orElse(vpc),
        knownVpc,
        subnet.map(inventory.subnets::name).orElse(subnetId),
        subnet,
        zone.isEmpty() ? subnet.map(Subnet::zone).orElse("") : zone,
        near(tablesOfSubnet.get(subnetId), unit).or(() -> near(mainTables.get(vpc), unit)),
        near(aclsOfSubnet.get(subnetId), unit).or(() -> near(defaultAcls.get(vpc), unit)));
  }

  private static <T extends Resource> Optional<T> near(@Nullable List<T> some, Unit unit) {
    if (some == null) {
      return Optional.empty();
    }
    return some.stream()
        .filter(one -> one.head().unit().folder().equals(unit.folder()))
        .findFirst()
        .or(() -> some.stream().findFirst());
  }
}
