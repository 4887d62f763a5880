package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A direct attack after over services over which it was none before: both VMs by their indexes
/// after.
///
/// Services that the same rules let through are one *part*: at most one for each distinct set of
/// rules. For each part [NewDirectAttack] looks at the rules that let it through alone.
///
/// Example: rules for tcp/20-30 before and for tcp/22-40 after make three parts: tcp/20-21,
/// tcp/22-30 and tcp/31-40. The last is new.
///
/// @param services some that are new between the two
public record NewServiceAttack(int from, int to, Services services) {
  /// Some attack over new services, always the same one, if there is any. Cost: as
  /// [NewDirectAttack#find] for each part.
  ///
  /// @throws DeadlinePassed if it does
  public static Optional<NewServiceAttack> find(Comparison comparison, Deadline deadline) {
    Set<Services> distinct = new LinkedHashSet<>();
    add(comparison.before().environment(), distinct);
    add(comparison.after().environment(), distinct);
    for (var part : parts(distinct, deadline)) {
      var found = NewDirectAttack.find(comparison, part, deadline);
      if (found.isPresent()) {
        return found.map(attack -> new NewServiceAttack(attack.from(), attack.to(), part));
      }
    }
    return Optional.empty();
  }

  private static void add(Environment environment, Set<Services> distinct) {
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      distinct.add(environment.services(rule));
    }
  }

  /// The services of all, in parts that each of them has as a whole or not at all.
  private static List<Services> parts(Set<Services> distinct, Deadline deadline) {
    List<Services> parts = List.of(Services.ALL);
    for (var some : distinct) {
      deadline.check();
      var finer = new ArrayList<Services>();
      for (var part : parts) {
        for (var piece : List.of(part.and(some), part.minus(some))) {
          if (!piece.isEmpty()) {
            finer.add(piece);
          }
        }
      }
      parts = finer;
    }
    return parts;
  }
}
