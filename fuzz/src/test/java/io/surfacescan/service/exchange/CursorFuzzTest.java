package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Texts that claim to be a cursor. The checksum in one is no secret, so that whoever wants can
/// make one up: a rank must be fit for use whatever stands in it.
class CursorFuzzTest {
  private static final Cursor CURSOR = new Cursor("version", "question");

  @FuzzTest(maxDuration = "5m")
  void rank(byte[] bytes) {
    check(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  @FuzzTest(maxDuration = "5m")
  void forged(int rank) {
    check(CURSOR.at(rank));
  }

  private static void check(String text) {
    try {
      int rank = CURSOR.rank(text);
      assertThat(rank).isNotNegative();
      assertThat(CURSOR.at(rank)).isEqualTo(text);
    } catch (Refusal refusal) {
      QueryFuzzTest.assertFitToSend(refusal);
    }
  }
}
