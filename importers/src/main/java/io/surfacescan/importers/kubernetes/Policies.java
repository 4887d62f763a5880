package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.INVALID_VALUE;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Place;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.GateRule.Action;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The two gates of a cluster, one each way: admin policies, NetworkPolicies for the pods that they
/// select, baseline policies, and else everything is allowed.
final class Policies {
  /// The admin policies come by priority, and those of equal priority by name.
  private static final Comparator<Resource> BY_PRIORITY =
      Comparator.<Resource>comparingInt(policy -> policy.spec().get("priority").number().orElse(0))
          .thenComparing(policy -> policy.id().kind())
          .thenComparing(policy -> policy.id().name());

  private static final int PRIORITY_MOST = 1_000;

  private static final Map<String, String> PREFIXES =
      Map.of(
          "NetworkPolicy", "netpol",
          "AdminNetworkPolicy", "anp",
          "BaselineAdminNetworkPolicy", "banp",
          "ClusterNetworkPolicy", "cnp");

  private final ProblemLog problems;
  private final Function<SourceOffset, Place> places;
  private final ClusterName name;
  private final Selector pods;
  private final Peers ofIngress;
  private final Peers ofEgress;

  /// @param places where a rule stands
  /// @param pods all pods of the cluster
  /// @param ofIngress who may come in, gateways among them
  /// @param ofEgress who may be reached
  Policies(
      ProblemLog problems,
      Function<SourceOffset, Place> places,
      ClusterName name,
      Selector pods,
      Peers ofIngress,
      Peers ofEgress) {
    this.problems = problems;
    this.places = places;
    this.name = name;
    this.pods = pods;
    this.ofIngress = ofIngress;
    this.ofEgress = ofEgress;
  }

  /// Both gates.
  ///
  /// @param policies NetworkPolicies
  /// @param admin policies of the admin and baseline tiers
  List<Gate> gates(List<Resource> policies, List<Resource> admin) {
    var sorted = admin.stream().sorted(BY_PRIORITY).toList();
    return List.of(
        gate(Direction.INGRESS, policies, sorted), gate(Direction.EGRESS, policies, sorted));
  }

  private Gate gate(Direction direction, List<Resource> policies, List<Resource> admin) {
    var tiers = new ArrayList<Tier>();
    addAdmin(tiers, "admin policies", direction, of(admin, false));
    if (!policies.isEmpty()) {
      tiers.add(networkPolicies(direction, policies));
    }
    addAdmin(tiers, "baseline policies", direction, of(admin, true));
    String way = way(direction);
    return new Gate(
        name.own("policies/" + way),
        way + " policies",
        direction,
        pods,
        Selector.nobody(),
        tiers,
        true);
  }

