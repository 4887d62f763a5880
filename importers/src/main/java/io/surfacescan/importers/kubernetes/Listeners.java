package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.INVALID_VALUE;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which routes the listeners of gateways take: a route names a gateway, and maybe one of its
/// listeners; a listener takes routes of its kinds, from its namespaces, for a host of its own.
///
/// Source: <https://gateway-api.sigs.k8s.io/reference/spec/>, `AllowedRoutes`, `ParentReference`.
final class Listeners {
  private static final List<String> OF_HTTP = List.of("HTTPRoute", "GRPCRoute");

  /// The kinds of routes that a listener takes which names none, by its protocol.
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "HTTP", OF_HTTP,
          "HTTPS", OF_HTTP,
          "TLS", List.of("TLSRoute", "TCPRoute"),
          "TCP", List.of("TCPRoute"),
          "UDP", List.of("UDPRoute"));

  private final Map<String, Map<String, String>> labelsOfNamespace;
  private final ProblemLog problems;

  /// @param labelsOfNamespace of the namespaces that are here
  Listeners(Map<String, Map<String, String>> labelsOfNamespace, ProblemLog problems) {
    this.labelsOfNamespace = labelsOfNamespace;
    this.problems = problems;
  }

  /// Whether a listener of the gateway takes the route.
  boolean take(Resource route, Resource gateway) {
    for (Node parent : route.spec().get("parentRefs").elements()) {
      if (isGateway(parent, route, gateway)) {
        for (Node listener : gateway.spec().get("listeners").elements()) {
          if (isNamed(listener, parent) && takes(listener, route, gateway)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// A route of a mesh names a service as its parent.
  private static boolean isGateway(Node parent, Resource route, Resource gateway) {
    return parent.textOf("kind").orElse("Gateway").equals("Gateway")
        && parent.get("name").text().equals(gateway.id().name())
        && parent
            .textOf("namespace")
            .orElse(route.id().namespace())
            .equals(gateway.id().namespace());
  }

  private static boolean isNamed(Node listener, Node parent) {
    return parent
            .textOf("sectionName")
            .map(name -> name.equals(listener.get("name").text()))
            .orElse(true)
        && (!parent.has("port")
            || parent.get("port").number().equals(listener.get("port").number()));
  }

  private boolean takes(Node listener, Resource route, Resource gateway) {
    var allowed = listener.get("allowedRoutes");
    return hasKind(listener, allowed, route.id().kind())
        && hasHost(listener, route)
        && isFrom(allowed.get("namespaces"), route.id().namespace(), gateway);
  }

  private static boolean hasKind(Node listener, Node allowed, String kind) {
    var named = allowed.get("kinds").elements();
    if (named.isEmpty()) {
      var usual = KINDS.get(listener.get("protocol").text());
      return usual == null || usual.contains(kind);
    }
    return named.stream().anyMatch(each -> each.get("kind").text().equals(kind));
  }

  private static boolean hasHost(Node listener, Resource route) {
    var own = listener.textOf("hostname");
    var hosts = route.spec().get("hostnames").elements();
    return own.isEmpty()
        || hosts.isEmpty()
        || hosts.stream().anyMatch(host -> haveCommonHost(own.get(), host.text()));
  }

  /// Whether some host fits both, each of which may be a pattern such as `*.example.com`.
  private static boolean haveCommonHost(String one, String other) {
    String some = one.toLowerCase(Locale.ROOT);
    String others = other.toLowerCase(Locale.ROOT);
    return some.equals(others) || isWithin(some, others) || isWithin(others, some);
  }

  private static boolean isWithin(String host, String pattern) {
    return pattern.startsWith("*.") && host.endsWith(pattern.substring(1));
  }

  private boolean isFrom(Node namespaces, String namespace, Resource gateway) {
    String from = namespaces.textOf("from").orElse("Same");
    return switch (from) {
      case "All" -> true;
      case "None" -> false;
      case "Same" -> namespace.equals(gateway.id().namespace());
      case "Selector" -> isSelected(namespaces, namespace, gateway);
      default -> {
        invalid(
            gateway,
            new InvalidValue(
                namespaces.get("from"),
                "the namespaces " + InvalidValue.shown(from) + " of a listener are not known",
                "write All, Same, Selector or None"));
        yield true;
      }
    };
  }

  private boolean isSelected(Node namespaces, String namespace, Resource gateway) {
    var selectors = new LabelSelectors("");
    var all = new ArrayList<Selector>();
    try {
      if (!namespaces.get("selector").isObject()) {
        throw new InvalidValue(
            namespaces, "a listener has no selector of namespaces", "write selector: {…}");
      }
      all.addAll(selectors.ofNamespaces(namespaces.get("selector")));
    } catch (InvalidValue e) {
      invalid(gateway, e);
      return true;
    }
    var labels = labelsOfNamespace.getOrDefault(namespace, Map.of(Cluster.NAME_LABEL, namespace));
    var marks = Marks.of(selectors.marks(namespace, labels, Map.of()));
    return new Selector.AllOf(all).picks(marks, Optional.empty(), true)
        || (!labelsOfNamespace.containsKey(namespace) && isAboutLabels(namespaces.get("selector")));
  }

  /// Whether a selector asks for more than the name: of a namespace that is not here, the labels
  /// are not known.
  private static boolean isAboutLabels(Node selector) {
    return selector.get("matchLabels").entries().keySet().stream()
            .anyMatch(key -> !key.equals(Cluster.NAME_LABEL))
        || selector.get("matchExpressions").elements().stream()
            .anyMatch(each -> !each.get("key").text().equals(Cluster.NAME_LABEL));
  }

  /// A value that is none is a problem, and leaves no route out.
  private void invalid(Resource gateway, InvalidValue value) {
    long offset = value.at().offset() == 0 ? gateway.spot().offset() : value.at().offset();
    problems.add(
        INVALID_VALUE,
        new SourceOffset(gateway.spot().source(), offset),
        value.what(),
        value.remedy());
  }
}
