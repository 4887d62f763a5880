package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.Machine;
import io.surfacescan.importers.azure.AzureResource.NatGateway;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.PublicIp;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import io.surfacescan.importers.azure.AzureResource.Service;
import io.surfacescan.importers.azure.AzureResource.Subnet;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes endpoints: of each virtual machine with its interfaces, of scale sets whose instances the
/// export does not list, and of private endpoints.
final class AzureEndpoints {
  /// Something that becomes an endpoint.
  private record Draft(AzureId id, String name, VmKind kind, List<String> labels, List<Nic> nics) {}

  /// What an address has to do with the internet.
  private enum Exposure {
    PRIVATE,
    /// It has a public address, but lets nothing in.
    CLOSED,
    OPEN,
    MAYBE_OPEN
  }

  /// What the marks of an address depend on.
  private record MarksKey(
      String subnet,
      String nsg,
      Exposure exposure,
      boolean isPrivateEndpoint,
      boolean hasDefaultOutbound,
      List<String> asgs,
      List<String> pools) {}

  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final Findings findings;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<SecurityGates.Use> uses = new LinkedHashSet<>();
  private final Map<MarksKey, List<String>> marks = new HashMap<>();
  private final Set<String> marksInVnets = new HashSet<>();

  /// The public addresses of which it is known that the export lacks them.
  private final Set<String> told = new HashSet<>();

  AzureEndpoints(AzureInventory inventory, AzureNetworks networks, Findings findings) {
    this.inventory = inventory;
    this.networks = networks;
    this.findings = findings;
    Map<String, List<Nic>> byMachine = new LinkedHashMap<>();
    for (Nic nic : inventory.nics.all()) {
      if (!nic.machine().key().isEmpty()) {
        byMachine.computeIfAbsent(nic.machine().key(), absent -> new ArrayList<>(1)).add(nic);
      }
    }
    var attached = new HashSet<String>();
    for (Machine machine : inventory.machines.all()) {
      addMachine(machine, byMachine.getOrDefault(machine.key(), List.of()), attached);
    }
    addOthers(attached);
    addScaleSets();
    addServices();
  }

  private void addMachine(Machine machine, List<Nic> candidates, Set<String> attached) {
    var nics = new LinkedHashMap<String, Nic>();
    for (String key : machine.nics()) {
      inventory.nics.find(key).ifPresentOrElse(nic -> nics.put(key, nic), () -> absent(machine));
    }
    candidates.forEach(nic -> nics.putIfAbsent(nic.key(), nic));
    attached.addAll(nics.keySet());
    var labels = new ArrayList<String>(machine.tags());
    if (!machine.state().isEmpty()) {
      labels.add("state=" + machine.state());
    }
    drafts.add(
        new Draft(
            machine.head().id(),
            machine.head().shown(),
            VmKind.VM,
            labels,
            List.copyOf(nics.values())));
    if (machine.nics().isEmpty() && nics.isEmpty()) {
      absent(machine);
    }
  }

  private void absent(Machine machine) {
    findings.absent(
        machine.head().spot(),
        "a network interface of a virtual machine is not in the export, so nothing reaches it",
        "add what az network nic list writes");
  }

  private void addOthers(Set<String> attached) {
    Map<String, List<Nic>> ofMachines = new LinkedHashMap<>();
    for (Nic nic : inventory.nics.all()) {
      if (attached.contains(nic.key())) {
        continue;
      }
      if (!nic.machine().key().isEmpty()) {
        ofMachines.computeIfAbsent(nic.machine().key(), absent -> new ArrayList<>(1)).add(nic);
      } else if (!nic.privateEndpoint().key().isEmpty()) {
        drafts.add(
            new Draft(
                nic.privateEndpoint(),
                nic.privateEndpoint().name(),
                VmKind.GATEWAY,
                List.of(),
                List.of(nic)));
      } else {
        findings.leftOut("interfaces attached to nothing");
      }
    }
    for (List<Nic> nics : ofMachines.values()) {
      var id = nics.getFirst().machine();
      if (!isOfScaleSet(id.key())) {
        findings.assumed(
            nics.getFirst().head().spot(),
            "an interface belongs to a virtual machine that the export does not list",
            "add what az vm list writes");
      }
      drafts.add(new Draft(id, nameOf(id), VmKind.VM, List.of(), nics));
    }
  }

  private static boolean isOfScaleSet(String key) {
    return AzureId.type(key).equals("microsoft.compute/virtualmachinescalesets/virtualmachines");
  }

  /// An instance of a scale set has a number for a name.
  private static String nameOf(AzureId id) {
    return isOfScaleSet(id.key())
        ? AzureId.of(AzureId.parent(id.key())).name() + "_" + id.name()
        : id.name();
  }

