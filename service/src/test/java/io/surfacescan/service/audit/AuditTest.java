package io.surfacescan.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.log.LogField;
import io.surfacescan.settings.Logs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditTest {
  /// Any moment, as of a monotonic clock, also one at which it overflows.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final EventLog log =
      new EventLog(
          new Logs(Logs.Format.text, false, Logs.Verbosity.NORMAL),
          record -> lines.add(String.valueOf(record.getParameters()[0])));
  private final Audit audit = new Audit(log, now::get);

  private void use(String user, String address) {
    audit.tokenUsed(Event.of(new LogField("user", user)), user, address);
  }

  @Test
  void tokenUsed_isLoggedForEachAddress_onceInAnHour() {
    use("a", "192.0.2.1");
    use("a", "192.0.2.1");
    use("a", "192.0.2.2");
    use("b", "192.0.2.1");
    now.addAndGet(TimeUnit.HOURS.toNanos(1) - 1);
    use("a", "192.0.2.1");
    now.addAndGet(1);
    use("a", "192.0.2.1");
    audit.scopeMissing(Event.of(), "a", "192.0.2.1", "reload", "/reload");
    log.close();

    assertThat(lines)
        .containsExactly(
            "event=token-used user=a",
            "event=token-used user=a",
            "event=token-used user=b",
            "event=token-used user=a",
            "event=scope-missing scope=reload route=/reload");
  }

  @Test
  void tokenUsed_fromVeryManyAddresses_isLoggedForEach() {
    for (int i = 0; i < 12_000; i++) {
      use("a", "address " + i);
      if (i % 1_000 == 999) {
        awaitLines(i + 1);
      }
    }
    log.close();

    assertThat(lines).hasSize(12_000);
  }

  /// The log takes only so many lines at a time.
  private void awaitLines(int count) {
    while (lines.size() < count) {
      Thread.onSpinWait();
    }
  }
}
