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

  @Test
  void note_ofManyAddresses_forgetsTheOldest() {
    fill("192.0.2.1");
    for (int i = 0; i < 10_000; i++) {
      attempts.note("10.0." + i / 256 + "." + i % 256);
    }
    assertThat(attempts.note("192.0.2.1")).isZero();
  }
}
