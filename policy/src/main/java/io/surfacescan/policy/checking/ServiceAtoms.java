package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The services of two environments, divided so finely that each rule lets all of a part through or
/// none of it.
final class ServiceAtoms {
  private final Environment before;
  private final Environment after;

  ServiceAtoms(Environment before, Environment after) {
    this.before = before;
    this.after = after;
  }

  /// The parts, each of which the same rules let through.
  ///
  /// Cost: the number of distinct sets of services times that of parts.
  List<Services> all() {
    List<Services> atoms = new ArrayList<>(List.of(Services.ALL));
    for (var services : distinct()) {
      var finer = new ArrayList<Services>();
      for (var atom : atoms) {
        var inside = atom.and(services);
        var outside = atom.minus(services);
        if (!inside.isEmpty()) {
          finer.add(inside);
        }
        if (!outside.isEmpty()) {
          finer.add(outside);
        }
      }
      atoms = finer;
    }
    return atoms;
  }

  private Set<Services> distinct() {
    Set<Services> distinct = new LinkedHashSet<>();
    for (var environment : List.of(before, after)) {
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        distinct.add(environment.services(rule));
      }
    }
    return distinct;
  }
}
