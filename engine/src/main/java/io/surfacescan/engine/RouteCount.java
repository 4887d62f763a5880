package io.surfacescan.engine;

import java.util.Arrays;
import java.util.OptionalLong;

/// Counts the shortest routes without going through them: level by level, for each class the routes
/// that lead to it.
final class RouteCount {
  private final IntMap placeOfClass = new IntMap();
  private final IntRow classes = new IntRow();
  private long[] routes = new long[16];

  /// Per class, the last one of the level before whose routes were added to it.
  private int[] addedFrom = new int[16];

  private RouteCount() {}

  /// Counts them all.
  ///
  /// @param stepsMost the work allowed, in rules and classes looked at
  /// @return empty if the work was not enough; at most [Long#MAX_VALUE], which then stands for that
  ///   many or more
  static OptionalLong of(ShortestRoutes shortest, long stepsMost) {
    var level = new RouteCount();
    level.add(shortest.firstClass(), ShortestRoutes.NO_CLASS, 1);
    long stop = shortest.steps().total() + stepsMost;
    for (int left = shortest.hops() - 1; left > 0; left--) {
      var next = new RouteCount();
      for (int i = 0; i < level.classes.size(); i++) {
        int vmClass = level.classes.get(i);
        long count = level.routes[i];
        if (!shortest.forEachNext(vmClass, left, stop, to -> next.add(to, vmClass, count))) {
          return OptionalLong.empty();
        }
      }
      level = next;
    }
    return OptionalLong.of(level.sum());
  }

  /// Adds routes that come over a class of the level before, unless they were added already.
  private void add(int vmClass, int from, long count) {
    if (placeOfClass.putIfAbsent(vmClass, classes.size())) {
      if (classes.size() == routes.length) {
        routes = Arrays.copyOf(routes, 2 * classes.size());
        addedFrom = Arrays.copyOf(addedFrom, 2 * classes.size());
      }
      routes[classes.size()] = count;
      addedFrom[classes.size()] = from;
      classes.add(vmClass);
      return;
    }
    int place = placeOfClass.get(vmClass);
    if (addedFrom[place] != from) {
      routes[place] = saturated(routes[place] + count);
      addedFrom[place] = from;
    }
  }

  private long sum() {
    long sum = 0;
    for (int i = 0; i < classes.size(); i++) {
      sum = saturated(sum + routes[i]);
    }
    return sum;
  }

  /// The sum of two counts, or the most there is if it passed that.
  private static long saturated(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
