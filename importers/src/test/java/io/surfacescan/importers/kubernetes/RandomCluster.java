package io.surfacescan.importers.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A small cluster of each seed, as objects, and as the manifests that say the same in JSON or
/// YAML.
final class RandomCluster {
  static final List<String> NAMESPACES = List.of("default", "prod", "test");
  private static final List<String> KEYS = List.of("app", "tier");
  private static final List<String> VALUES = List.of("a", "b", "c");
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<Integer> PORTS = List.of(1, 80, 443, 8080, 65535);
  private static final List<String> RANGES =
      List.of(
          "0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "192.0.2.7/32", "2001:db8::/32");

  record Port(String name, String protocol, int number) {}

  record Pod(String namespace, String name, Map<String, String> labels, List<Port> ports) {}

  record Expression(String key, String operator, List<String> values) {}

  record LabelSelector(Map<String, String> labels, List<Expression> expressions) {}

  record Peer(
      @Nullable LabelSelector namespaces,
      @Nullable LabelSelector pods,
      @Nullable String cidr,
      List<String> except) {}

  /// @param port a number, a name, or null
  record RulePort(@Nullable String protocol, @Nullable Object port, int endPort) {}

  record Rule(String action, @Nullable List<Peer> peers, @Nullable List<RulePort> ports) {}

  /// @param kind `NetworkPolicy`, `AdminNetworkPolicy` or `BaselineAdminNetworkPolicy`
  record Policy(
      String kind,
      String namespace,
      String name,
      int priority,
      Peer subject,
      List<String> types,
      List<Rule> ingress,
      List<Rule> egress) {}

  private final SplittableRandom random;
  final Map<String, Map<String, String>> namespaces = new LinkedHashMap<>();
  final List<Pod> pods = new ArrayList<>();
  final List<Policy> policies = new ArrayList<>();

  RandomCluster(long seed) {
    random = new SplittableRandom(seed);
    for (String namespace : NAMESPACES) {
      if (!chance(4)) {
        namespaces.put(namespace, labels());
      }
    }
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      pods.add(new Pod(any(NAMESPACES), "pod-" + i, labels(), ports()));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      policies.add(policy("NetworkPolicy", i));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      policies.add(policy("AdminNetworkPolicy", i));
    }
    if (chance(3)) {
      policies.add(policy("BaselineAdminNetworkPolicy", 0));
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<String, String>();
    KEYS.stream().filter(_ -> !chance(3)).forEach(key -> labels.put(key, any(VALUES)));
    return labels;
  }

  private List<Port> ports() {
    var ports = new ArrayList<Port>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ports.add(new Port(any(List.of("web", "dns")), any(PROTOCOLS), any(PORTS)));
    }
    return ports;
  }

  private LabelSelector selector() {
    var expressions = new ArrayList<Expression>();
    for (int i = random.nextInt(2); i > 0; i--) {
      String operator = any(List.of("In", "NotIn", "Exists", "DoesNotExist"));
      expressions.add(
          new Expression(
              any(KEYS),
              operator,
              operator.endsWith("In") ? List.of(any(VALUES), any(VALUES)) : List.of()));
    }
    return new LabelSelector(chance(2) ? Map.of() : Map.of(any(KEYS), any(VALUES)), expressions);
  }

