package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Links;
import io.surfacescan.importers.gcp.Resource.Address;
import io.surfacescan.importers.gcp.Resource.Doubts;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.Nic;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Instances, managed groups of such by their templates, and node pools of clusters: each group and
/// each pool is one VM, like scale sets elsewhere.
final class GoogleMachines {
  private static final String EPHEMERAL = "ephemeral";
  private static final String NICS = "network_interface";
  private static final List<String> TYPES =
      List.of(
          "google_compute_instance",
          "google_compute_instance_from_template",
          "google_compute_instance_template",
          "google_compute_region_instance_template",
          "google_container_cluster",
          "google_container_node_pool");

  private static final Wanted TEMPLATE =
      new Wanted(
          Set.of("google_compute_instance_template", "google_compute_region_instance_template"),
          List.of());
  private static final Wanted CLUSTER = Wanted.named("google_container_cluster");

  private final GoogleFacts google;
  private final Set<String> networks = new LinkedHashSet<>();
  private final Map<String, Section> templates = new HashMap<>();

  /// By id of an instance, its link.
  private final Map<String, String> links = new HashMap<>();

  /// By id of a managed group, the links of the instances that stand for its own.
  private final Map<String, List<String>> ofGroups = new HashMap<>();

  GoogleMachines(GoogleFacts google) {
    this.google = google;
  }

  static List<String> types() {
    return TYPES;
  }

  /// The links of the networks that something is in.
  Set<String> add() {
    var facts = google.facts();
    for (Section section :
        facts.of("google_compute_instance_template", "google_compute_region_instance_template")) {
      templates.put(section.id(), section);
    }
    for (Section section :
        facts.of("google_compute_instance", "google_compute_instance_from_template")) {
      if (!section.of().address().isData()) {
        addInstance(section);
      }
    }
    facts
        .of("google_compute_instance_group_manager", "google_compute_region_instance_group_manager")
        .forEach(this::addGroup);
    addPools();
    return networks;
  }

  /// The links of the instances that stand for those of a managed group; none if its template is
  /// not known.
  List<String> ofGroup(Section manager) {
    return ofGroups.getOrDefault(manager.id(), List.of());
  }

  /// The link of an instance by its id, or by what names it.
  String link(Section near, String id) {
    return links.getOrDefault(id, Links.of(id, google.near(near), "instances"));
  }

  private void addInstance(Section section) {
    var head = google.header(section, "zones/" + section.text("zone"), "instances");
    links.put(section.id(), head.link());
    var template = templates.get(section.link("source_instance_template", TEMPLATE));
    var described = template != null && section.sections(NICS).isEmpty() ? template : section;
    put(head, section.text("desired_status"), described);
  }

  private void addGroup(Section manager) {
    String zone = Links.name(manager.text("zone"));
    String place =
        zone.isEmpty() ? "regions/" + Links.name(manager.text("region")) : "zones/" + zone;
    var versions = manager.sections("version");
    var found = new LinkedHashMap<String, Section>();
    for (Section version : versions) {
      var linked = version.linked("instance_template", TEMPLATE);
      for (String id : linked.ids()) {
        var template = templates.get(id);
        if (template != null) {
          found.put(id, template);
        }
      }
    }
    if (found.isEmpty()) {
      google
          .facts()
          .absent(
              manager.spot(),
              "the template of " + manager.of().text() + " is not in the plan, nor are its VMs");
      return;
    }
    var head = google.header(manager, place, "instanceGroupManagers");
    var made = new ArrayList<String>();
    found.forEach((id, template) -> {
      String more = found.size() > 1 ? "/" + template.of().address().name() : "";
      var own =
          new Header(head.id() + more, head.link() + "/instances" + more, head.name(), head.spot());
      made.add(own.link());
      put(own, "", template);
    });
    ofGroups.put(manager.id(), made);
  }

  private void put(Header head, String status, Section body) {
    var tagDoubts = new ArrayList<String>();
    var tags = google.texts(body, "tags", "a tag", tagDoubts);
    var accountDoubts = new ArrayList<String>();
    var accounts = new ArrayList<String>();
    for (Section account : body.sections("service_account")) {
      accounts.addAll(google.accounts(account, "email", accountDoubts));
    }
    var nics = new ArrayList<Nic>();
    for (Section nic : body.sections(NICS)) {
      nics.add(nic(nic, head));
    }
    for (List<String> doubts : List.of(tagDoubts, accountDoubts)) {
      doubts.forEach(why -> assumed(body, why + ", so it may be any"));
    }
    google.put(
        new Instance(
            head,
            status,
            labels(body),
            tags,
            accounts,
            new Doubts(
                tagDoubts.isEmpty() ? "" : tagDoubts.getFirst(),
                accountDoubts.isEmpty() ? "" : accountDoubts.getFirst()),
            "",
            nics));
  }

  private void assumed(Section section, String what) {
    google.facts().assumed(section.spot(), what, "read the state after terraform apply");
  }

