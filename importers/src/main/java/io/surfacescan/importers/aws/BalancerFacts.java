package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Attributes;
import io.surfacescan.importers.aws.Resource.Balancer;
import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.aws.Resource.Listener;
import io.surfacescan.importers.aws.Resource.Target;
import io.surfacescan.importers.aws.Resource.TargetGroup;
import io.surfacescan.importers.aws.Resource.Targets;
import io.surfacescan.importers.cloud.ExportObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads load balancers, their listeners and targets.
///
/// @param facts gets what is read
record BalancerFacts(Facts facts) {
  void add(String list, ExportObject object) {
    switch (list) {
      case "LoadBalancers" -> facts.put(balancer(object));
      case "LoadBalancerDescriptions" -> classic(object);
      case "LoadBalancerListeners" -> object.objects("Listeners").forEach(this::listener);
      case "Listeners" -> listener(object);
      case "Rules" -> rule(object);
      case "TargetGroups" -> facts.put(group(object));
      case "LoadBalancerTargetHealth" ->
          facts.put(
              targets(object.text("TargetGroupArn"), object.objects("TargetHealthDescriptions")));
      case "LoadBalancerAttributes" ->
          facts.put(attributes(object.text("LoadBalancerArn"), object.objects("Attributes")));
      default -> throw new IllegalArgumentException(list);
    }
  }

  private Balancer balancer(ExportObject object) {
    String arn = object.text("LoadBalancerArn");
    return new Balancer(
        facts.headerOfArn(arn, object.spot()),
        object.text("LoadBalancerName"),
        object.text("Type"),
        object.text("Scheme").equals("internet-facing"),
        object.firstText("VpcId", "VPCId"),
        object.texts("SecurityGroups"),
        object.textsIn("AvailabilityZones", "SubnetId"),
        !object.text("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic").equals("off"));
  }

  /// A classic balancer is its own target group, once for each listener.
  private void classic(ExportObject object) {
    String name = object.text("LoadBalancerName");
    var header =
        new Header(
            name, facts.unit().account(), facts.unit().region(), name, facts.unit(), object.spot());
    facts.put(
        new Balancer(
            header,
            name,
            "classic",
            object.text("Scheme").equals("internet-facing"),
            object.firstText("VPCId", "VpcId"),
            object.texts("SecurityGroups"),
            object.texts("Subnets"),
            true));
    for (ExportObject description : object.objects("ListenerDescriptions")) {
      var listener = description.object("Listener");
      if (listener.isEmpty()) {
        continue;
      }
      int port = listener.get().number("LoadBalancerPort").orElse(0);
      var targetPort = listener.get().number("InstancePort");
      String id = name + "/listener/" + port;
      facts.put(new Listener(of(header, id, listener.get()), name, "TCP", port, List.of(id)));
      facts.put(
          new TargetGroup(
              of(header, id, listener.get()),
              id,
              "TCP",
              targetPort,
              object.firstText("VPCId", "VpcId"),
              "instance",
              List.of(name)));
      var targets =
          object.textsIn("Instances", "InstanceId").stream()
              .map(instance -> new Target(instance, targetPort, listener.get().spot()))
              .toList();
      facts.put(new Targets(id, targets, facts.unit()));
    }
  }

  private static Header of(Header balancer, String id, ExportObject at) {
    return new Header(id, balancer.owner(), balancer.region(), id, balancer.unit(), at.spot());
  }

  private void listener(ExportObject object) {
    facts.put(
        new Listener(
            facts.headerOfArn(object.text("ListenerArn"), object.spot()),
            object.text("LoadBalancerArn"),
            object.text("Protocol"),
            object.number("Port").orElse(0),
            forwardedTo(object.objects("DefaultActions"))));
  }

  /// A rule of a listener adds to where the listener leads. Its ARN is the listener's, with
  /// `listener-rule` for `listener` and one part more.
  private void rule(ExportObject object) {
    String arn = object.text("RuleArn").replaceFirst(":listener-rule/", ":listener/");
    int end = arn.lastIndexOf('/');
    var groups = forwardedTo(object.objects("Actions"));
    if (end > 0 && !groups.isEmpty()) {
      facts.put(
          new Listener(facts.headerOfArn(arn.substring(0, end), object.spot()), "", "", 0, groups));
    }
  }

  private static List<String> forwardedTo(List<ExportObject> actions) {
    var groups = new ArrayList<String>();
    for (ExportObject action : actions) {
      if (!action.text("TargetGroupArn").isEmpty()) {
        groups.add(action.text("TargetGroupArn"));
      }
      action
          .object("ForwardConfig")
          .ifPresent(config -> groups.addAll(config.textsIn("TargetGroups", "TargetGroupArn")));
    }
    return groups.stream().distinct().toList();
  }

  private TargetGroup group(ExportObject object) {
    return new TargetGroup(
        facts.headerOfArn(object.text("TargetGroupArn"), object.spot()),
        object.text("TargetGroupName"),
        object.text("Protocol"),
        object.number("Port"),
        object.text("VpcId"),
        object.text("TargetType"),
        object.texts("LoadBalancerArns"));
  }

  /// @param group the ARN that the targets are of; empty if not known
  Targets targets(String group, List<ExportObject> objects) {
    var targets = new ArrayList<Target>();
    for (ExportObject object : objects) {
      object
          .object("Target")
          .ifPresent(target ->
              targets.add(new Target(target.text("Id"), target.number("Port"), object.spot())));
    }
    return new Targets(group, targets, facts.unit());
  }

  /// @param of the ARN that they are of; empty if not known
  Attributes attributes(String of, List<ExportObject> objects) {
    Map<String, String> values = new HashMap<>();
    objects.forEach(object -> values.put(object.text("Key"), object.text("Value")));
    return new Attributes(of, values, facts.unit());
  }
}
