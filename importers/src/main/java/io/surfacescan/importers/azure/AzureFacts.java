package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.Machine;
import io.surfacescan.importers.azure.AzureResource.Other;
import io.surfacescan.importers.azure.AzureResource.PublicIp;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import io.surfacescan.importers.azure.AzureResource.Service;
import io.surfacescan.importers.azure.AzureResource.ServiceTag;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.cloud.SimilarKey;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Turns the resources of one file into what they say about reachability.
final class AzureFacts {
  private static final String POWER_STATE = "PowerState/";

  /// Types of what holds rules, and what each of them is.
  private static final Map<String, String> OF_RULES =
      Map.of(
          "microsoft.network/networksecuritygroups",
          "a security group",
          "microsoft.network/networksecuritygroups/securityrules",
          "a security rule",
          AdminResources.RULE,
          "an admin rule",
          AdminResources.COLLECTION,
          "a collection of admin rules");

  /// What is wrong with rules.
  private final ProblemLog problems = new ProblemLog();

  private final List<AzureResource> found = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, String> shared = new HashMap<>();
  private final NetworkResources network = new NetworkResources(this);
  private final AdminResources admin;

  /// @param file the name of the file
  AzureFacts(String file) {
    admin = new AdminResources(this, file);
  }

  ProblemLog problems() {
    return problems;
  }

  List<AzureResource> found() {
    return found;
  }

  /// How many resources of each kind there are.
  Map<String, Long> counts() {
    return counts;
  }

  /// The same key, kept once: thousands of interfaces are in one subnet.
  String shared(String key) {
    String known = shared.putIfAbsent(key, key);
    return known == null ? key : known;
  }

  List<String> shared(List<String> keys) {
    return keys.isEmpty() ? keys : keys.stream().map(this::shared).toList();
  }

  void put(AzureResource resource) {
    found.add(resource);
  }

  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /// Adds a resource of whatever type.
  void add(AzureObject object) {
    String type = type(object);
    if (object.has("effectivesecurityrules")) {
      network.addEffective(object);
      return;
    }
    String what = OF_RULES.getOrDefault(type, "");
    if (!what.isEmpty()) {
      SimilarKey.tell(problems, what, object.similarKeys());
    }
    switch (type) {
      case "microsoft.compute/virtualmachines",
          "microsoft.compute/virtualmachinescalesets/virtualmachines" ->
          addMachine(object);
      case "microsoft.compute/virtualmachinescalesets" -> addScaleSet(object);
      case "microsoft.network/publicipaddresses" -> addPublicIp(object);
      case "microsoft.containerinstance/containergroups" -> addContainers(object);
      case "microsoft.dbforpostgresql/flexibleservers", "microsoft.dbformysql/flexibleservers" ->
          addService(
              object,
              "databases",
              VmKind.DATABASE,
              object
                  .object("network")
                  .map(some -> some.text("delegatedsubnetresourceid"))
                  .orElse(""));
      case "microsoft.sql/managedinstances", "microsoft.cache/redis" ->
          addService(object, "databases", VmKind.DATABASE, object.text("subnetid"));
      default -> {
        if (!network.add(type, object) && !admin.add(type, object)) {
          count("other resources");
          put(new Other(header(object, ""), type));
        }
      }
    }
  }

  /// Adds a service tag of the list that Azure publishes.
  void addServiceTag(AzureObject object) {
    count("serviceTags");
    put(new ServiceTag(header(object, ""), Ranges.ofTexts(object.texts("addressprefixes"))));
  }

  /// The type that an object says it is of, else the one that its id has; in lower case.
  static String type(AzureObject object) {
    String own = object.text("type").toLowerCase(Locale.ROOT);
    String ofId = AzureId.type(AzureId.key(object.text("id")));
    return own.contains("/") ? own : ofId;
  }

  /// @param parent the id of what it is within, if it may have none itself; else empty
  static Header header(AzureObject object, String parent) {
    String name = object.text("name");
    String id = object.text("id");
    return new Header(
        AzureId.of(id.isEmpty() ? parent + "/" + name : id),
        name.substring(name.lastIndexOf('/') + 1),
        object.spot());
  }

  private void addMachine(AzureObject object) {
    count("virtualMachines");
    put(
        new Machine(
            header(object, ""),
            object.tags(),
            state(object),
            object
                .object("networkprofile")
                .map(profile -> profile.referenceKeys("networkinterfaces"))
                .orElse(List.of()),
            object.referenceKey("virtualmachinescaleset")));
  }

  /// `az vm list -d` has `VM deallocated`, an instance view `PowerState/deallocated`.
  private static String state(AzureObject object) {
    String state = object.text("powerstate");
    if (state.isEmpty()) {
      state =
          object.object("instanceview").stream()
              .flatMap(view -> view.objects("statuses").stream())
              .map(status -> status.text("code"))
              .filter(code -> code.startsWith(POWER_STATE))
              .map(code -> code.substring(POWER_STATE.length()))
              .findFirst()
              .orElse("");
    }
    String plain = state.toLowerCase(Locale.ROOT).replaceFirst("^vm ", "");
    return plain.equals("running") ? "" : plain;
  }

  private void addScaleSet(AzureObject object) {
    count("virtualMachineScaleSets");
    var header = header(object, "");
    var nics =
        object
            .object("virtualmachineprofile")
            .flatMap(some -> some.object("networkprofile"))
            .stream()
            .flatMap(profile -> profile.objects("networkinterfaceconfigurations").stream())
            .map(nic -> network.nic(nic, header(nic, header.id().text() + "/networkInterfaces")))
            .toList();
    put(new ScaleSet(header, object.tags(), nics));
  }

  private void addContainers(AzureObject object) {
    String subnet = object.referenceKeys("subnetids").stream().findFirst().orElse("");
    addService(object, "containerGroups", VmKind.WORKLOAD, subnet);
  }

  private void addService(AzureObject object, String count, VmKind kind, String subnet) {
    count(count);
    var address = object.object("ipaddress").flatMap(some -> AddressRange.parse(some.text("ip")));
    put(new Service(header(object, ""), kind, object.tags(), AzureId.key(subnet), address));
  }

  private void addPublicIp(AzureObject object) {
    count("publicIPAddresses");
    put(
        new PublicIp(
            header(object, ""),
            object.text("ipaddress"),
            isStandard(object),
            object.referenceKey("ipconfiguration")));
  }

  /// What says no SKU is of the Basic one.
  static boolean isStandard(AzureObject object) {
    String sku = object.object("sku").map(some -> some.text("name")).orElse(object.text("sku"));
    return !sku.isEmpty() && !sku.equalsIgnoreCase("Basic");
  }
}
