package io.surfacescan.reachability;

import java.util.List;

/// What stands before some interfaces in one direction. All gates of an interface must let a packet
/// pass, each by itself.
///
/// @param id each once, such as `acl-1/ingress`
/// @param name for people, such as `network ACL of subnet-7`
/// @param guards which interfaces; the others do not know of this gate
/// @param exempt peers whose packets it does not see, such as those of the same subnet
/// @param tiers asked in order; gates may share them
/// @param allowsOtherwise whether a packet passes that no tier decided on
public record Gate(
    String id,
    String name,
    Direction direction,
    Selector guards,
    Selector exempt,
    List<Tier> tiers,
    boolean allowsOtherwise) {
  public Gate {
    tiers = List.copyOf(tiers);
  }

  /// A gate of one tier, which denies what no rule allows: a security group, a network ACL.
  public static Gate of(
      String id,
      String name,
      Direction direction,
      Selector guards,
      Selector exempt,
      List<GateRule> rules) {
    return new Gate(
        id,
        name,
        direction,
        guards,
        exempt,
        List.of(new Tier(name, Selector.everyone(), rules, Tier.Otherwise.DENY)),
        false);
  }

  /// The same with other tiers.
  Gate with(List<Tier> others) {
    return new Gate(id, name, direction, guards, exempt, others, allowsOtherwise);
  }

  /// The same without a real rule.
  public Gate without(String ruleId) {
    return with(tiers.stream().map(tier -> tier.without(ruleId)).toList());
  }
}