  private static String way(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static List<Resource> of(List<Resource> admin, boolean isBaseline) {
    return admin.stream().filter(policy -> isBaseline(policy) == isBaseline).toList();
  }

  private static boolean isBaseline(Resource policy) {
    return policy.id().kind().equals("BaselineAdminNetworkPolicy")
        || policy.spec().get("tier").text().equals("Baseline");
  }

  static String ruleId(Resource policy) {
    var id = policy.id();
    String prefix = PREFIXES.getOrDefault(id.kind(), id.kind());
    return prefix + "/" + (id.namespace().isEmpty() ? "" : id.namespace() + "/") + id.name();
  }

  /// Where a policy and each of its rules start.
  static List<SourceOffset> spots(Resource policy) {
    var spots = new ArrayList<>(List.of(policy.spot()));
    for (String way : List.of("ingress", "egress")) {
      for (Node rule : policy.spec().get(way).elements()) {
        spots.add(spot(policy, rule));
      }
    }
    return spots;
  }

  private static SourceOffset spot(Resource policy, Node rule) {
    return rule.isNothing()
        ? policy.spot()
        : new SourceOffset(policy.spot().source(), rule.offset());
  }

  private Tier networkPolicies(Direction direction, List<Resource> policies) {
    boolean isIngress = direction == Direction.INGRESS;
    var selected = new ArrayList<Tier.Subject>();
    var rules = new ArrayList<GateRule>();
    for (Resource policy : policies) {
      try {
        if (isIngress) {
          check(policy.spec());
        }
        if (!isAbout(policy.spec(), direction)) {
          continue;
        }
        var targets = ofEgress.podsOf(policy.id().namespace(), policy.spec().get("podSelector"));
        selected.add(
            new Tier.Subject(
                name.of(ruleId(policy)), Optional.of(places.apply(policy.spot())), targets));
        for (Node rule : policy.spec().list(way(direction))) {
          String side = isIngress ? "from" : "to";
          rule.only("a rule", side, "ports");
          rule.list(side);
          var peers =
              isIngress
                  ? ofIngress.ofPolicy(rule.get(side), policy.id().namespace())
                  : ofEgress.ofPolicy(rule.get(side), policy.id().namespace());
          var ports = Ports.ofPolicy(rule.list("ports"));
          rules.add(rule(policy, rule, direction, Action.ALLOW, targets, peers, ports));
        }
      } catch (InvalidValue e) {
        refuse(policy, e);
      }
    }
    return new Tier("network policies", selected, rules, Tier.Otherwise.DENY);
  }

  private static void check(Node spec) throws InvalidValue {
    spec.only("the spec", "podSelector", "policyTypes", "ingress", "egress");
    for (Node type : spec.list("policyTypes")) {
      if (!type.text().equals("Ingress") && !type.text().equals("Egress")) {
        throw new InvalidValue(
            type,
            "the policy type " + InvalidValue.shown(type.text()) + " is not known",
            "write Ingress or Egress");
      }
    }
  }

  /// Whether a policy isolates pods in a direction. Without types, it always does for ingress, and
  /// for egress if it has rules for it.
  private static boolean isAbout(Node spec, Direction direction) {
    var types = spec.get("policyTypes").elements().stream().map(Node::text).toList();
    if (types.isEmpty()) {
      return direction == Direction.INGRESS || !spec.get("egress").elements().isEmpty();
    }
    return types.contains(direction == Direction.INGRESS ? "Ingress" : "Egress");
  }

  private void addAdmin(
      List<Tier> tiers, String name, Direction direction, List<Resource> policies) {
    var rules = new ArrayList<GateRule>();
    for (Resource policy : policies) {
      try {
        checkAdmin(policy);
        var targets = ofEgress.ofSubject(policy.spec().get("subject"));
        for (Node rule : policy.spec().list(way(direction))) {
          rules.add(adminRule(policy, rule, direction, targets));
        }
      } catch (InvalidValue e) {
        refuse(policy, e);
      }
    }
    if (!rules.isEmpty()) {
      tiers.add(new Tier(name, Selector.everyone(), rules, Tier.Otherwise.NEXT));
    }
  }

  private static void checkAdmin(Resource policy) throws InvalidValue {
    var spec = policy.spec();
    boolean hasTiers = policy.id().kind().equals("ClusterNetworkPolicy");
    spec.only("the spec", "tier", "priority", "subject", "ingress", "egress");
    String tier = spec.get("tier").text();
    if (hasTiers && !tier.equals("Admin") && !tier.equals("Baseline")) {
      throw new InvalidValue(
          spec.get("tier"),
          "the tier " + InvalidValue.shown(tier) + " is not known",
          "write Admin or Baseline");
    }
    int priority = spec.get("priority").number().orElse(-1);
    boolean needsPriority = !policy.id().kind().equals("BaselineAdminNetworkPolicy");
    if (needsPriority && (priority < 0 || priority > PRIORITY_MOST)) {
      throw new InvalidValue(
          spec.get("priority"),
          "the priority " + InvalidValue.shown(spec.get("priority").text()) + " is none",
          "write a number from 0 to " + PRIORITY_MOST);
    }
  }

  private GateRule adminRule(Resource policy, Node rule, Direction direction, Selector targets)
      throws InvalidValue {
    String side = direction == Direction.INGRESS ? "from" : "to";
    rule.only("a rule", "name", "action", side, "ports", "protocols");
    rule.oneOf("a rule", "ports", "protocols");
    rule.list(side);
    var action =
        switch (rule.get("action").text()) {
          case "Allow", "Accept" -> Action.ALLOW;
          case "Deny" -> Action.DENY;
          case "Pass" -> Action.PASS;
          default ->
              throw new InvalidValue(
                  rule,
                  "the action " + InvalidValue.shown(rule.get("action").text()) + " is not known",
                  "write Allow, Deny or Pass");
        };
    boolean isPass = action == Action.PASS;
    var peers =
        direction == Direction.INGRESS
            ? ofIngress.ofAdminPolicy(rule.get(side), isPass)
            : ofEgress.ofAdminPolicy(rule.get(side), isPass);
    var ports =
        rule.has("protocols")
            ? Ports.ofProtocols(rule.list("protocols"))
            : Ports.ofAdminPolicy(rule.list("ports"));
    return rule(policy, rule, direction, action, targets, peers, ports);
  }

  private GateRule rule(
      Resource policy,
      Node rule,
      Direction direction,
      Action action,
      Selector targets,
      Selector peers,
      Ports ports) {
    String verb = action.name().toLowerCase(Locale.ROOT);
    var names = ports.names().stream().map(name -> name.name()).toList();
    String services =
        names.isEmpty()
            ? ports.services().toString()
            : ports.services().isEmpty()
                ? String.join(", ", names)
                : ports.services() + ", " + String.join(", ", names);
    String word = direction == Direction.INGRESS ? " from " : " to ";
    return new GateRule(
        name.of(ruleId(policy)),
        Optional.of(places.apply(spot(policy, rule))),
        action,
        targets,
        peers,
        ports.services(),
        ports.names(),
        verb + " " + services + word + peers);
  }

  private void refuse(Resource policy, InvalidValue e) {
    long offset = e.at().offset();
    problems.add(
        INVALID_VALUE,
        offset == 0 ? policy.spot() : new SourceOffset(policy.spot().source(), offset),
        e.what() + ", in " + policy.id().shown(),
        e.remedy());
  }
}
