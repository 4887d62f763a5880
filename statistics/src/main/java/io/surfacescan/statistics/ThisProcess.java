package io.surfacescan.statistics;

import java.time.Instant;

/// This life of this program.
///
/// @param name what its operator calls it
record ThisProcess(String id, String name, Instant startedAt) {}
