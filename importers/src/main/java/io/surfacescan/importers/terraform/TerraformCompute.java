package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.terraform.TerraformNics.Draft;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Instances, network interfaces, elastic addresses, and groups of instances that are made from a
/// template.
final class TerraformCompute {
  private static final Wanted OWNER =
      new Wanted(
          Set.of("aws_instance", "aws_spot_instance_request", "aws_network_interface"),
          List.of("i-", "eni-"));

  private final TerraformFacts facts;
  private final TerraformNics nics;

  /// The public addresses of instances and interfaces.
  private final Map<String, String> outers;

  /// The interfaces that are resources, by the instances that they are attached to.
  private final Map<String, List<Section>> attached = new LinkedHashMap<>();

  /// What else is attached to an interface, or to the first of an instance.
  private final Map<String, List<String>> moreGroups;

  TerraformCompute(TerraformFacts facts, TerraformNics nics) {
    this.facts = facts;
    this.nics = nics;
    outers = facts.additions().outers;
    moreGroups = facts.additions().groups;
  }

  void add() {
    gatherAddresses();
    for (Section attachment : facts.of("aws_network_interface_sg_attachment")) {
      String nic = attachment.link("network_interface_id", OWNER);
      var group = attachment.linked("security_group_id", Wanted.GROUP);
      moreGroups
          .computeIfAbsent(nic, absent -> new ArrayList<>())
          .addAll(group.ids().isEmpty() ? List.of(TerraformNetwork.UNKNOWN) : group.ids());
    }
    gatherInterfaces();
    for (Section instance : facts.of("aws_instance", "aws_spot_instance_request")) {
      addInstance(instance);
    }
    for (Section group : facts.of("aws_autoscaling_group")) {
      addScalingGroup(group);
    }
  }

  private void gatherAddresses() {
    for (Section address : facts.of("aws_eip")) {
      for (String key : List.of("instance", "network_interface")) {
        String owner = address.link(key, OWNER);
        if (!owner.isEmpty()) {
          outers.put(owner, outer(address));
        }
      }
    }
    for (Section association : facts.of("aws_eip_association")) {
      for (String key : List.of("instance_id", "network_interface_id")) {
        String owner = association.link(key, OWNER);
        if (!owner.isEmpty()) {
          outers.put(owner, outer(association));
        }
      }
    }
  }

  private static String outer(Section address) {
    String known = address.text("public_ip");
    return known.isEmpty() ? TerraformNics.PUBLIC : known;
  }

  private void gatherInterfaces() {
    Map<String, String> owners = new HashMap<>();
    for (Section attachment : facts.of("aws_network_interface_attachment")) {
      owners.put(
          attachment.link("network_interface_id", Wanted.NIC),
          attachment.link("instance_id", Wanted.INSTANCE));
    }
    for (Section instance : facts.of("aws_instance", "aws_spot_instance_request")) {
      for (String key : List.of("network_interface", "primary_network_interface")) {
        for (Section block : instance.sections(key)) {
          var linked = block.linked("network_interface_id", Wanted.NIC);
          linked.ids().forEach(nic -> owners.put(nic, instance.id()));
        }
      }
      String primary = instance.link("primary_network_interface_id", Wanted.NIC);
      if (!primary.isEmpty()) {
        owners.putIfAbsent(primary, instance.id());
      }
    }
    for (Section nic : facts.of("aws_network_interface")) {
      String owner = owners.getOrDefault(nic.id(), "");
      for (Section block : nic.sections("attachment")) {
        String instance = block.link("instance", Wanted.INSTANCE);
        owner = owner.isEmpty() ? instance : owner;
      }
      if (owner.isEmpty()) {
        facts.put(withStatus(interfaceOf(nic, ""), "available"));
      } else {
        attached.computeIfAbsent(owner, absent -> new ArrayList<>()).add(nic);
      }
    }
  }

  private static Nic withStatus(Nic nic, String status) {
    return new Nic(
        nic.head(),
        nic.vpc(),
        nic.subnet(),
        nic.zone(),
        nic.groups(),
        nic.knowsGroups(),
        nic.addresses(),
        nic.kind(),
        nic.description(),
        nic.instance(),
        status);
  }

  private Nic interfaceOf(Section nic, String instance) {
    String subnet = nics.subnets(nic, "subnet_id").getFirst();
    var linked = nic.linked("security_groups", Wanted.GROUP);
    var groups = new ArrayList<>(nics.groups(nic, "security_groups", nics.vpc(subnet, linked)));
    groups.addAll(moreGroups.getOrDefault(nic.id(), List.of()));
    var addresses = new ArrayList<String>(nic.texts("private_ip"));
    nic.texts("private_ips").stream()
        .filter(some -> !addresses.contains(some))
        .forEach(addresses::add);
    addresses.addAll(nics.v6(nic, subnet, false));
    return nics.nic(
        nic,
        new Draft(
            nic.id(),
            subnet,
            groups,
            addresses,
            outers.getOrDefault(nic.id(), ""),
            "interface",
            "",
            instance));
  }

  private void addInstance(Section instance) {
    var made = new ArrayList<Nic>();
    for (Section nic : attached.getOrDefault(instance.id(), List.of())) {
      made.add(interfaceOf(nic, instance.id()));
    }
    boolean hasPrimary =
        !instance.sections("network_interface").isEmpty()
            || !instance.sections("primary_network_interface").isEmpty()
            || attached.getOrDefault(instance.id(), List.of()).stream()
                .anyMatch(nic ->
                    nic.id().equals(instance.link("primary_network_interface_id", Wanted.NIC)));
    if (!hasPrimary || made.isEmpty()) {
      made.addAll(0, primary(instance));
    }
    made.forEach(facts::put);
    facts.put(
        new Instance(
            facts.header(instance),
            VmKind.VM,
            instance.text("instance_state"),
            TerraformFacts.labels(instance),
            made));
  }

