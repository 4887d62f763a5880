package io.surfacescan.testkit.gcp;

import java.util.List;
import java.util.Optional;

/// A few networks with firewalls, all of IPv4.
public record GcpWorld(
    List<Network> networks,
    List<Instance> instances,
    List<Rule> firewalls,
    List<Policy> policies,
    List<Route> routes,
    List<Nat> nats) {
  /// A VPC network.
  ///
  /// @param peers names of networks that it peers with; both must
  public record Network(String name, String project, boolean isPolicyFirst, List<String> peers) {}

  public record Instance(
      String id,
      String project,
      String region,
      List<String> tags,
      String account,
      List<Nic> nics) {}

  /// A network interface.
  ///
  /// @param outer its external address
  /// @param alias the range of its further addresses
  public record Nic(
      String network,
      String subnet,
      String address,
      Optional<String> outer,
      Optional<String> alias) {}

  /// A firewall rule, or a rule of a policy.
  ///
  /// @param of a network or a policy
  /// @param action `allow`, `deny` or `goto_next`
  /// @param protocol `tcp`, `udp`, `icmp` or `all`
  /// @param ranges of the other side
  /// @param tags of the other side
  /// @param own ranges of the guarded side
  /// @param hasUnknown whether the other side is an address group too, whose content is not known
  public record Rule(
      String id,
      String of,
      int priority,
      String action,
      boolean isIngress,
      boolean isDisabled,
      String protocol,
      int from,
      int to,
      List<String> ranges,
      List<String> tags,
      List<String> accounts,
      List<String> own,
      List<String> targetTags,
      List<String> targetAccounts,
      boolean hasUnknown) {}

  /// A firewall policy.
  ///
  /// @param kind `organization`, `folder`, `global` or `regional`
  /// @param target the name of a network, or the id of an organization or a folder
  /// @param region of a regional one
  public record Policy(String name, String kind, String target, String region, List<Rule> rules) {}

  /// A route.
  ///
  /// @param leadsOut whether it leads to the default internet gateway, else to an instance
  public record Route(
      String name,
      String network,
      String range,
      int priority,
      List<String> tags,
      boolean leadsOut) {}

  /// Cloud NAT.
  ///
  /// @param subnets those whose primary addresses it serves; all of everything without
  public record Nat(String name, String network, String region, Optional<List<String>> subnets) {}

  Network network(String name) {
    return networks.stream().filter(some -> some.name.equals(name)).findFirst().orElseThrow();
  }
}
