package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.DANGLING_REFERENCE;
import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.UNREAD_RESOURCE;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What lets the outside in: services with a balancer or a port on every node, ingresses, routes,
/// and gateways. Each becomes an endpoint that the internet reaches, with links to the ports of the
/// pods behind it.
final class Gateways {
  private static final int NODE_PORT_MIN = 30_000;
  private static final int NODE_PORT_MAX = 32_767;

  /// Annotations by which clouds keep a balancer off the internet.
  private static final Map<String, String> INTERNAL =
      Map.of(
          "service.beta.kubernetes.io/aws-load-balancer-internal", "true",
          "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal",
          "service.beta.kubernetes.io/azure-load-balancer-internal", "true",
          "networking.gke.io/load-balancer-type", "internal",
          "cloud.google.com/load-balancer-type", "internal",
          "service.beta.kubernetes.io/oci-load-balancer-internal", "true",
          "alb.ingress.kubernetes.io/scheme", "internal",
          "kubernetes.io/ingress.class", "gce-internal");

  private final LabelSelectors selectors;
  private final ClusterName name;
  private final ProblemLog problems;
  private final Function<SourceOffset, Place> places;
  private final Listeners listeners;
  private final Map<String, List<PodSet>> podsOfNamespace = new HashMap<>();
  private final Map<ResourceId, Resource> services = new HashMap<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  Gateways(
      LabelSelectors selectors,
      ClusterName name,
      ProblemLog problems,
      Function<SourceOffset, Place> places,
      List<PodSet> pods,
      List<Resource> services,
      Listeners listeners) {
    this.listeners = listeners;
    this.selectors = selectors;
    this.name = name;
    this.problems = problems;
    this.places = places;
    for (PodSet pod : pods) {
      podsOfNamespace.computeIfAbsent(pod.id().namespace(), absent -> new ArrayList<>()).add(pod);
    }
    services.forEach(service -> this.services.put(service.id(), service));
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  List<Link> links() {
    return links;
  }

  /// Whether a service is reached from outside by itself.
  static boolean isGateway(Resource service) {
    String type = service.spec().get("type").text();
    return type.equals("LoadBalancer")
        || type.equals("NodePort")
        || !service.spec().get("externalIPs").elements().isEmpty();
  }

  private static boolean isInternal(Resource resource) {
    return INTERNAL.entrySet().stream()
        .anyMatch(entry ->
            entry
                .getValue()
                .equals(
                    resource
                        .annotations()
                        .getOrDefault(entry.getKey(), "")
                        .toLowerCase(Locale.ROOT)));
  }

  void addService(Resource service) {
    var listening = Services.NONE;
    boolean isNodePort = service.spec().get("type").text().equals("NodePort");
    for (Node port : service.spec().get("ports").elements()) {
      var protocol = protocol(service, port);
      var number = port(service, port.get(isNodePort ? "nodePort" : "port"));
      listening =
          listening.or(
              number.isPresent()
                  ? Services.of(protocol, number.getAsInt(), number.getAsInt())
                  : Services.of(protocol, NODE_PORT_MIN, NODE_PORT_MAX));
    }
    String own = add(service, selectors.serviceGateways(), listening);
    for (Node port : service.spec().get("ports").elements()) {
      addLinks(service, own, service, port);
    }
  }

  /// Adds an ingress or a route and the services behind it.
  ///
  /// @param backends the services' names and ports
  private void addGateway(Resource gateway, Services listening, List<Backend> backends) {
    if (listening.isEmpty()) {
      return;
    }
    String own = add(gateway, selectors.ingressGateways(), listening);
    for (Backend backend : backends) {
      var service = services.get(new ResourceId("Service", backend.namespace, backend.service));
      if (service == null) {
        problems.add(
            DANGLING_REFERENCE,
            "service",
            gateway.spot(),
            () ->
                gateway.id().shown()
                    + " leads to the service "
                    + Quoted.bare(backend.service)
                    + ", which is not here",
            "export services too, or correct the name");
        continue;
      }
      for (Node port : service.spec().get("ports").elements()) {
        if (backend.isFor(port)) {
          addLinks(gateway, own, service, port);
        }
      }
    }
  }

  /// A service that a gateway leads to.
  ///
  /// @param port its number or its name, or of its target; all ports if empty
  private record Backend(String namespace, String service, String port) {
    boolean isFor(Node servicePort) {
      return port.isEmpty()
          || servicePort.get("port").text().equals(port)
          || servicePort.get("name").text().equals(port)
          || servicePort.get("targetPort").text().equals(port);
    }
  }

  void addIngress(Resource ingress) {
    var backends = new ArrayList<Backend>();
    var spec = ingress.spec();
    addBackend(ingress, spec.get("defaultBackend"), backends);
    addBackend(ingress, spec.get("backend"), backends);
    for (Node rule : spec.get("rules").elements()) {
      for (Node path : rule.get("http").get("paths").elements()) {
        addBackend(ingress, path.get("backend"), backends);
      }
    }
    addGateway(ingress, web(), backends);
  }

  private static Services web() {
    return Services.of(Protocol.TCP, 80, 80).or(Services.of(Protocol.TCP, 443, 443));
  }

  private static void addBackend(Resource ingress, Node backend, List<Backend> backends) {
    var service = backend.get("service");
    var port = service.get("port");
    var name = service.textOf("name").or(() -> backend.textOf("serviceName"));
    String number =
        port.textOf("number")
            .or(() -> port.textOf("name"))
            .or(() -> backend.textOf("servicePort"))
            .orElse("");
    name.ifPresent(text -> backends.add(new Backend(ingress.id().namespace(), text, number)));
  }

  void addRoute(Resource route) {
    var backends = new ArrayList<Backend>();
    var port = route.spec().get("port").get("targetPort").text();
    var targets = new ArrayList<Node>();
    targets.add(route.spec().get("to"));
    targets.addAll(route.spec().get("alternateBackends").elements());
    for (Node target : targets) {
      target
          .textOf("name")
          .ifPresent(name -> backends.add(new Backend(route.id().namespace(), name, port)));
    }
    addGateway(route, web(), backends);
  }

  /// Adds a gateway of the Gateway API.
  ///
  /// @param routes all routes; those that a listener of the gateway takes lead through it
  void addGateway(Resource gateway, List<Resource> routes) {
    var listening = Services.NONE;
    for (Node listener : gateway.spec().get("listeners").elements()) {
      var protocol = listener.get("protocol").text().equals("UDP") ? Protocol.UDP : Protocol.TCP;
      int port = port(gateway, listener.get("port")).orElse(0);
      listening = listening.or(Services.of(protocol, port, port));
    }
    var backends = new ArrayList<Backend>();
    for (Resource route : routes) {
      if (listeners.take(route, gateway)) {
        for (Node rule : route.spec().get("rules").elements()) {
          addMirrors(route, rule, backends);
          for (Node backend : rule.get("backendRefs").elements()) {
            backends.add(backend(route, backend));
            addMirrors(route, backend, backends);
          }
        }
      }
    }
    addGateway(gateway, listening, backends);
  }

  private static Backend backend(Resource route, Node reference) {
    return new Backend(
        reference.textOf("namespace").orElse(route.id().namespace()),
        reference.get("name").text(),
        reference.get("port").text());
  }

  /// Adds where filters send a copy of each request.
  private static void addMirrors(Resource route, Node holder, List<Backend> backends) {
    for (Node filter : holder.get("filters").elements()) {
      var mirror = filter.get("requestMirror").get("backendRef");
      if (mirror.has("name")) {
        backends.add(backend(route, mirror));
      }
    }
  }

  /// The number of a port; nothing if it has none, or one that is none, which is a problem.
  private OptionalInt port(Resource holder, Node text) {
    var number = text.number();
    if (number.isEmpty() || Services.isPort(number.getAsInt())) {
      return number;
    }
    invalid(
        holder,
        text,
        "the port " + number.getAsInt() + " of " + holder.id().shown() + " is none",
        "write a number from 1 to 65535");
    return OptionalInt.empty();
  }

  private Protocol protocol(Resource holder, Node port) {
    var protocol = Resources.protocol(port.get("protocol"));
    if (protocol.isEmpty()) {
      invalid(
          holder,
          port.get("protocol"),
          "the protocol " + InvalidValue.shown(port.get("protocol").text()) + " is not known",
          "write TCP, UDP or SCTP");
    }
    return protocol.orElse(Protocol.TCP);
  }

  private void invalid(Resource holder, Node at, String what, String remedy) {
    long offset = at.offset() == 0 ? holder.spot().offset() : at.offset();
    problems.add(INVALID_VALUE, new SourceOffset(holder.spot().source(), offset), what, remedy);
  }

  /// Adds the endpoint, and the link from outside.
  ///
  /// @return the mark of the endpoint alone
  private String add(Resource gateway, String kindMark, Services listening) {
    String id = name.of(gateway.id().endpointId());
    String own = "gateway " + id;
    endpoints.add(
        new Endpoint(
            id,
            Optional.of(gateway.id().name()),
            VmKind.GATEWAY,
            name.isOnly() ? Optional.empty() : Optional.of(name.name()),
            List.of(),
            gateway.address().map(List::of).orElse(List.of()),
            List.of(new NetworkInterface(Marks.of(own, kindMark)))));
    links.add(
        new Link(
            id,
            gateway.id().toString(),
            Optional.of(places.apply(gateway.spot())),
            sources(gateway),
            Selector.marked(own),
            listening));
    return own;
  }

  /// From where a gateway is reached: the internet, or only from around the cluster; and only from
  /// certain ranges, if it says so.
  private Selector sources(Resource gateway) {
    var from = Selector.marked(isInternal(gateway) ? LabelSelectors.OUTSIDE : Cluster.INTERNET);
    var ranges = new ArrayList<AddressRange>();
    for (Node range : gateway.spec().get("loadBalancerSourceRanges").elements()) {
      AddressRange.parse(range.text())
          .ifPresentOrElse(
              ranges::add,
              () ->
                  problems.add(
                      INVALID_VALUE,
                      new SourceOffset(gateway.spot().source(), range.offset()),
                      InvalidValue.shown(range.text()) + " is no range of addresses",
                      "write a CIDR such as 10.0.0.0/8"));
    }
    return ranges.isEmpty() ? from : Selector.allOf(from, new Selector.Within(ranges));
  }

  /// Adds the links from a gateway to the pods behind one port of a service.
  private void addLinks(Resource gateway, String own, Resource service, Node port) {
    var wanted = service.spec().get("selector").texts();
    if (wanted.isEmpty()) {
      problems.add(
          UNREAD_RESOURCE,
          "selector",
          service.spot(),
          () -> service.id().shown() + " has no selector, so where it leads is not read",
          "check by hand what its Endpoints or its externalName lead to");
      return;
    }
    String namespace = service.id().namespace();
    var pods =
        podsOfNamespace.getOrDefault(namespace, List.of()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(wanted.entrySet()))
            .toList();
    if (pods.isEmpty()) {
      problems.add(
          DANGLING_REFERENCE,
          "pods",
          service.spot(),
          () -> service.id().shown() + " selects no pod",
          "export pods and their owners too, or correct its selector");
      return;
    }
    var protocol = protocol(service, port);
    var target = port.has("targetPort") ? port.get("targetPort") : port.get("port");
    var ports = new LinkedHashMap<Services, Optional<Selector>>();
    if (target.number().isPresent()) {
      int number = port(service, target).orElse(0);
      ports.put(Services.of(protocol, number, number), Optional.empty());
    } else {
      for (String text : named(target.text(), protocol, pods)) {
        ports.put(
            Services.parse(text).orElseThrow(), Optional.of(selectors.port(target.text(), text)));
      }
    }
    ports.forEach((reached, onlyWith) -> {
      var all = new ArrayList<Selector>();
      all.add(selectors.namespace(namespace));
      all.addAll(selectors.labels(wanted));
      onlyWith.ifPresent(all::add);
      links.add(
          new Link(
              name.of(gateway.id().endpointId()) + "/" + service.id().name() + "/" + reached,
              service.id() + " behind " + gateway.id(),
              Optional.of(places.apply(service.spot())),
              Selector.marked(own),
              new Selector.AllOf(all),
              reached));
    });
  }

  private static Set<String> named(String name, Protocol protocol, List<PodSet> pods) {
    var found = new TreeSet<String>();
    for (PodSet pod : pods) {
      for (var port : pod.ports()) {
        if (port.name().equals(name) && port.protocol() == protocol) {
          found.add(protocol.code() + "/" + port.port());
        }
      }
    }
    return found;
  }
}