  /// The interface that AWS makes with an instance; one for each subnet if it may be in several.
  private List<Nic> primary(Section instance) {
    var made = new ArrayList<Nic>();
    var subnets = nics.subnets(instance, "subnet_id");
    for (String subnet : subnets) {
      var linked = instance.linked("vpc_security_group_ids", Wanted.GROUP);
      String vpc = nics.vpc(subnet, linked);
      boolean isByName =
          linked.ids().isEmpty()
              && instance.isComputed("vpc_security_group_ids")
              && !instance.linked("security_groups", Wanted.GROUP).ids().isEmpty();
      var groups =
          new ArrayList<>(
              nics.groups(instance, isByName ? "security_groups" : "vpc_security_group_ids", vpc));
      groups.addAll(moreGroups.getOrDefault(instance.id(), List.of()));
      var addresses = new ArrayList<String>(instance.texts("private_ip"));
      addresses.addAll(instance.texts("secondary_private_ips"));
      addresses.addAll(nics.v6(instance, subnet, false));
      made.add(
          nics.nic(
              instance,
              new Draft(
                  instance.id() + "/primary" + (made.isEmpty() ? "" : "/" + subnet),
                  subnet,
                  groups,
                  addresses,
                  outerOf(instance, subnet),
                  "interface",
                  "",
                  instance.id())));
    }
    return made;
  }

  private String outerOf(Section instance, String subnet) {
    String elastic = outers.getOrDefault(instance.id(), "");
    if (!elastic.isEmpty()) {
      return elastic;
    }
    String known = instance.text("public_ip");
    if (!known.isEmpty()) {
      return known;
    }
    String key = "associate_public_ip_address";
    if (instance.has(key) && !instance.isUnknown(key)) {
      boolean isLater = instance.isUnknown("public_ip") || instance.of().isNew();
      return instance.isTrue(key) && isLater ? TerraformNics.PUBLIC : "";
    }
    if (instance.isUnknown(key) && !instance.isComputed(key)) {
      facts.assumed(
          instance.spot(),
          "whether "
              + instance.of().text()
              + " gets a public address is known only after terraform apply, so it is taken to get"
              + " one",
          "read the state after it");
      return TerraformNics.PUBLIC;
    }
    boolean isLater = instance.isUnknown("public_ip") || instance.of().isNew();
    return isLater && nics.mapsPublic(subnet) ? TerraformNics.PUBLIC : "";
  }

  /// A group of instances is one VM, with an interface in each of its subnets.
  private void addScalingGroup(Section group) {
    var template = template(group);
    var made = new ArrayList<Nic>();
    if (template.isEmpty()) {
      facts.assumed(
          group.spot(),
          "the launch template of "
              + group.of().text()
              + " is not known, so its security groups"
              + " may allow everything",
          "add the configuration or state that holds it");
    }
    for (String subnet : nics.subnets(group, "vpc_zone_identifier")) {
      made.add(
          nics.nic(
              group,
              new Draft(
                  group.id() + "/" + subnet,
                  subnet,
                  template.isEmpty()
                      ? List.of(TerraformNetwork.UNKNOWN)
                      : groupsOf(template.get(0), subnet),
                  List.of(),
                  template.stream().anyMatch(some -> isPublic(some, subnet))
                      ? TerraformNics.PUBLIC
                      : "",
                  "interface",
                  "",
                  group.id())));
    }
    made.forEach(facts::put);
    facts.put(
        new Instance(facts.header(group), VmKind.WORKLOAD, "", TerraformFacts.labels(group), made));
  }

  /// The template of a group, if it is among the resources.
  private List<Section> template(Section group) {
    var names = new ArrayList<String>();
    names.addAll(group.linked("launch_configuration", Wanted.LAUNCH_CONFIGURATION).ids());
    var blocks = new ArrayList<>(group.sections("launch_template"));
    for (Section mixed : group.sections("mixed_instances_policy")) {
      for (Section some : mixed.sections("launch_template")) {
        blocks.addAll(some.sections("launch_template_specification"));
      }
    }
    for (Section block : blocks) {
      for (String key : List.of("id", "name", "launch_template_id", "launch_template_name")) {
        names.addAll(block.linked(key, Wanted.TEMPLATE).ids());
      }
    }
    return facts.of("aws_launch_template", "aws_launch_configuration").stream()
        .filter(some -> names.contains(some.id()))
        .limit(1)
        .toList();
  }

  private List<String> groupsOf(Section template, String subnet) {
    var blocks = template.sections("network_interfaces");
    if (!blocks.isEmpty()) {
      var groups = new ArrayList<String>();
      for (Section block : blocks) {
        var linked = block.linked("security_groups", Wanted.GROUP);
        groups.addAll(nics.groups(block, "security_groups", nics.vpc(subnet, linked)));
      }
      return groups;
    }
    String key =
        template.of().type().equals("aws_launch_template")
            ? "vpc_security_group_ids"
            : "security_groups";
    var linked = template.linked(key, Wanted.GROUP);
    return nics.groups(template, key, nics.vpc(subnet, linked));
  }

  private boolean isPublic(Section template, String subnet) {
    String key = "associate_public_ip_address";
    var blocks = template.sections("network_interfaces");
    for (Section block : blocks) {
      if (block.has(key)) {
        return block.isTrue(key);
      }
    }
    return template.has(key) ? template.isTrue(key) : nics.mapsPublic(subnet);
  }
}
