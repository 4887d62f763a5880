package io.surfacescan.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Something wrong with the input, once or in many places alike.
///
/// @param what one clause with the value in it, without a full stop
/// @param remedy what to do about it, one clause without a full stop
/// @param place the first place
/// @param count how many problems of this kind are like it, itself included
/// @param more the next few places
public record Problem(
    ProblemKind kind, Place place, String what, String remedy, long count, List<Place> more) {
  public Problem {
    more = List.copyOf(more);
  }

  /// A problem in one place.
  public Problem(ProblemKind kind, Place place, String what, String remedy) {
    this(kind, place, what, remedy, 1, List.of());
  }

  /// How many problems these stand for.
  public static long total(List<Problem> problems) {
    return problems.stream().mapToLong(Problem::count).sum();
  }

  /// `FILE:LINE:COLUMN: what; what to do`, and `(KIND, COUNT times, also at PLACE, …)` if it is in
  /// more than one place.
  @Override
  public String toString() {
    String first = place + ": " + what + "; " + remedy;
    if (count == 1) {
      return first;
    }
    String others = more.stream().map(Place::toString).collect(Collectors.joining(", "));
    String rest = count > more.size() + 1 ? ", …" : "";
    return String.format(
        Locale.ROOT, "%s (%s, %,d times, also at %s%s)", first, kind.code(), count, others, rest);
  }
}
