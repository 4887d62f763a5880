package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a gate does not let through, if that is little: it is cut out of what other gates allow.
/// Most ordered lists before a subnet deny a few addresses and allow the rest. To divide everything
/// by all such lists would give each real rule as many parts as there are subnets, though hardly
/// any of them is touched.
///
/// @param guard which side the gate stands at: the one to divide first
record Denial(ClassSet sources, ClassSet destinations, Services services, Direction guard) {
  /// A gate with more terms is not worth to be looked at.
  private static final int TERMS_MOST = 64;

  /// What the gate denies; empty if it is too much to be cut out.
  ///
  /// @param terms what the gate allows
  static Optional<List<Denial>> of(
      Direction direction, List<Term> terms, ClassSet guarded, ClassSet all) {
    if (terms.size() > TERMS_MOST) {
      return Optional.empty();
    }
    List<ClassSet> lanes = List.of(guarded);
    for (Term term : terms) {
      lanes = GateTerms.split(lanes, term.targets());
    }
    var denials = new ArrayList<Denial>();
    int most = all.cardinality() / 2;
    for (ClassSet lane : lanes) {
      var denied = Region.of(all, Services.ALL);
      for (Term term : terms) {
        if (term.targets().intersects(lane)) {
          denied = denied.minus(term.peers(), term.services());
        }
      }
      for (var part : denied.parts()) {
        if (part.peers().cardinality() > most) {
          return Optional.empty();
        }
        denials.add(
            direction == Direction.EGRESS
                ? new Denial(lane, part.peers(), part.services(), direction)
                : new Denial(part.peers(), lane, part.services(), direction));
      }
    }
    return Optional.of(denials);
  }

  boolean meets(ClassSet otherSources, ClassSet otherDestinations, Services otherServices) {
    return sources.intersects(otherSources)
        && destinations.intersects(otherDestinations)
        && services.meets(otherServices);
  }

  /// What is denied to others than some classes on the guarded side; empty if that is nothing.
  Optional<Denial> notGuarding(ClassSet some) {
    var guarded = guard == Direction.EGRESS ? sources : destinations;
    if (!guarded.intersects(some)) {
      return Optional.of(this);
    }
    var left = guarded.minus(some);
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            guard == Direction.EGRESS
                ? new Denial(left, destinations, services, guard)
                : new Denial(sources, left, services, guard));
  }

  /// A rectangle of sources, destinations and services.
  record Part(ClassSet sources, ClassSet destinations, Services services) {
    boolean isEmpty() {
      return sources.isEmpty() || destinations.isEmpty() || services.isEmpty();
    }
  }

  /// What is left of a part: at most three parts, which do not meet.
  ///
  /// ```
  ///  guarded side   not denied at all | denied for some peers   | denied for these peers
  ///  other side     as it was         | the other peers         | these peers, other services
  /// ```
  List<Part> cutOutOf(Part part) {
    if (!meets(part.sources, part.destinations, part.services)) {
      return List.of(part);
    }
    var from = part.sources.and(sources);
    var to = part.destinations.and(destinations);
    var left = new ArrayList<Part>(3);
    if (guard == Direction.EGRESS) {
      left.add(new Part(part.sources.minus(from), part.destinations, part.services));
      left.add(new Part(from, part.destinations.minus(to), part.services));
    } else {
      left.add(new Part(part.sources, part.destinations.minus(to), part.services));
      left.add(new Part(part.sources.minus(from), to, part.services));
    }
    left.add(new Part(from, to, part.services.minus(services)));
    left.removeIf(Part::isEmpty);
    return left;
  }
}
