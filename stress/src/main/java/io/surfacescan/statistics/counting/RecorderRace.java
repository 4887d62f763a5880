package io.surfacescan.statistics.counting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// A request is recorded while somebody reads. It is in one of the two readings, whole: its count,
/// and its status.
@JCStressTest
@Outcome(id = "0, 0, 1, 1", expect = ACCEPTABLE, desc = "read before")
@Outcome(id = "1, 1, 0, 0", expect = ACCEPTABLE, desc = "read after")
@State
public class RecorderRace {
  private static final int STATUS = 200;
  private static final int NANOS = 7;

  private final Recorder recorder = new Recorder(1);

  @Actor
  public void writer() {
    recorder.record(0, STATUS, NANOS, false);
  }

  @Actor
  public void reader(IIII_Result read) {
    var interval = recorder.read();
    read.r1 = requests(interval);
    read.r2 = statuses(interval);
  }

  @Arbiter
  public void reader_afterwards(IIII_Result read) {
    var interval = recorder.read();
    read.r3 = requests(interval);
    read.r4 = statuses(interval);
  }

  private static int requests(Interval interval) {
    var sum = new Accumulator();
    interval.drain((cell, use) -> use.addTo(sum));
    return (int) sum.count();
  }

  private static int statuses(Interval interval) {
    var counts = new long[Interval.STATUSES];
    interval.drainStatuses(counts);
    return (int) counts[STATUS];
  }
}
