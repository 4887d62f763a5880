package io.surfacescan.reachability;

import java.util.List;

/// Rules of a gate that are asked together. The first one that matches decides, so rules of equal
/// priority stand here with denies before allows; if all rules allow, their order means nothing.
///
/// @param name what it is, for people: `network ACL acl-1`, `admin network policies`
/// @param applies to which of the guarded interfaces; for others the next tier decides
/// @param otherwise what becomes of a packet that no rule matches
public record Tier(String name, Selector applies, List<GateRule> rules, Otherwise otherwise) {
  /// What becomes of a packet that no rule matches.
  public enum Otherwise {
    DENY,
    /// The next tier decides.
    NEXT
  }

  public Tier {
    rules = List.copyOf(rules);
  }
}
