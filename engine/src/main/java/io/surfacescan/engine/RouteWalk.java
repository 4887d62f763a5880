package io.surfacescan.engine;

/// Goes through the shortest routes one by one, by the number of the first class in which they
/// differ: like an odometer whose last wheel turns first. What comes later costs nothing before it
/// is asked for.
final class RouteWalk {
  private final ShortestRoutes shortest;

  /// The classes between the two ends of the present route.
  private final int[] classes;

  /// Starts at the first route.
  RouteWalk(ShortestRoutes shortest) {
    this.shortest = shortest;
    this.classes = new int[shortest.hops() - 1];
    takeLowestFrom(0);
  }

  /// The present route; not to be changed, and overwritten by [#goOn].
  int[] classes() {
    return classes;
  }

  /// Goes on to the next route; says whether there is one.
  boolean goOn() {
    for (int place = classes.length - 1; place >= 0; place--) {
      int higher = next(place, classes[place]);
      if (higher != ShortestRoutes.NO_CLASS) {
        classes[place] = higher;
        takeLowestFrom(place + 1);
        return true;
      }
    }
    return false;
  }

  private void takeLowestFrom(int start) {
    for (int place = start; place < classes.length; place++) {
      classes[place] = next(place, ShortestRoutes.NO_CLASS);
    }
  }

  private int next(int place, int above) {
    int before = place == 0 ? shortest.firstClass() : classes[place - 1];
    return shortest.next(before, classes.length - place, above);
  }
}
