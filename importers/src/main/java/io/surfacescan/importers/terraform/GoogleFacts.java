package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Links;
import io.surfacescan.importers.gcp.Resource;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What resources of Google Cloud come to, and how they name each other: by links that are made of
/// their addresses.
final class GoogleFacts {
  static final Wanted NETWORK = Wanted.named("google_compute_network");
  static final Wanted SUBNETWORK = Wanted.named("google_compute_subnetwork");
  static final Wanted ACCOUNT = Wanted.named("google_service_account");
  static final String LATER = "is known only after terraform apply";

  private final TerraformFacts facts;
  private final List<Resource> found = new ArrayList<>();

  /// By id of a network, its link.
  private final Map<String, String> networks = new LinkedHashMap<>();

  /// By link of a subnetwork, that of its network.
  private final Map<String, String> networkOfSubnet = new LinkedHashMap<>();

  GoogleFacts(TerraformFacts facts) {
    this.facts = facts;
  }

  TerraformFacts facts() {
    return facts;
  }

  List<Resource> found() {
    return found;
  }

  void put(Resource resource) {
    found.add(resource);
  }

  /// The project that something says it is in; else that of the provider.
  String project(Section section) {
    String known = section.text("project");
    return known.isEmpty() ? facts.provider(section, "google", "project") : known;
  }

  /// @param place such as `global` or `zones/us-central1-a`
  Header header(Section section, String place, String collection) {
    String name = section.text("name").isEmpty() ? section.of().text() : section.text("name");
    return new Header(
        section.id(), link(section, place, collection, section.id()), name, section.spot());
  }

  String link(Section section, String place, String collection, String name) {
    return "projects/" + project(section) + "/" + place + "/" + collection + "/" + name;
  }

  void addNetwork(Section section, String link) {
    networks.put(section.id(), link);
  }

  void addSubnet(String link, String network) {
    networkOfSubnet.put(link, network);
  }

  /// The link of the network that a value leads to; empty if it is not known.
  String network(Section section, String key) {
    var linked = section.linked(key, NETWORK);
    if (!linked.ids().isEmpty()) {
      return networkOf(section, linked.first());
    }
    return "";
  }

  /// The link of a network by its id, its name or its link.
  String networkOf(Section section, String id) {
    String known = networks.get(id);
    return known == null
        ? Links.of(id, link(section, "global", "networks", ""), "networks")
        : known;
  }

  /// The network that a rule or a route is of; else the only one.
  String networkOrOnly(Section section, String key) {
    String network = network(section, key);
    if (network.isEmpty() && networks.size() == 1) {
      return networks.values().iterator().next();
    }
    if (network.isEmpty()) {
      facts.assumed(
          section.spot(),
          "the network of " + section.of().text() + " is not known, so it is left out",
          "read the state after terraform apply");
    }
    return network;
  }

  /// The link of the subnetwork that a value leads to; empty without one.
  String subnetwork(Section section, String key, String region) {
    var linked = section.linked(key, SUBNETWORK);
    if (linked.ids().isEmpty()) {
      return "";
    }
    String id = linked.first();
    for (String known : networkOfSubnet.keySet()) {
      if (known.endsWith("/subnetworks/" + id)) {
        return known;
      }
    }
    return Links.of(id, link(section, "regions/" + region, "subnetworks", ""), "subnetworks");
  }

  String networkOfSubnet(String link) {
    return networkOfSubnet.getOrDefault(link, "");
  }

  List<String> networkLinks() {
    return List.copyOf(new LinkedHashSet<>(networks.values()));
  }

  /// The texts of a list, as far as they are known.
  ///
  /// @param doubts gets why there may be more
  List<String> texts(Section section, String key, String what, List<String> doubts) {
    if (section.isUnknown(key) && !section.isComputed(key)) {
      doubts.add(what + " of " + section.of().text() + " " + LATER);
    }
    return section.texts(key);
  }

  /// The ranges of a list, as far as they are known.
  List<AddressRange> ranges(Section section, String key, String what, List<String> doubts) {
    var ranges = new ArrayList<AddressRange>();
    for (String text : texts(section, key, what, doubts)) {
      var range = AddressRange.parse(text);
      range.ifPresent(ranges::add);
      if (range.isEmpty()) {
        doubts.add("the range " + text + " is not understood");
      }
    }
    return ranges;
  }

  /// The service accounts of a list: by their resources, if there are such, else by their names.
  List<String> accounts(Section section, String key, List<String> doubts) {
    var linked = section.linked(key, ACCOUNT);
    boolean isLater = section.isUnknown(key) && !section.isComputed(key);
    if (isLater && !linked.isWhole()) {
      doubts.add("a service account of " + section.of().text() + " " + LATER);
    }
    return linked.ids();
  }
}
