package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Links;
import io.surfacescan.importers.gcp.Resource;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Subnetwork;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private final List<Resource> exported;

  /// @param exported what an export beside the plan lists
  GoogleFacts(TerraformFacts facts, List<Resource> exported) {
    this.facts = facts;
    this.exported = exported;
    for (Resource resource : exported) {
      if (resource instanceof Network) {
        networks.put(resource.link(), resource.link());
      } else if (resource instanceof Subnetwork subnet) {
        networkOfSubnet.put(subnet.link(), subnet.network());
      }
    }
  }

  /// The link of what Google Cloud has already; empty for what is not there yet.
  static String knownLink(TerraformResource resource) {
    for (String key : List.of("self_link", "id")) {
      String text = resource.values().get(key).text();
      int start = text.indexOf("projects/");
      if (start >= 0 && resource.type().startsWith("google_compute_")) {
        return text.substring(start);
      }
      if (text.startsWith("locations/global/firewallPolicies/")) {
        return text;
      }
    }
    return "";
  }

  /// As [#knownLink]; of an account its address, which instances and rules name it by.
  static String knownId(TerraformResource resource) {
    return ACCOUNT.types().contains(resource.type())
        ? resource.values().get("email").text()
        : knownLink(resource);
  }

  private static boolean isLink(String id) {
    return id.startsWith("projects/") || id.startsWith("locations/");
  }

  /// Whether the plan is laid over an export.
  boolean isLaid() {
    return !exported.isEmpty();
  }

  boolean isExported(String link) {
    return exported.stream().anyMatch(some -> some.link().equals(link));
  }

  /// What answers call a resource.
  String shown(Section section) {
    return isLink(section.id()) ? section.of().text() : section.id();
  }

  /// What the export calls a thing that a plan names; empty if it does not list it.
  <T extends Resource> Optional<T> exported(Class<T> type, Section near, String text) {
    String link = Links.of(text, link(near, "global", "networks", ""), "");
    return text.isEmpty()
        ? Optional.empty()
        : exported.stream()
            .filter(type::isInstance)
            .map(type::cast)
            .filter(some ->
                some.link().equals(link)
                    || some.head().id().equals(Links.name(text))
                    || some.head().name().equals(text))
            .findFirst();
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
        shown(section), link(section, place, collection, section.id()), name, section.spot());
  }

  /// A link of the project of something, for links and names that leave it out.
  String near(Section section) {
    String place =
        section.text("zone").isEmpty() ? "" : "zones/" + Links.name(section.text("zone"));
    String region = section.text("region");
    place = place.isEmpty() && !region.isEmpty() ? "regions/" + Links.name(region) : place;
    return link(section, place.isEmpty() ? "global" : place, "networks", "");
  }

  String link(Section section, String place, String collection, String name) {
    return isLink(name)
        ? name
        : "projects/" + project(section) + "/" + place + "/" + collection + "/" + name;
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
