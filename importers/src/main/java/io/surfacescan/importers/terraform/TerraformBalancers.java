package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Attributes;
import io.surfacescan.importers.aws.Resource.Balancer;
import io.surfacescan.importers.aws.Resource.EndpointService;
import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.Listener;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.Target;
import io.surfacescan.importers.aws.Resource.TargetGroup;
import io.surfacescan.importers.aws.Resource.Targets;
import io.surfacescan.importers.terraform.TerraformNics.Draft;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Load balancers: one VM each, with an interface in each of its subnets, listeners and targets.
final class TerraformBalancers {
  private static final String[] BALANCERS = {"aws_lb", "aws_alb"};
  private static final String[] TARGET_GROUPS = {"aws_lb_target_group", "aws_alb_target_group"};

  private final TerraformFacts facts;
  private final TerraformNics nics;

  TerraformBalancers(TerraformFacts facts, TerraformNics nics) {
    this.facts = facts;
    this.nics = nics;
  }

  void add() {
    facts.of(BALANCERS).forEach(this::addBalancer);
    facts.of("aws_elb").forEach(this::addClassic);
    for (Section listener : facts.of("aws_lb_listener", "aws_alb_listener")) {
      facts.put(
          new Listener(
              facts.header(listener),
              listener.link("load_balancer_arn", Wanted.BALANCER),
              listener.text("protocol"),
              listener.number("port").orElse(0),
              forwarded(listener, "default_action")));
    }
    for (Section rule : facts.of("aws_lb_listener_rule", "aws_alb_listener_rule")) {
      String listener = rule.link("listener_arn", Wanted.LISTENER);
      if (!listener.isEmpty()) {
        facts.put(new Listener(facts.header(rule, listener), "", "", 0, forwarded(rule, "action")));
      }
    }
    addTargets();
    for (Section service : facts.of("aws_vpc_endpoint_service")) {
      facts.put(
          new EndpointService(
              facts.header(service),
              service.text("service_name"),
              service.linked("network_load_balancer_arns", Wanted.BALANCER).ids()));
    }
  }

  private static List<String> forwarded(Section section, String key) {
    var groups = new ArrayList<String>();
    for (Section action : section.sections(key)) {
      groups.addAll(action.linked("target_group_arn", Wanted.TARGET_GROUP).ids());
      for (Section forward : action.sections("forward")) {
        for (Section group : forward.sections("target_group")) {
          groups.addAll(group.linked("arn", Wanted.TARGET_GROUP).ids());
        }
      }
    }
    return groups.stream().distinct().toList();
  }

  private List<String> subnets(Section balancer) {
    var blocks = balancer.sections("subnet_mapping");
    var subnets = new ArrayList<String>();
    for (Section block : blocks) {
      subnets.addAll(block.linked("subnet_id", Wanted.SUBNET).ids());
    }
    return subnets.isEmpty() ? nics.subnets(balancer, "subnets") : subnets;
  }

  private void addBalancer(Section balancer) {
    if (balancer.of().address().isData()) {
      return;
    }
    String type = balancer.text("load_balancer_type");
    boolean isNetwork = type.equals("network");
    var subnets = subnets(balancer);
    var made = interfaces(balancer, subnets, isNetwork);
    facts.put(
        new Balancer(
            facts.header(balancer),
            balancer.id(),
            type.isEmpty() ? "application" : type,
            !balancer.isTrue("internal"),
            made.getFirst().vpc(),
            made.getFirst().groups(),
            subnets,
            !balancer
                .text("enforce_security_group_inbound_rules_on_private_link_traffic")
                .equals("off")));
    boolean knowsZones =
        subnets.stream()
            .allMatch(subnet -> !nics.subnet(subnet).map(Subnet::zone).orElse("").isEmpty());
    if (isNetwork
        && knowsZones
        && !balancer.isTrue("enable_cross_zone_load_balancing")
        && !balancer.isUnknown("enable_cross_zone_load_balancing")) {
      facts.put(
          new Attributes(
              balancer.id(),
              Map.of("load_balancing.cross_zone.enabled", "false"),
              facts.unit(balancer)));
    }
  }

  private List<Nic> interfaces(Section balancer, List<String> subnets, boolean isNetwork) {
    var made = new ArrayList<Nic>();
    boolean isInternet = !balancer.isTrue("internal");
    for (String subnet : subnets) {
      var linked = balancer.linked("security_groups", Wanted.GROUP);
      boolean isLeftOpen =
          balancer.isComputed("security_groups") || !balancer.isUnknown("security_groups");
      boolean hasNone = isNetwork && linked.ids().isEmpty() && isLeftOpen;
      made.add(
          nics.nic(
              balancer,
              new Draft(
                  balancer.id() + "/" + subnet,
                  subnet,
                  hasNone
                      ? List.of()
                      : nics.groups(balancer, "security_groups", nics.vpc(subnet, linked)),
                  List.of(),
                  isInternet ? TerraformNics.PUBLIC : "",
                  isNetwork ? "network_load_balancer" : "interface",
                  "ELB " + balancer.id(),
                  balancer.id())));
    }
    made.forEach(facts::put);
    facts.put(
        new Instance(
            facts.header(balancer),
            VmKind.LOAD_BALANCER,
            "",
            TerraformFacts.labels(balancer),
            made));
    return made;
  }

