package io.surfacescan.importers.cloud;

import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// The addresses for which each of some routes is the one with the longest prefix.
///
/// @param routes in the order given; a route may stand there once for each of its ranges
public record RouteRanges<R>(List<Share<R>> routes) {
  /// A route and the addresses that it decides on.
  ///
  /// @param ranges at least one
  public record Share<R>(R route, List<AddressRange> ranges) {}

  /// A route and its destination.
  public record Candidate<R>(R route, AddressRange range) {}

  /// Finds what each route decides on.
  ///
  /// @param wins whether the first of two routes to one destination is the one that counts
  public static <R> RouteRanges<R> of(List<Candidate<R>> candidates, BiPredicate<R, R> wins) {
    var shares = new ArrayList<Share<R>>();
    for (int i = 0; i < candidates.size(); i++) {
      var own = candidates.get(i);
      var taken = new ArrayList<AddressRange>();
      for (int j = 0; j < candidates.size(); j++) {
        var other = candidates.get(j);
        if (i != j && own.range.contains(other.range)) {
          boolean isNarrower = !own.range.equals(other.range);
          boolean isFirst = wins.test(own.route, other.route);
          boolean isOtherFirst = wins.test(other.route, own.route);
          if (isNarrower || (isOtherFirst && !isFirst) || (isFirst == isOtherFirst && j < i)) {
            taken.add(other.range);
          }
        }
      }
      var left = Ranges.minus(List.of(own.range), taken);
      if (!left.isEmpty()) {
        shares.add(new Share<>(own.route, left));
      }
    }
    return new RouteRanges<>(shares);
  }
}
