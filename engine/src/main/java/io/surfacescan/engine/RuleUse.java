package io.surfacescan.engine;

import java.util.OptionalLong;

/// How much one firewall rule matters by itself.
///
/// @param rule the rule
/// @param sourceVms the VMs that carry its source tag, without addresses outside
/// @param destVms the VMs that carry its destination tag, likewise
/// @param sourceExternals what stands for addresses outside and carries its source tag
/// @param destExternals what stands for addresses outside and carries its destination tag
/// @param parallel the other rules with the same two tags
/// @param directPairs the pairs of an attacker and another VM between which it allows a direct
///   attack, addresses outside among them
/// @param onlyThisTagPair those of the pairs that no rule with other tags allows: what goes if this
///   rule and its parallel ones go together; empty if counting would have taken too many steps
public record RuleUse(
    int rule,
    int sourceVms,
    int destVms,
    int sourceExternals,
    int destExternals,
    int parallel,
    long directPairs,
    OptionalLong onlyThisTagPair) {
  /// Whether it allows any direct attack between two different VMs.
  public boolean isUsed() {
    return directPairs > 0;
  }

  /// The direct pairs that no other rule allows, parallel ones included: what goes if this rule
  /// alone goes; empty as [#onlyThisTagPair].
  public OptionalLong onlyThisRule() {
    return parallel > 0 ? OptionalLong.of(0) : onlyThisTagPair;
  }
}
