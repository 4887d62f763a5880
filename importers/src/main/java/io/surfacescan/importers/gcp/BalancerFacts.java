package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.gcp.Resource.BackendService;
import io.surfacescan.importers.gcp.Resource.Forwarder;
import io.surfacescan.importers.gcp.Resource.ForwardingRule;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.InstanceGroup;
import io.surfacescan.importers.gcp.Resource.Unread;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Reads load balancers: forwarding rules and all that these lead to.
final class BalancerFacts {
  private BalancerFacts() {}

  static void add(ResourceType type, Header head, ExportObject object, List<Resource> found) {
    switch (type) {
      case FORWARDING_RULE -> rule(head, object, found);
      case BACKEND_SERVICE -> found.add(service(head, object));
      case TARGET_POOL ->
          found.add(
              new InstanceGroup(
                  head, true, links(object.texts("instances"), head), new TreeMap<>()));
      case TARGET_INSTANCE ->
          found.add(
              new InstanceGroup(
                  head, true, links(List.of(object.text("instance")), head), new TreeMap<>()));
      case INSTANCE_GROUP -> found.add(group(head, object));
      default -> found.add(new Forwarder(head, next(head, object)));
    }
  }

  private static List<String> links(List<String> texts, Header near) {
    return texts.stream()
        .filter(text -> !text.isEmpty())
        .map(text -> Links.of(text, near.link(), "instances"))
        .toList();
  }

  private static void rule(Header head, ExportObject object, List<Resource> found) {
    String target = object.text("target");
    if (target.contains("/serviceAttachments/") || target.endsWith("-apis")) {
      found.add(new Unread(head, "Private Service Connect"));
      return;
    }
    if (target.contains("/targetVpnGateways/")) {
      return;
    }
    String service = object.text("backendService");
    found.add(
        new ForwardingRule(
            head,
            object.text("loadBalancingScheme").isEmpty()
                ? "EXTERNAL"
                : object.text("loadBalancingScheme"),
            AddressRange.parse(object.text("IPAddress")),
            services(object),
            Links.of(service.isEmpty() ? target : service, head.link(), "backendServices"),
            Links.of(object.text("network"), head.link(), "networks"),
            object.isTrue("allowGlobalAccess")));
  }

  private static Services services(ExportObject object) {
    String protocol = object.text("IPProtocol");
    var ports = new ArrayList<String>(object.texts("ports"));
    if (!object.text("portRange").isEmpty()) {
      ports.add(object.text("portRange"));
    }
    boolean isAll = protocol.equals("L3_DEFAULT") || protocol.isEmpty();
    return isAll
        ? Services.ALL
        : Protocols.of(List.of(new Protocols.Entry(protocol, ports))).services();
  }

  private static BackendService service(Header head, ExportObject object) {
    return new BackendService(
        head,
        object.textsIn("backends", "group").stream()
            .map(group -> Links.of(group, head.link(), "instanceGroups"))
            .toList(),
        object.number("port"),
        object.text("portName"));
  }

  private static InstanceGroup group(Header head, ExportObject object) {
    var ports = new TreeMap<String, Integer>();
    for (ExportObject port : object.objects("namedPorts")) {
      OptionalInt number = port.number("port");
      number.ifPresent(some -> ports.put(port.text("name"), some));
    }
    return new InstanceGroup(head, false, List.of(), ports);
  }

  /// Where a proxy or a URL map leads.
  private static List<String> next(Header head, ExportObject object) {
    var links = new LinkedHashSet<String>();
    links.add(Links.of(object.text("urlMap"), head.link(), "urlMaps"));
    var services = new ArrayList<String>();
    addServices(object, services);
    services.forEach(service -> links.add(Links.of(service, head.link(), "backendServices")));
    links.remove("");
    return List.copyOf(links);
  }

  private static void addServices(ExportObject object, List<String> services) {
    services.add(object.text("service"));
    services.add(object.text("defaultService"));
    for (String list : List.of("pathMatchers", "pathRules", "routeRules")) {
      object.objects(list).forEach(each -> addServices(each, services));
    }
    object
        .object("routeAction")
        .ifPresent(
            action -> services.addAll(action.textsIn("weightedBackendServices", "backendService")));
  }
}
