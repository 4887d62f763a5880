package io.surfacescan.service.access;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Nine of ten attempts were made; of two more at once, one is too many.
@JCStressTest
@Outcome(
    id = {"0, 6", "6, 0"},
    expect = ACCEPTABLE,
    desc = "one of them has to wait")
@State
public class FailedAttemptsRace {
  private static final String ADDRESS = "192.0.2.1";

  private final FailedAttempts attempts = new FailedAttempts(() -> 0);

  public FailedAttemptsRace() {
    for (int i = 0; i < 9; i++) {
      attempts.note(ADDRESS);
    }
  }

  @Actor
  public void one(II_Result waits) {
    waits.r1 = attempts.note(ADDRESS);
  }

  @Actor
  public void other(II_Result waits) {
    waits.r2 = attempts.note(ADDRESS);
  }
}
