package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Peering;
import io.surfacescan.importers.azure.AzureResource.Subnet;
import io.surfacescan.importers.azure.AzureResource.Vnet;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The virtual networks, by their keys: names, ranges, and which are peered.
///
/// A peering has two sides, and both must be connected. It joins two networks and no third.
final class AzureNetworks {
  /// A network that another one is peered with.
  ///
  /// @param own the other one's side of the peering, if the export lists it
  /// @param back the side of this one
  record Peer(String vnet, Optional<Peering> own, Optional<Peering> back) {
    /// Whether the tag `VirtualNetwork` of the other network holds this one.
    boolean isInTag() {
      return own.map(Peering::allowsAccess).orElse(true);
    }

    /// Whether this network takes packets that the other one only forwards.
    boolean takesForwarded() {
      return back.map(Peering::allowsForwarded).orElse(false);
    }
  }

  private final AzureInventory inventory;
  private final Map<String, AzureId> ids = new LinkedHashMap<>();
  private final Map<String, List<Peer>> peers = new HashMap<>();
  private final Map<String, List<String>> tagged = new HashMap<>();
  private final AzureNames names;

  AzureNetworks(AzureInventory inventory) {
    this.inventory = inventory;
    for (String key : inventory.vnetKeys()) {
      ids.put(
          key,
          inventory.vnets.find(key).map(vnet -> vnet.head().id()).orElse(new AzureId(key, key)));
    }
    names = AzureNames.of(ids.values(), false);
    addPeers();
    for (String vnet : ids.keySet()) {
      tagged.computeIfAbsent(vnet, absent -> new ArrayList<>()).add(vnet);
      for (Peer peer : peersOf(vnet)) {
        if (peer.isInTag()) {
          tagged.computeIfAbsent(peer.vnet, absent -> new ArrayList<>()).add(vnet);
        }
      }
    }
  }

  private void addPeers() {
    Map<String, Map<String, Peering>> sides = new HashMap<>();
    for (Peering side : inventory.peerings.all()) {
      sides.computeIfAbsent(side.vnet(), absent -> new LinkedHashMap<>()).put(side.remote(), side);
    }
    for (Peering side : inventory.peerings.all()) {
      var back = Optional.ofNullable(sides.getOrDefault(side.remote(), Map.of()).get(side.vnet()));
      boolean isConnected =
          Stream.concat(Stream.of(side), back.stream())
              .noneMatch(some -> some.isConnected().equals(Optional.of(false)));
      boolean isTold = side.isConnected().isPresent() || back.isPresent();
      if (isConnected && isTold && ids.containsKey(side.vnet()) && ids.containsKey(side.remote())) {
        peers
            .computeIfAbsent(side.vnet(), absent -> new ArrayList<>())
            .add(new Peer(side.remote(), Optional.of(side), back));
        if (back.isEmpty()) {
          peers
              .computeIfAbsent(side.remote(), absent -> new ArrayList<>())
              .add(new Peer(side.vnet(), Optional.empty(), Optional.of(side)));
        }
      }
    }
  }

  /// The keys of all networks.
  Iterable<String> all() {
    return ids.keySet();
  }

  /// The name of a network; of its key if it is none that the export knows of.
  String name(String vnet) {
    var id = ids.get(vnet);
    return id == null ? vnet : names.of(id);
  }

  /// The subscription and the network, as far as they are known.
  String scope(String vnet) {
    String name = name(vnet);
    String subscription = Optional.ofNullable(ids.get(vnet)).map(AzureId::subscription).orElse("");
    return subscription.isEmpty() || name.startsWith(subscription + "/")
        ? name
        : subscription + "/" + name;
  }

  String subnetName(String subnet) {
    return name(AzureInventory.vnetOf(subnet)) + subnet.substring(subnet.lastIndexOf('/'));
  }

  /// The ranges of a network; none if the export does not tell them.
  List<AddressRange> rangesOf(String vnet) {
    return inventory.vnets.find(vnet).map(Vnet::ranges).orElse(List.of());
  }

  /// The ranges of a subnet, else those of its network, else all.
  List<AddressRange> rangesNear(String subnet) {
    var own = inventory.subnets.find(subnet).map(Subnet::ranges).orElse(List.of());
    var outer = own.isEmpty() ? rangesOf(AzureInventory.vnetOf(subnet)) : own;
    return outer.isEmpty() ? List.of(AddressRange.ALL_V4) : outer;
  }

  List<Peer> peersOf(String vnet) {
    return peers.getOrDefault(vnet, List.of());
  }

  /// The networks whose tag `VirtualNetwork` holds a network.
  List<String> tagsOf(String vnet) {
    return tagged.getOrDefault(vnet, List.of());
  }
}
