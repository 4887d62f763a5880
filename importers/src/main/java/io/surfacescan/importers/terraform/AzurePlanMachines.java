package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.Machine;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Virtual machines and scale sets.
final class AzurePlanMachines {
  private final AzureLinks links;
  private final AzurePlanNics nics;

  AzurePlanMachines(AzureLinks links, AzurePlanNics nics) {
    this.links = links;
    this.nics = nics;
  }

  void add() {
    var targets = new LinkedHashMap<Section, AzureLinks.Targets>();
    Set<String> taken = new HashSet<>();
    for (Section section :
        links.managed(AzureLinks.MACHINE.types().stream().sorted().toArray(String[]::new))) {
      var found = links.linked(section, "network_interface_ids", AzureLinks.NIC);
      targets.put(section, found);
      taken.addAll(found.keys());
    }
    targets.forEach((section, found) -> addMachine(section, found, taken));
    for (Section section :
        links.managed(
            "azurerm_linux_virtual_machine_scale_set",
            "azurerm_windows_virtual_machine_scale_set",
            "azurerm_orchestrated_virtual_machine_scale_set",
            "azurerm_virtual_machine_scale_set")) {
      addScaleSet(section);
    }
  }

  private void addMachine(Section section, AzureLinks.Targets found, Set<String> taken) {
    var head = links.header(section, links.idOf(section));
    var keys = new ArrayList<String>(found.keys());
    if (!found.isWhole()) {
      // What no other machine has may be its.
      links.later(section, "which interfaces " + section.of().text() + " has");
      nics.keys().stream().filter(key -> !taken.contains(key)).forEach(keys::add);
    }
    if (keys.isEmpty()) {
      var id = head.id().within("networkinterfaces", "unknown", "unknown");
      links.put(nics.unknown(section, new Header(id, "unknown", section.spot())));
      keys.add(id.key());
    }
    links.put(
        new Machine(head, AzureLinks.labels(section), "", keys.stream().distinct().toList(), ""));
  }

  private void addScaleSet(Section section) {
    var id = AzureLinks.ownId(section, "microsoft.compute/virtualmachinescalesets");
    if (!links.register(section, id)) {
      return;
    }
    var head = links.header(section, id);
    var made = new ArrayList<Nic>();
    for (String key : List.of("network_interface", "network_profile")) {
      for (Section block : section.sections(key)) {
        String name = block.text("name");
        var inner = id.within("networkinterfaces", made.size() + " " + name, name);
        made.add(
            nics.nic(
                block,
                new Header(inner, name, block.spot()),
                AzureId.NONE,
                links.keyOf(
                    block, "network_security_group_id", AzureLinks.GROUP, AzurePlanNics.GROUPS)));
      }
    }
    if (made.isEmpty()) {
      var inner = id.within("networkinterfaces", "unknown", "unknown");
      made.add(nics.unknown(section, new Header(inner, "unknown", section.spot())));
    }
    links.put(new ScaleSet(head, AzureLinks.labels(section), made));
  }
}
