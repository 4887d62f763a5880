package io.surfacescan.statistics.counting;

/// What requests are counted by. There must be few: whatever clients send, they cannot make more.
public interface CountedRoute {
  /// The place among the routes, from 0.
  int ordinal();

  /// The label in answers and metrics, and the key in stores.
  String path();
}
