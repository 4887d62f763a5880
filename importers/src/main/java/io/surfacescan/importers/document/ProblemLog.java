package io.surfacescan.importers.document;

import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.ProblemKind.Severity;
import io.surfacescan.model.Problems;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts every problem and keeps the first of each severity by [Spot], in whatever order they are
/// found: the outcome does not depend on how an input was divided among threads.
final class ProblemLog {
  static final int ERRORS_SHOWN = 20;
  static final int WARNINGS_SHOWN = 1_000;

  /// A problem whose places are still offsets.
  ///
  /// @param first where the thing that this one repeats stands; its place ends the `what`
  record Found(ProblemKind kind, Spot spot, String what, @Nullable Spot first, String remedy) {
    static final Comparator<Found> BY_SPOT =
        Comparator.comparing(Found::spot).thenComparing(Found::kind).thenComparing(Found::what);

    Problem at(Places places) {
      Place place = places.of(spot);
      String whole = first == null ? what : what + ", first at " + places.of(first);
      return new Problem(kind, place, whole, remedy);
    }
  }

  private final EnumMap<ProblemKind, Long> counts = new EnumMap<>(ProblemKind.class);
  private final Kept errors = new Kept(ERRORS_SHOWN);
  private final Kept warnings = new Kept(WARNINGS_SHOWN);

  void add(ProblemKind kind, Spot spot, String what, String remedy) {
    add(kind, spot, () -> what, null, remedy);
  }

  /// Adds a problem whose text is made only if it is kept: a large input may warn a million times.
  void add(ProblemKind kind, Spot spot, Supplier<String> what, String remedy) {
    add(kind, spot, what, null, remedy);
  }

  void add(
      ProblemKind kind, Spot spot, Supplier<String> what, @Nullable Spot first, String remedy) {
    counts.merge(kind, 1L, Long::sum);
    Kept kept = kept(kind);
    if (kept.wants(spot)) {
      kept.add(new Found(kind, spot, what.get(), first, remedy));
    }
  }

  void addAll(ProblemLog other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    other.errors.found.forEach(errors::add);
    other.warnings.found.forEach(warnings::add);
  }

  boolean hasErrors() {
    return counts.keySet().stream().anyMatch(kind -> kind.severity() == Severity.ERROR);
  }

  /// Every offset that the kept problems name.
  SortedSet<Spot> spots() {
    var spots = new TreeSet<Spot>();
    for (Kept kept : List.of(errors, warnings)) {
      for (Found found : kept.found) {
        spots.add(found.spot);
        if (found.first != null) {
          spots.add(found.first);
        }
      }
    }
    return spots;
  }

  Problems problems(Places places) {
    return new Problems(errors.inOrder(places), warnings.inOrder(places), Map.copyOf(counts));
  }

  private Kept kept(ProblemKind kind) {
    return kind.severity() == Severity.ERROR ? errors : warnings;
  }

  /// The first few by spot.
  private static final class Kept {
    private final int limit;
    private final PriorityQueue<Found> found = new PriorityQueue<>(Found.BY_SPOT.reversed());

    Kept(int limit) {
      this.limit = limit;
    }

    boolean wants(Spot spot) {
      Found last = found.peek();
      return found.size() < limit || last == null || spot.compareTo(last.spot) <= 0;
    }

    void add(Found problem) {
      found.add(problem);
      if (found.size() > limit) {
        found.remove();
      }
    }

    List<Problem> inOrder(Places places) {
      return found.stream().sorted(Found.BY_SPOT).map(problem -> problem.at(places)).toList();
    }
  }
}
