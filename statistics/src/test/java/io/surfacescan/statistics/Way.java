package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.CountedRoute;

/// Routes for tests.
enum Way implements CountedRoute {
  ATTACK,
  PATH,
  VM,
  VMS,
  RULES,
  REPORT,
  RELOAD,
  STATS;

  @Override
  public String path() {
    return "/" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
