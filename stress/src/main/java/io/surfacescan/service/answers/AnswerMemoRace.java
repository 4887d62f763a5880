package io.surfacescan.service.answers;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Two threads found the answer to one question and keep it, and one asks again. One of the two is
/// kept, and what is held is its size.
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "its own came last")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the other came after it asked")
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "the other came before it asked")
@State
public class AnswerMemoRace {
  private static final Reply ANSWER =
      new Reply(
          new Reply.Ready(ByteBody.of(new byte[0])),
          OptionalLong.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          true);
  private static final AnswerMemo.Key KEY =
      new AnswerMemo.Key(Route.of("/vm").orElseThrow(), Map.of("vm_id", List.of("a")), Format.JSON);
  private static final long BESIDE_BYTES = heldFor(0);

  private final AnswerMemo memo = new AnswerMemo();

  private static long heldFor(int bytes) {
    var memo = new AnswerMemo();
    memo.keep(KEY, ANSWER, new byte[bytes]);
    return memo.heldBytes();
  }

  @Actor
  public void one(II_Result found) {
    memo.keep(KEY, ANSWER, new byte[1]);
    found.r1 = size();
  }

  @Actor
  public void other() {
    memo.keep(KEY, ANSWER, new byte[2]);
  }

  @Arbiter
  public void all(II_Result found) {
    long held = memo.heldBytes() - BESIDE_BYTES;
    found.r2 = held == size() ? size() : -1;
  }

  private int size() {
    return memo.find(KEY).map(Reply::keptBytes).orElse(0);
  }
}
