package io.surfacescan.importers.kubernetes;

import static io.surfacescan.importers.kubernetes.LabelSelectors.OUTSIDE;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.List;

/// Who the peers of policies are.
///
/// A gateway's packets come from a pod that the export may not hold, or from a node: a rule for
/// certain pods or addresses may be about them or not, so it is *assumed* to allow them.
final class Peers {
  private static final String GATEWAY_PODS = "from which pod a gateway's packets come";
  private static final String GATEWAY_ADDRESSES = "from which addresses a gateway's packets come";

  /// More blocks of addresses on one rule are taken as one list.
  private static final int BLOCKS_MANY = 64;

  private final LabelSelectors selectors;

  /// Whether gateways of the two kinds may be peers.
  private final boolean hasIngressGateways;

  private final boolean hasServiceGateways;

  Peers(LabelSelectors selectors, boolean hasIngressGateways, boolean hasServiceGateways) {
    this.selectors = selectors;
    this.hasIngressGateways = hasIngressGateways;
    this.hasServiceGateways = hasServiceGateways;
  }

  /// The peers of a rule of a NetworkPolicy; everybody if there are none.
  Selector ofPolicy(Node peers, String namespace) throws InvalidValue {
    if (peers.elements().isEmpty()) {
      return Selector.everyone();
    }
    var any = new ArrayList<Selector>();
    var blocks = new ArrayList<Node>();
    for (Node peer : peers.elements()) {
      if (peer.has("ipBlock")) {
        blocks.add(peer.get("ipBlock"));
      }
    }
    boolean areMany = blocks.size() > BLOCKS_MANY;
    if (areMany) {
      addAllAddresses(blocks, any);
    }
    for (Node peer : peers.elements()) {
      peer.only("a peer", "podSelector", "namespaceSelector", "ipBlock");
      peer.oneOf("a peer", "podSelector", "ipBlock");
      peer.oneOf("a peer", "namespaceSelector", "ipBlock");
      if (peer.has("ipBlock")) {
        if (!areMany) {
          addAddresses(peer.get("ipBlock"), any);
        }
      } else if (peer.has("namespaceSelector") || peer.has("podSelector")) {
        var pods =
            peer.has("namespaceSelector")
                ? pods(peer.get("namespaceSelector"), peer.get("podSelector"))
                : podsOf(namespace, peer.get("podSelector"));
        any.add(pods);
        addIngressGateways(pods, any);
      } else {
        throw new InvalidValue(
            peer,
            "a peer is none of podSelector, namespaceSelector and ipBlock",
            "write one of them; {} selects all");
      }
    }
    return anyOf(any);
  }

  private static Selector anyOf(List<Selector> any) {
    return any.size() == 1 ? any.getFirst() : new Selector.AnyOf(any);
  }

  /// The pods of a namespace that a selector picks.
  Selector podsOf(String namespace, Node podSelector) throws InvalidValue {
    var all = new ArrayList<Selector>();
    all.add(selectors.namespace(namespace));
    all.addAll(selectors.ofPods(podSelector));
    return allOf(all);
  }

  /// The pods that one selector picks of the namespaces that another picks.
  Selector pods(Node namespaceSelector, Node podSelector) throws InvalidValue {
    var all = new ArrayList<Selector>();
    all.add(selectors.pods());
    all.addAll(selectors.ofNamespaces(namespaceSelector));
    all.addAll(selectors.ofPods(podSelector));
    return allOf(all);
  }

  private static Selector allOf(List<Selector> all) {
    return all.size() == 1 ? all.getFirst() : new Selector.AllOf(all);
  }

  /// Adds gateways whose packets come from pods: all if the rule is for all pods, else perhaps.
  private void addIngressGateways(Selector pods, List<Selector> any) {
    if (hasIngressGateways) {
      var gateways = Selector.marked(selectors.ingressGateways());
      boolean isForAll = pods.equals(selectors.pods());
      any.add(isForAll ? gateways : Selector.allOf(gateways, Selector.unknown(GATEWAY_PODS)));
    }
  }

