package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.log.LogField;
import io.surfacescan.settings.Logs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/// What happens to lines whose reader is slow.
class EventLogTest {
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final Semaphore reads = new Semaphore(0);
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private final EventLog log =
      new EventLog(
          new Logs(Logs.Format.text, true, Logs.Verbosity.NORMAL),
          record -> {
            stuck.countDown();
            reads.acquireUninterruptibly();
            lines.add(record.getLoggerName() + " " + record.getParameters()[0]);
          });

  private static Event numbered(int number) {
    return Event.of(new LogField("number", number));
  }

  @Test
  void request_neverWaits_andWhatIsDroppedIsTold_butAuditHasRoom() throws InterruptedException {
    log.request(numbered(0));
    stuck.await();
    int taken = 8_192 - 1_024;
    for (int i = 1; i <= taken + 100; i++) {
      log.request(numbered(i));
    }
    log.audit(numbered(-1));
    reads.release(1_000_000);
    await("all is written", () -> lines.size() == taken + 3);
    log.close();

    assertThat(lines)
        .startsWith("surfacescan.access number=0")
        .contains(
            "surfacescan.access event=dropped lines=100",
            "surfacescan.access number=" + taken,
            "surfacescan.audit number=-1")
        .doesNotContain("surfacescan.access number=" + (taken + 1));
  }

  @Test
  void close_writesWhatWaits() {
    reads.release(1_000_000);
    for (int i = 0; i < 500; i++) {
      log.audit(numbered(i));
    }
    log.close();

    await("all is written", () -> lines.size() == 500);
  }
}
