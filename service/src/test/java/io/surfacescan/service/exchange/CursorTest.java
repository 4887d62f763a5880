package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final Cursor CURSOR = new Cursor("version", "vm-1", Optional.of(2));

  private static Refusal.Kind refused(Cursor cursor, String text) {
    return catchThrowableOfType(Refusal.class, () -> cursor.rank(text)).kind();
  }

  @Test
  void rank_readsWhatAtWrote() throws Refusal {
    for (int rank : new int[] {0, 1, 77, Integer.MAX_VALUE}) {
      assertThat(CURSOR.rank(CURSOR.at(rank))).isEqualTo(rank);
    }
  }

  @Test
  void at_isTheSameEveryTime_andFitForUrls() {
    assertThat(CURSOR.at(5)).isEqualTo(new Cursor("version", "vm-1", Optional.of(2)).at(5));
    assertThat(CURSOR.at(5)).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void rank_ofAnotherVersion_isStale() {
    var other = new Cursor("other", "vm-1", Optional.of(2));
    assertThat(refused(other, CURSOR.at(5))).isEqualTo(Refusal.Kind.STALE_CURSOR);
  }

  @Test
  void rank_ofAnotherQuestion_isInvalid() {
    for (var other :
        new Cursor[] {
          new Cursor("version", "vm-2", Optional.of(2)),
          new Cursor("version", "vm-1", Optional.of(3)),
          new Cursor("version", "vm-1", Optional.empty()),
          new Cursor("version", "vm-1O", "ptional[2]"),
        }) {
      assertThat(refused(other, CURSOR.at(5))).isEqualTo(Refusal.Kind.INVALID_CURSOR);
    }
  }

  @Test
  void rank_ofAnythingDamaged_isInvalid() {
    String text = CURSOR.at(5);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String damaged = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(refused(CURSOR, damaged)).as(damaged).isEqualTo(Refusal.Kind.INVALID_CURSOR);
    }
    for (String other : new String[] {"", "x", "\u00e9", text + "A", text.substring(1), "%%%%"}) {
      assertThat(refused(CURSOR, other)).as(other).isEqualTo(Refusal.Kind.INVALID_CURSOR);
    }
  }

  @Test
  void rank_belowZero_isInvalid_thoughTheChecksumFits() {
    for (int rank : new int[] {-1, Integer.MIN_VALUE}) {
      assertThat(refused(CURSOR, CURSOR.at(rank))).isEqualTo(Refusal.Kind.INVALID_CURSOR);
    }
  }
}
