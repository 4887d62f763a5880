package io.surfacescan.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.send.DocumentFlow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerMemoTest {
  private static final Reply ANSWER =
      new Reply(
          new Reply.Ready(ByteBody.of(new byte[0])),
          OptionalLong.of(7),
          OptionalInt.of(3),
          Optional.empty(),
          true);
  private static final Route VM = Route.of("/vm").orElseThrow();
  private static final Route PATH = Route.of("/path").orElseThrow();

  private static AnswerMemo.Key key(int number) {
    return new AnswerMemo.Key(VM, Map.of("vm_id", List.of("vm-" + number)), Format.JSON);
  }

  @Test
  void find_givesTheSameAnswer_forTheSameQuestionInTheSameForm() {
    var memo = new AnswerMemo();
    memo.keep(key(1), ANSWER, new byte[] {1, 2});
    var found = memo.find(key(1)).orElseThrow();
    assertThat(found.content()).isInstanceOf(Reply.Kept.class);
    assertThat(found.keptBytes()).isEqualTo(2);
    assertThat(found.total()).hasValue(7);
    assertThat(found.next()).hasValue(3);
    assertThat(memo.find(key(2))).isEmpty();
    assertThat(memo.find(new AnswerMemo.Key(VM, key(1).values(), Format.CSV))).isEmpty();
    assertThat(memo.find(new AnswerMemo.Key(PATH, key(1).values(), Format.JSON))).isEmpty();
  }

  @Test
  void keep_staysWithinTheBound_andLeavesWhatIsAskedForOften() {
    var memo = new AnswerMemo();
    for (int number = 0; number < 1_000; number++) {
      memo.keep(key(number), ANSWER, new byte[DocumentFlow.SMALL_BYTES_MOST]);
      assertThat(memo.find(key(0))).isPresent();
      assertThat(memo.heldBytes()).isLessThanOrEqualTo(16L << 20);
    }
    long found = IntStream.range(0, 1_000).filter(n -> memo.find(key(n)).isPresent()).count();
    assertThat(found).isBetween(240L, 256L);
  }

  @Test
  void keep_givesAnAnswerAPlace_whenItIsAskedForAgainAndAgain() {
    var memo = new AnswerMemo();
    for (int number = 0; number < 1_000; number++) {
      memo.keep(key(number), ANSWER, new byte[DocumentFlow.SMALL_BYTES_MOST]);
    }
    for (int times = 0; times < 20; times++) {
      if (memo.find(key(1_000)).isEmpty()) {
        memo.keep(key(1_000), ANSWER, new byte[DocumentFlow.SMALL_BYTES_MOST]);
      }
    }
    assertThat(memo.find(key(1_000))).isPresent();
  }

  @Test
  void keep_ofAnAnswerThatIsThere_takesItsPlace() {
    var memo = new AnswerMemo();
    memo.keep(key(0), ANSWER, new byte[1_000]);
    memo.keep(key(1), ANSWER, new byte[1_000]);
    long held = memo.heldBytes();
    memo.keep(key(1), ANSWER, new byte[1_000]);
    assertThat(memo.heldBytes()).isEqualTo(held);
    memo.keep(key(1), ANSWER, new byte[1]);
    assertThat(memo.heldBytes()).isEqualTo(held - 999);
    assertThat(memo.find(key(1)).orElseThrow().keptBytes()).isEqualTo(1);
  }
}
