package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.kubernetes.RandomCluster.Expression;
import io.surfacescan.importers.kubernetes.RandomCluster.LabelSelector;
import io.surfacescan.importers.kubernetes.RandomCluster.Peer;
import io.surfacescan.importers.kubernetes.RandomCluster.Pod;
import io.surfacescan.importers.kubernetes.RandomCluster.Policy;
import io.surfacescan.importers.kubernetes.RandomCluster.Rule;
import io.surfacescan.importers.kubernetes.RandomCluster.RulePort;
import io.surfacescan.model.AddressRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a packet passes in a [RandomCluster], by the words of the pages on policies, for one
/// pair and one port. It shares nothing with the importer but the objects that manifests are
/// written of.
record NaiveCluster(RandomCluster cluster) {
  /// One end: a pod, or an address outside.
  record End(@Nullable Pod pod, @Nullable AddressRange address) {}

  boolean passes(End from, End to, String protocol, int port) {
    boolean leaves = from.pod == null || allows(from.pod, to, false, to.pod, protocol, port);
    boolean enters = to.pod == null || allows(to.pod, from, true, to.pod, protocol, port);
    return leaves && enters;
  }

  private boolean allows(
      Pod pod, End peer, boolean isIngress, @Nullable Pod reached, String protocol, int port) {
    var admin =
        cluster.policies.stream()
            .filter(policy -> policy.kind().equals("AdminNetworkPolicy"))
            .sorted(Comparator.comparingInt(Policy::priority))
            .toList();
    var verdict = first(admin, pod, peer, isIngress, reached, protocol, port);
    if (verdict.isPresent() && !verdict.get().equals("Pass")) {
      return verdict.get().equals("Allow");
    }
    boolean isIsolated = false;
    boolean isAllowed = false;
    for (Policy policy : cluster.policies) {
      if (policy.kind().equals("NetworkPolicy")
          && policy.namespace().equals(pod.namespace())
          && selects(policy.subject().pods(), pod.labels())
          && isAbout(policy, isIngress)) {
        isIsolated = true;
        for (Rule rule : isIngress ? policy.ingress() : policy.egress()) {
          isAllowed |=
              isPeer(rule.peers(), policy.namespace(), peer)
                  && hasPort(rule.ports(), reached, protocol, port);
        }
      }
    }
    if (isIsolated) {
      return isAllowed;
    }
    var baseline =
        cluster.policies.stream()
            .filter(policy -> policy.kind().equals("BaselineAdminNetworkPolicy"))
            .toList();
    return !first(baseline, pod, peer, isIngress, reached, protocol, port)
        .orElse("Allow")
        .equals("Deny");
  }

  private Optional<String> first(
      List<Policy> policies,
      Pod pod,
      End peer,
      boolean isIngress,
      @Nullable Pod reached,
      String protocol,
      int port) {
    for (Policy policy : policies) {
      if (matches(policy.subject(), pod)) {
        for (Rule rule : isIngress ? policy.ingress() : policy.egress()) {
          boolean isOne =
              rule.peers() != null
                  && rule.peers().stream().anyMatch(each -> isAdminPeer(each, peer));
          if (isOne && hasPort(rule.ports(), reached, protocol, port)) {
            return Optional.of(rule.action());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAbout(Policy policy, boolean isIngress) {
    return policy.types().isEmpty()
        ? isIngress || !policy.egress().isEmpty()
        : policy.types().contains(isIngress ? "Ingress" : "Egress");
  }

  private boolean isPeer(@Nullable List<Peer> peers, String namespace, End end) {
    if (peers == null || peers.isEmpty()) {
      return true;
    }
    for (Peer peer : peers) {
      if (peer.cidr() != null) {
        if (end.address != null
            && range(peer.cidr()).contains(end.address)
            && peer.except().stream().noneMatch(each -> range(each).contains(end.address))) {
          return true;
        }
      } else if (end.pod != null) {
        boolean inNamespace =
            peer.namespaces() == null
                ? end.pod.namespace().equals(namespace)
                : selects(peer.namespaces(), labelsOf(end.pod.namespace()));
        if (inNamespace && selects(peer.pods(), end.pod.labels())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAdminPeer(Peer peer, End end) {
    return peer.cidr() != null
        ? end.address != null && range(peer.cidr()).contains(end.address)
        : end.pod != null && matches(peer, end.pod);
  }

  private boolean matches(Peer peer, Pod pod) {
    return selects(peer.namespaces(), labelsOf(pod.namespace()))
        && selects(peer.pods(), pod.labels());
  }

  private Map<String, String> labelsOf(String namespace) {
    var labels = new HashMap<>(cluster.namespaces.getOrDefault(namespace, Map.of()));
    labels.put("kubernetes.io/metadata.name", namespace);
    return labels;
  }

  private static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return true;
    }
    for (var label : selector.labels().entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    for (Expression expression : selector.expressions()) {
      String value = labels.get(expression.key());
      boolean holds =
          switch (expression.operator()) {
            case "In" -> value != null && expression.values().contains(value);
            case "NotIn" -> value == null || !expression.values().contains(value);
            case "Exists" -> value != null;
            default -> value == null;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPort(
      @Nullable List<RulePort> ports, @Nullable Pod reached, String protocol, int port) {
    if (ports == null) {
      return true;
    }
    for (RulePort each : ports) {
      String own = each.protocol() == null ? "TCP" : each.protocol();
      boolean matches =
          switch (each.port()) {
            case null -> own.equals(protocol);
            case String name ->
                reached != null
                    && (each.protocol() == null || each.protocol().equals(protocol))
                    && reached.ports().stream()
                        .anyMatch(known ->
                            known.name().equals(name)
                                && known.protocol().equals(protocol)
                                && known.number() == port);
            case Integer first ->
                own.equals(protocol) && first <= port && port <= Math.max(first, each.endPort());
            default -> throw new IllegalStateException();
          };
      if (matches) {
        return true;
      }
    }
    return false;
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }
}
