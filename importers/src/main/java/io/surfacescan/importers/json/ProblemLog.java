package io.surfacescan.importers.json;

import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.ProblemKind.Severity;
import io.surfacescan.model.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts every problem, and gathers those that are alike: of one kind and about one *subject*,
/// such as a field that is missing in many VMs. They become one [Problem], with the text of the
/// first by [SourceOffset], the places of the first three, and their count.
///
/// The outcome does not depend on the order in which an input was read, as long as nothing
/// [#overflowed]: then a subject that came late may have been left out.
public final class ProblemLog {
  /// The most errors that are listed.
  static final int ERRORS_SHOWN = 20;

  /// The most warnings of each kind that are listed.
  static final int WARNINGS_SHOWN = 20;

  static final int PLACES_SHOWN = 3;

  /// The most subjects that are kept of a kind. An input may have a key of its own in every VM.
  private static final int SUBJECTS_MAX = 1_000;

  /// A problem whose places are still offsets.
  ///
  /// @param first where the thing that this one repeats stands; its place ends the `what`
  private record Found(
      ProblemKind kind,
      SourceOffset spot,
      String what,
      @Nullable SourceOffset first,
      String remedy) {
    /// No chain of comparators, which Java links at each start.
    static final Comparator<Found> BY_SPOT = Found::compare;

    private static int compare(Found a, Found b) {
      int bySpot = a.spot.compareTo(b.spot);
      int byKind = bySpot == 0 ? a.kind.compareTo(b.kind) : bySpot;
      return byKind == 0 ? a.what.compareTo(b.what) : byKind;
    }
  }

  /// Problems of one kind about one subject.
  private static final class Alike {
    private Found earliest;
    private final List<SourceOffset> spots = new ArrayList<>(PLACES_SHOWN);
    private long count = 1;

    Alike(Found found) {
      earliest = found;
      spots.add(found.spot);
    }

    void add(SourceOffset spot, Supplier<Found> found) {
      count++;
      place(spot);
      if (spot.compareTo(earliest.spot) <= 0) {
        replace(found.get());
      }
    }

    void addAll(Alike others) {
      count += others.count;
      others.spots.forEach(this::place);
      replace(others.earliest);
    }

    private void replace(Found found) {
      if (Found.BY_SPOT.compare(found, earliest) < 0) {
        earliest = found;
      }
    }

    private void place(SourceOffset spot) {
      if (spots.size() == PLACES_SHOWN && spots.getLast().compareTo(spot) <= 0) {
        return;
      }
      int at = 0;
      while (at < spots.size() && spots.get(at).compareTo(spot) <= 0) {
        at++;
      }
      spots.add(at, spot);
      if (spots.size() > PLACES_SHOWN) {
        spots.removeLast();
      }
    }

    Stream<SourceOffset> spots() {
      return earliest.first == null
          ? spots.stream()
          : Stream.concat(spots.stream(), Stream.of(earliest.first));
    }

    Problem at(Places places) {
      Place place = places.of(earliest.spot);
      String what =
          earliest.first == null
              ? earliest.what
              : earliest.what + ", first at " + places.of(earliest.first);
      List<Place> more = spots.stream().skip(1).map(places::of).toList();
      return new Problem(earliest.kind, place, what, earliest.remedy, count, more);
    }
  }

  private static final Comparator<Alike> BY_SPOT =
      (a, b) -> Found.BY_SPOT.compare(a.earliest, b.earliest);

  private final Map<ProblemKind, Long> counts = new EnumMap<>(ProblemKind.class);
  private final Map<ProblemKind, Map<String, Alike>> found = new EnumMap<>(ProblemKind.class);
  private boolean overflowed;

  /// Adds a problem that is alike with those of the same text and remedy.
  public void add(ProblemKind kind, SourceOffset spot, String what, String remedy) {
    add(kind, what + "\n" + remedy, spot, () -> what, null, remedy);
  }

  /// Adds a problem whose text is made only if it is the first about its subject: a large input may
  /// warn a million times.
  public void add(
      ProblemKind kind, String subject, SourceOffset spot, Supplier<String> what, String remedy) {
    add(kind, subject, spot, what, null, remedy);
  }

  public void add(
      ProblemKind kind,
      String subject,
      SourceOffset spot,
      Supplier<String> what,
      @Nullable SourceOffset first,
      String remedy) {
    counts.merge(kind, 1L, Long::sum);
    var alikes = alikes(kind);
    Alike alike = alikes.get(subject);
    Supplier<Found> problem = () -> new Found(kind, spot, what.get(), first, remedy);
    if (alike != null) {
      alike.add(spot, problem);
    } else if (alikes.size() < SUBJECTS_MAX) {
      alikes.put(subject, new Alike(problem.get()));
    } else {
      overflowed = true;
    }
  }

  /// Takes over the problems of another log, which is ended.
  public void addAll(ProblemLog other) {
    addAll(other, ignored -> true);
  }

  /// Adds the problems of some kinds.
  public void addAll(ProblemLog other, Predicate<ProblemKind> some) {
    other.counts.forEach((kind, count) -> {
      if (some.test(kind)) {
        counts.merge(kind, count, Long::sum);
      }
    });
    other.found.forEach((kind, others) -> {
      if (!some.test(kind)) {
        return;
      }
      var alikes = alikes(kind);
      others.forEach((subject, alike) -> {
        Alike known = alikes.get(subject);
        if (known != null) {
          known.addAll(alike);
        } else if (alikes.size() < SUBJECTS_MAX) {
          alikes.put(subject, alike);
        } else {
          overflowed = true;
        }
      });
    });
    overflowed |= other.overflowed;
  }

  private Map<String, Alike> alikes(ProblemKind kind) {
    return found.computeIfAbsent(kind, none -> new LinkedHashMap<>());
  }

  /// Whether there were more subjects of a kind than are kept.
  public boolean overflowed() {
    return overflowed;
  }

  public boolean hasErrors() {
    return counts.keySet().stream().anyMatch(kind -> kind.severity() == Severity.ERROR);
  }

  /// Whether there is a problem of this kind.
  public boolean has(ProblemKind kind) {
    return counts.containsKey(kind);
  }

  /// How many there are of each kind.
  public Map<ProblemKind, Long> counts() {
    return Map.copyOf(counts);
  }

  /// Every offset that the listed problems name.
  public SortedSet<SourceOffset> spots() {
    var spots = new TreeSet<SourceOffset>();
    Stream.concat(errors(), warnings()).flatMap(Alike::spots).forEach(spots::add);
    return spots;
  }

  public Problems problems(Places places) {
    return new Problems(
        errors().map(alike -> alike.at(places)).toList(),
        warnings().map(alike -> alike.at(places)).toList(),
        Map.copyOf(counts));
  }

  private Stream<Alike> errors() {
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().severity() == Severity.ERROR)
        .flatMap(entry -> entry.getValue().values().stream())
        .sorted(BY_SPOT)
        .limit(ERRORS_SHOWN);
  }

  private Stream<Alike> warnings() {
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().severity() == Severity.WARNING)
        .flatMap(entry -> entry.getValue().values().stream().sorted(BY_SPOT).limit(WARNINGS_SHOWN))
        .sorted(BY_SPOT);
  }
}