  private static List<String> labels(Section section) {
    var labels = new ArrayList<String>();
    if (!section.isUnknown("labels")) {
      section
          .values()
          .get("labels")
          .map()
          .forEach((key, value) -> labels.add(key + "=" + value.text()));
    }
    return labels;
  }

  private Nic nic(Section section, Header head) {
    String subnet = google.subnetwork(section, "subnetwork", Links.region(head.link()));
    String network = google.network(section, "network");
    if (network.isEmpty()) {
      network = google.networkOfSubnet(subnet);
    }
    if (network.isEmpty()) {
      network = google.networkOrOnly(section, "network");
    }
    networks.add(network);
    var addresses = new ArrayList<Address>();
    boolean isExternal =
        !section.sections("access_config").isEmpty()
            || section.unknown().get("access_config").isTrue();
    String outer =
        isExternal
            ? section.sections("access_config").stream()
                .map(config -> config.text("nat_ip"))
                .filter(text -> AddressRange.parse(text).isPresent())
                .findFirst()
                .orElse(EPHEMERAL)
            : "";
    var known = AddressRange.parse(section.text("network_ip"));
    addresses.add(new Address(known.orElse(AddressRange.ALL_V4), outer, false));
    for (Section config : section.sections("ipv6_access_config")) {
      addresses.add(
          new Address(
              AddressRange.parse(config.text("external_ipv6")).orElse(AddressRange.ALL_V6),
              EPHEMERAL,
              false));
    }
    for (Section alias : section.sections("alias_ip_range")) {
      AddressRange.parse(alias.text("ip_cidr_range"))
          .ifPresent(range -> addresses.add(new Address(range, "", true)));
    }
    return new Nic(network, subnet, addresses);
  }

  /// The nodes of clusters. Google makes firewall rules for each cluster, which no plan holds.
  private void addPools() {
    var clusters = new LinkedHashMap<String, Section>();
    for (Section cluster : google.facts().of("google_container_cluster")) {
      clusters.put(cluster.id(), cluster);
      google
          .facts()
          .absent(
              cluster.spot(),
              "the firewall rules that GKE makes for "
                  + cluster.of().text()
                  + " are not in a plan");
      boolean hasPools = !cluster.sections("node_pool").isEmpty();
      if (!cluster.isTrue("remove_default_node_pool") && !cluster.of().address().isData()) {
        var pools = hasPools ? cluster.sections("node_pool") : List.of(cluster);
        for (int i = 0; i < pools.size(); i++) {
          addPool(cluster, pools.get(i), pools.size() > 1 ? "/" + pools.get(i).text("name") : "");
        }
      }
    }
    for (Section pool : google.facts().of("google_container_node_pool")) {
      var cluster = clusters.get(pool.link("cluster", CLUSTER));
      if (cluster == null) {
        google
            .facts()
            .absent(
                pool.spot(),
                "the cluster of " + pool.of().text() + " is not in the plan, nor are its VMs");
      } else {
        addPool(cluster, pool, "");
      }
    }
  }

  private void addPool(Section cluster, Section pool, String more) {
    String location = pool.firstText("location", "zone");
    location = location.isEmpty() ? cluster.firstText("location", "zone") : location;
    boolean isZone = location.chars().filter(c -> c == '-').count() > 1;
    var head = google.header(pool, (isZone ? "zones/" : "regions/") + location, "nodePools");
    var own = new Header(head.id() + more, head.link() + "/nodes" + more, head.name(), head.spot());
    String subnet = google.subnetwork(cluster, "subnetwork", Links.region(own.link()));
    String network = google.network(cluster, "network");
    network = network.isEmpty() ? google.networkOfSubnet(subnet) : network;
    network = network.isEmpty() ? google.networkOrOnly(cluster, "network") : network;
    networks.add(network);
    boolean isPrivate =
        cluster.sections("private_cluster_config").stream()
                .anyMatch(some -> some.isTrue("enable_private_nodes"))
            || pool.sections("network_config").stream()
                .anyMatch(some -> some.isTrue("enable_private_nodes"));
    var doubts = new ArrayList<String>();
    var tags = new ArrayList<String>();
    var accounts = new ArrayList<String>();
    for (Section config : pool.sections("node_config")) {
      tags.addAll(google.texts(config, "tags", "a tag", doubts));
      accounts.addAll(google.accounts(config, "service_account", new ArrayList<>()));
    }
    accounts.remove("default");
    doubts.forEach(why -> assumed(pool, why + ", so it may be any"));
    google.put(
        new Instance(
            own,
            "",
            List.of(),
            tags,
            accounts,
            new Doubts(doubts.isEmpty() ? "" : doubts.getFirst(), ""),
            "",
            List.of(
                new Nic(
                    network,
                    subnet,
                    List.of(
                        new Address(AddressRange.ALL_V4, isPrivate ? "" : EPHEMERAL, false))))));
  }
}