  private void addAddresses(Node block, List<Selector> any) throws InvalidValue {
    var range = range(block);
    var except = except(block);
    any.add(
        except.isEmpty()
            ? Selector.allOf(Selector.marked(OUTSIDE), Selector.within(range))
            : Selector.allOf(
                Selector.marked(OUTSIDE),
                Selector.within(range),
                Selector.not(new Selector.Within(except))));
    addServiceGateways(except.isEmpty() && range.equals(AddressRange.ALL_V4), any);
  }

  /// Adds the addresses of many blocks, which is the same as one by one and takes less.
  private void addAllAddresses(List<Node> blocks, List<Selector> any) throws InvalidValue {
    var ranges = new ArrayList<AddressRange>();
    boolean isForAll = false;
    for (Node block : blocks) {
      var range = range(block);
      var except = except(block);
      ranges.addAll(range.minus(except));
      isForAll |= except.isEmpty() && range.equals(AddressRange.ALL_V4);
    }
    any.add(Selector.allOf(Selector.marked(OUTSIDE), new Selector.Within(ranges)));
    addServiceGateways(isForAll, any);
  }

  private void addServiceGateways(boolean isForAll, List<Selector> any) {
    if (hasServiceGateways) {
      var gateways = Selector.marked(selectors.serviceGateways());
      any.add(isForAll ? gateways : Selector.allOf(gateways, Selector.unknown(GATEWAY_ADDRESSES)));
    }
  }

  private static AddressRange range(Node block) throws InvalidValue {
    block.only("ipBlock", "cidr", "except");
    return rangeOf(block.get("cidr"));
  }

  private static List<AddressRange> except(Node block) throws InvalidValue {
    var except = new ArrayList<AddressRange>();
    for (Node each : block.list("except")) {
      except.add(rangeOf(each));
    }
    return except;
  }

  private static AddressRange rangeOf(Node text) throws InvalidValue {
    return AddressRange.parse(text.text())
        .orElseThrow(() ->
            new InvalidValue(
                text,
                InvalidValue.shown(text.text()) + " is no range of addresses",
                "write a CIDR such as 10.0.0.0/8"));
  }

  /// Whom an admin policy is about.
  Selector ofSubject(Node subject) throws InvalidValue {
    subject.only("a subject", "namespaces", "pods");
    return ofNamespacesOrPods(subject);
  }

  private Selector ofNamespacesOrPods(Node subject) throws InvalidValue {
    subject.oneOf("a subject or peer", "namespaces", "pods");
    if (subject.has("pods")) {
      var pods = subject.get("pods");
      pods.only("pods", "namespaceSelector", "podSelector");
      return pods(pods.get("namespaceSelector"), pods.get("podSelector"));
    }
    if (subject.entries().containsKey("namespaces")) {
      return pods(subject.get("namespaces"), Node.NOTHING);
    }
    throw new InvalidValue(
        subject, "a subject is neither namespaces nor pods", "write one of them; {} selects all");
  }

  /// The peers of a rule of an admin policy.
  ///
  /// @param isPass whether the rule must say for sure whom it is about
  Selector ofAdminPolicy(Node peers, boolean isPass) throws InvalidValue {
    var any = new ArrayList<Selector>();
    for (Node peer : peers.elements()) {
      peer.only("a peer", "namespaces", "pods", "networks", "nodes", "domainNames");
      peer.oneOf("a peer", "namespaces", "pods", "networks", "nodes", "domainNames");
      if (peer.has("networks")) {
        var ranges = new ArrayList<AddressRange>();
        for (Node each : peer.list("networks")) {
          ranges.add(rangeOf(each));
        }
        any.add(Selector.allOf(Selector.marked(OUTSIDE), new Selector.Within(ranges)));
      } else if (peer.has("nodes") || peer.has("domainNames")) {
        String what = peer.has("nodes") ? "nodes" : "domain names";
        any.add(
            isPass
                ? Selector.nobody()
                : Selector.allOf(
                    Selector.marked(OUTSIDE),
                    Selector.unknown("which addresses the " + what + " of a policy have")));
      } else {
        var pods = ofNamespacesOrPods(peer);
        any.add(pods);
        if (!isPass || pods.equals(selectors.pods())) {
          addIngressGateways(pods, any);
        }
      }
    }
    return anyOf(any);
  }
}
