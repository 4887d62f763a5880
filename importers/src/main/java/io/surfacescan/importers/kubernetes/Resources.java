package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.PARTIAL_EXPORT;
import static io.surfacescan.model.ProblemKind.TOO_LONG;
import static io.surfacescan.model.ProblemKind.UNREAD_RESOURCE;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.NamedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What matters of the resources of one file, taken as they are read. Maps of labels alike are kept
/// once.
final class Resources implements NodeSink {
  private static final int DEPTH_MOST = 8;

  /// No cluster takes longer names.
  private static final int NAME_CHARS_MOST = 253;

  private final int source;
  private final ProblemLog problems;
  private final List<PodSet> podSets = new ArrayList<>();
  private final Map<ResourceKind, List<Resource>> resources = new TreeMap<>();
  private final List<UnknownMaker> unknownMakers = new ArrayList<>();
  private final Map<String, Long> leftOut = new TreeMap<>();
  private final Map<Map<String, String>, Map<String, String>> labels = new HashMap<>();

  private final Map<String, String> namespaceUids = new TreeMap<>();

  /// Elements of a list that names their kind behind them.
  private final List<Node> pending = new ArrayList<>();

  /// @param source the number of the file among all
  Resources(int source, ProblemLog problems) {
    this.source = source;
    this.problems = problems;
  }

  List<PodSet> podSets() {
    return podSets;
  }

  List<Resource> of(ResourceKind kind) {
    return resources.getOrDefault(kind, List.of());
  }

  /// Per namespace, its `uid`, which tells clusters apart; empty if it has none.
  Map<String, String> namespaceUids() {
    return namespaceUids;
  }

  boolean isEmpty() {
    return podSets.isEmpty() && resources.isEmpty() && unknownMakers.isEmpty();
  }

  /// How many resources of each other kind there are.
  Map<String, Long> leftOut() {
    return leftOut;
  }

  private SourceOffset spot(Node node) {
    return new SourceOffset(source, node.offset());
  }

  @Override
  public void item(Node item) {
    if (item.has("kind")) {
      accept(item, 0);
    } else {
      pending.add(item);
    }
  }

  @Override
  public void document(Node document) {
    if (!document.isNothing()) {
      accept(document, 0);
    }
    pending.clear();
  }

  private void accept(Node node, int depth) {
    String kind = node.get("kind").text();
    if (!node.isObject()) {
      problems.add(WRONG_TYPE, spot(node), "a resource is no object", "give what kubectl writes");
    } else if (kind.isEmpty()) {
      problems.add(MISSING_FIELD, spot(node), "a resource has no kind", "give what kubectl writes");
    } else if (kind.endsWith("List") && node.get("items").kind() != Node.Kind.TEXT) {
      acceptList(node, kind, depth);
    } else {
      acceptOne(node, node.get("apiVersion").text(), kind);
    }
  }

  private void acceptList(Node list, String kind, int depth) {
    if (list.get("metadata").has("continue")) {
      problems.add(
          PARTIAL_EXPORT,
          spot(list),
          "the list goes on: this is only a part of it",
          "let kubectl write all of it, with --chunk-size=0");
    }
    String ofItem = kind.substring(0, kind.length() - "List".length());
    var items = new ArrayList<>(list.get("items").elements());
    if (depth == 0) {
      items.addAll(pending);
    }
    for (Node item : items) {
      if (item.has("kind") && depth < DEPTH_MOST) {
        accept(item, depth + 1);
      } else if (!item.has("kind") && !ofItem.isEmpty()) {
        acceptOne(item, list.get("apiVersion").text(), ofItem);
      } else {
        accept(Node.object(item.offset(), Map.of()), depth);
      }
    }
  }

  private void acceptOne(Node node, String apiVersion, String kind) {
    var known = ResourceKind.of(apiVersion, kind);
    if (known.isEmpty()) {
      var unread = ResourceKind.unread(apiVersion, kind);
      boolean makesPods = unread.isEmpty() && addUnknownMaker(node, kind);
      String why =
          unread
              .map(what -> what + " are not read")
              .orElse(makesPods ? "its pods are read, not itself" : "no part of reachability");
      leftOut.merge(kind + " (" + why + ")", 1L, Long::sum);
      unread.ifPresent(what ->
          problems.add(
              UNREAD_RESOURCE,
              what,
              spot(node),
              () -> what + " are not read (" + Quoted.bare(kind) + ")",
              "check by hand what they allow and deny"));
      return;
    }
    var metadata = node.get("metadata");
    String name = metadata.get("name").text();
    if (name.isEmpty()) {
      name = metadata.get("generateName").text();
    }
    if (name.isEmpty()) {
      problems.add(
          MISSING_FIELD,
          spot(node),
          "a " + kind + " has no metadata.name",
          "give what kubectl writes");
      return;
    }
    String namespace =
        known.get().isNamespaced() ? metadata.textOf("namespace").orElse("default") : "";
    if (name.length() > NAME_CHARS_MOST || namespace.length() > NAME_CHARS_MOST) {
      problems.add(
          TOO_LONG,
          spot(node),
          "the name of a " + kind + " is longer than " + NAME_CHARS_MOST + " characters",
          "give what kubectl writes");
      return;
    }
    var id = new ResourceId(known.get().kind(), namespace, name);
    if (known.get() == ResourceKind.NAMESPACE) {
      namespaceUids.put(name, metadata.get("uid").text());
    }
    if (known.get().isPodSet()) {
      podSets.add(podSet(id, known.get(), node));
    } else {
      resources
          .computeIfAbsent(known.get(), absent -> new ArrayList<>())
          .add(
              new Resource(
                  id,
                  spot(node),
                  shared(metadata.get("labels").texts()),
                  metadata.get("annotations").texts(),
                  node.get("spec"),
                  address(node.get("status"))));
    }
  }

