package io.surfacescan.statistics.counting;

import org.HdrHistogram.WriterReaderPhaser;

/// Where some threads record, without waiting for each other or for readers.
///
/// A record is several atomic additions to one [Interval], made inside one critical section of a
/// writer-reader phaser (Gil Tene, the structure under HdrHistogram's Recorder). Entering and
/// leaving it are one atomic addition each. A reader puts an empty interval in the place of the one
/// in use, and waits until every writer that may still hold the old one has left. Then no thread
/// writes to it any more. So a record is in what is read with its count, its time, its route and
/// its status, or not at all, and one that was complete before the reading began is in it.
final class Recorder {
  /// Writers are out in well under a microsecond, unless their thread lost its processor.
  private static final long YIELD = 0;

  private final WriterReaderPhaser phaser = new WriterReaderPhaser();

  /// Where writers add; replaced by readers only.
  private volatile Interval active;

  /// Empty, and not written to. Used by readers, one at a time.
  private Interval spare;

  Recorder(int routes) {
    active = new Interval(routes);
    spare = new Interval(routes);
  }

  void record(int route, int status, long nanos, boolean aborted) {
    long phase = phaser.writerCriticalSectionEnter();
    try {
      active.add(route, status, nanos, aborted);
    } finally {
      phaser.writerCriticalSectionExit(phase);
    }
  }

  /// What was recorded since the last reading: to be emptied before the next.
  Interval read() {
    var full = active;
    active = spare;
    phaser.readerLock();
    try {
      phaser.flipPhase(YIELD);
    } finally {
      phaser.readerUnlock();
    }
    spare = full;
    return full;
  }
}
