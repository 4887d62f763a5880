package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
  /// Any moment, as of a monotonic clock, also one at which it overflows.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  private final FailedAttempts attempts = new FailedAttempts(now::get);

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void fill(String address) {
    for (int i = 0; i < 10; i++) {
      assertThat(attempts.note(address)).as("attempt %d", i).isZero();
    }
  }

  @Test
  void note_afterTen_tellsWhenToComeAgain() {
    fill("192.0.2.1");

    assertThat(attempts.note("192.0.2.1")).isEqualTo(6);
    pass(4);
    assertThat(attempts.note("192.0.2.1")).isEqualTo(2);
    pass(2);
    assertThat(attempts.note("192.0.2.1")).isZero();
    assertThat(attempts.note("192.0.2.1")).isEqualTo(6);
    pass(60);
    fill("192.0.2.1");
  }

  @Test
  void note_ofAnotherAddress_isItsOwn_butAnIpv6NetworkIsOne() {
    fill("192.0.2.1");
    assertThat(attempts.note("192.0.2.2")).isZero();

    fill("2001:db8:0:1::1");
    assertThat(attempts.note("2001:db8:0:1:ffff::2")).isEqualTo(6);
    assertThat(attempts.note("2001:db8:0:2::1")).isZero();
  }

  /// Each tries once.
  private void others(String network, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(attempts.note(network + i / 256 + "." + i % 256)).isZero();
    }
  }

  @Test
  void note_of9000OtherAddresses_liftsNoLimit() {
    fill("192.0.2.1");
    others("10.0.", 9_000);
    assertThat(attempts.note("192.0.2.1")).isEqualTo(6);
  }

  @Test
  void note_ofVeryManyAddresses_isBounded_andLiftsNoLimit_whenManyAreKnown() {
    others("10.0.", 10_000);
    fill("192.0.2.1");
    others("10.1.", 30_000);
    assertThat(attempts.note("192.0.2.1")).isEqualTo(6);
    assertThat(attempts.known()).isBetween(9_900L, 10_000L);
  }

  @Test
  void known_isNoneAnyMore_whenAllIsForgotten() {
    fill("192.0.2.1");
    pass(60);
    assertThat(attempts.note("192.0.2.2")).isZero();
    assertThat(attempts.known()).isEqualTo(1);
  }
}
