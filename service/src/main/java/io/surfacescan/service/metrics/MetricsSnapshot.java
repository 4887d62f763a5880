package io.surfacescan.service.metrics;

import io.surfacescan.policy.Findings;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Loader;
import io.surfacescan.statistics.StoreState;
import io.surfacescan.statistics.counting.Totals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What metrics tell, all of it read at one moment.
///
/// @param totals the numbers of `/stats`, not counted a second time
/// @param served the environment served, if one is
/// @param findings what it holds against the policy, if one is checked
/// @param connections how many are open
/// @param loads how many ended in which way
/// @param stores where the statistics are kept
/// @param lastLoadRefused whether the input was refused since the environment was loaded
record MetricsSnapshot(
    Totals totals,
    Optional<Generation> served,
    Optional<Findings> findings,
    int connections,
    Map<Loader.Ending, Long> loads,
    List<StoreState> stores,
    boolean lastLoadRefused) {}
