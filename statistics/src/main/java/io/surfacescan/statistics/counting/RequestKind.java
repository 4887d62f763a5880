package io.surfacescan.statistics.counting;

/// One kind of request that is counted apart.
///
/// @param route the path of a [CountedRoute], perhaps of an earlier version of the program
/// @param statusClass the hundreds of the status, 1 to 5
public record RequestKind(String route, int statusClass) {
  /// What could not be read as HTTP: only counted, and in no total.
  public static final RequestKind REJECTED = new RequestKind("rejected", 0);
}