  private Policy policy(String kind, int number) {
    boolean isAdmin = !kind.equals("NetworkPolicy");
    var types =
        chance(3) || isAdmin
            ? List.<String>of()
            : any(List.of(List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress")));
    return new Policy(
        kind,
        isAdmin ? "" : any(NAMESPACES),
        "policy-" + number,
        number,
        new Peer(
            isAdmin ? selector() : null, isAdmin && chance(2) ? null : selector(), null, List.of()),
        types,
        rules(kind, true),
        rules(kind, false));
  }

  private List<Rule> rules(String kind, boolean isIngress) {
    boolean isAdmin = !kind.equals("NetworkPolicy");
    var actions =
        kind.equals("AdminNetworkPolicy")
            ? List.of("Allow", "Deny", "Pass")
            : List.of("Allow", "Deny");
    var rules = new ArrayList<Rule>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var peers = new ArrayList<Peer>();
      for (int j = isAdmin ? 1 + random.nextInt(2) : random.nextInt(3); j > 0; j--) {
        peers.add(isAdmin ? adminPeer(isIngress) : peer());
      }
      var ports = new ArrayList<RulePort>();
      for (int j = random.nextInt(3); j > 0; j--) {
        ports.add(port(isAdmin));
      }
      rules.add(
          new Rule(
              isAdmin ? any(actions) : "Allow",
              peers.isEmpty() && chance(2) ? null : peers,
              ports.isEmpty() ? null : ports));
    }
    return rules;
  }

  private Peer peer() {
    if (chance(3)) {
      String cidr = any(RANGES);
      boolean isWide = cidr.equals("0.0.0.0/0") || cidr.equals("10.0.0.0/8");
      return new Peer(null, null, cidr, isWide && chance(2) ? List.of("10.1.0.0/16") : List.of());
    }
    boolean hasNamespaces = chance(2);
    return new Peer(
        hasNamespaces ? selector() : null,
        hasNamespaces && chance(2) ? null : selector(),
        null,
        List.of());
  }

  private Peer adminPeer(boolean isIngress) {
    return !isIngress && chance(3)
        ? new Peer(null, null, any(RANGES), List.of())
        : new Peer(selector(), chance(2) ? null : selector(), null, List.of());
  }

  private RulePort port(boolean isAdmin) {
    if (chance(3)) {
      return new RulePort(isAdmin ? null : any(PROTOCOLS), any(List.of("web", "dns")), 0);
    }
    int first = any(PORTS);
    int last = chance(3) ? Math.max(first, any(PORTS)) : 0;
    if (!isAdmin && chance(5)) {
      return new RulePort(any(PROTOCOLS), null, 0);
    }
    return new RulePort(chance(2) || isAdmin ? any(PROTOCOLS) : null, first, last);
  }

  /// The resources, in any order.
  List<Map<String, Object>> resources() {
    var resources = new ArrayList<Map<String, Object>>();
    namespaces.forEach((name, labels) ->
        resources.add(
            of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                of("name", name, "labels", labels))));
    for (Pod pod : pods) {
      var ports = new ArrayList<Object>();
      for (Port port : pod.ports) {
        ports.add(of("name", port.name, "containerPort", port.number, "protocol", port.protocol));
      }
      resources.add(
          of(
              "apiVersion",
              "v1",
              "kind",
              "Pod",
              "metadata",
              of("name", pod.name, "namespace", pod.namespace, "labels", pod.labels),
              "spec",
              of("containers", List.of(of("name", "main", "ports", ports)))));
    }
    policies.forEach(policy -> resources.add(resource(policy)));
    for (int i = resources.size() - 1; i > 0; i--) {
      Collections.swap(resources, i, random.nextInt(i + 1));
    }
    return resources;
  }

