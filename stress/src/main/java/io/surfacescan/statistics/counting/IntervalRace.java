package io.surfacescan.statistics.counting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// The first two requests of a cell at once, which is made for them. Both are in it, with the
/// longer time of the two.
@JCStressTest
@Outcome(id = "2, 10, 7", expect = ACCEPTABLE, desc = "both")
@State
public class IntervalRace {
  private final Interval interval = new Interval(1);

  @Actor
  public void one() {
    interval.add(0, 200, 7, false);
  }

  @Actor
  public void other() {
    interval.add(0, 200, 3, false);
  }

  @Arbiter
  public void reader(III_Result read) {
    interval.drain((cell, use) -> {
      var sum = new Accumulator();
      use.addTo(sum);
      read.r1 = (int) sum.count();
      read.r2 = (int) sum.nanos();
      read.r3 = (int) sum.value().longest();
    });
  }
}
