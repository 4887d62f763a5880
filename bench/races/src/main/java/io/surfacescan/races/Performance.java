package io.surfacescan.races;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one peer did on one course, all in the bytes and nanoseconds that were measured; 0 for what
/// was not.
///
/// @param environmentBytes memory of the process with the environment, before the peer took it in
/// @param heldBytes memory of the process after it was asked, with what is not in use given back
/// @param diskBytes its files
/// @param stop why it was stopped while loading, if it was
record Performance(
    PeerKind kind,
    long environmentBytes,
    long loadNanos,
    long heldBytes,
    long peakBytes,
    long diskBytes,
    List<Lap> laps,
    Optional<String> stop) {
  /// A peer that did not start.
  static Performance none(PeerKind kind, String why) {
    return new Performance(kind, 0, 0, 0, 0, 0, List.of(), Optional.of(why));
  }

  /// This one, and more of its ways, asked in a process of their own.
  Performance and(Performance more) {
    return new Performance(
        kind,
        environmentBytes,
        loadNanos,
        Math.max(heldBytes, more.heldBytes),
        Math.max(peakBytes, more.peakBytes),
        Math.max(diskBytes, more.diskBytes),
        Stream.concat(laps.stream(), more.laps.stream()).toList(),
        more.stop);
  }

  /// The ways that were stopped before they were timed.
  List<String> stoppedWays() {
    return laps.stream().filter(lap -> lap.stop().isPresent()).map(Lap::way).toList();
  }
}
