package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.cloud.SimilarKey;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Member;
import io.surfacescan.importers.gcp.Resource.Node;
import io.surfacescan.importers.gcp.Resource.TagBinding;
import io.surfacescan.importers.gcp.Resource.Unread;
import io.surfacescan.importers.json.ProblemLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Turns the objects of one file into resources.
final class Facts {
  private final String file;
  private final List<Resource> found = new ArrayList<>();
  private final Map<ResourceType, Long> counts = new EnumMap<>(ResourceType.class);

  /// A project and what it is in, as they follow each other in a list of ancestors.
  private final List<String> chain = new ArrayList<>();

  /// Where that project stands among what was found.
  private int chained;

  /// What is wrong with rules.
  private final ProblemLog problems = new ProblemLog();

  /// @param file the name of the file
  Facts(String file) {
    this.file = file;
  }

  ProblemLog problems() {
    return problems;
  }

  List<Resource> found() {
    return found;
  }

  Map<ResourceType, Long> counts() {
    return counts;
  }

  /// Notes that the file has a list of this type, be it empty.
  void seen(ResourceType type) {
    counts.merge(type, 0L, Long::sum);
  }

  /// Adds what an object says; what is not known is passed over.
  ///
  /// @return false for an asset that comes without what it says
  boolean add(ExportObject object) {
    String asset = object.firstText("assetType", "asset_type");
    if (asset.isEmpty()) {
      ResourceType.of(object).ifPresent(type -> add(type, object, object.text("selfLink")));
      if (ResourceType.of(object).isEmpty()) {
        object.objects("items").forEach(this::add);
      }
      return true;
    }
    var type = ResourceType.ofAsset(asset);
    addAncestors(object);
    var data = object.object("resource").flatMap(resource -> resource.object("data"));
    if (type.isEmpty() || type.get() == ResourceType.UNUSED) {
      return true;
    }
    data.ifPresent(some -> add(type.get(), some, object.text("name")));
    return data.isPresent();
  }

  /// An asset says which folders its project is in.
  private void addAncestors(ExportObject asset) {
    var ancestors = asset.texts("ancestors");
    String project = Links.project(asset.text("name"));
    if (project.isEmpty() || ancestors.isEmpty() || !ancestors.getFirst().startsWith("projects/")) {
      return;
    }
    String link = "projects/" + project;
    found.add(
        new Node(
            new Header(project, link, project, asset.spot()),
            ancestors.getFirst(),
            ancestors.subList(1, ancestors.size())));
  }

  private void add(ResourceType type, ExportObject object, String named) {
    counts.merge(type, 1L, Long::sum);
    var head = header(type, object, named);
    switch (type) {
      case INSTANCE -> found.add(InstanceFacts.instance(head, object));
      case FIREWALL -> {
        SimilarKey.tell(problems, "a firewall rule", object.similarKeys());
        found.add(RuleFacts.firewall(head, object));
      }
      case FIREWALL_POLICY -> {
        SimilarKey.tell(problems, "a firewall policy", object.similarKeys());
        found.add(RuleFacts.policy(head, object));
      }
      case NETWORK -> found.add(NetworkFacts.network(head, object));
      case SUBNETWORK -> found.add(NetworkFacts.subnetwork(head, object));
      case ROUTE -> found.add(NetworkFacts.route(head, object));
      case ROUTER -> found.add(NetworkFacts.router(head, object));
      case PROJECT, FOLDER, ORGANIZATION -> node(type, object);
      case TAG_BINDING ->
          found.add(
              new TagBinding(
                  head, Links.of(object.text("parent"), "", ""), object.text("tagValue")));
      case GROUP_MEMBER ->
          found.add(new Member(head, file, Links.of(object.text("instance"), "", "instances")));
      case VPN_TUNNEL -> found.add(new Unread(head, "what is behind a VPN tunnel"));
      case INTERCONNECT -> found.add(new Unread(head, "what is behind an interconnect"));
      case PACKET_MIRRORING -> found.add(new Unread(head, "packet mirroring"));
      case UNUSED -> {}
      default -> BalancerFacts.add(type, head, object, found);
    }
  }

  /// @param named the link that it has; empty if the object lacks it
  private static Header header(ResourceType type, ExportObject object, String named) {
    String near =
        named.isEmpty() ? object.firstText("zone", "region", "network", "subnetwork") : named;
    if (near.isEmpty()) {
      near =
          object.objects("associations").stream()
              .map(some -> some.text("attachmentTarget"))
              .findFirst()
              .orElse("");
    }
    String name = object.text("name");
    String link;
    if (named.contains("projects/")) {
      link = Links.of(named, "", "");
    } else if (!named.isEmpty()) {
      link = named.replaceFirst("^(https?:)?//[^/]*/(compute/[^/]*/)?", "");
    } else {
      String zone = object.text("zone");
      String place =
          !zone.isEmpty()
              ? "zones/" + Links.name(zone)
              : object.text("region").isEmpty()
                  ? "global"
                  : "regions/" + Links.name(object.text("region"));
      link = Links.of(place + "/" + type.collection() + "/" + name, near, "");
    }
    return new Header(
        object.text("id").isEmpty() ? name : object.text("id"),
        link,
        name.isEmpty() ? Links.name(link) : name,
        object.spot());
  }

  /// What `gcloud projects get-ancestors` wrote: each is in the next.
  private boolean isChained(ExportObject object, String link) {
    if (object.text("type").isEmpty() || chain.isEmpty()) {
      return false;
    }
    chain.add(link);
    var project = (Node) found.get(chained);
    found.set(
        chained,
        new Node(project.head(), project.alias(), List.copyOf(chain.subList(1, chain.size()))));
    return true;
  }

  /// A project or a folder, as `gcloud projects list` and its like write it.
  private void node(ResourceType type, ExportObject object) {
    String name = object.text("name");
    String id = object.firstText("projectId");
    if (id.isEmpty()) {
      id =
          name.startsWith(type.collection() + "/") || object.text("id").isEmpty()
              ? Links.name(name)
              : object.text("id");
    }
    String link = type.collection() + "/" + id;
    if (type != ResourceType.PROJECT && isChained(object, link)) {
      return;
    }
    chain.clear();
    if (type == ResourceType.PROJECT && !object.text("type").isEmpty()) {
      chained = found.size();
      chain.add(link);
    }
    var parents = new ArrayList<String>();
    if (!object.text("parent").isEmpty()) {
      parents.add(object.text("parent"));
    }
    object
        .object("parent")
        .filter(parent -> !parent.text("id").isEmpty())
        .ifPresent(parent -> parents.add(parent.text("type") + "s/" + parent.text("id")));
    String number = object.text("projectNumber");
    found.add(
        new Node(
            new Header(id, link, id, object.spot()),
            number.isEmpty() ? "" : "projects/" + number,
            parents));
  }
}
