package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.gcp.Resource.Address;
import io.surfacescan.importers.gcp.Resource.Doubts;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.Nic;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads instances.
final class InstanceFacts {
  /// An external address that an instance has only while it runs.
  static final String EPHEMERAL = "ephemeral";

  private static final int V6_BITS = 128;

  private InstanceFacts() {}

  static Instance instance(Header head, ExportObject object) {
    var labels = new ArrayList<String>();
    object
        .object("labels")
        .map(ExportObject::texts)
        .ifPresent(
            texts -> new TreeMap<>(texts).forEach((key, value) -> labels.add(key + "=" + value)));
    var nics = object.objects("networkInterfaces").stream().map(nic -> nic(nic, head)).toList();
    return new Instance(
        head,
        object.text("status"),
        labels,
        object.object("tags").map(tags -> tags.texts("items")).orElse(List.of()),
        object.textsIn("serviceAccounts", "email"),
        Doubts.NONE,
        manager(object, head),
        nics);
  }

  /// The group's manager that made the instance, as its metadata say.
  private static String manager(ExportObject object, Header head) {
    return object.object("metadata").stream()
        .flatMap(metadata -> metadata.objects("items").stream())
        .filter(item -> item.text("key").equals("created-by"))
        .map(item -> item.text("value"))
        .filter(value -> value.contains("/instanceGroupManagers/"))
        .map(value -> Links.of(value, head.link(), "instanceGroupManagers"))
        .findFirst()
        .orElse("");
  }

  private static Nic nic(ExportObject object, Header head) {
    var addresses = new ArrayList<Address>();
    String outer =
        object.objects("accessConfigs").stream()
            .findFirst()
            .map(config -> config.text("natIP").isEmpty() ? EPHEMERAL : config.text("natIP"))
            .orElse("");
    var inner = AddressRange.parse(object.text("networkIP"));
    if (inner.isPresent()) {
      addresses.add(new Address(inner.get(), outer, false));
    } else if (!object.text("stackType").equals("IPV6_ONLY")) {
      addresses.add(new Address(AddressRange.ALL_V4, outer, false));
    }
    range(object.text("ipv6Address"), object.text("internalIpv6PrefixLength"))
        .ifPresent(range -> addresses.add(new Address(range, "", false)));
    for (ExportObject config : object.objects("ipv6AccessConfigs")) {
      String external = config.text("externalIpv6");
      range(external, config.text("externalIpv6PrefixLength"))
          .ifPresent(range -> addresses.add(new Address(range, external, false)));
    }
    for (ExportObject alias : object.objects("aliasIpRanges")) {
      AddressRange.parse(alias.text("ipCidrRange"))
          .ifPresent(range -> addresses.add(new Address(range, "", true)));
    }
    return new Nic(
        Links.of(object.text("network"), head.link(), "networks"),
        Links.of(object.text("subnetwork"), head.link(), "subnetworks"),
        addresses);
  }

  /// An interface has a range of addresses, of which the first one is written.
  private static Optional<AddressRange> range(String address, String length) {
    var parsed = AddressRange.parse(address);
    return length.isEmpty() || length.equals(Integer.toString(V6_BITS)) || address.contains("/")
        ? parsed
        : AddressRange.parse(address + "/" + length).or(() -> parsed);
  }
}