  /// What makes pods and is of a kind that is not known.
  record UnknownMaker(
      String kind, String namespace, Map<String, String> labels, SourceOffset spot) {
    /// Whether a pod may be one of those that it makes.
    boolean mayMake(PodSet pod) {
      return pod.isPod()
          && pod.id().namespace().equals(namespace)
          && pod.labels().entrySet().containsAll(labels.entrySet());
    }
  }

  private boolean addUnknownMaker(Node node, String kind) {
    var template = node.get("spec").get("template");
    if (!template.get("spec").has("containers")) {
      return false;
    }
    unknownMakers.add(
        new UnknownMaker(
            kind,
            node.get("metadata").textOf("namespace").orElse("default"),
            template.get("metadata").get("labels").texts(),
            spot(node)));
    return true;
  }

  List<UnknownMaker> unknownMakers() {
    return unknownMakers;
  }

  /// The first address of a balancer.
  private static Optional<String> address(Node status) {
    for (Node ingress : status.get("loadBalancer").get("ingress").elements()) {
      if (ingress.has("ip")) {
        return ingress.textOf("ip");
      }
    }
    return Optional.empty();
  }

  private PodSet podSet(ResourceId id, ResourceKind kind, Node node) {
    var template =
        switch (kind) {
          case POD -> node;
          case CRON_JOB -> node.get("spec").get("jobTemplate").get("spec").get("template");
          default -> node.get("spec").get("template");
        };
    var ports = new ArrayList<NamedPort>();
    var spec = template.get("spec");
    for (Node container : spec.get("containers").elements()) {
      addPorts(container, ports);
    }
    for (Node container : spec.get("initContainers").elements()) {
      // A sidecar: it goes on beside the others.
      if (container.get("restartPolicy").text().equals("Always")) {
        addPorts(container, ports);
      }
    }
    return new PodSet(
        id,
        spot(node),
        owner(node.get("metadata"), id.namespace()),
        shared(template.get("metadata").get("labels").texts()),
        List.copyOf(ports),
        spec.get("hostNetwork").text().equals("true"),
        node.get("status").textOf("podIP"));
  }

  private void addPorts(Node container, List<NamedPort> ports) {
    for (Node port : container.get("ports").elements()) {
      var number = port.get("containerPort").number();
      var name = port.textOf("name");
      var protocol = protocol(port.get("protocol"));
      boolean isPort = Services.isPort(number.orElse(0));
      if (number.isPresent() && !isPort) {
        problems.add(
            INVALID_VALUE,
            "containerPort",
            spot(port.get("containerPort")),
            () -> "the containerPort " + number.getAsInt() + " is none",
            "write a number from 1 to 65535");
      }
      if (port.has("hostPort")) {
        problems.add(
            UNREAD_RESOURCE,
            "hostPort",
            spot(port),
            () -> "ports that pods open on their nodes (hostPort) are not read as a way in",
            "see who reaches the nodes on these ports");
      }
      if (name.isPresent() && isPort && protocol.isPresent()) {
        ports.add(new NamedPort(name.get(), protocol.get(), number.getAsInt()));
      }
    }
  }

  /// The protocol that a text names; TCP if there is none.
  static Optional<Protocol> protocol(Node text) {
    if (text.isNothing()) {
      return Optional.of(Protocol.TCP);
    }
    return switch (text.text().toUpperCase(Locale.ROOT)) {
      case "TCP" -> Optional.of(Protocol.TCP);
      case "UDP" -> Optional.of(Protocol.UDP);
      case "SCTP" -> Optional.of(Protocol.SCTP);
      default -> Optional.empty();
    };
  }

  private static Optional<ResourceId> owner(Node metadata, String namespace) {
    Node first = Node.NOTHING;
    for (Node owner : metadata.get("ownerReferences").elements()) {
      if (first.isNothing() || owner.get("controller").text().equals("true")) {
        first = owner;
      }
    }
    return first.isNothing() || first.get("kind").text().equals("Node")
        ? Optional.empty()
        : Optional.of(
            new ResourceId(first.get("kind").text(), namespace, first.get("name").text()));
  }

  private Map<String, String> shared(Map<String, String> some) {
    return labels.computeIfAbsent(some, key -> new LinkedHashMap<>(key));
  }
}