  /// A scale set stands for its instances where the export lists none.
  private void addScaleSets() {
    var listed = new HashSet<String>();
    inventory.machines.all().forEach(machine -> listed.add(machine.scaleSet()));
    for (Draft draft : drafts) {
      if (isOfScaleSet(draft.id.key())) {
        listed.add(AzureId.parent(draft.id.key()));
      }
    }
    for (ScaleSet set : inventory.scaleSets.all()) {
      if (!listed.contains(set.key()) && !set.nics().isEmpty()) {
        drafts.add(
            new Draft(
                set.head().id(), set.head().shown(), VmKind.WORKLOAD, set.tags(), set.nics()));
      }
    }
  }

  private void addServices() {
    for (Service service : inventory.services.all()) {
      if (service.subnet().isEmpty()) {
        findings.leftOut("databases and containers outside of virtual networks");
        continue;
      }
      var configuration =
          new IpConfiguration(
              service.key(),
              service.address(),
              false,
              service.subnet(),
              "",
              Optional.empty(),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      var nic =
          new Nic(service.head(), AzureId.NONE, AzureId.NONE, "", false, List.of(configuration));
      drafts.add(
          new Draft(
              service.head().id(),
              service.head().shown(),
              service.kind(),
              service.tags(),
              List.of(nic)));
    }
  }

  /// Where security groups are used.
  Set<SecurityGates.Use> uses() {
    return Collections.unmodifiableSet(uses);
  }

  void addTo(ReachabilityModel.Builder model) {
    for (Draft draft : drafts) {
      String id = draft.id.text();
      String distinct = id;
      for (int i = 2; model.hasId(distinct); i++) {
        distinct = id + "#" + i;
      }
      model.endpoint(endpoint(distinct, draft, model));
    }
  }

  private Endpoint endpoint(String id, Draft draft, ReachabilityModel.Builder model) {
    var interfaces = new ArrayList<NetworkInterface>();
    var addresses = new LinkedHashSet<String>();
    String vnet = "";
    for (Nic nic : draft.nics) {
      for (IpConfiguration configuration : nic.configurations()) {
        vnet = vnet.isEmpty() ? AzureInventory.vnetOf(configuration.subnet()) : vnet;
        var marks = model.marks(Marks.of(marks(nic, configuration)));
        for (AddressRange address : addressesOf(configuration)) {
          interfaces.add(new NetworkInterface(marks, address));
          if (address.isOne()) {
            addresses.add(address.toString());
          }
        }
        inventory
            .publicIpOf(configuration)
            .map(PublicIp::address)
            .filter(address -> AddressRange.parse(address).isPresent())
            .ifPresent(addresses::add);
      }
    }
    return new Endpoint(
        id,
        draft.name.isEmpty() ? Optional.empty() : Optional.of(draft.name),
        draft.kind,
        vnet.isEmpty() ? Optional.empty() : Optional.of(networks.scope(vnet)),
        draft.labels,
        List.copyOf(addresses),
        interfaces);
  }

  /// Its address, else those that it may have.
  private List<AddressRange> addressesOf(IpConfiguration configuration) {
    if (configuration.address().isPresent()) {
      return List.of(configuration.address().get());
    }
    return networks.rangesNear(configuration.subnet()).stream()
        .filter(range -> range.isV6() == configuration.isV6())
        .toList();
  }

  private List<String> marks(Nic nic, IpConfiguration configuration) {
    boolean isPrivateEndpoint = !nic.privateEndpoint().key().isEmpty();
    String nsg = inventory.groupOf(nic);
    boolean isGuarded = !nsg.isEmpty() || !inventory.groupOf(configuration.subnet()).isEmpty();
    var key =
        new MarksKey(
            configuration.subnet(),
            nsg,
            exposure(configuration, isGuarded, nic.head().spot()),
            isPrivateEndpoint,
            nic.hasDefaultOutbound(),
            configuration.asgs(),
            inventory.poolsOf(configuration));
    var found = marks.get(key);
    if (found == null) {
      found = marks(key);
      marks.put(key, found);
    }
    if (!inventory.isNatTarget(configuration)) {
      return found;
    }
    var all = new ArrayList<>(found);
    all.add(AzureMarks.configuration(configuration.key()));
    configuration.natRules().forEach(rule -> all.add(AzureMarks.configuration(rule)));
    return all;
  }

  /// A Standard public address lets nothing in that no security group allows; a Basic one lets in
  /// everything that none denies.
  ///
  /// See https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku
  private Exposure exposure(IpConfiguration configuration, boolean isGuarded, SourceOffset spot) {
    var ip = inventory.publicIpOf(configuration);
    Optional<Boolean> isStandard =
        ip.isPresent() ? Optional.of(ip.get().isStandard()) : configuration.publicSku();
    if (isStandard.isPresent()) {
      return isGuarded || !isStandard.get() ? Exposure.OPEN : Exposure.CLOSED;
    }
    if (configuration.publicIp().isEmpty()) {
      return Exposure.PRIVATE;
    }
    if (told.add(configuration.publicIp())) {
      findings.dangling(
          spot,
          "the public address " + configuration.publicIp() + " is not in the export",
          "add what az network public-ip list writes; until then it may be open");
    }
    return isGuarded ? Exposure.OPEN : Exposure.MAYBE_OPEN;
  }

  private List<String> marks(MarksKey key) {
    String vnet = AzureInventory.vnetOf(key.subnet);
    String vnetName = networks.name(vnet);
    String subnetGroup = inventory.groupOf(key.subnet);
    boolean isFiltered =
        !key.isPrivateEndpoint
            || inventory.subnets.find(key.subnet).map(Subnet::filtersEndpoints).orElse(false);
    var all = new ArrayList<String>();
    all.add(AzureMarks.vnet(vnetName));
    all.add(AzureMarks.subnet(networks.subnetName(key.subnet)));
    networks.tagsOf(vnet).forEach(tag -> all.add(AzureMarks.virtualNetwork(networks.name(tag))));
    if (isFiltered && !subnetGroup.isEmpty()) {
      all.add(use(subnetGroup, vnet, true, key));
    }
    if (isFiltered && !key.nsg.isEmpty()) {
      all.add(use(key.nsg, vnet, false, key));
    }
    if (!subnetGroup.isEmpty() || !key.nsg.isEmpty()) {
      all.add(AzureMarks.GUARDED);
    }
    all.add(AzureMarks.routes(inventory.tableOf(key.subnet), vnetName));
    if (!key.isPrivateEndpoint) {
      all.add(AzureMarks.SENDS);
    }
    switch (key.exposure) {
      case OPEN -> all.addAll(List.of(AzureMarks.OPEN, AzureMarks.PUBLIC));
      case MAYBE_OPEN -> all.addAll(List.of(AzureMarks.MAYBE_OPEN, AzureMarks.PUBLIC));
      case CLOSED -> all.add(AzureMarks.PUBLIC);
      case PRIVATE -> {}
    }
    if (key.hasDefaultOutbound) {
      all.add(AzureMarks.DEFAULT_OUT);
    }
    String nat = inventory.natOf(key.subnet);
    if (!nat.isEmpty() && inventory.nats.find(nat).map(NatGateway::hasAddress).orElse(true)) {
      all.add(AzureMarks.NAT);
    }
    key.asgs.forEach(asg -> all.add(AzureMarks.asg(asg)));
    for (String pool : key.pools) {
      all.add(AzureMarks.pool(pool));
      var outbound = inventory.outboundOf(pool);
      if (outbound.meets(Services.of(Protocol.TCP))) {
        all.add(AzureMarks.BALANCED_TCP);
      }
      if (outbound.meets(Services.of(Protocol.UDP))) {
        all.add(AzureMarks.BALANCED_UDP);
      }
    }
    all.forEach(mark -> marksInVnets.add(vnet + " " + mark));
    return List.copyOf(all);
  }

  /// Whether an interface in a network has a mark.
  boolean hasMark(String vnet, String mark) {
    return marksInVnets.contains(vnet + " " + mark);
  }

  /// The marks of what stands in a subnet without an interface of its own: by which gates guard it,
  /// and those of the tag `VirtualNetwork`.
  List<String> guards(String subnet) {
    String vnet = AzureInventory.vnetOf(subnet);
    var key = new MarksKey(subnet, "", Exposure.PRIVATE, false, false, List.of(), List.of());
    var guards = new ArrayList<String>();
    networks.tagsOf(vnet).forEach(tag -> guards.add(AzureMarks.virtualNetwork(networks.name(tag))));
    String group = inventory.groupOf(subnet);
    if (!group.isEmpty()) {
      guards.add(use(group, vnet, true, key));
    }
    return guards;
  }

  private String use(String group, String vnet, boolean isOfSubnets, MarksKey key) {
    if (uses.add(new SecurityGates.Use(group, vnet, isOfSubnets)) && !inventory.groups.has(group)) {
      inventory
          .subnets
          .find(key.subnet)
          .map(AzureResource::head)
          .map(Header::spot)
          .or(() -> inventory.nics.all().stream().findFirst().map(nic -> nic.head().spot()))
          .ifPresent(spot ->
              findings.dangling(
                  spot,
                  "the network security group " + group + " is not in the export",
                  "add it; until then its rules may allow everything"));
    }
    return isOfSubnets
        ? AzureMarks.subnetGroup(group, networks.name(vnet))
        : AzureMarks.nicGroup(group, networks.name(vnet));
  }
}
