package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import java.util.ArrayList;
import java.util.List;

/// What one side allows: each of the targets may talk with each of the peers, in the direction at
/// hand, by these services. The sets must not be changed.
///
/// @param why the real rules it comes from, the first few; none if nothing forbids it
/// @param targetWords who the targets are, for people
/// @param peerWords who the peers are, for people
record Term(
    ClassSet targets,
    ClassSet peers,
    Services services,
    List<Source> why,
    String targetWords,
    String peerWords) {
  /// How many rules are named.
  static final int NAMED_MOST = 8;

  /// A rule and the gate it stands in.
  record Source(Gate gate, GateRule rule) {}

  Term with(ClassSet otherTargets) {
    return new Term(otherTargets, peers, services, why, targetWords, peerWords);
  }

  /// Words for what both say.
  static String words(String some, String others) {
    return some.equals("any") || some.equals(others)
        ? others
        : others.equals("any") ? some : some + " and " + others;
  }

  /// The first few sources of both.
  static List<Source> joined(List<Source> some, List<Source> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    var joined = new ArrayList<>(some);
    for (var other : others) {
      if (joined.size() < NAMED_MOST && !joined.contains(other)) {
        joined.add(other);
      }
    }
    return joined;
  }
}