  private static Map<String, Object> of(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> resource(Policy policy) {
    boolean isAdmin = !policy.kind.equals("NetworkPolicy");
    var spec = new LinkedHashMap<String, Object>();
    if (isAdmin) {
      spec.put("priority", policy.priority);
      spec.put("subject", adminPeer(policy.subject));
    } else {
      spec.put("podSelector", selector(policy.subject.pods));
    }
    if (!policy.types.isEmpty()) {
      spec.put("policyTypes", policy.types);
    }
    for (boolean isIngress : List.of(true, false)) {
      var rules = new ArrayList<Object>();
      for (Rule rule : isIngress ? policy.ingress : policy.egress) {
        var written = new LinkedHashMap<String, Object>();
        if (isAdmin) {
          written.put("action", rule.action);
        }
        if (rule.peers != null) {
          written.put(
              isIngress ? "from" : "to",
              rule.peers.stream().map(peer -> isAdmin ? adminPeer(peer) : peer(peer)).toList());
        }
        if (rule.ports != null) {
          written.put(
              "ports",
              rule.ports.stream().map(port -> isAdmin ? adminPort(port) : port(port)).toList());
        }
        rules.add(written);
      }
      if (!rules.isEmpty()) {
        spec.put(isIngress ? "ingress" : "egress", rules);
      }
    }
    var metadata = of("name", policy.name);
    if (!isAdmin && !policy.namespace.equals("default")) {
      metadata.put("namespace", policy.namespace);
    }
    String group = isAdmin ? "policy.networking.k8s.io/v1alpha1" : "networking.k8s.io/v1";
    return of("apiVersion", group, "kind", policy.kind, "metadata", metadata, "spec", spec);
  }

  private static Object selector(@Nullable LabelSelector selector) {
    var written = new LinkedHashMap<String, Object>();
    if (selector != null && !selector.labels.isEmpty()) {
      written.put("matchLabels", selector.labels);
    }
    if (selector != null && !selector.expressions.isEmpty()) {
      var expressions = new ArrayList<Object>();
      for (var each : selector.expressions) {
        var expression = of("key", each.key, "operator", each.operator);
        if (!each.values.isEmpty()) {
          expression.put("values", each.values);
        }
        expressions.add(expression);
      }
      written.put("matchExpressions", expressions);
    }
    return written;
  }

  private static Object peer(Peer peer) {
    var written = new LinkedHashMap<String, Object>();
    if (peer.cidr != null) {
      written.put(
          "ipBlock",
          peer.except.isEmpty()
              ? of("cidr", peer.cidr)
              : of("cidr", peer.cidr, "except", peer.except));
    }
    if (peer.namespaces != null) {
      written.put("namespaceSelector", selector(peer.namespaces));
    }
    if (peer.pods != null) {
      written.put("podSelector", selector(peer.pods));
    }
    return written;
  }

  private static Object adminPeer(Peer peer) {
    if (peer.cidr != null) {
      return of("networks", List.of(peer.cidr));
    }
    return peer.pods == null
        ? of("namespaces", selector(peer.namespaces))
        : of(
            "pods",
            of("namespaceSelector", selector(peer.namespaces), "podSelector", selector(peer.pods)));
  }

  private static Object port(RulePort port) {
    var written = new LinkedHashMap<String, Object>();
    if (port.protocol != null) {
      written.put("protocol", port.protocol);
    }
    if (port.port != null) {
      written.put("port", port.port);
    }
    if (port.endPort > 0) {
      written.put("endPort", port.endPort);
    }
    return written;
  }

  private static Object adminPort(RulePort port) {
    if (port.port instanceof String name) {
      return of("namedPort", name);
    }
    String protocol = requireNonNull(port.protocol);
    Object number = requireNonNull(port.port);
    return port.endPort > 0
        ? of("portRange", of("protocol", protocol, "start", number, "end", port.endPort))
        : of("portNumber", of("protocol", protocol, "port", number));
  }

  /// All resources as one list, in JSON.
  static String json(List<Map<String, Object>> resources) {
    return json(of("apiVersion", "v1", "items", resources, "kind", "List"));
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var parts = new ArrayList<String>();
        map.forEach((key, each) -> parts.add("\"" + key + "\": " + json(each)));
        yield "{" + String.join(", ", parts) + "}";
      }
      case List<?> list -> list.stream().map(RandomCluster::json).toList().toString();
      case Integer number -> number.toString();
      default -> "\"" + value + "\"";
    };
  }

  /// Each resource as a document of its own, in YAML.
  static String yaml(List<Map<String, Object>> resources) {
    var text = new StringBuilder();
    for (var resource : resources) {
      text.append("---\n# One resource.\n");
      yaml(resource, "", text);
    }
    return text.toString();
  }

  private static void yaml(Object value, String indent, StringBuilder text) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, each) -> {
            text.append(indent).append(key).append(':');
            nested(each, indent + "  ", text);
          });
      case List<?> list when !list.isEmpty() ->
          list.forEach(each -> {
            text.append(indent).append('-');
            nested(each, indent + "  ", text);
          });
      default -> text.append(indent).append(json(value)).append('\n');
    }
  }

  private static void nested(Object value, String indent, StringBuilder text) {
    boolean isBlock =
        value instanceof Map<?, ?> map
            ? !map.isEmpty()
            : value instanceof List<?> list && !list.isEmpty();
    if (isBlock) {
      text.append('\n');
      yaml(value, indent, text);
    } else {
      text.append(' ').append(value instanceof String plain ? plain : json(value)).append('\n');
    }
  }
}