  /// A classic balancer is its own target group, once for each listener.
  private void addClassic(Section balancer) {
    if (balancer.of().address().isData()) {
      return;
    }
    var subnets = subnets(balancer);
    var made = interfaces(balancer, subnets, false);
    facts.put(
        new Balancer(
            facts.header(balancer),
            balancer.id(),
            "classic",
            !balancer.isTrue("internal"),
            made.getFirst().vpc(),
            made.getFirst().groups(),
            subnets,
            true));
    var instances = new ArrayList<>(balancer.linked("instances", Wanted.INSTANCE).ids());
    for (Section attachment : facts.of("aws_elb_attachment")) {
      if (attachment.linked("elb", Wanted.CLASSIC).ids().contains(balancer.id())) {
        instances.addAll(attachment.linked("instance", Wanted.INSTANCE).ids());
      }
    }
    for (Section group : facts.of("aws_autoscaling_group")) {
      if (group.linked("load_balancers", Wanted.CLASSIC).ids().contains(balancer.id())) {
        instances.add(group.id());
      }
    }
    for (Section listener : balancer.sections("listener")) {
      String id = balancer.id() + "/listener/" + listener.text("lb_port");
      var header = at(facts.header(balancer), id, listener);
      var port = listener.number("instance_port");
      facts.put(
          new Listener(
              header, balancer.id(), "TCP", listener.number("lb_port").orElse(0), List.of(id)));
      facts.put(
          new TargetGroup(
              header, id, "TCP", port, made.getFirst().vpc(), "instance", List.of(balancer.id())));
      facts.put(
          new Targets(
              id,
              instances.stream().map(some -> new Target(some, port, listener.spot())).toList(),
              facts.unit(balancer)));
    }
  }

  private static Header at(Header header, String id, Section section) {
    return new Header(id, header.owner(), header.region(), id, header.unit(), section.spot());
  }

  private void addTargets() {
    Map<String, List<Target>> targets = new LinkedHashMap<>();
    for (Section attachment :
        facts.of("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")) {
      for (String group : attachment.linked("target_group_arn", Wanted.TARGET_GROUP).ids()) {
        var linked = attachment.linked("target_id", Wanted.TARGET);
        for (String target : linked.ids()) {
          put(targets, group, new Target(target, attachment.number("port"), attachment.spot()));
        }
      }
    }
    for (Section scaling : facts.of("aws_autoscaling_group")) {
      for (String group : scaling.linked("target_group_arns", Wanted.TARGET_GROUP).ids()) {
        put(targets, group, new Target(scaling.id(), OptionalInt.empty(), scaling.spot()));
      }
    }
    for (Section attachment : facts.of("aws_autoscaling_attachment")) {
      for (String key : List.of("lb_target_group_arn", "alb_target_group_arn")) {
        for (String group : attachment.linked(key, Wanted.TARGET_GROUP).ids()) {
          for (String scaling :
              attachment.linked("autoscaling_group_name", Wanted.SCALING_GROUP).ids()) {
            put(targets, group, new Target(scaling, OptionalInt.empty(), attachment.spot()));
          }
        }
      }
    }
    for (Section service : facts.of("aws_ecs_service")) {
      for (Section block : service.sections("load_balancer")) {
        for (String group : block.linked("target_group_arn", Wanted.TARGET_GROUP).ids()) {
          put(
              targets,
              group,
              new Target(service.id(), block.number("container_port"), block.spot()));
        }
      }
    }
    putTargets(targets);
    for (Section group : facts.of(TARGET_GROUPS)) {
      String type = group.text("target_type");
      facts.put(
          new TargetGroup(
              facts.header(group),
              group.id(),
              group.text("protocol"),
              group.number("port"),
              group.link("vpc_id", Wanted.VPC),
              type.isEmpty() ? "instance" : type,
              List.of()));
      if (!group.text("preserve_client_ip").isEmpty()) {
        facts.put(
            new Attributes(
                group.id(),
                Map.of("preserve_client_ip.enabled", group.text("preserve_client_ip")),
                facts.unit(group)));
      }
    }
  }

  private void putTargets(Map<String, List<Target>> targets) {
    targets.forEach((group, some) -> facts.put(new Targets(group, some, facts.anyUnit())));
  }

  private static void put(Map<String, List<Target>> targets, String group, Target target) {
    targets.computeIfAbsent(group, absent -> new ArrayList<>()).add(target);
  }
}
